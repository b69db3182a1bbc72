"""A file, or a stretch of one, read by position: what every reader reads from.

A stored member of a WACZ is a stretch of the zip, so it is read where it lies.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from endleaf.errors import UnreadableSource

_AHEAD = 1 << 16
"""Bytes read at once: small reads that follow each other cost one call to the system."""


class Disk:
    """``size`` bytes of an open file from ``base`` on. Positions given and taken count from ``base``."""

    def __init__(self, file: IO[bytes], base: int = 0, size: int | None = None) -> None:
        self._file = file
        self._descriptor = file.fileno()
        self._base = base
        self.size = os.fstat(self._descriptor).st_size - base if size is None else size
        self._held = b""
        self._held_at = 0

    def read(self, offset: int, count: int) -> bytes:
        """Up to ``count`` bytes at ``offset``; fewer only at the end."""
        start = offset - self._held_at
        if start >= 0 and start + count <= len(self._held):
            return self._held[start : start + count]
        count = min(count, self.size - offset)
        if count <= 0:
            return b""
        if count >= _AHEAD:
            return self._pread(offset, count)
        self._held = self._pread(offset, min(_AHEAD, self.size - offset))
        self._held_at = offset
        return self._held[:count]

    def peek(self, offset: int, count: int) -> bytes:
        """As :meth:`read`, for a few bytes out of turn: nothing is read ahead."""
        return self._pread(offset, max(0, min(count, self.size - offset)))

    def _pread(self, offset: int, count: int) -> bytes:
        found = os.pread(self._descriptor, count, self._base + offset)
        while len(found) < count:  # a read may be cut short by the system before the end
            more = os.pread(self._descriptor, count - len(found), self._base + offset + len(found))
            if not more:
                break
            found += more
        return found

    @property
    def base(self) -> int:
        """Where it starts in its file."""
        return self._base

    def lies_in(self, path: Path) -> bool:
        """Whether it is that file, or a part of it: not an unpacked copy."""
        return os.path.samestat(os.fstat(self._descriptor), path.stat())

    def stretch(self, base: int, size: int) -> Disk:
        """A part of this one as a Disk of its own."""
        return Disk(self._file, self._base + base, max(0, min(size, self.size - base)))

    def stream(self, offset: int = 0) -> DiskStream:
        """A file object over the bytes from ``offset`` on; its ``tell`` counts as the Disk does."""
        return DiskStream(self, offset)


class DiskStream(io.RawIOBase):
    """The file object that FastWARC and zipfile read."""

    def __init__(self, disk: Disk, offset: int) -> None:
        super().__init__()
        self._disk = disk
        self._at = offset

    def readable(self) -> bool:  # noqa: D102 (io's own)
        return True

    def seekable(self) -> bool:  # noqa: D102
        return True

    def tell(self) -> int:  # noqa: D102
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:  # noqa: D102
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._disk.size}[whence]
        if start + offset < 0:
            raise OSError("a position before the start of the file")
        self._at = start + offset
        return self._at

    def read(self, size: int = -1) -> bytes:  # noqa: D102
        found = self._disk.peek(self._at, self._disk.size if size is None or size < 0 else size)
        self._at += len(found)
        return found

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # noqa: D102
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def opened(path: Path) -> Iterator[Disk]:
    """The file as a Disk, closed at the end.

    Raises UnreadableSource where it cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be opened: {error.strerror}") from error
    with file:
        yield Disk(file)
