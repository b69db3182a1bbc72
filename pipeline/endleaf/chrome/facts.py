"""Counts a block and a group of blocks, which the features and the network both stand on."""

from __future__ import annotations

import itertools
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from endleaf.chrome import letters, tags
from endleaf.chrome.blocks import Blocks

LONG: Final = 20
"""Words from which a block reads like a paragraph."""
HOLDERS: Final = 5
"""How many of the elements around a block are looked at, each holding more text than the last."""


class Facts:
    """Counts a block, and their running sums, that several groups of features share."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        sums = blocks.per_block
        self.openings = openings(blocks)
        self.kinds = sums(blocks.kinds)
        self.words = sums(blocks.words)
        self.linked = sums(blocks.words * blocks.linked)
        self.chars = self.kinds[:, 1:].sum(1)
        self.home = blocks.home[blocks.first]
        self.ends_marks = self.kinds[:, letters.END]
        self.long = (self.words >= LONG) & (self.linked * 3 < self.words)
        self.head = tags.HEADING[blocks.codes[self.home]]
        self.total = max(1, int(self.words.sum()))
        self.words_before = running(self.words)
        self.linked_before = running(self.linked)
        self.marks_before = running(self.ends_marks)
        self.long_before = running(self.words * self.long)
        self.count_long_before = running(self.long.astype(np.int64))
        of = np.append(blocks.of, len(blocks))
        self.first_block = of[blocks.before[:-1]]  # (N) the first block at or after a node
        self.past_block = np.append(blocks.of, len(blocks) - 1)[np.maximum(blocks.before[blocks.ends] - 1, 0)] + 1
        self._find_holders()
        self._find_families()

    def _find_holders(self) -> None:
        b = self.blocks
        at = self.home
        ranges = []
        for _ in range(HOLDERS):
            ranges.append((at, self.first_block[at], self.past_block[at]))
            at = b.holder[at]
        self.holders = ranges

    def _find_families(self) -> None:
        b = self.blocks
        home = self.home
        up = b.home[np.maximum(b.parents[home], 0)]
        top = b.home[np.maximum(b.parents[up], 0)]
        shape = (b.codes[home] * 131 + b.codes[up]) * 131 + b.codes[top]
        shape = (shape * 1_000_003 + b.marks[home] * 7 + b.marks[up] * 31 + b.marks[top] * 97) * 4
        shape += (self.linked * 2 > self.words) * 2 + (b.codes[b.parents[b.first]] != b.codes[home])
        _, self.family = np.unique(shape, return_inverse=True)


def openings(b: Blocks) -> list[str]:
    """(B) The text of each block's first text nodes, and of its last."""
    texts = b.tree.texts
    shown = [texts[i] for i in b.nodes.tolist()]
    return [
        shown[a] if z == a + 1 else " ".join([*shown[a : min(a + _OPENED, z - 1)], shown[z - 1]])
        for a, z in itertools.pairwise([*b.starts.tolist(), len(shown)])
    ]


_OPENED: Final = 5  # text nodes of a block that may be in its opening


def running(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The sum of all values before each place, and of all at the end."""
    out = np.zeros(len(values) + 1, values.dtype)
    np.cumsum(values, out=out[1:])
    return out
