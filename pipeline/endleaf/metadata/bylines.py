"""Who wrote a page, by a line that a reader knows as a byline: "By Ann Teal" under the heading, "Posted by Ann"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from endleaf.metadata import markup, people, words
from endleaf.metadata.sheet import Sheet
from endleaf.parse import TEXT, Tree

_BY = re.compile(
    r"\s*(?:(?:(?:story|article|text|words|written|reported|report|photos?)\s+)?by|von|par|por|door|authors?\s?:|autor(?:en|e)?\s?:)"
    r"(?=[\s:|]|$)", re.IGNORECASE
)  # fmt: skip
"""What begins a line that names who wrote, where it stands by the heading."""

_POSTED = re.compile(r"\s*(?:posted|submitted|contributed)\s+by(?=[\s:|]|$)", re.IGNORECASE)
"""What begins it in a weblog or on a board, where it stands under the text as well."""

_STARTS = frozenset({"st", "ar", "te", "wo", "wr", "re", "ph", "by", "vo", "pa", "po", "do", "au", "su", "co"})
"""The first letters of what those find: a text that begins otherwise need not be searched."""

_BEFORE, _AFTER = 20, 60
"""Nodes around a heading that a byline stands within."""

_LONGEST = 150
"""Characters of a line that is a byline."""

_LINE_NODES = 12


def shown(sheet: Sheet, heads: Sequence[int]) -> list[str]:
    """The names of the byline by a heading, else of the only "Posted by" of the page; none where none is."""
    tree = sheet.tree
    for head in heads:
        for i in range(max(0, head - _BEFORE), min(len(tree), head + _AFTER)):
            text = tree.texts[i]
            if text and text.lstrip()[:2].lower() in _STARTS and (_BY.match(text) or _POSTED.match(text)):
                names = _names(tree, i)
                if names:
                    return names
    posted: list[str] = []
    for i in sheet.texts(heads).nodes(*_POSTED_HINTS):
        names = _names(tree, i) if _POSTED.match(tree.texts[i]) else []
        if names and posted and names != posted:
            return []
        posted = names or posted
    return posted


_POSTED_HINTS = tuple(map(re.compile, ("osted by", "ubmitted by")))
"""A part of what :data:`_POSTED` finds, that is found at once."""


def _names(tree: Tree, i: int) -> list[str]:
    """The names of the line that a node begins, where it is the page's own."""
    if tree.tags[i] != TEXT or markup.aside(tree, i):
        return []
    return people.byline(_line(tree, i))


def _line(tree: Tree, i: int) -> str:
    """A line from a node on, the texts of its elements parted by bars; "" where it is too long for a byline."""
    line = " | ".join(filter(None, map(words.clean, _texts(tree, i))))
    return line if len(line) <= _LONGEST else ""


def _texts(tree: Tree, i: int) -> Iterator[str]:
    for k in range(i, min(i + _LINE_NODES, len(tree))):
        if tree.tags[k] == TEXT:
            yield tree.texts[k]
        elif tree.tags[k] not in markup.INLINE:
            return
