"""What pages of some manner always have: customs that settle a block whatever the network says of it.

A custom looks at a page and gives verdicts: blocks, each with whether it stays. It rests on what the block says or on
the shape it stands in, never on a likelihood, so it holds whatever the network has learned. Each has its measure in
bench/CHROME.md.

sight      the page as the customs see it
phrases    how the lines begin that pages set around their text
archives, boards, dates, headings, listings, mastheads, notices, tables, weblogs   the customs
tails      what ends a block that stays, and leads elsewhere
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Bools
from endleaf.chrome.customs import (
    archives,
    boards,
    dates,
    headings,
    listings,
    mastheads,
    notices,
    tables,
    tails,
    weblogs,
)
from endleaf.chrome.customs.sight import Sight
from endleaf.chrome.facts import Facts

Custom = Callable[[Sight], Iterable[tuple[int, bool]]]
"""Gives blocks, each with whether it stays."""

CUSTOMS: Final[dict[str, Custom]] = {
    "mail archives": archives.mail_archives,
    "follow-ups": archives.follow_ups,
    "answered": archives.answered,
    "posts": boards.posts,
    "board notes": boards.notes,
    "crumbs": notices.crumbs,
    "notices": notices.notices,
    "labels": tables.labels,
    "bordered": tables.bordered,
    "sources": tables.sources,
    "between": headings.between,
    "mastheads": mastheads.mastheads,
    "emblems": mastheads.emblems,
    "addresses": headings.addresses,
    "dates": dates.dates,
    "dates in rows": dates.in_rows,
    "sections": headings.sections,
    "menus": listings.menus,
    "contents": listings.contents,
    "site maps": listings.site_maps,
    "comments": weblogs.comments,
}
"""The customs by name, in the order in which they are asked: each sees what those before it settled."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the customs settled."""

    kept: Bools
    """(B) Which blocks stay."""
    changed: bool = False
    """Whether that is other than without them."""
    cut: tuple[int, ...] = ()
    """Text nodes that go though their block stays."""


def corrected(facts: Facts, kept: Bools, title: str | None) -> Corrected:
    """What stays of a page by all customs, in their order, given what stays without them."""
    sight = Sight(facts, kept, title)
    for custom in CUSTOMS.values():
        for block, stays in list(custom(sight)):
            sight.kept[block] = stays
    if not sight.kept.any():
        return Corrected(kept)
    return Corrected(sight.kept, not np.array_equal(sight.kept, kept), (*sight.cut, *tails.cut(sight)))
