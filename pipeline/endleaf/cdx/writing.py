"""Captures as the lines of an index, CDXJ or CDX."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from endleaf.cdx.surt import surt
from endleaf.readers import Entry

HEADER = b" CDX N b a m s k r M S V g\n"
"""The eleven columns (Internet Archive, "CDX File Format"): key, date, URL, type, status, digest, redirect, robots
flags, length, offset, file."""

_ALGORITHM = re.compile(r"sha-?1:", re.IGNORECASE)
_BLANK = re.compile(r"[^!-~\u00a1-\U0010ffff]")
"""What would end a column or a line."""

UNKNOWN_TYPE = "unk"
"""As the field's indexers say it."""


def cdxj(entry: Entry) -> bytes:
    r"""A capture as a CDXJ line; numbers are strings, as pywb writes them and all read them.

    >>> cdxj(Entry("d/a.warc.gz", 7, 99, "response", "http://Mill.example/?b&a", "20010203040506", 200, "text/html"))
    b'example,mill)/?a&b 20010203040506 {"url": "http://Mill.example/?b&a", "mime": "text/html", "status": "200",
     "length": "99", "offset": "7", "filename": "a.warc.gz"}\n'
    """
    told = {
        "url": entry.url,
        "mime": _type(entry),
        "status": entry.status,
        "digest": entry.digest,
        "redirect": entry.location,
        "length": entry.length,
        "offset": entry.offset,
        "filename": filename(entry.source),
    }
    said = json.dumps({name: str(value) for name, value in told.items() if value is not None})
    return f"{surt(entry.url or '')} {entry.timestamp} {said}\n".encode()


def cdx(entry: Entry) -> bytes:
    r"""A capture as a CDX line of eleven columns. A SHA-1 has no label there; other digests keep theirs.

    >>> entry = Entry("a.warc.gz", 7, 99, "revisit", "http://mill.example/a b", "20010203040506", digest="sha1:AB")
    >>> cdx(entry)
    b'example,mill)/a%20b 20010203040506 http://mill.example/a%20b warc/revisit - AB - - 99 7 a.warc.gz\n'
    """
    cells = (
        surt(entry.url or ""),
        entry.timestamp,
        entry.url,
        _type(entry),
        entry.status,
        _ALGORITHM.sub("", entry.digest or "", count=1),
        entry.location,
        None,
        entry.length,
        entry.offset,
        filename(entry.source),
    )
    return (" ".join(_cell(each) for each in cells) + "\n").encode("utf-8", "backslashreplace")


FORMS: dict[str, tuple[bytes, Callable[[Entry], bytes]]] = {"cdxj": (b"", cdxj), "cdx": (HEADER, cdx)}
"""What an index begins with, and how it tells a capture."""


def _type(entry: Entry) -> str:
    return "warc/revisit" if entry.kind == "revisit" else entry.media_type or UNKNOWN_TYPE


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return (
        _BLANK.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text) or "-"
    )


def filename(source: str) -> str:
    """An archive file's own name, without its folders or the package that it lies in: what servers look up.

    >>> filename("crawls/a.wacz!archive/b.warc.gz"), filename("https://mill.example/a.warc.gz?x")
    ('b.warc.gz', 'a.warc.gz')
    """
    inner = source.rpartition("!")[2]
    return PurePosixPath(inner.partition("?")[0] if "://" in inner else inner).name
