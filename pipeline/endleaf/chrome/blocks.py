"""A page as text blocks in flat arrays: what everything later in this room asks about.

A block is a run of inline text with no block-level tag, and no two line breaks
in a row, inside it. Everything is array arithmetic over the flat tree: an
element is a range of nodes, so "inside" is a running sum, and "the nearest
ancestor that …" is pointer doubling. Nothing recurses, and no step costs more
than n log n whatever the depth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..parse import Tree
from . import letters, tags
from .names import marks

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Blocks:
    """The blocks of a tree. N nodes, T text nodes that a reader sees (blank ones left out), B blocks.

    ``codes``, ``parents``, ``ends``   (N) the tree's, as arrays
    ``keys``      (N) rises where a block may end: text nodes of one key are one block
    ``nodes``     (T) the visible text nodes
    ``of``        (T) each one's block
    ``starts``    (B) each block's first place in ``nodes``
    ``kinds``     (T, K) characters by kind (:data:`letters.KINDS`)
    ``words``     (T) words; an ideograph is one
    ``before``    (N + 1) how many of ``nodes`` stand before a node
    ``home``      (N) the nearest block-level element at or above a node
    ``marks``     (N) what class, id and role tell, as bits (:mod:`names`)
    ``linked``    (T) whether it is the text of a link
    """

    def __init__(self, tree: Tree, *, unhide: bool = False) -> None:
        self.tree = tree
        n = len(tree)
        code = tags.CODE.get
        self.codes = np.fromiter((code(tag, 0) for tag in tree.tags), np.int64, n)
        self.parents = np.array(tree.parents, np.int64)
        self.ends = np.array(tree.ends, np.int64)
        self._read_attributes()
        self._find_text(unhide=unhide)
        self._cut()
        self._count()
        self._climb()

    def __len__(self) -> int:
        return len(self.starts)

    def cover(self, elements: npt.ArrayLike) -> Ints:
        """(N) How many of these elements each node is in (an element is in itself)."""
        elements = np.asarray(elements, np.int64)
        n = len(self.codes)
        steps = np.bincount(elements, minlength=n + 1) - np.bincount(self.ends[elements], minlength=n + 1)
        return np.cumsum(steps)[:n]

    def per_block(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Sums over each block of values by text node."""
        return np.add.reduceat(values, self.starts, axis=0) if len(self.starts) else values[:0]

    def _read_attributes(self) -> None:
        attrs = self.tree.attrs
        self.marks = np.zeros(len(attrs), np.int64)
        self.hidden: list[int] = []
        self.links: list[int] = []
        found = self.marks
        a = tags.CODE["a"]
        named = np.flatnonzero(_NAMED[self.codes]).tolist()
        codes = self.codes.tolist()
        for i in named:
            attr = attrs[i]
            if not attr:
                continue
            if codes[i] == a:
                if "href" in attr:
                    self.links.append(i)
                continue
            names = attr.get("class", "")
            if "id" in attr:
                names += " " + attr["id"]
            if "role" in attr:
                names += " " + attr["role"]
            if names:
                found[i] = marks(names)
            if ("hidden" in attr and attr["hidden"] != "until-found") or ("style" in attr and _hides(attr["style"])):
                self.hidden.append(i)

    def _find_text(self, *, unhide: bool) -> None:
        silent = tags.SILENT[self.codes]
        hidden = np.flatnonzero(silent)
        if not unhide:
            hidden = np.concatenate([hidden, np.flatnonzero(tags.CONTROL[self.codes]), np.array(self.hidden, np.int64)])
        self.silent = self.cover(np.flatnonzero(silent)) > 0
        self.unseen = self.cover(hidden) > 0
        texts = self.tree.texts
        seen = np.flatnonzero((self.codes == tags.TEXT_CODE) & ~self.unseen)
        self.nodes = np.array([i for i in seen.tolist() if not texts[i].isspace()], np.int64)
        n = len(self.codes)
        self.before = np.zeros(n + 1, np.int64)
        self.before[self.nodes + 1] = 1
        np.cumsum(self.before, out=self.before)

    def _cut(self) -> None:
        n = len(self.codes)
        blocks = np.flatnonzero(tags.BLOCK[self.codes])
        steps = np.bincount(self.ends[blocks], minlength=n + 1)
        steps[blocks] += 1
        breaks = np.flatnonzero(self.codes == tags.CODE["br"])
        if len(breaks) > 1:
            steps[breaks[1:][self.before[breaks[1:]] == self.before[breaks[:-1]]]] += 1
        self.keys = np.cumsum(steps)[:n]
        keys = self.keys[self.nodes]
        new = np.ones(len(keys), np.bool_)
        new[1:] = keys[1:] != keys[:-1]
        self.starts = np.flatnonzero(new)
        self.of = np.cumsum(new) - 1

    def _count(self) -> None:
        texts = self.tree.texts
        shown = [texts[i] for i in self.nodes.tolist()]
        size = len(letters.KINDS)
        lengths = np.fromiter(map(len, shown), np.int64, len(shown))
        kinds = letters.kinds_of("".join(shown))
        node = np.repeat(np.arange(len(shown)), lengths)
        self.kinds = np.bincount(node * size + kinds, minlength=len(shown) * size).reshape(-1, size)
        letter = (kinds >= letters.SMALL) & (kinds <= letters.DIGIT)
        first = letter.copy()
        first[1:] &= ~letter[:-1]
        self.words = np.bincount(node[first], minlength=len(shown)) + self.kinds[:, letters.IDEOGRAPH]
        dark = np.flatnonzero(kinds != letters.SPACE)
        self.chars, self.dark, self.node_of_char = kinds, dark, node
        self.linked = self.cover(np.array(self.links, np.int64))[self.nodes] > 0

    def _climb(self) -> None:
        own = np.arange(len(self.codes))
        above = np.maximum(self.parents, 0)
        self.home = _follow(np.where(tags.BLOCK[self.codes] | (own == 0), own, above))


_NAMED = ~tags.members(["", "#text", "#comment", "#doctype", "img", "br", "script", "link", "meta", "font", "b", "i"])


def _follow(pointer: Ints) -> Ints:
    """Each pointer followed to its end (a place that points to itself), by doubling."""
    while True:
        further = pointer[pointer]
        if np.array_equal(further, pointer):
            return pointer
        pointer = further


def _hides(style: str) -> bool:
    style = style.replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style
