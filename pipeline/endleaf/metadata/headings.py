"""The page's own headings, by tag or by looks, as far as its declared titles tell which they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from endleaf.metadata import words
from endleaf.metadata.sheet import Sheet
from endleaf.parse import Tree

_MOST_HEADINGS = 20
_MOST_NODES = 50
"""Headings of a rank, and nodes of a heading, that are looked at: beyond them lie listings."""

_MOST_OWN = 3
"""The page's own headings: in a thread every answer repeats the subject."""

_SHORTEST = 4
"""Letters of a title's part that is looked for: shorter ones stand in menus."""


def own(sheet: Sheet, titles: Iterable[str], pieces: Iterable[str]) -> list[int]:
    """The headings that stand in one of the page's titles, or hold a piece of one, and the only one of the first rank;
    else what looks like one and is a title's piece; else the first of the first rank.
    """
    titles, pieces = [title.casefold() for title in titles], list(pieces)
    parts = [piece.casefold() for piece in pieces if len(piece) >= 2 * _SHORTEST]
    first = sheet.tags["h1"][:_MOST_HEADINGS]
    found = [i for i in first if len(first) == 1 or _tells(_line(sheet.tree, i), titles, parts)]
    if len(found) < _MOST_OWN:
        others = sheet.tags["h2"][:_MOST_HEADINGS] + sheet.tags["h3"][:_MOST_HEADINGS]
        found += [i for i in others if _tells(_line(sheet.tree, i), titles, parts)]
    return sorted(found)[:_MOST_OWN] or [i for i, _ in shown(sheet, pieces)][:_MOST_OWN] or first[:1]


def _line(tree: Tree, i: int) -> str:
    """An element's text on one line, in one case; "" where it is more than a heading."""
    return " ".join(tree.text(i).split()).casefold() if tree.ends[i] - i < _MOST_NODES else ""


def _tells(line: str, titles: Iterable[str], parts: Iterable[str]) -> bool:
    return bool(line) and (any(line in title for title in titles) or any(part in line for part in parts))


def shown(sheet: Sheet, pieces: Iterable[str]) -> list[tuple[int, str]]:
    """(element, piece) where a title's piece is the text of an element that looks like a heading, in document order."""
    wanted = {piece.casefold(): piece for piece in pieces if len(words.key(piece)) >= _SHORTEST}
    if not wanted:
        return []
    tree, tags = sheet.tree, sheet.tags
    fonts = (i for i in tags["font"] if _SIZE.match(tree.attrs[i].get("size", "")))
    looks = {*tags["h1"], *tags["h2"], *tags["h3"], *fonts, *sheet.named.titles}
    texts = ((i, _line(tree, i)) for i in sorted(looks) if tree.ends[i] - i <= _MOST_PARTS)
    return [(i, wanted[text]) for i, text in texts if text in wanted]


_MOST_PARTS = 12
"""Nodes of an element that looks like a heading: more are a box with a heading in it."""

_SIZE = re.compile(r"\s*\+?([4-7]|(?<=\+)[1-3])\s*\Z")
"""A font's size from 4 on, for 3 is the text's; or larger than the text around it."""


def in_menu(sheet: Sheet, part: str) -> bool:
    """Whether a part of a title is an entry of the page's menu: a link whose class at least three other links have.
    Then it is the page's section; the site's name stands by itself, or links alone.
    """
    tree, wanted = sheet.tree, words.key(part)
    classes = [tree.attrs[i].get("class", "") for i in sheet.tags["a"]]
    return any(
        name and classes.count(name) > _MENU and words.key(tree.text(i)) == wanted
        for i, name in zip(sheet.tags["a"][:_MOST_LINKS], classes, strict=False)
    )


_MENU = 3
"""Links besides a menu's entry of the same class."""
_MOST_LINKS = 100
"""Links of a page among which its menu is."""


def word_title(tree: Tree) -> str | None:
    """The paragraph that a word processor's style calls the title: ``class=MsoTitle``."""
    for i in tree.find_all("p"):
        if tree.attrs[i].get("class", "").lower() == "msotitle":
            text = words.plain(tree.text(i))
            if text:
                return text
    return None
