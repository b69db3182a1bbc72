"""The page's own headings, by tag or by looks, as far as its declared titles tell which they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from endleaf.metadata import markup, words
from endleaf.parse import TEXT, Tree

_MOST_HEADINGS = 20
_MOST_NODES = 50
"""Headings of a rank, and nodes of a heading, that are looked at: beyond them lie listings."""

_MOST_OWN = 3
"""The page's own headings: in a thread every answer repeats the subject."""

_SHORTEST = 4
"""Letters of a title's part that is looked for: shorter ones stand in menus."""


def own(tree: Tree, titles: Iterable[str], pieces: Iterable[str]) -> list[int]:
    """The headings that stand in one of the page's titles, or hold a piece of one, and the only one of the first rank;
    else what looks like one and is a title's piece; else the first of the first rank.
    """
    pieces = list(pieces)
    keys = [words.key(title) for title in titles]
    parts = [key for key in map(words.key, pieces) if len(key) >= 2 * _SHORTEST]
    ranked = [list(islice(tree.find_all(tag), _MOST_HEADINGS)) for tag in ("h1", "h2", "h3")]
    found = ranked[0][:] if len(ranked[0]) == 1 else []
    for i in (i for rank in ranked for i in rank):
        key = words.key(tree.text(i)) if tree.ends[i] - i < _MOST_NODES else ""
        if key and (any(key in whole for whole in keys) or any(part in key for part in parts)):
            found.append(i)
    return sorted(set(found))[:_MOST_OWN] or [i for i, _ in shown(tree, pieces)][:_MOST_OWN] or ranked[0][:1]


def shown(tree: Tree, pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(node, piece) where a title's piece stands as a line that looks like a heading."""
    wanted = {piece.casefold(): piece for piece in pieces if len(words.key(piece)) >= _SHORTEST}
    longest = 2 * max(map(len, wanted), default=0)  # twice: for the white space of the source
    for i, text in enumerate(tree.texts):
        if text and len(text) <= longest and tree.tags[i] == TEXT:
            piece = wanted.get(" ".join(text.split()).casefold())
            if piece is not None and _looks_like_heading(tree, i):
                yield i, piece


def _looks_like_heading(tree: Tree, i: int) -> bool:
    """Whether one of the elements that hold this text alone makes it large, bold, or says that it is a title."""
    k = tree.parents[i]
    while k > 0 and tree.ends[k] - k <= 12 and not _other_words(tree, k, i):
        tag, attrs = tree.tags[k], tree.attrs[k]
        if tag in ("title", "option"):
            return False
        if tag in markup.HEADINGS or _is_large(tag, attrs) or _TITLED.search(attrs.get("class", "")):
            return True
        k = tree.parents[k]
    return False


def _other_words(tree: Tree, box: int, i: int) -> bool:
    return any(tree.tags[k] == TEXT and k != i and not tree.texts[k].isspace() for k in range(box + 1, tree.ends[box]))


_TITLED = re.compile(r"title|head(?!er\b)|subject|\bhed\b", re.IGNORECASE)
_SIZE = re.compile(r"\s*\+?([4-7]|(?<=\+)[1-3])\s*\Z")


def _is_large(tag: str, attrs: Mapping[str, str]) -> bool:
    """A font of size 4 and up (3 is the text's), or larger than the text around it."""
    return tag == "font" and _SIZE.match(attrs.get("size", "")) is not None


def word_title(tree: Tree) -> str | None:
    """The paragraph that a word processor's style calls the title: ``class=MsoTitle``."""
    for i in tree.find_all("p"):
        if tree.attrs[i].get("class", "").lower() == "msotitle":
            text = words.plain(tree.text(i))
            if text:
                return text
    return None
