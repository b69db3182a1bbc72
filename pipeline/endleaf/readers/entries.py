"""What an index says of a record: enough to list it and to find it again, without reading what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from endleaf.model import Capture, Damage, Passed, Record
from endleaf.readers.heads import heads
from endleaf.readers.index import address
from endleaf.readers.message import read_message
from endleaf.readers.payload import media_type
from endleaf.readers.raw import Raw
from endleaf.readers.source import Source
from endleaf.readers.warc import CAPTURES, MUST, faults, moment

_STATUS = re.compile(rb"HTTP/[0-9.]+ ([2-9][0-9]{2})[ \r]")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)Z", re.ASCII)
_MESSAGES = ("application/http", "message/http")


class Entry(NamedTuple):
    """A record as an index knows it."""

    source: str
    offset: int | None
    length: int | None
    """Bytes on disk, as :attr:`endleaf.model.Provenance.length`."""
    kind: str
    """The record's type: ``response``, ``request`` …"""
    url: str | None = None
    timestamp: str | None = None
    """Fourteen digits."""
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None
    """The payload's, as the record states it."""
    location: str | None = None
    """Where a redirect leads, as the server wrote it."""

    @property
    def is_capture(self) -> bool:
        """Whether it is a capture, and no request or description."""
        return self.kind in CAPTURES


def entry_of(record: Capture | Passed) -> Entry:
    """The entry of a record that was read whole."""
    known = record.provenance
    http = record.http if isinstance(record, Capture) else None
    kind = known.record_type or "resource"
    return Entry(
        source=known.source,
        offset=known.offset,
        length=known.length,
        kind=kind if isinstance(record, Capture) or kind not in CAPTURES else "",
        url=known.url,
        timestamp=known.captured_at.timestamp if known.captured_at else None,
        status=known.status,
        media_type=known.media_type,
        digest=known.payload_digest,
        location=http.get("location") if http else None,
    )


def mapped(records: Iterator[Record]) -> Iterator[Entry | Damage]:
    """The entries of a source's records, where they are read whole."""
    return (record if isinstance(record, Damage) else entry_of(record) for record in records)


def of_warc(source: Source) -> Iterator[Entry | Damage]:
    """The entries of a WARC file's records, and every place in it that could not be read."""
    for raw in heads(source.disk):
        if isinstance(raw, Raw):
            entry = _entry(source.name, raw)
            raw.troubles += faults(raw, MUST if entry.is_capture else ())
            yield entry
            if raw.troubles:
                url = address(raw.fields.get("warc-target-uri"))
                yield Damage(source=source.name, offset=raw.offset, reason="; ".join(raw.troubles), url=url)
        else:
            yield Damage(source=source.name, offset=raw.offset, reason=raw.reason)


_type = lru_cache(256)(media_type)


def _entry(source: str, raw: Raw) -> Entry:
    fields = raw.fields
    kind = fields.get("warc-type", "").lower()
    if kind not in CAPTURES:
        return Entry(source, raw.offset, raw.length, kind)
    status, declared, location = _told(raw)
    return Entry(
        source,
        raw.offset,
        raw.length,
        kind,
        address(fields.get("warc-target-uri")),
        digits(fields.get("warc-date")),
        status,
        _type(declared),
        fields.get("warc-payload-digest"),
        location,
    )


def _told(raw: Raw) -> tuple[int | None, str | None, str | None]:
    """The status, the type and the redirect's target, by the HTTP head where there is one."""
    block = raw.block
    stated = raw.fields.get("content-type", "")
    if not stated.lower().startswith(_MESSAGES) and (stated or not block.startswith(b"HTTP/")):
        return None, stated, None
    line = _STATUS.match(block)
    if line:
        head = block[: block.find(b"\r\n\r\n") + 2].lower()
        kind = _value(block, head, b"\r\ncontent-type:")
        status = int(line[1])
        if kind:
            where = _value(block, head, b"\r\nlocation:") if 300 <= status < 400 else None
            return status, kind, where
    http = read_message(block).http  # no such head, or one of an odd form
    return (http.status or None, http.get("content-type"), http.get("location")) if http else (None, None, None)


def _value(block: bytes, head: bytes, name: bytes) -> str | None:
    """A field's value; ``head`` is the head in lower case, empty where the block's start does not hold it whole."""
    at = head.find(name)
    if at < 0:
        return None
    end = head.find(b"\r\n", at + len(name))
    if head[end + 2 : end + 3] in (b" ", b"\t"):
        return None  # a folded value is read with care
    return block[at + len(name) : end].strip().decode("latin-1")


def digits(date: str | None) -> str | None:
    """The fourteen digits of a WARC-Date.

    >>> digits("2004-06-28T05:06:32Z")
    '20040628050632'
    """
    found = _DATE.fullmatch(date or "")
    if found and found[3] < "29":  # the other days are not in every month
        return "".join(found.groups())
    when = moment(date)
    return when.timestamp if when else None
