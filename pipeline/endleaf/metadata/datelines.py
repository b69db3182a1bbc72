"""Dates that a page shows and does not declare: in its address, or on a line of its own by the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from endleaf.metadata import dates, markup, words
from endleaf.parse import TEXT, Tree

# How many nodes of the tree around the heading are looked at. A dateline stands within some 20 elements of it;
# before it, further off, are mastheads with the day's date.
_BEFORE, _AFTER = 12, 160

_LONGEST = 60
"""Characters of a line that is a date and its introduction: "Last updated on Wednesday 28th September 2011"."""

_INTRODUCTION = re.compile(
    r"(?:date|posted|published|issued|released?|created|written|added|on|at|by|the|first|last|updated|modified|"
    r"reviewed|stand|vom|am|publié|le|el|il)\b[\s:.,]*", re.IGNORECASE
)  # fmt: skip

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")


def in_address(address: str) -> str | None:
    """The date in an address's path.

    >>> in_address("http://a.example/news/2004/06/28/tides.html"), in_address("http://a.example/2004/06/")
    ('2004-06-28', None)
    """
    found = _IN_ADDRESS.search(address)
    return dates.w3cdtf("-".join(found.groups())) if found else None


def headings(tree: Tree, titles: Iterable[str]) -> list[int]:
    """The headings that stand in one of the page's titles; where none does, the first of the first rank."""
    keys = [words.key(title) for title in titles]
    found: list[int] = []
    for tag in ("h1", "h2", "h3"):
        for i in islice(tree.find_all(tag), _MOST_HEADINGS):
            key = words.key(tree.text(i)) if tree.ends[i] - i < _MOST_NODES else ""
            if key and any(key in whole for whole in keys):
                found.append(i)
    first = tree.find("h1")
    return found or ([first] if first is not None else [])


_MOST_HEADINGS = 20
_MOST_NODES = 50
"""Headings of a rank, and nodes of a heading, that are looked at: beyond them lie listings."""


def near(tree: Tree, heading: int, *, day_first: bool | None) -> str | None:
    """The first line by the heading that is a whole date and no more than its introduction.

    In a list of articles none: a date within an article is that article's own.
    """
    start, end = max(0, heading - _BEFORE), min(len(tree), tree.ends[heading] + _AFTER)
    for i in range(start, end):
        text = tree.texts[i]
        if tree.tags[i] != TEXT or not any(map(str.isdigit, text)):
            continue
        line = words.clean(text)
        if len(line) <= _LONGEST:
            date = _date_alone(line, day_first)
            if date and not markup.aside(tree, i) and not _of_another(tree, i, heading):
                return date
    return None


def _of_another(tree: Tree, i: int, heading: int) -> bool:
    """Whether a line stands in one of several articles, and the heading in none or another."""
    article = markup.article(tree, i)
    if article is None or article == markup.article(tree, heading):
        return False
    return len(list(islice(tree.find_all("article"), 2))) > 1


def _date_alone(line: str, day_first: bool | None) -> str | None:
    """The date of a line, or of a piece of it between bars, that is one; or that begins with one: "… by Ann Teal"."""
    for piece in _PIECES.split(line):
        while found := _INTRODUCTION.match(piece):
            piece = piece[found.end() :]
        piece = piece.strip(" -:,")
        date = dates.w3cdtf(piece, day_first=day_first)
        if date is None and piece[:1].isdigit():
            date = dates.within(piece, day_first=day_first)
        if date and len(date) >= len("2004-06-28"):
            return date
    return None


_PIECES = re.compile(r"[|·•]|\s+[–—-]\s+")
