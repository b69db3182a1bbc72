"""Which lines that look like headings are headings, and how high they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from endleaf.model import Block, Figure, Paragraph, Rule
from endleaf.sections.flow import Flow, Head, Mark
from endleaf.sections.inlines import BASE_SIZE, folded, plain, unwrapped

VISUAL = 7
"""The rank of the most prominent visual heading: below every real one."""

BODY_LENGTH = 25
"""Characters: a paragraph shorter than this, and no longer than the line above it, is no text under a heading."""

MOSTLY = 0.5
"""Where more than this share of a page is strong, strong is how the page looks and no sign."""

_DOTTED = re.compile(r"(\d+(?:\.\d+)+)\.?\s")


class PageLook(NamedTuple):
    """What most of a page's text looks like: what all of it has is no sign of a heading."""

    size: int
    bold: bool

    @classmethod
    def of(cls, sizes: Mapping[int, int], strong: int) -> PageLook:
        """From the characters of each font size, and the strong ones."""
        size = max(sizes, key=lambda size: sizes[size], default=BASE_SIZE)
        return cls(size, strong > MOSTLY * sum(sizes.values()))


def settled(flow: Flow, look: PageLook, title: str | None) -> list[Block | Head]:
    """The flow with each line that looks like a heading made one, or a paragraph again.

    A line that says the page's title, and looks like it, heads the page whatever follows.
    """
    wanted = folded(title or "")
    out: list[Block | Head] = []
    below: Block | Head | None = None
    under: Block | Head | None = None  # what stands below, and the figures right below
    for item in reversed(flow):
        if isinstance(item, Head) and not item.rank:
            rank = _rank(item, look)
            heads = _heads(item, rank, under if item.named or item.size > look.size else below)
            if rank and (heads or (wanted and folded(item.text) == wanted)):
                item.rank = rank
                item.content = unwrapped(item.content)
            else:
                out.append(item.paragraph())
                below = under = out[-1]
                continue
        if isinstance(item, Mark):
            raise TypeError(item)
        out.append(item)
        if not isinstance(item, Rule):
            below = item
            if not isinstance(item, Figure):
                under = item
    out.reverse()
    return out


def _rank(head: Head, look: PageLook) -> int:
    """How high a line stands by its looks; 0 where it does not stand out."""
    larger = head.size - look.size
    strong = head.strong and not look.bold
    if larger <= 0 and not strong and not head.named:
        return 0
    found = _DOTTED.match(head.text)
    depth = found.group(1).count(".") if found else 0
    prominence = max(larger, 0) * 2 + strong + (2 if head.named and larger <= 0 else 0)
    return VISUAL + (14 - min(prominence, 13)) * 4 + min(depth, 3)


def _heads(head: Head, rank: int, below: Block | Head | None) -> bool:
    """Whether what follows is something that a heading can stand over."""
    if below is None or isinstance(below, Figure):
        return False
    if isinstance(below, Head):
        return VISUAL <= rank < below.rank
    if isinstance(below, Paragraph):
        length = len(plain(below.content))
        return length > BODY_LENGTH or length > len(head.text)
    return True
