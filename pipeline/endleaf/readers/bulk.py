"""The fast way through a WARC file: FastWARC reads, and every record is proven before it is believed.

The proof of a record in a gzip member is the member's own trailer (RFC 1952 section 2.3.1): the record
written back as it was read must have the CRC-32 and the size that the eight bytes before the next
record state. A record in a plain file must lie on disk byte for byte, and end where the next begins.
So nothing skipped, misread or lost between two records goes unseen; what is not proven is left to the
careful reader.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Generator
from dataclasses import dataclass

from fastwarc.warc import ArchiveIterator, WarcRecord

from endleaf.readers.disk import Disk
from endleaf.readers.packings import GZIP
from endleaf.readers.raw import MAX_BLOCK, MAX_HEAD, Raw, contradictions, decoded, fields_of

_END = b"\r\n\r\n"
_PIECE = 1 << 20


@dataclass(slots=True)
class _Held:
    """A record that waits for its proof: where the next one starts is not known yet."""

    raw: Raw
    head: bytes
    crc: int


def proven(disk: Disk, start: int, keep: int = MAX_BLOCK) -> Generator[Raw, None, int]:
    """Records from ``start`` on, as long as each can be proven; returns where to go on, ``disk.size`` at the end.

    Of each block ``keep`` bytes are kept, or some more.
    """
    held: _Held | None = None
    try:
        for record in ArchiveIterator(
            disk.stream(start), parse_http=False, quirks_mode=True, max_header_len=MAX_HEAD, stream_detect=True
        ):
            at = record.stream_pos
            if held is None:
                if at != start:
                    return start
            elif _holds(disk, held, at):
                yield held.raw
            else:
                return held.raw.offset
            held = _take(record, at, keep)
            if held is None:
                return at
    except OSError:  # FastWARC's word for damage; the careful reader says where and what
        return held.raw.offset if held else start
    if held is None:
        return start
    if not _holds(disk, held, disk.size):
        return held.raw.offset
    yield held.raw
    return disk.size


def _take(record: WarcRecord, at: int, keep: int) -> _Held | None:
    """Read the record; None where its block is shorter than it says."""
    size = record.content_length
    pairs = list(record.headers.items_bytes())
    first = record.headers.status_line_bytes or b""
    head = b"".join([first, b"\r\n", *[name + b": " + value + b"\r\n" for name, value in pairs], b"\r\n"])
    crc = zlib.crc32(head)
    # A length that lies must not be allocated: large blocks are read piece by piece.
    block = record.reader.read(size) if size <= _PIECE else b""
    kept, left = [block], size - len(block)
    crc = zlib.crc32(block, crc)
    while left and (size > _PIECE) and (piece := record.reader.read(min(left, _PIECE))):
        crc = zlib.crc32(piece, crc)
        if size - left < keep:
            kept.append(piece)
        left -= len(piece)
    if left:
        return None
    named = [(decoded(name), decoded(value)) for name, value in pairs]
    fields = fields_of(named)
    troubles = contradictions(named) if len(fields) < len(named) else []
    raw = Raw(at, 0, None, decoded(first), fields, b"".join(kept)[: max(keep, _PIECE)], size, troubles)
    return _Held(raw, head, zlib.crc32(_END, crc))


def _holds(disk: Disk, held: _Held, end: int) -> bool:
    raw = held.raw
    raw.length = end - raw.offset
    size = len(held.head) + raw.block_size + len(_END)
    if disk.peek(raw.offset, len(GZIP.magic)) == GZIP.magic:
        return disk.peek(end - 8, 8) == struct.pack("<II", held.crc, size & 0xFFFFFFFF)
    return raw.length == size and disk.peek(raw.offset, len(held.head)) == held.head and disk.peek(end - 4, 4) == _END
