"""The heads of MIME messages and of their parts (RFC 2045, RFC 5322), as browsers and mail programs write them."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime
from typing import Final

from endleaf.model import Moment
from endleaf.readers.disk import Disk

MAX_HEAD: Final = 1 << 16
"""Bytes in which a head must end, 64 KiB: a long page title takes some hundred."""

LINE_END: Final = rb"(?>\r{0,2}\n|\r)"
"""What programs and transports have put at the end of a line."""

_LINE = re.compile(rb"([^\r\n]*)(?:" + LINE_END + rb"|\Z)")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_PARAMETER = re.compile(r";\s*([^\s=;]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\s]+))", re.DOTALL)
_ZONE = re.compile(r"GMT(?=[+-]\d)")
"""Scripts' dates: ``Fri Mar 10 2006 13:40:00 GMT+0100``."""


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a message or a part, folded lines joined."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The first field of that name, in any case; empty where there is none."""
        return next((value for key, value in self.fields if key == name.lower()), "")

    @property
    def media_type(self) -> str:
        """The media type, in lower case, without parameters."""
        return self.get("content-type").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        """A parameter of the Content-Type; empty where there is none.

        >>> Head((("content-type", 'multipart/related; boundary="a b"; type=text/html'),)).parameter("boundary")
        'a b'
        """
        for found in _PARAMETER.finditer(self.get("content-type")):
            if found[1].lower() == name:
                return found[2] if found[2] is not None else found[3]
        return ""

    @property
    def content_id(self) -> str:
        """The part's identifier, without its angle brackets."""
        return self.get("content-id").strip().strip("<>").strip()

    @property
    def location(self) -> str:
        """Where its content is from. Folding may have put blanks into the address; there are none in any."""
        return "".join(words(self.get("content-location")).split())


def read_head(disk: Disk, at: int) -> tuple[Head, int, bool]:
    """The head at a place, where what follows it starts, and whether the head has an end.

    A line that belongs to no head ends it as well: its blank line was lost.
    """
    block = disk.peek(at, MAX_HEAD)
    fields: list[bytes] = []
    pos = 0
    while pos < len(block):
        line = _LINE.match(block, pos)
        if line is None or not line[1].strip():
            return _head(fields), at + (line.end() if line else pos), True
        if line[1][:1] in b" \t" and fields:
            fields[-1] += b" " + line[1].strip()
        elif _FIELD.match(line[1]):
            fields.append(line[1])
        else:
            return _head(fields), at + pos, bool(fields)
        pos = line.end()
    return _head(fields), at + pos, False


def _head(fields: list[bytes]) -> Head:
    pairs = (_text(field).partition(":") for field in fields)
    return Head(tuple((name.strip().lower(), value.strip()) for name, _, value in pairs))


def _text(field: bytes) -> str:
    try:
        return field.decode()
    except UnicodeDecodeError:
        return field.decode("cp1252", "replace")


def words(value: str) -> str:
    """A field's value with its encoded words (RFC 2047) read.

    >>> words("=?utf-8?Q?Gr=C3=B6=C3=9Fe?=")
    'Größe'
    """
    if "=?" not in value:
        return value
    try:
        return "".join(_decoded_words(value))
    except (HeaderParseError, LookupError, ValueError, binascii.Error):
        return value


def _decoded_words(value: str) -> Iterator[str]:
    for piece, charset in decode_header(value):
        yield piece if isinstance(piece, str) else piece.decode(charset or "latin-1", "replace")


def moment(date: str) -> Moment | None:
    """A Date field's moment (RFC 5322 section 3.3, and what scripts write); None where it is none.

    >>> moment("Mon, 17 Dec 2018 11:14:59 -0000").iso, moment("Fri Mar 10 2006 13:40:00 GMT+0100").iso
    ('2018-12-17T11:14:59Z', '2006-03-10T12:40:00Z')
    """
    try:
        return Moment.of(parsedate_to_datetime(_ZONE.sub("", date[:200])))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
