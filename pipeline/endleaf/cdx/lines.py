"""The lines of an index: CDX with its header of letters, or without one, and CDXJ; damage is told by line.

CDX is the Internet Archive's "CDX File Format" (a header names the columns); CDXJ is a key, a timestamp and a JSON
object a line, as pywb, OpenWayback and WACZ (section 5.2) write it, each with names of its own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

import msgspec

GZIP = b"\x1f\x8b\x08"
LONGEST = 1 << 20
"""Bytes of a line, 1 MiB: a URL may have tens of thousands."""

COLUMNS = {
    7: "a e b m n g V",
    8: "a e b m n g V c",
    9: "N b a m s k r V g",
    10: "N b a m s k r M V g",
    11: "N b a m s k r M S V g",
}
"""The letters of lines without a header, by their number: what the field's indexers write; the short ones are
NetarchiveSuite's."""

_HEADER = re.compile(r"([^A-Za-z0-9])?CDX((?:(?(1)\1| )[A-Za-z])+)\s*\Z")
"""The first character is what divides the columns."""

_LETTERS = {
    "N": "key",
    "A": "key",
    "b": "timestamp",
    "a": "url",
    "m": "media_type",
    "s": "status",
    "k": "digest",
    "r": "redirect",
    "S": "length",
    "V": "offset",
    "g": "filename",
}
_NAMES = {
    "url": ("url", "original_uri", "uri"),
    "media_type": ("mime", "mime_type", "mct"),
    "status": ("status", "status_code", "hsc"),
    "digest": ("digest", "payload_digest", "sha"),
    "redirect": ("redirect", "location"),
    "method": ("method",),
    "length": ("length",),
    "offset": ("offset",),
    "filename": ("filename",),
}
"""What CDXJ calls the same: pywb's and WACZ's names, ipwb's, OpenWayback's."""

_LINE = re.compile(r"(\S+) (\d{4,17}|\d{4}-[0-9T:.Z-]+) (\{.*)\Z", re.ASCII | re.DOTALL)
_DAMAGED = (OSError, EOFError, zlib.error)
_PIECE = 1 << 16
"""Bytes read, and inflated, at once."""


class Line(NamedTuple):
    """What a line says of a capture; empty where it says nothing. Numbers are as they are written."""

    number: int
    """Which line of the index it is, from 1 on; 0 where it was searched for."""
    key: str
    timestamp: str
    url: str = ""
    media_type: str = ""
    status: str = ""
    digest: str = ""
    redirect: str = ""
    method: str = ""
    length: str = ""
    offset: str = ""
    filename: str = ""

    @property
    def place(self) -> int | None:
        """Where the record starts in its file; None where no number is stated."""
        return int(self.offset) if self.offset.isascii() and self.offset.isdigit() and len(self.offset) < 19 else None


class BadLine(NamedTuple):
    """A line that cannot be read."""

    number: int
    reason: str


def read(file: IO[bytes]) -> Iterator[Line | BadLine]:
    """The lines of an index in order, from its start; it may be gzip, in many members as ZipNum clusters are."""
    zipped = file.read(len(GZIP)) == GZIP
    file.seek(0)
    columns: str | None = None
    for number, line in _numbered(_inflated(file) if zipped else iter(lambda: file.readline(LONGEST), b"")):
        if isinstance(line, str):
            yield BadLine(number, line)
        elif found := header(line):
            columns = found
        elif line.strip() and not line.startswith(b"!"):  # a CDXJ header: !meta, !OpenWayback-CDXJ
            yield parse(line, columns, number)


def _numbered(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes | str]]:
    number = 0
    try:
        for line in lines:
            number += 1
            yield number, line
    except _DAMAGED as error:
        yield number + 1, f"it cannot be read from here on: {str(error)[:80]}"


def _inflated(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of gzip members. A ZipNum cluster's blocks may end without a line's end, and a line ends with them."""
    held, inflater = b"", zlib.decompressobj(zlib.MAX_WBITS | 16)
    while piece := inflater.unconsumed_tail or inflater.unused_data or file.read(_PIECE):
        if inflater.eof:
            inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if held and not isinstance(parse(held), BadLine):
                yield held
                held = b""
        *lines, held = (held + inflater.decompress(piece, _PIECE)).splitlines(keepends=True) or [b""]
        yield from lines
        if held.endswith(b"\n") or len(held) > LONGEST:
            yield held
            held = b""
    if not inflater.eof:
        raise EOFError("the file ends inside a gzip member")
    if held:
        yield held


def header(line: bytes) -> str | None:
    r"""The letters of a CDX header, and before them what divides the columns; None where the line is none.

    >>> header(b" CDX N b a m s k r V g\n")
    ' N b a m s k r V g'
    """
    found = _HEADER.match(line.decode("latin-1")) if b"CDX" in line[:4] else None
    return found[2] if found else None


def parse(line: bytes, columns: str | None = None, number: int = 0) -> Line | BadLine:
    """One line, by the header's letters where there was one.

    >>> parse(b'example,mill)/ 20010203040506 {"url": "http://mill.example/", "offset": 7}').place
    7
    >>> parse(b"example,mill)/ 20010203040506 http://mill.example/ text/html 200 - - 7 a.arc").filename
    'a.arc'
    >>> parse(b"example,mill)/ 20010203040506 http://mill.example/")
    BadLine(number=0, reason='it has 3 columns, where 7 to 11 are usual')
    """
    text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
    if found := _LINE.match(text):
        return _json(found, number)
    divider, letters = (columns[0], columns[1::2]) if columns else (" ", None)
    cells = text.split(divider)
    letters = letters or COLUMNS.get(len(cells), "").replace(" ", "")
    if len(cells) != len(letters):
        said = f"{len(letters)} are named" if columns else "7 to 11 are usual"
        return BadLine(number, f"it has {len(cells)} columns, where {said}")
    told = {_LETTERS[letter]: cell for letter, cell in zip(letters, cells, strict=True) if letter in _LETTERS}
    known = {name: cell for name, cell in told.items() if cell != "-" or name == "key"}
    if not re.fullmatch(r"\d{4,17}", known.get("timestamp", ""), re.ASCII):
        return BadLine(number, f"its timestamp is none: {told.get('timestamp', '')[:40]}")
    return Line(number, known.pop("key", ""), known.pop("timestamp"), **known)


def _json(found: re.Match[str], number: int) -> Line | BadLine:
    try:
        stated = msgspec.json.decode(found[3])
    except (msgspec.DecodeError, RecursionError) as error:
        return BadLine(number, f"after its timestamp stands no JSON: {str(error)[:80]}")
    if not isinstance(stated, dict):
        return BadLine(number, "after its timestamp stands no object")
    told = {
        ours: str(next((stated[name] for name in names if stated.get(name) not in (None, "", "-")), ""))
        for ours, names in _NAMES.items()
    }
    return Line(number, found[1], "".join(re.findall(r"\d+", found[2], re.ASCII))[:14], **told)
