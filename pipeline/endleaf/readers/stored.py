"""A record's block in pieces, read where it lies: for blocks that are too long to be held."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.readers.disk import Disk
from endleaf.readers.feeds import Flat, Inflated
from endleaf.readers.frames import packing_of
from endleaf.readers.raw import Raw
from endleaf.readers.window import Window

_PIECE = 1 << 20


def block_pieces(disk: Disk, raw: Raw) -> Iterator[bytes]:
    """The block of a record that was read before, whole, whatever its size."""
    packing = packing_of(disk)
    packed = disk.peek(raw.offset, len(packing.magic)) == packing.magic
    window = Window(Inflated(disk, raw.offset, packing=packing) if packed else Flat(disk, raw.offset))
    window.go_back(raw.skip)
    window.skip_newlines()
    if window.head() is None:
        return
    left = raw.block_size
    while left and (piece := window.block(min(left, _PIECE), trusted=True)).size:
        yield piece.kept
        left -= piece.size
