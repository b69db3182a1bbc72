"""The chrome room: what of a page is content, and what is navigation around it.

blocks     the tree as text blocks, in flat arrays
removals   what was not kept, grouped by region, with reasons
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Blocks, Bools
from endleaf.chrome.decide import by_rule, kept_blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.keep import spread, text_of
from endleaf.chrome.model import Groups, shipped
from endleaf.chrome.removals import removed
from endleaf.model import Removal
from endleaf.parse import Tree

__all__ = ["Kept", "strip"]


MOST_BLOCKS: Final = 20_000
"""Blocks of a page that the network looks at: each costs it some five kilobytes. Real pages have some hundreds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What :func:`strip` decided."""

    keep: bytearray
    """One byte a node: 1 for text, images and other atoms that stay, and for elements that hold any."""
    removals: tuple[Removal, ...]
    """What goes, by region, in document order."""


def strip(tree: Tree, title: str | None) -> Kept:
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
    kept = text_of(blocks, content(blocks, title))
    return Kept(keep=spread(blocks, kept), removals=removed(blocks, kept))


def content(blocks: Blocks, title: str | None) -> Bools:
    """(B) Which blocks are content."""
    if not len(blocks):
        return np.zeros(0, np.bool_)
    facts = Facts(blocks)
    if len(blocks) > MOST_BLOCKS:
        blocks.tree.notes.append(f"more than {MOST_BLOCKS} blocks of text: a plain rule told content from navigation")
        return by_rule(facts)
    _, rows = rows_of(facts, title)
    return kept_blocks(facts, shipped().likely(rows, Groups.of(facts)))
