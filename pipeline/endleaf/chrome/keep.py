"""From the blocks that are kept back to the tree: text, images, rules, cells, and the elements that hold them."""

from __future__ import annotations

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.blocks import Blocks, Bools, Ints
from endleaf.chrome.ruled import Settled
from endleaf.chrome.shown import shown, told_by_maps


def text_of(blocks: Blocks, content: Bools) -> Bools:
    """(N) The text nodes of the blocks that are content, the blank ones between their parts too."""
    kept = np.zeros(len(blocks.codes), np.bool_)
    if not len(content):
        return kept
    keys = blocks.keys[blocks.first]
    texts = np.flatnonzero((blocks.codes == tags.TEXT_CODE) & ~blocks.unseen)
    at = np.minimum(np.searchsorted(keys, blocks.keys[texts]), len(keys) - 1)
    kept[texts] = content[at] & (keys[at] == blocks.keys[texts])
    return kept


def spread(blocks: Blocks, kept: Bools, settled: Settled | None = None) -> bytearray:
    """One byte a node: the kept text, the atoms and table cells among it, and every element that holds any."""
    n = len(kept)
    keep = kept.copy()
    keep[_atoms(blocks, kept)] = True
    if settled:
        keep = settled.atoms(blocks, keep)
    before = _running(keep)
    held = before[blocks.ends] > before[:n]
    held |= _cells(blocks, held)
    return bytearray(held.astype(np.uint8).tobytes())


def _running(kept: Bools) -> Ints:
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    return before


def _atoms(blocks: Blocks, kept: Bools) -> Ints:
    """Images, rules and breaks where the text on both sides stays, or all the text of the element that holds them.

    Where a page has no other words, the image maps that have some are its content.
    """
    atoms = np.flatnonzero(tags.ATOM[blocks.codes] & ~blocks.unseen)
    seen = kept[blocks.nodes]
    if not seen.any():
        return np.array(told_by_maps(blocks), np.int64)
    at = blocks.before[atoms]
    between = seen[np.maximum(at - 1, 0)] & seen[np.minimum(at, len(seen) - 1)]
    running = _running(seen)
    holder = blocks.holder[atoms]
    low, high = blocks.before[holder], blocks.before[blocks.ends[holder]]
    inside = (high > low) & (running[high] - running[low] == high - low)
    atoms = atoms[between | inside]
    picture = blocks.codes[atoms] == tags.CODE["img"]
    return np.concatenate([atoms[~picture], np.array(shown(blocks, kept, atoms[picture]), np.int64)])


def _cells(blocks: Blocks, held: Bools) -> Bools:
    """Empty cells of kept rows: they hold a table's columns in place."""
    cells = np.flatnonzero(_CELL[blocks.codes])
    row = blocks.parents[cells]
    more = np.zeros(len(held), np.bool_)
    empty = blocks.before[cells] == blocks.before[blocks.ends[cells]]
    more[cells[held[row] & empty & ~blocks.unseen[cells]]] = True
    return more


_CELL = tags.members(["td", "th"])
