"""The HTTP response inside a record: its head parsed, its transfer and content codings undone.

Crawlers keep what servers sent, so every odd form is met here: a status line without a reason or without
a version, folded lines (RFC 9112 section 5.2), bare LF, bytes that are no UTF-8, ``chunked`` that is not.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from warcio.statusandheaders import StatusAndHeadersParser

from endleaf.model import Http
from endleaf.readers.codings import Body, undo
from endleaf.readers.raw import MAX_BLOCK

MAX_HEAD = 1 << 20
"""Bytes in which a head must end, 1 MiB: servers refuse far smaller ones."""

_START = re.compile(rb"(?:HTTP(?:/[0-9.]*)?|ICY)[ \t\r\n]", re.IGNORECASE)
_INTERIM = re.compile(rb"HTTP/[0-9.]*[ \t]+1[0-9][0-9]\b", re.IGNORECASE)
"""An answer that another follows (RFC 9110 section 15.2)."""

_JUNK = re.compile(rb"[^<\n]{0,200}\n(?=HTTP/[0-9.]+ [1-5][0-9][0-9][ \r\n])|\s*")
"""What may stand before a status line: blank lines, or what is left of an answer before it on the connection."""

_BLANK = re.compile(rb"\n\r*\n")
_CHUNK = re.compile(rb"[ \t]*0*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
"""A chunk's size line (RFC 9112 section 7.1). Eight digits are 4 GiB: a longer size is a lie."""

_TRAILERS = re.compile(rb"(?:[!#-9A-Z^-z|~]+:[^\n]*(?:\n|\Z))*\s*\Z")
"""What may follow the last chunk (RFC 9112 section 7.1.2)."""

_HEADS = StatusAndHeadersParser([], verify=False)


@dataclass(slots=True)
class Message:
    """A response: its head, None where there is none; its body, codings undone; what was wrong."""

    http: Http | None
    body: bytes
    notes: list[str] = field(default_factory=list)
    cut: bool = False


def read_message(block: bytes) -> Message:
    r"""An HTTP response from a record's block.

    >>> message = read_message(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Hello")
    >>> message.http.status, message.body
    (200, b'<p>Hello')
    """
    start = head_start(block)
    http, at = _head(block[start:])
    if http is None:
        return Message(None, block, ["it has no HTTP head"] if block else [])
    at += start
    while 100 <= http.status < 200 and _START.match(block, at):  # "100 Continue" comes before the response
        further, size = _head(block[at:])
        if further is None:
            break
        http, at = further, at + size
    message = Message(http, block[at:])
    if block[:start].strip():
        message.notes.append(f"{start} bytes stand before its HTTP head")
    if at == len(block) and not _BLANK.search(block, at - 4):
        message.notes.append("its HTTP head has no end")
    if "transfer-encoding" in _names(http):
        _unchunk(message, http)
    elif len(block) < MAX_BLOCK:
        message.notes += _length(http, len(message.body))
    codings = [coding.strip().lower() for value in http.all("content-encoding") for coding in value.split(",")]
    if codings:
        _decode(message, undo(message.body, codings))
    return message


def _length(http: Http, size: int) -> list[str]:
    """What there is to say of a body that is shorter than its Content-Length (RFC 9112 section 8).

    A longer one lost nothing: crawlers that store bodies decoded leave the length as it was. An empty one is
    told of elsewhere: the answer to a HEAD request has one, and a revisit.
    """
    stated = http.get("content-length") or ""
    if not size or not stated.isascii() or not stated.isdigit() or len(stated) > _DIGITS or int(stated) <= size:
        return []
    return [f"its body has {size} of the {int(stated)} bytes that its Content-Length states"]


_DIGITS = 15
"""Digits of a length that is one: a petabyte has no more."""


def head_start(block: bytes) -> int:
    r"""Where a message's status line starts.

    >>> head_start(b"\r\nHTTP/1.1 200 OK\r\n\r\n"), head_start(b"</html>\nHTTP/1.1 200 OK\r\n\r\n")
    (2, 0)
    """
    found = _JUNK.match(block) if not _START.match(block) else None
    return found.end() if found and _START.match(block, found.end()) else 0


def body_start(block: bytes) -> int:
    r"""Where the body of an HTTP message starts, a request's or a response's; interim responses come before it.

    >>> body_start(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>Hello")
    44
    """
    at, interim = head_start(block), True
    while interim:
        interim = _INTERIM.match(block, at) is not None
        found = _BLANK.search(block, at, at + MAX_HEAD)
        if found is None:
            return len(block)
        at = found.end()
        interim = interim and _START.match(block, at) is not None
    return at


def _names(http: Http) -> set[str]:
    return {name.lower() for name, _ in http.headers}


def _decode(message: Message, body: Body) -> None:
    message.body = body.data
    message.notes += body.notes
    message.cut |= body.cut


def _head(block: bytes) -> tuple[Http | None, int]:
    """The head and its size; None where the block starts with none."""
    if not _START.match(block):
        return None, 0
    found = _BLANK.search(block, 0, MAX_HEAD)
    size = found.end() if found else min(len(block), MAX_HEAD)
    parsed = _HEADS.parse(io.BytesIO(block[:size]))
    version, status, reason = _status(parsed.protocol, parsed.statusline)
    headers = tuple((name, value.strip()) for name, value in parsed.headers)
    return Http(status=status, reason=reason, version=version, headers=headers), size


def _status(version: str, rest: str) -> tuple[str, int, str]:
    """The status line's parts; a status that is no number of three digits is 0.

    >>> _status("HTTP/2", "200")
    ('HTTP/2', 200, '')
    """
    code, _, reason = rest.partition(" ")
    if len(code) == 3 and code.isascii() and code.isdigit():
        return version.upper(), int(code), reason.strip()
    return version.upper(), 0, rest


def _unchunk(message: Message, http: Http) -> None:
    """Undo the transfer coding (RFC 9112 section 7)."""
    codings = [coding.strip().lower() for value in http.all("transfer-encoding") for coding in value.split(",")]
    if "chunked" in codings:
        body, fault = unchunked(message.body)
        if body is None:
            if message.body:  # many tools keep the header and store the body already joined
                message.notes.append("it says chunked, and is not: the bytes are kept as they are")
        else:
            message.body = body
            if fault:
                message.notes.append(fault)
    others = [coding for coding in codings if coding != "chunked"]
    if others:
        _decode(message, undo(message.body, others))


def unchunked(data: bytes) -> tuple[bytes | None, str]:
    r"""Chunks joined, and what was wrong with them; None for bytes that are not in chunks.

    >>> unchunked(b"4\r\npage\r\n0\r\n\r\n")
    (b'page', '')
    >>> unchunked(b"<p>plain")
    (None, 'no chunk')
    """
    chunks: list[bytes] = []
    at = 0
    while True:
        line = _CHUNK.match(data, at)
        if line is None:
            break
        size = int(line[1], 16)
        if size == 0:
            after = len(data) - line.end()
            done = _TRAILERS.match(data, line.end())
            return b"".join(chunks), "" if done else f"{after} bytes follow its last chunk: they are not kept"
        start = line.end()
        if start + size > len(data):
            if not chunks and not line[0].endswith(b"\r\n"):
                return None, "no chunk"  # a text whose first line looks like a number
            chunks.append(data[start:])
            return b"".join(chunks), "its last chunk is cut short"
        chunks.append(data[start : start + size])
        at = start + size
        at += 2 if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    if not chunks:
        return None, "no chunk"
    rest = data[at:]
    if not rest.strip():
        return b"".join(chunks), "its last chunk is missing"
    return b"".join(chunks) + rest, "its chunks are broken: what follows the last good one is kept as it is"
