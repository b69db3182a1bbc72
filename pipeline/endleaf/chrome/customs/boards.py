"""Boards whose posts are rows of a table: an author's cell, and the message's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from endleaf.chrome.customs.sight import Sight

_NAME: Final = 4
"""Words of an author's name."""
_CELLS: Final = ("td", "th")


def posts(s: Sight) -> Iterator[tuple[int, bool]]:
    """Under a head row "Author | Message" a post's author stays with it, and what the board says of the author goes."""
    messages = set(s.saying("message"))
    told: set[int] = set()
    for block in s.saying("author"):
        row = s.above(block, "tr")
        if block + 1 not in messages or row is None or row != s.above(block + 1, "tr"):
            continue
        yield from ((block, False), (block + 1, False))
        if s.tree.parents[row] not in told:
            told.add(s.tree.parents[row])
            yield from _authors(s, row)


def _authors(s: Sight, head: int) -> Iterator[tuple[int, bool]]:
    for row in s.children(s.tree.parents[head]):
        cells = [at for at in s.children(row) if s.tree.tags[at] in _CELLS] if s.tree.tags[row] == "tr" else []
        if len(cells) != 2 or row == head:
            continue
        author, message = s.within(cells[0]), s.within(cells[1])
        stays = any(s.kept[block] and s.facts.words[block] for block in message)
        for block in author:
            name = block == author.start and len(s.line(block).split()) <= _NAME
            yield block, bool(stays and name)
            if stays and name:
                s.cut += s.lines_below(block)


def notes(s: Sight) -> Iterator[tuple[int, bool]]:
    """What a board says of its clock and of a reader's rights goes."""
    return ((block, False) for block in s.saying("board"))
