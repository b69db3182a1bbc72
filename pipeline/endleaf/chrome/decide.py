"""From how likely each block is content to which blocks are kept."""

from __future__ import annotations

import numpy as np

from endleaf.chrome.blocks import Bools, Ints
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import Floats

_WORDLESS = 0.3  # words that a block without any counts as, so that it follows the blocks it is as likely as


def decide(facts: Facts, likely: Floats) -> Bools:
    """(B) What is kept, given how likely each block is content."""
    return with_headings(facts, choose(likely, facts.words))


def with_headings(facts: Facts, chosen: Bools) -> Bools:
    """Headings stay where what follows them in their own element stays, and go where none of it does."""
    heads = np.flatnonzero(facts.head)
    if not len(heads) or not chosen.any():
        return chosen
    kept = chosen.copy()
    for i in heads[::-1].tolist():
        following = i + 1
        if following < len(kept) and not kept[i] and kept[following] and _together(facts, i, following):
            kept[i] = True
    return kept


def _together(facts: Facts, i: int, following: int) -> bool:
    """Whether a block stands in the same element as the heading before it."""
    holder = facts.blocks.holder[facts.home[i]]
    return bool(facts.first_block[holder] <= following < facts.past_block[holder]) and bool(holder)


def choose(likely: Floats, words: Ints) -> Bools:
    """The choice with the best expected F1 by words, among those that keep all blocks above some likelihood.

    Where the page is clear the bar is one half; where it is not, it falls, and so a page is never left empty.

    >>> choose(np.array([0.9, 0.1, 0.2], np.float32), np.array([50, 10, 10])).tolist()
    [True, False, False]
    >>> choose(np.array([0.1, 0.3], np.float32), np.array([10, 10])).tolist()
    [False, True]
    """
    if not len(likely):
        return np.zeros(0, np.bool_)
    size = words + _WORDLESS
    order = np.argsort(-likely, kind="stable")
    sure = np.cumsum(likely[order] * size[order])
    expected = 2 * sure / (np.cumsum(size[order]) + float((likely * size).sum()))
    return np.asarray(likely >= likely[order[int(np.argmax(expected))]], np.bool_)
