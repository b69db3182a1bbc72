"""From the blocks that are kept back to the tree: text, images, rules, cells, and the elements that hold them."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.blocks import Blocks, Bools, Ints
from endleaf.chrome.ruled import Settled

_ICON: Final = 24
"""Pixels: an image no larger either way is a spacer, a bullet or an icon."""
_NO_PICTURE: Final = re.compile(
    r"(?i)spacer|blank\.gif|clear\.gif|pixel|1x1|shim\.gif|transparent\.(?:gif|png)|/dot\.gif"
)
_NUMBER: Final = re.compile(r"\s*(\d+)\s*(?:px)?\s*\Z")


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
    """Images, rules and breaks where the text on both sides stays, or all the text of the element that holds them."""
    atoms = np.flatnonzero(tags.ATOM[blocks.codes] & ~blocks.unseen)
    if not len(atoms) or not len(blocks.nodes):
        return atoms[:0]
    shown = kept[blocks.nodes]
    at = blocks.before[atoms]
    between = shown[np.maximum(at - 1, 0)] & shown[np.minimum(at, len(shown) - 1)]
    running = _running(shown)
    holder = blocks.holder[atoms]
    low, high = blocks.before[holder], blocks.before[blocks.ends[holder]]
    inside = (high > low) & (running[high] - running[low] == high - low)
    atoms = atoms[between | inside]
    picture = blocks.codes[atoms] == tags.CODE["img"]
    plain = [i for i in atoms[picture].tolist() if not _empty_picture(blocks, i)]
    return np.concatenate([atoms[~picture], np.array(plain, np.int64)])


def _empty_picture(blocks: Blocks, i: int) -> bool:
    attrs = blocks.tree.attrs[i]
    if _NO_PICTURE.search(attrs.get("src", "")):
        return True
    sizes = [
        int(found[1][:6]) for found in map(_NUMBER.match, (attrs.get("width", ""), attrs.get("height", ""))) if found
    ]
    return (len(sizes) == 2 and max(sizes) <= _ICON) or (bool(sizes) and min(sizes) <= 2)


def _cells(blocks: Blocks, held: Bools) -> Bools:
    """Empty cells of kept rows: they hold a table's columns in place."""
    cells = np.flatnonzero(_CELL[blocks.codes])
    row = blocks.parents[cells]
    more = np.zeros(len(held), np.bool_)
    empty = blocks.before[cells] == blocks.before[blocks.ends[cells]]
    more[cells[held[row] & empty & ~blocks.unseen[cells]]] = True
    return more


_CELL = tags.members(["td", "th"])
