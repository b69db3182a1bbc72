"""Weblogs of Movable Type's first templates, whose parts have names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Ints
from endleaf.chrome.customs.sight import Sight
from endleaf.chrome.names import KINDS

_COMMENT: Final = 1 << KINDS.index("comment")
_BODY: Final = "comments-body"
_HEAD: Final = "comments-head"
_BY: Final = "comments-post"


def comments(s: Sight) -> Iterator[tuple[int, bool]]:
    """What readers wrote stays: ``comments-body`` with a line that says who, and the head above the first of them."""
    named = np.flatnonzero(s.blocks.marks & _COMMENT)
    names = {at: s.tree.attrs[at].get("class", "") for at in named.tolist()}
    by = np.array([at for at, name in names.items() if name == _BY], np.int64)
    past, first = 0, True
    for body in [at for at, name in names.items() if name == _BODY]:
        if body < past or not _holds(s, body, by):
            continue
        past, blocks = s.tree.ends[body], s.within(body)
        yield from ((block, True) for block in blocks)
        if first and blocks.start and names.get(int(s.facts.home[blocks.start - 1])) == _HEAD:
            yield blocks.start - 1, True
        first = False


def _holds(s: Sight, element: int, some: Ints) -> bool:
    at = int(np.searchsorted(some, element))
    return at < len(some) and int(some[at]) < s.tree.ends[element]
