"""The chrome room: what of a page is content, and what is navigation around it.

blocks     the tree as text blocks, in flat arrays
judged     how each block was told, step by step
site       what the other pages of a site tell
customs    what the pages of some manner always have, which stays or goes whatever the network says
ruled      what a person's rules say
removals   what was not kept, grouped by region, with reasons
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.customs import corrected
from endleaf.chrome.decide import by_rule, kept_blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.judged import Judged
from endleaf.chrome.keep import spread, text_of
from endleaf.chrome.model import Groups, shipped
from endleaf.chrome.removals import removed
from endleaf.chrome.ruled import Ruled, Settled
from endleaf.chrome.site import Witness
from endleaf.model import Removal
from endleaf.parse import Tree

__all__ = ["Advice", "Judged", "Kept", "Ruled", "Settled", "judge", "strip"]


MOST_BLOCKS: Final = 20_000
"""Blocks of a page that the network looks at: each costs it some five kilobytes. Real pages have some hundreds."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What others than the page say of it."""

    site: Witness | None = None
    """The other pages of its site."""
    rules: Ruled | None = None
    """A person's rules, which settle what they name."""


NONE: Final = Advice()


@dataclass(frozen=True, slots=True)
class Kept:
    """What :func:`strip` decided."""

    keep: bytearray
    """One byte a node: 1 for text, images and other atoms that stay, and for elements that hold any."""
    removals: tuple[Removal, ...]
    """What goes, by region, in document order."""
    judged: Judged
    """How each block was judged, before a person's rules."""
    settled: Settled | None = None
    """What a person's rules settled."""


def strip(tree: Tree, title: str | None, advice: Advice = NONE) -> Kept:
    """Decide what of a tree is content. ``title`` is the page's declared title, where it has one.

    >>> from endleaf.parse import parse
    >>> tree = parse("<ul id=menu><li><a href=/>Home</a><li><a href=/a>About us</a></ul><h1>Bees</h1>"
    ...              "<p>Bees are kept for their honey, which is sold in the village shop each spring.")
    >>> kept = strip(tree, None)
    >>> [tree.texts[i] for i in range(len(tree)) if kept.keep[i] and tree.texts[i]]
    ['Bees', 'Bees are kept for their honey, which is sold in the village shop each spring.']
    >>> [(r.reason, r.where, r.text) for r in kept.removals]
    [('navigation', 'body/ul#menu', 'Home\\nAbout us')]
    """
    blocks = Blocks(tree)
    judged = judge(blocks, title, advice.site)
    kept = text_of(blocks, judged.kept)
    kept[list(judged.cut)] = False
    settled = advice.rules.settled(blocks) if advice.rules else None
    if settled:
        kept = settled.over(blocks, kept)
    template = text_of(blocks, judged.template) if judged.template.any() else None
    return Kept(spread(blocks, kept, settled), removed(blocks, kept, settled, template), judged, settled)


def judge(blocks: Blocks, title: str | None, site: Witness | None = None) -> Judged:
    """Which blocks are content, and how that was told."""
    if not len(blocks):
        return Judged(blocks, np.zeros(0, np.float32), {})
    facts = Facts(blocks)
    if len(blocks) > MOST_BLOCKS:
        blocks.tree.notes.append(f"more than {MOST_BLOCKS} blocks of text: a plain rule told content from navigation")
        return Judged(blocks, np.zeros(len(blocks), np.float32), {"plain rule": by_rule(facts)})
    net = shipped()
    _, rows = rows_of(facts, title, net.telling)
    likely = net.likely(rows, Groups.of(facts))
    steps = {"network": kept_blocks(facts, likely)}
    if site:
        steps["site"] = site.kept(facts, likely)
    custom = corrected(facts, list(steps.values())[-1], title)
    if custom.changed:
        steps["customs"] = custom.kept
    return Judged(blocks, likely, steps, custom.cut)
