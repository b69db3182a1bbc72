"""ARC 1.0, 1.1 and 2: what its records mean, told in WARC's terms.

The format is that of the Internet Archive's "Arc File Format" (1996): a line with the address, the server's IP
address, the date, the type and the length, then so many bytes, then a line's end. The first record describes the
file. Version 2 puts the status, a checksum, a redirect's target, the offset and the file's name before the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from endleaf.model import Moment, Record
from endleaf.readers import careful, warc
from endleaf.readers.disk import Disk
from endleaf.readers.grammar import grammar
from endleaf.readers.raw import Raw, Trouble, decoded
from endleaf.readers.records import carefully
from endleaf.readers.source import Source
from endleaf.readers.window import Window

_ADDRESS = rb"[A-Za-z][A-Za-z0-9+.-]{0,30}:[^\r\n]{0,4096}?"
"""A URL; crawlers wrote blanks as they found them. The longest seen in real files has some 2,000 bytes."""

_IP = rb"(?:[0-9A-Fa-f.:]{1,45}|-)"
_DATE = rb"[0-9]{8,17}"
"""14 digits by the format; shorter and longer ones are found."""

_LINE = _ADDRESS + rb" " + _IP + rb" " + _DATE + rb" [^\r\n]{0,1024}\r?\n"

ARC = grammar(rb"(?:filedesc://[^\n]{0,4096}\n|" + _LINE + rb")", rb"(?<![A-Za-z0-9+.-])" + _LINE, reach=6144)

_PARTS = re.compile(rb"(.+?) (" + _IP + rb") (" + _DATE + rb")(?: ([^\r\n]*))?\r?\n?\Z", re.DOTALL)

_SECOND = re.compile(
    r"(?P<type>.*?) (?P<status>-?[0-9]{1,3}|-) (?P<checksum>\S+) (?P<location>\S+) (?P<offset>-?[0-9]+|-) (?P<file>\S+)"
    r" (?P<length>\S+)\Z"
)
"""What follows the date in version 2, told from version 1 by its shape: files mix them."""

_MESSAGE = re.compile(rb"(?:HTTP(?:/[0-9.]*)?|ICY)[ \t\r\n]", re.IGNORECASE)
_META = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>([^<>]+)</")
"""An element of the XML that version 1.1 describes a file by, and its text."""

_VERSION = re.compile(r"\s*([12]) ([0-9]+)(?: ([^\r\n]*))?")
_NAMED = {"software": "software", "hostname": "hostname", "ip": "ip", "operator": "operator", "publisher": "publisher"}
_NAMED |= {"isPartOf": "isPartOf", "description": "description", "robots": "robots", "http-header-from": "from"}
_NAMED |= {
    "format": "format-of-documents",
    "conformsTo": "conformsTo",
    "http-header-user-agent": "http-header-user-agent",
}
"""What the XML says that a warcinfo record says too, by its names (WARC 1.1 section 6.2; Heritrix)."""

_MOST_META = 1 << 16
"""Bytes of it that are read, 64 KiB."""

_VERSIONS = frozenset(("ARC",))
_MUST = (("warc-target-uri", "URL"), ("warc-date", "Archive-date"))


def read(source: Source) -> Iterator[Record]:
    """Every record of an ARC file, and every place in it that could not be read."""
    if source.asked.noted:
        return  # revisits refer to records by ids and digests, and ARC has neither
    yield from warc.translated(source, _dialect(_raws(source.disk)))


def read_from(source: Source, offset: int) -> Iterator[Record]:
    """The records from ``offset`` on, as :func:`endleaf.readers.warc.read_from` gives a WARC's."""
    yield from warc.translated(source, _dialect(warc.described(_raws, source.disk, offset)))


def _dialect(raws: Iterator[Raw | Trouble]) -> warc.Dialect:
    return warc.Dialect("arc", _VERSIONS, _MUST, raws, native=False)


def _raws(disk: Disk, offset: int = 0) -> Iterator[Raw | Trouble]:
    for item in carefully(disk, ARCS, offset):
        if isinstance(item, Raw):
            _complete(item)
        yield item


def _complete(raw: Raw) -> None:
    """What only the block can tell: whether it is an HTTP response, and what it says of the file."""
    if raw.fields["warc-type"] == "warcinfo":
        raw.block = _as_warcinfo(raw.block[:_MOST_META].decode("utf-8", "replace"))
        raw.block_size = len(raw.block)
    elif _MESSAGE.match(raw.block):
        raw.fields |= {"warc-type": "response", "content-type": "application/http; msgtype=response"}


def _as_warcinfo(block: str) -> bytes:
    r"""A file's own description as the lines of a warcinfo record.

    >>> _as_warcinfo("1 0 Harbour Archive\nURL IP-address Archive-date Content-type Archive-length\n")
    b'format: ARC 1.0\r\nisPartOf: Harbour Archive\r\n'
    """
    version = _VERSION.match(block)
    lines = [("format", f"ARC {version[1]}.{version[2]}"), ("isPartOf", (version[3] or "").strip())] if version else []
    lines += [(_NAMED[name], " ".join(text.split())) for name, text in _META.findall(block) if name in _NAMED]
    return "".join(f"{name}: {value}\r\n" for name, value in dict(lines).items() if value).encode()


def _head(window: Window) -> tuple[Raw, int | None] | None:
    found = window.line()
    if found is None:
        return None
    line, whole = found
    raw = Raw(0, 0, None, "ARC", fields_of_line(line), b"", 0)
    if not whole:
        raw.troubles.append("it is cut short inside its header")
        return raw, None
    stated = raw.fields.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,18}", stated, re.ASCII):
        raw.troubles.append(
            f"its Archive-length is no number: {stated[:40]}" if stated else "it states no Archive-length"
        )
        return raw, None
    return raw, int(stated)


def fields_of_line(line: bytes) -> dict[str, str]:
    """A record's line as the fields of a WARC record. The URL may hold blanks, the type may be absent.

    >>> fields_of_line(b"http://mill.example/a b 192.0.2.7 20010203040506 text/html 321\\n")["warc-target-uri"]
    'http://mill.example/a b'
    """
    parts = _PARTS.match(line)
    if parts is None or line.startswith(b"filedesc:"):
        return {"warc-type": "warcinfo", "content-length": decoded(line).split()[-1]}
    second = _SECOND.match(decoded(parts[4] or b"").strip())
    kind, _, length = decoded(parts[4] or b"").strip().rpartition(" ")
    date = Moment.from_timestamp(parts[3][:14].decode())
    fields = {
        "warc-type": "resource",
        "warc-target-uri": decoded(parts[1]),
        "warc-ip-address": decoded(parts[2]),
        "warc-date": date.iso if date else "",
        "content-type": (second["type"] if second else kind).strip(),
        "content-length": second["length"] if second else length,
    }
    return {name: value for name, value in fields.items() if value not in ("", "-")}


ARCS = careful.Form(grammar=ARC, head=_head, length="Archive-length", closing=0)
