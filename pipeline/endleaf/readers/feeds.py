"""Bytes for the careful reader: a plain file as it lies, or gzip members and zstd frames in bounded pieces."""

from __future__ import annotations

from typing import Protocol

from endleaf.readers.disk import Disk
from endleaf.readers.grammar import WARC, Grammar
from endleaf.readers.packings import GZIP, PIECE, Broken, Packing

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
    """The content of gzip members or Zstandard frames, one after the other."""

    def __init__(self, disk: Disk, offset: int, grammar: Grammar = WARC, packing: Packing = GZIP) -> None:
        self._disk = disk
        self._first = offset
        self._grammar = grammar
        self._packing = packing
        self._open(offset)

    def _open(self, offset: int) -> None:
        self.damage: str | None = None
        self.origin = offset
        self.end: int | None = None
        """Where the member ends on disk, once it is read to its end."""
        self._unpacker = self._packing.unpacker()
        self._at = offset
        self._count = min(_FIRST, self._packing.step)
        self._ready: list[bytes] = []

    def read(self) -> bytes:
        """The next inflated bytes; b"" at the member's end, or where it is damaged."""
        while not self._ready and self.end is None and self.damage is None:
            self._more()
        return self._ready.pop(0) if self._ready else b""

    def _more(self) -> None:
        data = b""
        if self._unpacker.hungry:
            data = self._disk.read(self._at, self._count)
            self._at += len(data)
            self._count = min(self._count * 4, self._packing.step)
            if not data:
                self.damage = f"the file ends inside a {self._packing.unit}"
                return
        try:
            found = self._unpacker.unpack(data)
        except Broken as error:
            found = error.salvaged
            self.damage = f"a {self._packing.unit} is damaged ({error})"
        if self._unpacker.done:
            self.end = self._at - self._unpacker.left
        if found:
            self._ready.append(found)

    def advance(self) -> bool:
        """Go on into the next member, unless it starts a record of its own."""
        end = self.end
        magic = self._packing.magic
        if end is None or self._disk.peek(end, len(magic)) != magic:
            return False
        if holds_record(self._disk, end, self._grammar, self._packing):
            return False
        self._open(end)
        return True

    def restart(self) -> None:
        """Begin again where the feed began."""
        self._open(self._first)


def next_start(disk: Disk, offset: int, grammar: Grammar = WARC, packing: Packing = GZIP) -> int:
    """Where the next record, or packed one, starts from ``offset`` on; the end of the file if nowhere."""
    while offset < disk.size:
        piece = disk.peek(offset, PIECE * 4)
        for found in grammar.candidate.finditer(piece):
            at = offset + found.start()
            packed = found.lastgroup == "packed"
            if not packed or (found[0].startswith(packing.magic) and holds_record(disk, at, grammar, packing)):
                return at
        if len(piece) <= grammar.reach or offset + len(piece) >= disk.size:
            break
        offset += len(piece) - grammar.reach  # a start that lies across the border of two pieces is in one of them
    return disk.size


def holds_record(disk: Disk, offset: int, grammar: Grammar = WARC, packing: Packing = GZIP) -> bool:
    """Whether a gzip member or zstd frame at ``offset`` begins with a record."""
    start = packing.start(disk.peek(offset, packing.first), grammar.reach)
    return grammar.record.match(start.lstrip(b"\r\n")) is not None
