"""Every record of a WARC file, in order, with every place that could not be read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from endleaf.readers import bulk, careful
from endleaf.readers.disk import Disk
from endleaf.readers.frames import dictionary_place, is_whole, packing_of, skipped
from endleaf.readers.packings import GZIP, ZSTD, Broken
from endleaf.readers.raw import MAX_BLOCK, Raw, Trouble

PATIENCE = 256
"""Stretches that are read carefully, at most, before FastWARC is tried again: in a file where no record is
written as it would write it, trying each time would read everything three times."""

_MAX_IN_FRAME = MAX_BLOCK // 2
"""Bytes of a block that are kept from a Zstandard frame: its window alone may take 128 MiB."""


def raw_records(disk: Disk, offset: int = 0, keep: int = MAX_BLOCK) -> Iterator[Raw | Trouble]:
    """Read a file from ``offset`` on. What stands at its end is read or reported: nothing is left over.

    ``keep`` bytes of each block are enough for who asks.
    """
    try:
        form = form_of(disk, keep)
    except Broken as error:
        yield Trouble(0, str(error))
        return
    if form.packing.magic == ZSTD.magic:
        yield from _frames(disk, form, offset)
        return
    careful_for = 1
    while offset < disk.size:
        before = offset
        offset = yield from bulk.proven(disk, offset, keep)
        careful_for = 1 if offset > before else min(2 * careful_for, PATIENCE)
        for _ in range(careful_for):
            if offset < disk.size:
                offset = yield from careful.stretch(disk, offset, form)


def carefully(disk: Disk, form: careful.Form, offset: int = 0) -> Iterator[Raw | Trouble]:
    """Read a file whose records are of that form, without the fast way."""
    while offset < disk.size:
        if form.packing.magic == ZSTD.magic:
            offset = skipped(disk, offset)
        if offset < disk.size:
            offset = yield from careful.stretch(disk, offset, form)


def _frames(disk: Disk, form: careful.Form, offset: int) -> Iterator[Raw | Trouble]:
    """Read a file of Zstandard frames; its dictionary may hold what looks like records, and is none."""
    place = dictionary_place(disk)
    if place and offset < place.stop:
        if not is_whole(disk, place):
            yield Trouble(offset, "the head of its zstd dictionary is damaged")
        offset = place.stop
    yield from carefully(disk, form, offset)


def form_of(disk: Disk, keep: int = MAX_BLOCK) -> careful.Form:
    """The form of a WARC file's records. Raises Broken where they are packed with a dictionary that is none."""
    packing = packing_of(disk)
    keep = min(keep, MAX_BLOCK if packing is GZIP else _MAX_IN_FRAME)
    return dataclasses.replace(careful.WARCS, packing=packing, keep=keep)


def raw_at(disk: Disk, offset: int, skip: int) -> Raw | None:
    """The one record at a place that was read before, or None."""
    for item in careful.stretch(disk, offset, form_of(disk)):
        if isinstance(item, Raw) and item.offset == offset and item.skip == skip:
            return item
    return None
