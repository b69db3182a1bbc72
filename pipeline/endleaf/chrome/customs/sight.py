"""What a custom looks at: a page's blocks, which of them stay so far, and their words where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.blocks import Bools, Ints
from endleaf.chrome.customs import phrases
from endleaf.chrome.facts import Facts

_STEPS: Final = 12
"""How far up an element of some name is looked for."""
_ROW: Final = 40
"""Words of a block that may be a phrase: more are prose. All of it linked, it is a menu's entry."""


_SMALL: Final = ("1", "-1", "-2")
"""Sizes of a font that are less than the text's."""


_SOME: Final = tags.members(["ul", "ol", "dl", "table", "address", "input", "select", "textarea"])
_BREAK: Final = tags.CODE["br"]


class Sight:
    """A page as the customs see it. ``kept`` (B) is what stays so far; a custom's verdicts change it.
    ``cut`` are text nodes that go though their block stays."""

    def __init__(self, facts: Facts, kept: Bools, title: str | None) -> None:
        self.facts = facts
        self.blocks = facts.blocks
        self.tree = facts.blocks.tree
        self.kept = kept.copy()
        self.cut: list[int] = []
        at = self.tree.find("title")
        self.title = " ".join(((self.tree.text(at) if at is not None else "") or title or "").split())
        self._some = np.flatnonzero(_SOME[self.blocks.codes])
        self.said = self._said()

    def text(self, block: int) -> str:
        """A block's words on one line."""
        b = self.blocks
        past = int(b.starts[block + 1]) if block + 1 < len(b) else len(b.nodes)
        return " ".join(" ".join([self.tree.texts[i] for i in b.nodes[b.starts[block] : past].tolist()]).split())

    def line(self, block: int) -> str:
        """The words of a block's first line."""
        texts, codes = self.tree.texts, self.blocks.codes
        parts: list[str] = []
        for i in range(int(self.blocks.first[block]), int(self.blocks.last[block]) + 1):
            if codes[i] == _BREAK:
                break
            parts.append(texts[i])
        return " ".join("".join(parts).split())

    def lines_below(self, block: int) -> list[int]:
        """The text nodes of a block under its first line."""
        codes = self.blocks.codes[int(self.blocks.first[block]) : int(self.blocks.last[block]) + 1]
        breaks = np.flatnonzero(codes == _BREAK)
        under = np.arange(len(codes)) > (breaks[0] if len(breaks) else len(codes))
        return list(np.flatnonzero(under & (codes == tags.TEXT_CODE)) + int(self.blocks.first[block]))

    def saying(self, kind: str) -> list[int]:
        """The short blocks that say something of a kind (:mod:`phrases`), in document order."""
        return self.said.get(kind, [])

    def above(self, block: int, *names: str) -> int | None:
        """The nearest element of one of these names that a block is in."""
        at = int(self.facts.home[block])
        for _ in range(_STEPS):
            if at <= 0:
                break
            if self.tree.tags[at] in names:
                return at
            at = self.tree.parents[at]
        return None

    def within(self, element: int) -> range:
        """The blocks of an element."""
        return range(int(self.facts.first_block[element]), int(self.facts.past_block[element]))

    def elements(self, *names: str) -> Ints:
        """The elements of some of the names in ``_SOME``, in document order."""
        return self._some[_table(names)[self.blocks.codes[self._some]]]

    def children(self, element: int) -> Iterator[int]:
        """The elements that stand in an element itself."""
        at = element + 1
        while at < self.tree.ends[element]:
            if self.tree.tags[at] and self.blocks.codes[at] != tags.TEXT_CODE:
                yield at
            at = self.tree.ends[at]

    def in_small_print(self, block: int) -> bool:
        """Whether a block's first words are in small print by tag."""
        at = self.tree.parents[int(self.blocks.first[block])]
        for _ in range(_STEPS):
            if at <= 0 or tags.BLOCK[self.blocks.codes[at]]:
                break
            if self.tree.tags[at] == "small":
                return True
            if self.tree.tags[at] == "font" and self.tree.attrs[at].get("size", "").strip() in _SMALL:
                return True
            at = self.tree.parents[at]
        return False

    def _said(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        texts = self.tree.texts
        short = np.flatnonzero((self.facts.words <= _ROW) & (self.facts.linked < self.facts.words))
        nodes = self.blocks.first[short].tolist()
        for at in phrases.likely([texts[node] for node in nodes]):
            if kind := phrases.kind_of(texts[nodes[at]]):
                found.setdefault(kind, []).append(int(short[at]))
        return found


@lru_cache(maxsize=64)
def _table(names: tuple[str, ...]) -> Bools:
    return tags.members(list(names))
