"""The chrome room: what of a page is content, and what is navigation around it.

blocks     the tree as text blocks, in flat arrays
removals   what was not kept, grouped by region, with reasons
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Removal
from ..parse import Tree
from . import tags
from .blocks import Blocks, Bools
from .removals import removals

__all__ = ["Kept", "strip"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What :func:`strip` decided."""

    keep: bytearray
    """One byte a node: 1 for text, images and other atoms that stay, and for elements that hold any."""
    removals: tuple[Removal, ...]
    """What goes, by region, in document order."""


def strip(tree: Tree, title: str | None) -> Kept:  # noqa: ARG001  (a room's contract: the model asks for it)
    """Decide what of a tree is content. ``title`` is the page's declared title, where it has one.

    >>> from endleaf.parse import parse
    >>> tree = parse("<ul><li><a href=/>Home</a><li><a href=/a>About us</a></ul>"
    ...              "<h1>Bees</h1><p>Bees are kept for their honey, which is sold in the village shop.</p>")
    >>> kept = strip(tree, None)
    >>> [tree.texts[i] for i in range(len(tree)) if kept.keep[i] and tree.texts[i]]
    ['Bees', 'Bees are kept for their honey, which is sold in the village shop.']
    >>> [(r.reason, r.where, r.text) for r in kept.removals]
    [('link-list', 'body/ul', 'Home\\nAbout us')]
    """
    blocks = Blocks(tree)
    kept = _kept_text(blocks, _content(blocks))
    return Kept(keep=_spread(blocks, kept), removals=removals(blocks, kept))


def _content(blocks: Blocks) -> Bools:
    """(B) Which blocks are content."""
    words = blocks.per_block(blocks.words)
    linked = blocks.per_block(blocks.words * blocks.linked)
    good = (words >= 12) & (linked * 3 < words)
    if not good.any():
        good = (words > 0) & (linked * 2 <= words)
    if not good.any():
        good = words > 0
    heads = tags.HEADING[blocks.codes[blocks.home[blocks.nodes[blocks.starts]]]]
    following = np.zeros(len(good), np.bool_)
    following[:-1] = good[1:]
    return good | (heads & following)


def _kept_text(blocks: Blocks, content: Bools) -> Bools:
    """(N) The text nodes of those blocks, the blank ones between their parts too."""
    kept = np.zeros(len(blocks.codes), np.bool_)
    if not len(content):
        return kept
    keys = blocks.keys[blocks.nodes[blocks.starts]]
    texts = np.flatnonzero((blocks.codes == tags.TEXT_CODE) & ~blocks.unseen)
    at = np.minimum(np.searchsorted(keys, blocks.keys[texts]), len(keys) - 1)
    kept[texts] = content[at] & (keys[at] == blocks.keys[texts])
    return kept


def _spread(blocks: Blocks, kept: Bools) -> bytearray:
    """The kept text, the atoms among it, and every element that holds any."""
    n = len(kept)
    keep = kept.copy()
    before = np.zeros(n + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    texts = blocks.before
    atoms = np.flatnonzero(tags.ATOM[blocks.codes] & ~blocks.unseen)
    if len(atoms):
        # An atom stays where the text before it and after it stays.
        nodes_kept = kept[blocks.nodes]
        at = texts[atoms]
        near = np.zeros(len(atoms), np.bool_)
        if len(nodes_kept):
            left = nodes_kept[np.maximum(at - 1, 0)]
            right = nodes_kept[np.minimum(at, len(nodes_kept) - 1)]
            near = left & right
        keep[atoms] = near
        np.cumsum(keep, out=before[1:])
    return bytearray((before[blocks.ends] > before[:n]).astype(np.uint8).tobytes())
