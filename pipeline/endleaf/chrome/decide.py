"""From how likely each block is content to which blocks are kept."""

from __future__ import annotations

import numpy as np

from endleaf.chrome.blocks import Bools, Ints
from endleaf.chrome.columns import Floats
from endleaf.chrome.facts import Facts, running
from endleaf.chrome.tags import CODE, members

_LIST = members(["ul", "ol", "dl"])
_TABLE, _ROW, _CELL = members(["table"]), members(["tr"]), members(["td", "th"])
_MOST = 0.75  # share of the words of a list or table that brings the rest along
_BY_ITSELF = 0.4  # how likely a heading must be to stay over nothing; from .2 to .5 all is alike
_PROSE = 12  # words from which a block reads like text and no label
_WORDLESS = 0.3  # words that a block without any counts as, so that it follows the blocks it is as likely as


def kept_blocks(facts: Facts, likely: Floats) -> Bools:
    """(B) What is kept, given how likely each block is content."""
    return with_headings(facts, likely, whole(facts, choose(likely, facts.words)))


def by_rule(facts: Facts) -> Bools:
    """(B) What is kept of a page too large for the network: what reads like text, else what is no link, else all."""
    words, linked = facts.words, facts.linked
    for good in ((words >= _PROSE) & (linked * 3 < words), (words > 0) & (linked * 2 <= words), words > 0):
        if good.any():
            return with_headings(facts, np.zeros(len(words), np.float32), good)
    return np.ones(len(words), np.bool_)


def whole(facts: Facts, chosen: Bools) -> Bools:
    """Lists and data tables stay whole where most of their words stay; data tables, between what stays too."""
    lists, tables = np.flatnonzero(_LIST[facts.blocks.codes]), data_tables(facts)
    elements = np.concatenate([lists, tables])
    low, high = facts.first_block[elements], facts.past_block[elements]
    size = facts.words_before[high] - facts.words_before[low]
    kept = running(facts.words * chosen)
    stays = (kept[high] - kept[low]) > _MOST * size
    linked = facts.linked_before[high] - facts.linked_before[low]
    sides = np.concatenate([[False], chosen, [False]])  # a block's place in it is one more
    stays |= (np.arange(len(elements)) >= len(lists)) & sides[low] & sides[high + 1] & (2 * linked <= size)
    stays &= high > low
    steps = np.bincount(low[stays], minlength=len(chosen) + 1) - np.bincount(high[stays], minlength=len(chosen) + 1)
    return np.asarray(chosen | (np.cumsum(steps)[:-1] > 0), np.bool_)


def data_tables(facts: Facts) -> Ints:
    """Tables of rows and columns whose cells hold a block each; those that lay out a page hold more, or tables."""
    blocks = facts.blocks
    tables = np.flatnonzero(blocks.codes == CODE["table"])
    ends = blocks.ends[tables]

    def inside(which: Bools) -> Ints:
        before = running(which[blocks.codes].astype(np.int64))
        return np.asarray(before[ends] - before[tables + 1], np.int64)

    rows, cells = inside(_ROW), inside(_CELL)
    size = facts.past_block[tables] - facts.first_block[tables]
    plain = (inside(_TABLE) == 0) & (rows >= 2) & (cells >= 2 * rows) & (size <= 1.2 * cells)
    return np.asarray(tables[plain], np.int64)


def with_headings(facts: Facts, likely: Floats, chosen: Bools) -> Bools:
    """Headings stay where the block under them stays; they go where it goes, unless they are likely by themselves."""
    kept = chosen.copy()
    for i in np.flatnonzero(facts.head[:-1])[::-1].tolist():  # from below: a heading may stand on a heading
        if kept[i + 1]:
            kept[i] |= _together(facts, i, i + 1)
        elif likely[i] < _BY_ITSELF:
            kept[i] = False
    return kept if kept.any() else chosen


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
