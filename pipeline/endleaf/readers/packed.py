"""WARC files, and tar files, packed as a whole with bzip2, xz or LZ4.

Such a file cannot be read from the middle, as revisits and damage ask, so it is unpacked into a temporary
file first, in bounded memory. Offsets count in the unpacked file.
"""

from __future__ import annotations

import bz2
import lzma
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any, Protocol

from fastwarc.stream_io import Lz4Reader

from endleaf.errors import UnreadableSource
from endleaf.model import Damage, Record
from endleaf.readers import warc
from endleaf.readers.disk import Disk
from endleaf.readers.source import Source

MAX_RATIO = 100
"""Unpacked bytes for each packed one: a WARC of pages packs 3 to 20 times."""

FREE = 1 << 28
"""Bytes that may come out whatever the ratio, 256 MiB on disk."""

_PIECE = 1 << 20

_USTAR = 257
"""Where a tar file's first header has its mark (POSIX.1-1988)."""


class _Unpacker(Protocol):
    def read(self, size: int, /) -> bytes: ...


OPENERS: dict[str, Callable[[Any], _Unpacker]] = {
    "bz2": bz2.BZ2File,
    "lz4": Lz4Reader,
    "xz": lzma.LZMAFile,
}

_BROKEN = (OSError, EOFError, ValueError, lzma.LZMAError)
"""What these raise for damaged bytes."""


def reader(kind: str, dispatch: Callable[[Source], Iterator[Record]]) -> Callable[[Source], Iterator[Record]]:
    """The reader for one packing; a tar file within is given to ``dispatch``."""

    def read(source: Source) -> Iterator[Record]:
        with tempfile.TemporaryFile() as file:
            fault = _unpack(source.disk, kind, file)
            unpacked = Disk(file)
            if unpacked.peek(0, 8).upper().startswith(b"WARC/"):
                yield from warc.read(replace(source, disk=unpacked))
            elif unpacked.peek(_USTAR, 5) == b"ustar":
                yield from dispatch(replace(source, disk=unpacked))
            else:
                raise UnreadableSource(
                    f"{source.name} is a {kind} file, and no WARC is found in it: {fault or 'unpack it first'}"
                )
            if fault:
                yield Damage(source=source.name, reason=fault, offset=unpacked.size)

    return read


def _unpack(disk: Disk, kind: str, into: IO[bytes]) -> str | None:
    """Unpack a whole file; returns what was wrong with it."""
    limit = max(FREE, MAX_RATIO * disk.size)
    try:
        packed = OPENERS[kind](disk.stream())
        while piece := packed.read(_PIECE):
            into.write(piece)
            if into.tell() > limit:
                return f"it unpacks to more than {limit} bytes: only these are read"
    except _BROKEN as error:
        return f"its {kind} packing is damaged: {error}"
    finally:
        into.flush()
    return None
