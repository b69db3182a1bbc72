"""How records are packed, one after the other: gzip members (WARC 1.1 annex D), or Zstandard frames (RFC 8878)."""

from __future__ import annotations

import contextlib
import io
import sys
import zlib
from dataclasses import dataclass
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 1 << 16
"""Bytes read at once, at most; four times as many are unpacked at once."""

_WINDOW = 27
"""The largest window, as a power of two: 128 MiB, what the zstd command unpacks unless told otherwise."""

_ZSTD_STEP = 1 << 10
"""Packed bytes given to Zstandard at once: what is unpacked in a call that fails is lost."""


class Broken(ValueError):
    """Packed bytes are damaged; ``salvaged`` is what came out before the fault."""

    def __init__(self, reason: str, salvaged: bytes = b"") -> None:
        super().__init__(reason)
        self.salvaged = salvaged


class Unpacker(Protocol):
    """One member or frame on its way."""

    @property
    def done(self) -> bool:
        """Whether it was read to its end."""
        ...

    @property
    def hungry(self) -> bool:
        """Whether more of it can come only from more bytes."""
        ...

    @property
    def left(self) -> int:
        """Bytes given that come after its end."""
        ...

    def unpack(self, data: bytes) -> bytes:
        """Some of what the bytes hold, 256 KiB at most. Raises Broken."""
        ...


@dataclass(frozen=True, slots=True)
class Packing:
    """A way of packing: its magic number, what one is called, and the dictionary where there is one."""

    magic: bytes
    unit: str
    dictionary: zstd.ZstdDict | None = None

    def unpacker(self) -> Unpacker:
        """For one member or frame."""
        return _Inflater() if self.magic == GZIP.magic else _Frame(self.dictionary)

    @property
    def step(self) -> int:
        """Packed bytes to read at once, at most."""
        return PIECE if self.magic == GZIP.magic else _ZSTD_STEP

    @property
    def first(self) -> int:
        """Packed bytes in which the first unpacked ones are: Zstandard gives none before a block is whole (RFC 8878
        section 3.1.1.2)."""
        return 1 << 12 if self.magic == GZIP.magic else (1 << 17) + (1 << 6)

    def start(self, data: bytes, size: int) -> bytes:
        """The first bytes of what is packed in ``data``; none where they are not packed so."""
        return self.begun(data, size)[0]

    def begun(self, data: bytes, size: int) -> tuple[bytes, int | None]:
        """The first bytes of what is packed in ``data``, and where it ends there, if they are all."""
        unpacker, found, at = self.unpacker(), b"", 0
        with contextlib.suppress(Broken):
            while not unpacker.done and len(found) < size and (at < len(data) or not unpacker.hungry):
                piece = data[at : at + self.step] if unpacker.hungry else b""
                at += len(piece)
                found += unpacker.unpack(piece)
        return found[:size], at - unpacker.left if unpacker.done else None


GZIP = Packing(b"\x1f\x8b\x08", "gzip member")
ZSTD = Packing(b"\x28\xb5\x2f\xfd", "zstd frame")


class _Inflater:
    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def done(self) -> bool:
        return self._inflater.eof

    @property
    def hungry(self) -> bool:
        return not self._inflater.unconsumed_tail

    @property
    def left(self) -> int:
        return len(self._inflater.unused_data)

    def unpack(self, data: bytes) -> bytes:
        before = self._inflater.copy()
        data = self._inflater.unconsumed_tail + data
        try:
            return self._inflater.decompress(data, 4 * PIECE)
        except zlib.error as error:
            raise Broken(str(error).rpartition(": ")[2], _salvaged(before, data)) from error


def _salvaged(inflater: zlib._Decompress, data: bytes) -> bytes:
    """What comes out before the fault: zlib gives nothing from a call that fails, so it is fed a byte a call."""
    found = io.BytesIO()
    with contextlib.suppress(zlib.error):  # the fault that is known; all before it is found
        for i in range(len(data)):
            found.write(inflater.decompress(data[i : i + 1]))
    return found.getvalue()


class _Frame:
    def __init__(self, dictionary: zstd.ZstdDict | None) -> None:
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW}
        self._frame = zstd.ZstdDecompressor(dictionary, options)

    @property
    def done(self) -> bool:
        return self._frame.eof

    @property
    def hungry(self) -> bool:
        return self._frame.needs_input

    @property
    def left(self) -> int:
        return len(self._frame.unused_data)

    def unpack(self, data: bytes) -> bytes:
        try:
            return self._frame.decompress(data, max_length=4 * PIECE)
        except zstd.ZstdError as error:
            raise Broken("no zstd data, or of another dictionary") from error
