"""A page as text blocks in flat arrays: what everything later in this room asks about.

A block is a run of inline text with no block-level tag, and no two line breaks
in a row, inside it. Everything is array arithmetic over the flat tree: an
element is a range of nodes, so "inside" is a running sum, and "the nearest
ancestor that …" is pointer doubling. Nothing recurses, and no step costs more
than n log n whatever the depth.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import numpy.typing as npt

from endleaf.chrome import letters, tags
from endleaf.chrome.names import marks
from endleaf.parse import Tree

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Blocks:
    """The blocks of a tree. N nodes, T text nodes that a reader sees (blank ones left out), B blocks.

    ``codes``, ``parents``, ``ends``   (N) the tree's, as arrays
    ``keys``      (N) rises where a block may end: text nodes of one key are one block
    ``nodes``     (T) the visible text nodes
    ``of``        (T) each one's block
    ``starts``    (B) each block's first place in ``nodes``
    ``first``, ``last``  (B) each block's first and last text node
    ``kinds``     (T, K) characters by kind (:data:`letters.KINDS`)
    ``words``     (T) words; an ideograph is one
    ``before``    (N + 1) how many of ``nodes`` stand before a node
    ``home``      (N) the nearest block-level element at or above a node
    ``holder``    (N) the nearest block-level ancestor with more text in it than the node has; 0 where none has
    ``named``     the elements with a class, id or role, in order
    ``called``    those attributes of each as one string
    ``marks``     (N) what these tell, as bits (:mod:`names`)
    ``short_words``, ``capital_words``  (T) words of up to three letters; words that begin with a capital
    ``first_kind``, ``last_kind``       (T) the kind of the first and last character that is no space
    ``linked``    (T) whether it is the text of a link
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        n = len(tree)
        code = tags.CODE.get
        self.codes = np.fromiter(map(code, tree.tags, itertools.repeat(0)), np.int64, n)
        self.parents = np.array(tree.parents, np.int64)
        self.ends = np.array(tree.ends, np.int64)
        self._read_attributes()
        self._find_text()
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
        self.named: list[int] = []
        self.called: list[str] = []
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
                self.named.append(i)
                self.called.append(names)
            if ("hidden" in attr and attr["hidden"] != "until-found") or ("style" in attr and _hides(attr["style"])):
                self.hidden.append(i)

    def _find_text(self) -> None:
        is_text = self.codes == tags.TEXT_CODE
        self.silent = self.cover(np.flatnonzero(tags.SILENT[self.codes])) > 0
        never = self.silent | (self.cover(np.flatnonzero(tags.CONTROL[self.codes])) > 0)
        instead = np.flatnonzero(tags.INSTEAD[self.codes])
        hidden = never | (self.cover(np.concatenate([instead, np.array(self.hidden, np.int64)])) > 0)
        seen = self._inked(is_text & ~hidden)
        veiled = self._inked(is_text & hidden & ~never)
        # A page that shows less than it hides is one that a script would have opened, or a frameset.
        opens = bool(veiled) and self._size(veiled) > self._size(seen)
        self.unseen = never if opens else hidden
        self.nodes = np.array(sorted(seen + veiled) if opens else seen, np.int64)
        n = len(self.codes)
        self.before = np.zeros(n + 1, np.int64)
        self.before[self.nodes + 1] = 1
        np.cumsum(self.before, out=self.before)

    def _inked(self, which: Bools) -> list[int]:
        texts = self.tree.texts
        return [i for i in np.flatnonzero(which).tolist() if not texts[i].isspace()]

    def _size(self, nodes: list[int]) -> int:
        texts = self.tree.texts
        return sum([len(texts[i].strip()) for i in nodes])

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
        self.first = self.nodes[self.starts]
        self.last = self.nodes[np.append(self.starts[1:], len(keys)) - 1] if len(keys) else self.nodes

    def _count(self) -> None:
        texts = self.tree.texts
        shown = [texts[i] for i in self.nodes.tolist()]
        for start in self.starts.tolist():  # no word goes on from one block to the next
            shown[start] = " " + shown[start]
        size, many = len(letters.KINDS), len(shown)
        lengths = np.fromiter(map(len, shown), np.int64, many)
        kinds = letters.kinds_of("".join(shown))
        cells = np.repeat(np.arange(0, many * size, size), lengths)
        cells += kinds
        self.kinds = np.bincount(cells, minlength=many * size).reshape(-1, size)
        ends = np.cumsum(lengths)
        letter = np.zeros(len(kinds) + 2, np.bool_)
        letter[1:-1] = (kinds >= letters.SMALL) & (kinds <= letters.DIGIT)
        turns = np.flatnonzero(letter[1:] != letter[:-1])  # where words begin and end, by turns
        first = turns[::2]
        of_word = np.searchsorted(ends, first, side="right")
        self.words = np.bincount(of_word, minlength=many) + self.kinds[:, letters.IDEOGRAPH]
        self.short_words = np.bincount(of_word[turns[1::2] - first <= 3], minlength=many)
        self.capital_words = np.bincount(of_word[kinds[first] == letters.CAPITAL], minlength=many)
        # A sentinel at each end: a text of nothing but invisible characters has no first and no last that is seen.
        dark = np.concatenate([[-1], np.flatnonzero(kinds != letters.SPACE), [len(kinds)]])
        kinds = np.append(kinds, letters.OTHER)
        begin, end = np.searchsorted(dark, ends - lengths), np.searchsorted(dark, ends) - 1
        seen = begin <= end
        self.first_kind = np.where(seen, kinds[dark[begin]], letters.OTHER)
        self.last_kind = np.where(seen, kinds[dark[end]], letters.OTHER)
        self.linked = self.cover(np.array(self.links, np.int64))[self.nodes] > 0

    def _climb(self) -> None:
        own = np.arange(len(self.codes))
        above = np.maximum(self.parents, 0)
        block = tags.BLOCK[self.codes]
        block[0] = True
        self.home = follow(np.where(block, own, above))
        parent = self.home[above]
        same = (self.before[parent] == self.before[own]) & (self.before[self.ends[parent]] == self.before[self.ends])
        top = follow(np.where(same, parent, own))
        self.holder = self.home[above[top]]


_NAMED = ~tags.members(["", "#text", "#comment", "#doctype", "img", "br", "script", "link", "meta", "font", "b", "i"])


def follow(pointer: Ints) -> Ints:
    """Each pointer followed to its end (a place that points to itself), by doubling."""
    while True:
        further = pointer[pointer]
        if np.array_equal(further, pointer):
            return pointer
        pointer = further


def _hides(style: str) -> bool:
    style = style.replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style
