"""Which blocks stand on which of a site's pages: an index from keys to pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from endleaf.chrome.site.leaves import Keys, Leaf

Ints = npt.NDArray[np.int64]

FEWEST: Final = 3
"""Pages from which a site has a template, the page in question among them."""
SHARE: Final = 0.04
"""Share of the pages, and never fewer than two, that a block must stand on to be of the template, it seems."""
LIKE: Final = 0.5
"""A page made by another template is no witness (a front page of an article): the others share at least this much …"""
_MODEL: Final = 5
"""… of what the fifth that shares most does. The first few may be parts or versions of the page."""
COPY: Final = 0.8
"""Share of a page's own words on another page, from which that is a copy of it (a print version, a mirror) …"""
OWN: Final = 0.01
"""… where at least this share of the page's words is its own, that is, stands on no more than half of the pages."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A block of the template, for people."""

    key: int
    words: str
    place: str
    pages: int


class Template:
    """The index of some pages' blocks. ``pages`` says how many they are."""

    def __init__(self, leaves: Mapping[int, Leaf]) -> None:
        self._leaves = dict(sorted(leaves.items()))
        self.pages = len(leaves)
        self._number = {page: number for number, page in enumerate(self._leaves)}
        each = [leaf.keys for leaf in self._leaves.values()]
        keys = np.concatenate(each) if each else np.zeros(0, np.uint64)
        page = np.repeat(np.arange(len(each), dtype=np.int32), [len(keys) for keys in each])
        order = np.argsort(keys, kind="stable")
        self._page = page[order]
        self._keys, starts = np.unique(keys[order], return_index=True)
        self._starts = np.append(starts, len(keys)).astype(np.int32)

    def besides(self, page: int) -> int:
        """How many pages there are besides one."""
        return self.pages - (page in self._number)

    def others(self, keys: Keys, words: Ints, page: int) -> tuple[Ints, int]:
        """On how many of the other pages each of a page's blocks stands, and how many other pages there are.

        Copies of the page are no witnesses, nor are pages of another template: they are left out of both. A page
        that has nothing of its own has no other pages, for what it shares cannot be told from what is copied.
        """
        nothing = np.zeros(len(keys), np.int64), 0
        if not len(self._keys) or not len(keys):
            return nothing
        known, at = np.unique(keys, return_inverse=True)
        size = np.bincount(at, words, minlength=len(known))
        of, where = self._incidence(known)
        witness = np.ones(self.pages, np.bool_)
        own = self._number.get(page)
        if own is not None:
            witness[own] = False
        rare = size * (2 * np.bincount(of, witness[where], minlength=len(known)) <= witness.sum())
        if rare.sum() <= OWN * size.sum():
            return nothing
        witness &= np.bincount(where, rare[of], minlength=self.pages) < COPY * rare.sum()
        witness &= _like(np.bincount(where, minlength=self.pages), witness)
        return np.bincount(of, witness[where], minlength=len(known)).astype(np.int64)[at], int(witness.sum())

    def _incidence(self, known: Keys) -> tuple[Ints, Ints]:
        """Which of some keys stands on which page: pairs."""
        place = np.minimum(np.searchsorted(self._keys, known), len(self._keys) - 1)
        low = self._starts[place]
        many = np.where(self._keys[place] == known, self._starts[place + 1] - low, 0)
        return np.repeat(np.arange(len(known)), many), self._page[np.repeat(low, many) + _count_up(many)]

    def repeated(self) -> Iterator[Repeated]:
        """The blocks that repeat, the most frequent first."""
        count = np.diff(self._starts)
        least = max(FEWEST, threshold(self.pages))
        wanted = {int(self._keys[i]): int(count[i]) for i in np.flatnonzero(count >= least)}
        told: dict[int, tuple[str, str]] = {}
        for leaf in self._leaves.values():
            for key, line in zip(leaf.keys.tolist(), leaf.lines(), strict=True):
                if key in wanted and key not in told:
                    told[key] = line
        for key in sorted(wanted, key=lambda each: (-wanted[each], told[each], each)):
            yield Repeated(key, *told[key], wanted[key])


def threshold(pages: int) -> float:
    """On how many of so many pages a block must stand to be of the template, it seems."""
    return max(2, SHARE * pages)


def _like(shared: Ints, witness: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which pages share about as many blocks with a page as those do that are made like it."""
    most = np.sort(shared[witness])[-_MODEL:]
    return np.asarray(shared >= LIKE * most[0] if len(most) else witness, np.bool_)


def _count_up(many: Ints) -> Ints:
    """0, 1, … for each, one after another: ``[2, 3]`` gives ``[0, 1, 0, 1, 2]``."""
    return np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
