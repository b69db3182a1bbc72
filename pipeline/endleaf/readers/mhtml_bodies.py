"""The bodies of MIME parts, their transfer encodings undone (RFC 2045 section 6), in bounded memory."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from endleaf.readers.codings import MAX_BODY
from endleaf.readers.disk import Disk

_PIECE: Final = 1 << 20
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64: Final = bytes(set(range(256)) - set(_ALPHABET))
_SPACES: Final = b" \t\r\n\f\v\0"
_SOFT: Final = re.compile(rb"=[ \t]*(?:\r{0,2}\n|\r)")
"""A line's end that was put in (RFC 2045 section 6.7, rule 5); blanks may have been added after the sign."""


@dataclass(slots=True)
class Body:
    """A body, and what was wrong with it; ``cut`` where not all of it is kept, ``broken`` where bytes are not what
    their encoding allows."""

    data: bytes
    notes: list[str] = field(default_factory=list)
    cut: bool = False
    broken: bool = False


def body_of(disk: Disk, start: int, end: int, encoding: str) -> Body:
    """The body that lies between two places."""
    encoding = encoding.strip().strip("\"'").lower()
    decoder = DECODERS.get(encoding)
    body = Body(b"")
    if decoder is None:
        body.notes.append(f"its transfer encoding {encoding[:40]} is unknown: the bytes are kept as they are")
        decoder = _plain
    kept = bytearray()
    for piece in decoder(_pieces(disk, start, end), body):
        kept += piece
        if len(kept) > MAX_BODY:
            del kept[MAX_BODY:]
            body.cut = True
            body.notes.append(f"only the first {MAX_BODY} bytes of it are kept")
            break
    body.data = bytes(kept)
    return body


def _pieces(disk: Disk, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _PIECE):
        yield disk.peek(at, min(_PIECE, end - at))


def _plain(pieces: Iterator[bytes], _: Body) -> Iterator[bytes]:
    return pieces


def _base64(pieces: Iterator[bytes], body: Body) -> Iterator[bytes]:
    """Base64. Padding in the middle ends a run of it: some programs join what they encoded apart."""
    left, strange = b"", 0
    for piece in pieces:
        strange += len(piece.translate(None, _ALPHABET + _SPACES))
        *ended, rest = piece.translate(None, _NOT_BASE64).split(b"=")
        for run in ended:
            yield _run(left + run, body)
            left = b""
        left += rest
        whole = len(left) // 4 * 4
        yield binascii.a2b_base64(left[:whole])
        left = left[whole:]
    yield _run(left, body)
    if strange:
        body.notes.append(f"{strange} bytes of it are no base64: they are passed over")
        body.broken = True


def _run(data: bytes, body: Body) -> bytes:
    """The end of a run of base64, which may lack its padding."""
    if len(data) % 4 == 1:
        body.notes.append("its base64 ends in the middle of a byte")
        body.broken = True
        data = data[:-1]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def _quoted(pieces: Iterator[bytes], _: Body) -> Iterator[bytes]:
    """Quoted-printable. What is no escape stays as it is: many programs write a bare sign."""
    left = b""
    for piece in pieces:
        piece = left + piece
        at = piece.rfind(b"=", max(0, len(piece) - 80))  # what follows the last sign may not all be here
        left = piece[at:] if at >= 0 else b""
        yield _unquoted(piece[:at] if at >= 0 else piece)
    yield _unquoted(left)


def _unquoted(data: bytes) -> bytes:
    return binascii.a2b_qp(_SOFT.sub(b"", data))


DECODERS: dict[str, Callable[[Iterator[bytes], Body], Iterator[bytes]]] = {
    "": _plain,
    "7bit": _plain,
    "8bit": _plain,
    "base64": _base64,
    "binary": _plain,
    "quoted-printable": _quoted,
}
