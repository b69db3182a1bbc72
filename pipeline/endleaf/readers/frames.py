"""The frames of a file packed with Zstandard: those to skip, and the dictionary of all others.

A WARC may begin with a skippable frame that holds the dictionary, itself packed or not (the iipc's "Use of Zstandard
compression in WARC files", 2020). A skippable frame is believed where one ends: at another frame, or the file's end.
"""

from __future__ import annotations

import contextlib
import sys

from endleaf.readers.disk import Disk
from endleaf.readers.grammar import WARC
from endleaf.readers.packings import GZIP, ZSTD, Broken, Packing

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The skippable frame of a dictionary."""

MAX_DICTIONARY = 16 << 20
"""Bytes of one, 16 MiB: those in use have some hundred KiB."""

_HEAD = 8
"""Bytes before what a skippable frame holds: its magic number and its size (RFC 8878 section 3.1.2)."""

_TRAINED = b"\x37\xa4\x30\xec"
"""How a dictionary itself begins (section 5)."""

_SEARCH = 1 << 20
"""How far into a file whose start is damaged the first frame may lie, 1 MiB."""


def is_skippable(head: bytes) -> bool:
    """Whether bytes begin a skippable frame."""
    return head[1:4] == DICTIONARY[1:] and head[0] >> 4 == DICTIONARY[0] >> 4 and len(head) >= _HEAD


def skipped(disk: Disk, offset: int) -> int:
    """Where the bytes after skippable frames are; one that does not end where a frame may end is not skipped."""
    while (end := _end(disk, offset)) is not None:
        offset = end
    return offset


def packing_of(disk: Disk) -> Packing:
    """How the records of a file are packed, as far as they are: gzip members unless Zstandard is found.

    Raises Broken for a dictionary that is none.
    """
    place = dictionary_place(disk)
    if place:
        return Packing(ZSTD.magic, ZSTD.unit, _dictionary(disk.peek(place.start, place.stop - place.start)))
    at = skipped(disk, 0)
    head = disk.peek(at, WARC.reach)
    begins_well = head.startswith(GZIP.magic) or WARC.record.match(head)
    if head.startswith(ZSTD.magic) or (not begins_well and _is_in_frames(disk, at)):
        return ZSTD
    return GZIP


def dictionary_place(disk: Disk) -> range | None:
    """Where a file's dictionary lies, without the head of its frame; None where it has none.

    Where that head is damaged it is known by its own beginning, and goes on to the next frame.
    """
    at = 0
    while (end := _end(disk, at)) is not None and not _holds_dictionary(disk, at):
        at = end
    if not _holds_dictionary(disk, at):
        return None
    return range(at + _HEAD, _likely_end(disk, at) if end is None else end)


def is_whole(disk: Disk, place: range) -> bool:
    """Whether the head of a dictionary's frame is as it must be."""
    at = place.start - _HEAD
    return disk.peek(at, len(DICTIONARY)) == DICTIONARY and _end(disk, at) == place.stop


def _holds_dictionary(disk: Disk, at: int) -> bool:
    head = disk.peek(at, _HEAD + len(_TRAINED))
    return head.startswith(DICTIONARY) or head[_HEAD:] in (_TRAINED, ZSTD.magic)


def _likely_end(disk: Disk, at: int) -> int:
    """Where a dictionary ends whose frame is damaged, or what follows it.

    It is where the packed dictionary ends; else where it is stated, if frames after it can be unpacked so; else at
    the next frame.
    """
    start = at + _HEAD
    stated = start + int.from_bytes(disk.peek(at + 4, 4), "little")
    data = disk.peek(start, MAX_DICTIONARY)
    end = ZSTD.begun(data, MAX_DICTIONARY + 1)[1] if data.startswith(ZSTD.magic) else None
    if end is not None:
        return start + end
    with contextlib.suppress(Broken):
        packing = Packing(ZSTD.magic, ZSTD.unit, _dictionary(data[: stated - start]))
        if stated <= disk.size and _is_in_frames(disk, stated, packing):
            return stated
    found = data.find(ZSTD.magic, 1)
    return disk.size if found < 0 else start + found


def _end(disk: Disk, at: int) -> int | None:
    """Where a skippable frame at that place ends; None where there is none, or none that ends well."""
    head = disk.peek(at, _HEAD)
    if not is_skippable(head):
        return None
    end = at + _HEAD + int.from_bytes(head[4:], "little")
    after = disk.peek(end, _HEAD)
    return end if end == disk.size or after.startswith(ZSTD.magic) or is_skippable(after) else None


def _dictionary(data: bytes) -> zstd.ZstdDict:
    if len(data) > MAX_DICTIONARY:
        raise Broken(f"its zstd dictionary has {len(data)} bytes, and {MAX_DICTIONARY} are read at most")
    if data.startswith(ZSTD.magic):
        data = ZSTD.start(data, MAX_DICTIONARY)
    try:
        dictionary = zstd.ZstdDict(data)
        zstd.ZstdDecompressor(dictionary)  # which is where its tables are read
    except (ValueError, zstd.ZstdError) as error:
        raise Broken("its zstd dictionary cannot be read") from error
    return dictionary


def _is_in_frames(disk: Disk, at: int, packing: Packing = ZSTD) -> bool:
    """Whether the first frame that is found holds the start of a record."""
    data = disk.peek(at, _SEARCH)
    first = data.find(ZSTD.magic)
    return first >= 0 and WARC.record.match(packing.start(data[first:], WARC.reach)) is not None
