"""Content codings undone (RFC 9110 section 8.4.1), and never more of them than a page can be.

What a false label, a cut body or a bomb leaves is kept, and said in a note; nothing is dropped silently.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import brotli

from endleaf.readers import lzw

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_BODY = 64 << 20
"""Bytes of a decoded body, 64 MiB: no page comes near it, and a record's reader stays under 300 MB."""

MAX_RATIO = 100
"""Decoded bytes for each encoded one. Markup packs 3 to 20 times; deflate's own limit is about 1,030."""

FREE = 8 << 20
"""Bytes that may come out whatever the ratio, 8 MiB: small bodies of one repeated byte are harmless."""

MAX_CODINGS = 8
"""Codings in a chain. Two have been seen in real files; a list of hundreds is an attack."""

_STEP = 1 << 16

Decoder = Callable[[bytes], Iterator[bytes]]


@dataclass(slots=True)
class Body:
    """A body on its way: the bytes, what was wrong with them, and whether text was lost to a limit."""

    data: bytes
    notes: list[str] = field(default_factory=list)
    cut: bool = False


class Undecodable(ValueError):
    """The bytes are not in the coding that they are said to be in."""


def undo(data: bytes, codings: Sequence[str]) -> Body:
    """Undo codings, the last applied first.

    >>> undo(zlib.compress(b"page"), ["deflate"]).data
    b'page'
    >>> undo(b"page", ["gzip"])
    Body(data=b'page', notes=['it says gzip, and is not: the bytes are kept as they are'], cut=False)
    """
    body = Body(data)
    named = [coding for coding in codings if coding not in _NONE]
    if len(named) > MAX_CODINGS:
        body.notes.append(f"it lists {len(named)} content codings: the bytes are kept as they are")
        body.cut = True
        return body
    limit = min(MAX_BODY, max(FREE, MAX_RATIO * len(data)))
    for coding in reversed(named):
        decoder = DECODERS.get(coding)
        if decoder is None:
            body.notes.append(f"its content coding {coding[:40]} is unknown: the bytes are kept as they are")
            break
        if not _undo_one(body, coding, decoder, limit):
            break
    return body


def _undo_one(body: Body, coding: str, decoder: Decoder, limit: int) -> bool:
    """Undo one coding in place; False where the next one has nothing to work on."""
    pieces: list[bytes] = []
    size, fault = 0, ""
    try:
        for piece in decoder(body.data):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                body.cut = True
                fault = f"it decodes to more than {limit} bytes: only these are kept"
                break
    except Undecodable as error:
        fault = f"its {coding} coding is broken ({error}): what came before is kept"
    if not pieces and fault:
        body.notes.append(f"it says {coding}, and is not: the bytes are kept as they are")
        return True  # a chain may name a coding twice that was used once
    body.data = b"".join(pieces)[:limit]
    if fault:
        body.notes.append(fault)
    return not fault


def _inflated(data: bytes, bits: int) -> Iterator[bytes]:
    """Deflate in bounded pieces; more gzip members may follow the first (RFC 1952 section 2.2)."""
    while data:
        inflater = zlib.decompressobj(bits)
        at = 0
        waiting = b""
        while not inflater.eof:
            if not waiting:
                waiting = data[at : at + _STEP]
                at += len(waiting)
                if not waiting:
                    yield inflater.flush()
                    raise Undecodable("it ends too early")
            try:
                found = inflater.decompress(waiting, 4 * _STEP)
            except zlib.error as error:
                raise Undecodable(str(error).rpartition(": ")[2]) from error
            waiting = inflater.unconsumed_tail
            if found:
                yield found
        data = inflater.unused_data + data[at:] if bits > zlib.MAX_WBITS else b""
        if not data.startswith(b"\x1f\x8b\x08"):
            return  # junk after the last member is not part of the page


def _gzip(data: bytes) -> Iterator[bytes]:
    return _inflated(data, zlib.MAX_WBITS | 16)


def _deflate(data: bytes) -> Iterator[bytes]:
    """Deflate means the zlib format; many servers send it bare (RFC 9110 section 8.4.1.2, note)."""
    head = int.from_bytes(data[:2], "big")
    wrapped = len(data) > 1 and head % 31 == 0 and data[0] & 0x0F == 8
    return _inflated(data, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _brotli(data: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        for at in range(0, len(data), _STEP):
            found = decoder.process(data[at : at + _STEP], output_buffer_limit=4 * _STEP)
            yield found
            while not decoder.can_accept_more_data():
                yield decoder.process(b"", output_buffer_limit=4 * _STEP)
    except brotli.error as error:
        raise Undecodable("no brotli") from error
    if not decoder.is_finished():
        raise Undecodable("it ends too early")


def _zstd(data: bytes) -> Iterator[bytes]:
    """Frames one after another (RFC 8878 section 3.1). The window is limited as RFC 9659 asks."""
    while data:
        decoder = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
        try:
            yield decoder.decompress(data, max_length=4 * _STEP)
            while not decoder.eof and not decoder.needs_input:
                yield decoder.decompress(b"", max_length=4 * _STEP)
        except zstd.ZstdError as error:
            raise Undecodable("no zstd frame") from error
        if not decoder.eof:
            raise Undecodable("it ends too early")
        data = decoder.unused_data


def _compress(data: bytes) -> Iterator[bytes]:
    try:
        yield from lzw.unpacked(data)
    except lzw.BrokenLzw as error:
        raise Undecodable(str(error)) from error


DECODERS: dict[str, Decoder] = {
    "br": _brotli,
    "compress": _compress,
    "deflate": _deflate,
    "gzip": _gzip,
    "x-compress": _compress,
    "x-gzip": _gzip,
    "zstd": _zstd,
}

_NONE = frozenset(("", "identity", "none", "utf-8", "binary", "8bit", "7bit", "text/html"))
"""What servers write into Content-Encoding that codes nothing."""
