"""The records of a WARC file for who asks where they are, not what they hold: of each block its start alone.

A gzip member that is one record, whole and as long as it says, is taken as it comes: ISA-L inflates it and checks
the CRC-32 and the size in its trailer (RFC 1952 section 2.3.1). Whatever is not so is left to the careful reader, so
that damage is told here just as it is where payloads are read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator

from isal import igzip_lib, isal_zlib

from endleaf.readers import careful
from endleaf.readers.disk import Disk
from endleaf.readers.packings import GZIP
from endleaf.readers.raw import Raw, Trouble
from endleaf.readers.records import PATIENCE, raw_records

KEPT = 1 << 13
"""Bytes of a block that are kept, 8 KiB: an HTTP head is in them."""

_WINDOW = 1 << 20
_STEP = 1 << 14
"""Packed bytes inflated at once: deflate makes 16 MB of them at most."""

_LEAST = 1 << 11
"""Fewer are not tried: the call costs more than the bytes."""

_FLAGS = b"\x1f"
"""The highest byte of flags in a member's head: ISA-L does not mind the reserved ones (RFC 1952 section 2.3.1.2)."""

_BROKEN: type[Exception] = igzip_lib.IsalError  # type: ignore[assignment] # its stubs take the class for an object
_END = b"\r\n\r\n"
_HEADS = dataclasses.replace(careful.WARCS, keep=KEPT)


def heads(disk: Disk) -> Iterator[Raw | Trouble]:
    """Every record of a file, in order, with every place that could not be read."""
    if disk.peek(0, len(GZIP.magic)) != GZIP.magic:
        yield from raw_records(disk, keep=KEPT)
        return
    offset, carefully = 0, 1
    while offset < disk.size:
        before = offset
        offset = yield from _members(disk, offset)
        carefully = 1 if offset > before else min(2 * carefully, PATIENCE)
        for _ in range(carefully):
            if offset < disk.size:
                offset = yield from careful.stretch(disk, offset, _HEADS)


def _members(disk: Disk, at: int) -> Generator[Raw, None, int]:
    """Members that are one record each, as long as they are; returns where the first that is not starts."""
    held, base, step = b"", at, _LEAST
    while at < disk.size:
        start, total, tail, first = at, 0, b"", b""
        inflater = isal_zlib.decompressobj(31)
        take = step
        while not inflater.eof:
            if at + take > base + len(held) < disk.size:
                held, base = disk.peek(at, _WINDOW), at
            piece = held[at - base : at - base + take]
            if not piece or (not total and piece[3:4] > _FLAGS):
                return start
            try:
                out = inflater.decompress(piece)
            except _BROKEN:
                return start
            at += len(piece)
            tail = out[-4:] if len(out) > 3 else (tail + out)[-4:]
            if not total:
                first = out
            elif len(first) < KEPT:
                first += out
            total += len(out)
            take = _STEP
        at -= len(inflater.unused_data)
        raw = _record(start, at - start, first, total) if tail == _END else None
        if raw is None:
            return start
        yield raw
        step = max(_LEAST, min(_STEP, step // 2 + at - start))  # members of a size mostly follow each other
    return at


def _record(offset: int, length: int, start: bytes, total: int) -> Raw | None:
    """The record that a member is, or None where it may be more, or less, or oddly written."""
    body = start.find(_END) + len(_END)
    try:
        head = start[: body - len(_END)].decode()
    except UnicodeDecodeError:
        return None
    version, *lines = head.split("\r\n")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        fields[name.lower()] = value.strip()
        if not colon:
            return None
    size = fields.get("content-length", "")
    folded = "\r\n " in head or "\r\n\t" in head or head.count("\n") > len(lines)
    if folded or len(fields) < len(lines) or not version.startswith("WARC/") or not (size.isascii() and size.isdigit()):
        return None
    if body + int(size) + len(_END) != total:
        return None
    block = start[body : min(body + KEPT, total - len(_END))]
    return Raw(offset, 0, length, version, fields, block, int(size))
