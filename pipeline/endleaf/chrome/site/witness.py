"""What a site says of one page's blocks, and how it weighs against what the page alone says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Bools
from endleaf.chrome.decide import kept_blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import Floats
from endleaf.chrome.site.leaves import Keys, keys_of
from endleaf.chrome.site.template import Template

WEIGHT: Final = 2.5
"""Taken from the log odds of a block that repeats: what was .92 likely is even, what was .99 stays.

Chosen on one half of the bench's sites, where 2 to 4 are alike, with scores of models that never saw the site
(``bench/site.py`` gives the numbers of both halves).
"""
UNLIKELY: Final = 0.2
"""Repeated blocks less likely than this stay out, though a heading stays with what follows it, and a list with the
rest of it. From .05 to .35 all is alike."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A site's template, the page it is asked about, and the rules a person has set: True keeps a block."""

    template: Template
    page: int
    rules: Mapping[int, bool]

    def kept(self, facts: Facts, likely: Floats) -> Bools:
        """(B) What is kept, given how likely each block is content by its page alone."""
        keys = keys_of(facts.blocks)
        suspects = self.template.suspects(keys, facts.words, self.page)
        weighed = np.where(suspects, lowered(likely), likely).astype(np.float32)
        kept = kept_blocks(facts, weighed) & ~(suspects & (weighed < UNLIKELY))
        return self._ruled(keys, kept) if self.rules else kept

    def _ruled(self, keys: Keys, kept: Bools) -> Bools:
        rules = self.rules
        ruled = [rules.get(key, was) for key, was in zip(keys.tolist(), kept.tolist(), strict=True)]
        return np.array(ruled, np.bool_)


def lowered(likely: Floats) -> Floats:
    """The same with :data:`WEIGHT` taken from the log odds.

    >>> [f"{each:.2f}" for each in lowered(np.array([0.5, 0.99], np.float32))]
    ['0.08', '0.89']
    """
    factor = np.float32(np.exp(-WEIGHT))
    return np.asarray(likely * factor / (likely * factor + 1 - likely), np.float32)
