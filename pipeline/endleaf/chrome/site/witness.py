"""What a site says of one page's blocks, and how it weighs against what the page alone says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Bools, Ints
from endleaf.chrome.columns import Floats
from endleaf.chrome.decide import kept_blocks
from endleaf.chrome.facts import Facts, running
from endleaf.chrome.site.leaves import Keys, keys_of
from endleaf.chrome.site.template import FEWEST, Template, threshold

# What is taken from the log odds of a block that repeats. Chosen on one half of the bench's sites, with scores of
# models that never saw the site; bench/site.py gives the numbers of both halves.
AGAIN: Final = 2.0
"""For each time that the pages it stands on are e times as many: two pages take 1.4, five 3.2, thirty 6.8 …"""
SHARED: Final = 2.0
"""… and this times the share of the pages. What the network is sure of goes only where very many pages have it."""
LOOSE: Final = 0.33
"""This part of it counts where the words have a number in them: a dateline repeats by its form, and may be content."""
AMONG: Final = 1.0
"""Taken from what does not repeat, but stands among what does in one element: a teaser under "Most read" …"""
FROM: Final = 0.2
"""… from this share of the element's other words on, and in full where all of them repeat."""
UNLIKELY: Final = 0.2
"""Repeated blocks less likely than this stay out, though a heading stays with what follows it, and a list with the
rest of it. From .1 to .3 all is alike."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A site's template, the page it is asked about, and the rules a person has set: True keeps a block."""

    template: Template
    page: int
    rules: Mapping[int, bool]

    def kept(self, facts: Facts, likely: Floats) -> Bools:
        """(B) What is kept, given how likely each block is content by its page alone."""
        keys, loose = keys_of(facts.blocks)
        count, others = self.template.others(keys, facts.words, self.page)
        repeats = (count + 1 >= threshold(others + 1)) & (others + 1 >= FEWEST)
        weight = evidence(count + 1, others + 1) * np.where(loose, LOOSE, 1) * repeats
        weighed = lowered(likely, weight + AMONG * _among(facts, repeats))
        kept = kept_blocks(facts, weighed) & ~(repeats & (weighed < UNLIKELY))
        return self._ruled(keys, kept) if self.rules else kept

    def _ruled(self, keys: Keys, kept: Bools) -> Bools:
        rules = self.rules
        ruled = [rules.get(key, was) for key, was in zip(keys.tolist(), kept.tolist(), strict=True)]
        return np.array(ruled, np.bool_)


def evidence(count: Ints, pages: int) -> Floats:
    """How much a block on ``count`` of so many pages loses, in log odds.

    >>> [f"{each:.1f}" for each in evidence(np.array([2, 5, 100]), 100)]
    ['1.4', '3.3', '11.2']
    """
    return np.asarray(AGAIN * np.log(count) + SHARED * count / pages, np.float32)


def _among(facts: Facts, repeats: Bools) -> Floats:
    """(B) How much of what stands beside a block in its element repeats: 0 to 1; 0 for what itself repeats."""
    _, low, high = facts.holders[1]
    size = facts.words_before[high] - facts.words_before[low] - facts.words
    before = running(facts.words * repeats)
    share = (before[high] - before[low]) / np.maximum(1, size)
    return np.asarray(np.clip((share - FROM) / (1 - FROM), 0, 1) * ~repeats * (size > 0), np.float32)


def lowered(likely: Floats, weight: Floats) -> Floats:
    """The same with a weight taken from the log odds.

    >>> [f"{each:.2f}" for each in lowered(np.array([0.5, 0.99], np.float32), np.array([2.5, 2.5], np.float32))]
    ['0.08', '0.89']
    """
    factor = np.exp(-weight)
    return np.asarray(likely * factor / (likely * factor + 1 - likely), np.float32)
