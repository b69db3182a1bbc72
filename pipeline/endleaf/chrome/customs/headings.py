"""What stands between two blocks that stay, and belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.customs.sight import Sight

_LARGE: Final = re.compile(r"\s*(?:[4-7]|\+[1-4])\s*\Z")
"""Sizes of a font above the text's, which is 3."""
_HEAVY: Final = ("b", "strong")
_LONGEST: Final = 80
"""Characters of a heading."""
_STEPS: Final = 4
"""Elements around a block's first words that may say how large they are."""


def between(s: Sight) -> Iterator[tuple[int, bool]]:
    """Headings, and words larger or heavier than the text, stay between two blocks that stay. Words are not counted:
    some scripts part none."""
    f = s.facts
    lost = ~s.kept
    lost[:1] = lost[-1:] = False
    lost[1:-1] &= s.kept[:-2] & s.kept[2:]
    lost &= (f.linked == 0) & (f.chars > 1) & (f.chars <= _LONGEST)
    return ((block, True) for block in np.flatnonzero(lost).tolist() if f.head[block] or _stands_out(s, block))


def _stands_out(s: Sight, block: int) -> bool:
    """Whether all of a block's words are in larger letters by tag; or in heavier ones, and in no paragraph of their own
    but in the element that holds what stands above and below."""
    tree, at, home = s.tree, s.tree.parents[int(s.blocks.first[block])], int(s.facts.home[block])
    around = home < s.blocks.first[block - 1] and s.blocks.last[block + 1] < tree.ends[home]
    for _ in range(_STEPS):
        if at <= home:
            break
        large = tree.tags[at] == "big" or (tree.tags[at] == "font" and _LARGE.match(tree.attrs[at].get("size", "")))
        if large or (around and tree.tags[at] in _HEAVY):
            return tree.ends[at] > int(s.blocks.last[block])
        at = tree.parents[at]
    return False


def addresses(s: Sight) -> Iterator[tuple[int, bool]]:
    """An address of some lines stays between two blocks that stay."""
    found = s.elements("address")
    first, past = s.facts.first_block[found], s.facts.past_block[found]
    done = 0
    inside = (first > 0) & (past > first) & (past < len(s.kept))
    for at, low, high in zip(*(each[inside].tolist() for each in (found, first, past)), strict=True):
        if low < done:
            continue
        done = high
        lines = s.blocks.codes[at : s.blocks.ends[at]] == tags.CODE["br"]
        if s.kept[low - 1] and s.kept[high] and lines.any():
            yield from ((block, True) for block in range(low, high))


_RANKS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_PLAIN: Final = frozenset({"p", "ul", "ol", "dl", "pre", "blockquote", "table"})
"""What a section is made of; anything else ends it."""
_NAMED: Final = frozenset({"class", "id"})


def sections(s: Sight) -> Iterator[tuple[int, bool]]:
    """A section without a link stays beside one of its level that stays, in the same element without a name (of what
    a name says the network knows more)."""
    ranks: set[tuple[int, str]] = set()
    for block in np.flatnonzero(s.facts.head).tolist():
        home = int(s.facts.home[block])
        level = s.tree.parents[home], s.tree.tags[home]
        if s.kept[block]:
            ranks.add(level)
        elif level in ranks and s.tree.tags[home] in _RANKS and not s.tree.attrs[level[0]].keys() & _NAMED:
            below = list(_below(s, home))
            if below and not s.facts.linked[[block, *below]].any():
                yield from ((each, True) for each in (block, *below))


def _below(s: Sight, heading: int) -> Iterator[int]:
    """The blocks of a heading's section: of the plain elements that follow it."""
    at, end = s.tree.ends[heading], s.tree.ends[s.tree.parents[heading]]
    while at < end:
        if s.tree.tags[at] in _PLAIN:
            yield from s.within(at)
        elif s.tree.texts[at].strip() or s.blocks.codes[at] != tags.TEXT_CODE:
            return
        at = s.tree.ends[at]
