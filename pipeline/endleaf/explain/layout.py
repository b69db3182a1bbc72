"""The page drawn again from its flat tree: our boxes around its blocks, in document order.

Nothing of the page is copied but the characters of its text and the numbers
that :mod:`endleaf.explain.boxes` lets through. The walk is one loop; what is open
stands on lists of our own, so that a hostile depth costs nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from endleaf.chrome.blocks import Blocks
from endleaf.explain.boxes import box_of, picture_of
from endleaf.explain.looks import PLAIN, Look, within
from endleaf.explain.texts import Writing
from endleaf.explain.told import Close, Line, Open, Part, Picture, Place
from endleaf.parse import TEXT

DEEPEST: Final = 40
"""Boxes within boxes: deeper ones are seen through. Old pages nest some ten tables, a browser gives up at 512."""

_PICTURES: Final = frozenset(("img", "input", "select", "textarea"))


MOST_BLOCKS: Final = 50_000
"""Blocks that are told of: each costs some kilobyte. The longest real pages have some ten thousand."""


class Drawn(NamedTuple):
    """A page drawn: its parts, and the text of each block."""

    parts: list[Part]
    texts: list[Writing]


def draw(blocks: Blocks, keep: bytearray) -> Drawn:
    """Draw a page, as far as its first :data:`MOST_BLOCKS`. ``keep`` says of each node whether it stays."""
    drawing = _Drawing(blocks, keep)
    end = int(blocks.first[MOST_BLOCKS]) if len(blocks) > MOST_BLOCKS else len(blocks.tree)
    for i in range(1, end):
        drawing.node(i)
    drawing.leave(len(blocks.tree))
    return Drawn(drawing.parts, drawing.texts)


class _Drawing:
    """The walk: where it is, and what is open there."""

    def __init__(self, blocks: Blocks, keep: bytearray) -> None:
        self.parts: list[Part] = []
        self.texts = [Writing() for _ in range(min(len(blocks), MOST_BLOCKS))]
        self._tree = blocks.tree
        self._keep = keep
        self._unseen: list[bool] = blocks.unseen.tolist()
        self._block_of: dict[int, int] = dict(zip(blocks.nodes.tolist(), blocks.of.tolist(), strict=True))
        self._parted = _parted(blocks, keep)
        self._last: list[int] = blocks.last.tolist()
        self._shown = _shown(blocks)
        self._block = -1  # the block that text was last written of
        self._looks: list[tuple[int, Look]] = [(len(blocks.tree), PLAIN)]
        self._open: list[tuple[int, str]] = []  # where each open box ends, and what it is

    def node(self, i: int) -> None:
        """One node, in document order."""
        self.leave(i)
        tag = self._tree.tags[i]
        if tag == TEXT:
            self._text(i)
        elif tag in _PICTURES:
            self._picture(i)
        elif tag == "hr" and not self._unseen[i]:
            self._put(Line(), i + 1)
        elif tag == "br":
            if self._within(i):
                self.texts[self._block].line()
        elif self._tree.ends[i] > i + 1:
            self._enter(i, tag)

    def leave(self, i: int) -> None:
        """Close whatever ends before a node."""
        while self._looks[-1][0] <= i and len(self._looks) > 1:
            self._looks.pop()
        while self._open and self._open[-1][0] <= i:
            self._open.pop()
            self.parts.append(Close())

    def _enter(self, i: int, tag: str) -> None:
        end, attrs = self._tree.ends[i], self._tree.attrs[i]
        around = self._looks[-1][1]
        look = within(around, tag, attrs)
        if look != around:
            self._looks.append((end, look))
        box = box_of(tag, attrs)
        if box and len(self._open) < DEEPEST and self._drawn(i, box.box):
            self._begin(box, end)

    def _drawn(self, i: int, box: str) -> bool:
        """Whether a box has anything in it to draw; cells hold their place in a row that is drawn."""
        above = self._open[-1][1] if self._open else ""
        if box == "row":
            return above == "table" and self._shows(i)
        if box == "cell":
            return above == "row"
        return self._shows(i)

    def _shows(self, i: int) -> bool:
        return self._shown[self._tree.ends[i]] > self._shown[i]

    def _begin(self, box: Open, end: int) -> None:
        if box.box not in ("row", "cell"):
            self._in_a_cell(end)
        self.parts.append(box)
        self._open.append((end, box.box))

    def _in_a_cell(self, end: int) -> None:
        """What stands in a table beside its cells gets a cell, as wide as the table, until it ends."""
        if self._open and self._open[-1][1] == "table":
            self.parts.append(Open(box="row"))
            self._open.append((end, "row"))
        if self._open and self._open[-1][1] == "row":
            self.parts.append(Open(box="cell", colspan=100))
            self._open.append((end, "cell"))

    def _text(self, i: int) -> None:
        block = self._block_of.get(i)
        text, look = self._tree.texts[i], self._looks[-1][1]
        if block is not None:
            if block != self._block:
                self._put(Place(block=block), self._last[block] + 1)
                self._block = block
            self.texts[block].add(text, look, gone=block in self._parted and not self._keep[i])
        elif self._within(i) and text.isspace():
            self.texts[self._block].add(text, look, gone=False)

    def _within(self, i: int) -> bool:
        """Whether a node stands among the text of the block that is being written."""
        return self._block >= 0 and i < self._last[self._block] and not self._unseen[i]

    def _picture(self, i: int) -> None:
        if self._unseen[self._tree.parents[i]]:  # fields are unseen themselves, for their words are no text
            return
        picture = picture_of(self._tree.tags[i], self._tree.attrs[i], kept=bool(self._keep[i]))
        if picture is None:
            return
        if self._block >= 0 and i < self._last[self._block]:
            self.texts[self._block].picture(picture)
        else:
            self._put(picture, i + 1)

    def _put(self, part: Place | Picture | Line, end: int) -> None:
        self._in_a_cell(end)
        self.parts.append(part)


def _parted(blocks: Blocks, keep: bytearray) -> set[int]:
    """The blocks of which some text stays and some goes."""
    stays = np.frombuffer(keep, np.uint8)[blocks.nodes]
    kept = set(blocks.of[stays == 1].tolist())
    return kept & set(blocks.of[stays == 0].tolist())


def _shown(blocks: Blocks) -> list[int]:
    """How many texts, pictures and rules stand before each node."""
    tags, n = blocks.tree.tags, len(blocks.tree)
    marks = np.zeros(n + 1, np.int64)
    marks[blocks.nodes + 1] = 1
    parents, unseen = blocks.tree.parents, blocks.unseen
    for i in range(1, n):
        if (tags[i] in _PICTURES or tags[i] == "hr") and not unseen[parents[i]]:
            marks[i + 1] = 1
    return np.cumsum(marks).tolist()  # type: ignore[no-any-return]
