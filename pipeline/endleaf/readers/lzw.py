"""The ``compress`` coding of HTTP (RFC 9110 section 8.4.1.1): LZW as the UNIX program of that name writes it.

A file is three bytes (magic, and a byte of flags: the widest code, and whether code 256 empties the table), then
codes of 9 bits, and of one more whenever the table outgrows them. Codes come in groups of eight: where the
width changes, what is left of a group is filled up.
"""

from __future__ import annotations

from collections.abc import Iterator

MAGIC = b"\x1f\x9d"
_WIDEST = 16
_WIDTH_BITS = 0x1F
_BLOCK_MODE = 0x80
_CLEAR = 256
_NARROWEST = 9
_PIECE = 1 << 16


class BrokenLzw(ValueError):
    """The bytes are no such file, or are damaged."""


def unpacked(data: bytes) -> Iterator[bytes]:
    """What was packed, in pieces. Raises BrokenLzw where the bytes are damaged, after what came before."""
    if data[:2] != MAGIC or not _NARROWEST <= (data[2:3] or b"\0")[0] & _WIDTH_BITS <= _WIDEST:
        raise BrokenLzw("no compress file")
    piece = bytearray()
    last = b""
    clears = bool(data[2] & _BLOCK_MODE)
    codes = _Codes(data, data[2] & _WIDTH_BITS)
    first_free = _CLEAR + clears
    table = [bytes([value]) for value in range(256)] + [b""] * clears
    while (code := codes.next(len(table))) is not None:
        if code == _CLEAR and clears:
            del table[first_free:]
            last = b""
            codes.narrow()
            continue
        if code < len(table):
            word = table[code]
        elif code == len(table) and last:
            word = last + last[:1]
        else:
            yield bytes(piece)
            raise BrokenLzw("a code that stands for nothing")
        if last and len(table) < 1 << codes.widest:
            table.append(last + word[:1])
        last = word
        piece += word
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


class _Codes:
    """The codes of a file, least significant bit first."""

    def __init__(self, data: bytes, widest: int) -> None:
        self.widest = widest
        self._data = data
        self._width = _NARROWEST
        self._at = 8 * 3
        self._group = self._at
        """The bit where the codes of this width began."""

    def next(self, known: int) -> int | None:
        """The next code, where the table knows so many; None at the end."""
        if self._width < self.widest and known >= 1 << self._width:
            self._widen(self._width + 1)
        end = self._at + self._width
        if end > 8 * len(self._data):
            return None
        word = int.from_bytes(self._data[self._at >> 3 : (end + 7) >> 3], "little")
        code = (word >> (self._at & 7)) & ((1 << self._width) - 1)
        self._at = end
        return code

    def narrow(self) -> None:
        """Start again at the least width: the table was emptied."""
        self._widen(_NARROWEST)

    def _widen(self, width: int) -> None:
        whole = 8 * self._width
        self._at += -(self._at - self._group) % whole
        self._group, self._width = self._at, width
