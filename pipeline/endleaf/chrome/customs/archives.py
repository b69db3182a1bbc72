"""Mail archives and boards made of lists: their menus go, their threads stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.customs.sight import Sight
from endleaf.chrome.facts import running

_MENU: Final = 12
"""Blocks of a menu of a mail archive."""
_DEEPEST: Final = 100
"""Lists in lists of answers."""


def mail_archives(s: Sight) -> Iterator[tuple[int, bool]]:
    """The menus of Hypermail and Pipermail go, lists of what leads to other messages; an index's threads stay."""
    menus = {at for block in s.saying("archive") if (at := s.above(block, "ul", "p", "div", "small", "center"))}
    ours = {*s.saying("archive"), *s.saying("archived")}
    for menu in sorted(menus):
        blocks = s.within(menu)
        if len(blocks) <= _MENU and 2 * len(ours.intersection(blocks)) >= len(blocks):
            yield from ((block, False) for block in blocks)
    if len(s.saying("archive")) >= 2:
        yield from _threads(s, min(ours), max(ours), ours)


def _threads(s: Sight, first: int, last: int, ours: set[int]) -> Iterator[tuple[int, bool]]:
    """The lists between the menus of an index."""
    lists = s.elements("ul")
    low, high = s.facts.first_block[lists], s.facts.past_block[lists]
    menu = np.zeros(len(s.kept), np.int64)
    menu[list(ours)] = 1
    menus = running(menu)
    threads = (first < low) & (high <= last) & (menus[low] == menus[high]) & (low < high)
    past = 0
    for start, stop in zip(low[threads].tolist(), high[threads].tolist(), strict=True):
        yield from ((block, True) for block in range(max(start, past), stop))
        past = max(past, stop)


def follow_ups(s: Sight) -> Iterator[tuple[int, bool]]:
    """The answers under a message of WWWBoard: a list headed by "Follow Ups"."""
    for block in s.saying("followups"):
        at = s.above(block + 1, "ul", "dl") if block + 1 < len(s.kept) else None
        for _ in range(_DEEPEST):
            if at is None or s.tree.tags[s.tree.parents[at]] not in ("ul", "li"):
                break
            at = s.tree.parents[at]
        if at is not None and s.within(at).start == block + 1:
            yield block, True
            yield from ((answer, True) for answer in s.within(at))


def answered(s: Sight) -> Iterator[tuple[int, bool]]:
    """An item's own words stay where the list in it does."""
    lists = s.elements("ul", "ol")
    lists = lists[s.blocks.codes[s.blocks.parents[lists]] == tags.CODE["li"]]
    first, own = s.facts.first_block[lists], s.facts.first_block[s.blocks.parents[lists]]
    inner = (s.facts.past_block[lists] > first) & (own == first - 1)
    kept = s.kept.copy()
    for item, inside in zip(own[inner][::-1].tolist(), first[inner][::-1].tolist(), strict=True):
        if kept[inside] and not kept[item]:
            kept[item] = True
            yield item, True
