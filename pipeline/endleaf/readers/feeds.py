"""Bytes for the careful reader: a plain file as it lies, or gzip members inflated in bounded pieces."""

from __future__ import annotations

import contextlib
import io
import zlib
from typing import Protocol

from endleaf.readers.disk import Disk
from endleaf.readers.grammar import WARC, Grammar

GZIP = b"\x1f\x8b\x08"
PIECE = 1 << 16
"""Bytes read at once, at most."""

_FIRST = 1 << 12
"""Bytes read first: most records and members are small, and for the others the pieces grow."""


class Feed(Protocol):
    """Bytes in order. ``read`` gives b"" at the end of what belongs together: a file, a gzip member."""

    damage: str | None
    """Why the bytes ended early."""
    origin: int
    """Where on disk the stretch being read began."""

    def read(self) -> bytes:
        """The next bytes."""
        ...

    def advance(self) -> bool:
        """Go on into the next gzip member, where one follows that starts no record of its own."""
        ...

    def restart(self) -> None:
        """Begin again where the feed began."""
        ...


class Flat:
    """The bytes of a plain file from an offset on."""

    def __init__(self, disk: Disk, offset: int) -> None:
        self.damage: str | None = None
        self.origin = offset
        self._disk = disk
        self._at = offset
        self._count = _FIRST

    def read(self) -> bytes:
        """The next bytes; b"" at the end of the file."""
        found = self._disk.read(self._at, self._count)
        self._at += len(found)
        self._count = min(self._count * 4, PIECE)
        return found

    def advance(self) -> bool:
        """Never: a plain file is one piece."""
        return False

    def restart(self) -> None:
        """Begin again where the feed began."""
        self._at = self.origin


class Inflated:
    """The content of gzip members, one after the other."""

    def __init__(self, disk: Disk, offset: int, grammar: Grammar = WARC) -> None:
        self._disk = disk
        self._first = offset
        self._grammar = grammar
        self._open(offset)

    def _open(self, offset: int) -> None:
        self.damage: str | None = None
        self.origin = offset
        self.end: int | None = None
        """Where the member ends on disk, once it is read to its end."""
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._at = offset
        self._count = _FIRST
        self._ready: list[bytes] = []

    def read(self) -> bytes:
        """The next inflated bytes; b"" at the member's end, or where it is damaged."""
        while not self._ready and self.end is None and self.damage is None:
            self._more()
        return self._ready.pop(0) if self._ready else b""

    def _more(self) -> None:
        data = self._inflater.unconsumed_tail
        if not data:
            data = self._disk.read(self._at, self._count)
            self._at += len(data)
            self._count = min(self._count * 4, PIECE)
        if not data:
            self.damage = "the file ends inside a gzip member"
            return
        before = self._inflater.copy()
        try:
            found = self._inflater.decompress(data, 4 * PIECE)
        except zlib.error as error:
            found = self._salvaged(before, data)
            self.damage = f"a gzip member is damaged ({str(error).rpartition(': ')[2]})"
        if self._inflater.eof:
            self.end = self._at - len(self._inflater.unused_data)
        if found:
            self._ready.append(found)

    def _salvaged(self, inflater: zlib._Decompress, data: bytes) -> bytes:
        """What comes out before the fault: zlib gives nothing from a call that fails, so it is fed a byte a call."""
        found = io.BytesIO()
        with contextlib.suppress(zlib.error):  # the fault that is known; all before it is found
            for i in range(len(data)):
                found.write(inflater.decompress(data[i : i + 1]))
        return found.getvalue()

    def advance(self) -> bool:
        """Go on into the next member, unless it starts a record of its own."""
        end = self.end
        if end is None or self._disk.peek(end, len(GZIP)) != GZIP or holds_record(self._disk, end, self._grammar):
            return False
        self._open(end)
        return True

    def restart(self) -> None:
        """Begin again where the feed began."""
        self._open(self._first)


def next_start(disk: Disk, offset: int, grammar: Grammar = WARC) -> int:
    """Where the next record, or gzip member with one, starts from ``offset`` on; the end of the file if nowhere."""
    while offset < disk.size:
        piece = disk.peek(offset, PIECE * 4)
        for found in grammar.candidate.finditer(piece):
            at = offset + found.start()
            if found[0][0] != GZIP[0] or holds_record(disk, at, grammar):
                return at
        if len(piece) <= grammar.reach or offset + len(piece) >= disk.size:
            break
        offset += len(piece) - grammar.reach  # a start that lies across the border of two pieces is in one of them
    return disk.size


def holds_record(disk: Disk, offset: int, grammar: Grammar = WARC) -> bool:
    """Whether a gzip member at ``offset`` begins with a record."""
    try:
        start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(disk.peek(offset, _FIRST), grammar.reach)
    except zlib.error:
        return False
    return grammar.record.match(start.lstrip(b"\r\n")) is not None
