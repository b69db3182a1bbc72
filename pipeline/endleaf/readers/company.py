"""What other records tell of a capture: the request that it answers, the crawler's metadata on it.

They stand a few records before or after it, so captures are held back a little on their way out; the order
of the records stays as it is in the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from endleaf.model import Capture, Record
from endleaf.readers.index import Name, address
from endleaf.readers.raw import Raw, decoded

AHEAD = 8
"""Records that a capture waits for: crawlers write a request and metadata next to it, or after the two or three
others of a redirect."""

MOST_BYTES = 8 << 20
"""Bytes of payloads that wait; more than these are not held back for what may still come."""

_REMEMBERED = 64
"""Names of requests and metadata that are remembered, for captures that come after them."""

TOLD = (
    ("warc-ip-address", "WARC-IP-Address"),
    ("warc-protocol", "WARC-Protocol"),
    ("warc-truncated", "WARC-Truncated"),
    ("warc-identified-payload-type", "WARC-Identified-Payload-Type"),
    ("warc-page-id", "WARC-Page-ID"),
    ("warc-source-uri", "WARC-Source-URI"),
    ("warc-source-range", "WARC-Source-Range"),
    ("warc-json-metadata", "WARC-JSON-Metadata"),
)
"""Fields of a record that tell of its capture: WARC 1.1 section 5, and what pywb, browsertrix,
and those who fetch from archives (endleaf fetch among them) write."""

_METADATA = frozenset(
    ("annotations", "fetchtimems", "hopsfromseed", "pathfromseed", "seed", "sourcetag", "title", "via")
)
"""Fields of a metadata record that tell of its capture (section 6.6.2, and Heritrix); it lists links as well."""

_LONGEST = 2_000
"""Characters of a value: longer ones are no address and no note."""

_READ = 1 << 16
"""Bytes of a metadata record that are read: what tells of the capture stands before its links."""

_OF_ONE = 4
"""Records that tell of one capture: a request and two or three of metadata have been seen."""

Pairs = tuple[tuple[str, str], ...]


class _Told(NamedTuple):
    """What one record tells of another."""

    method: str | None
    pairs: Pairs


@dataclass(slots=True)
class _Waiting:
    record: Record
    names: tuple[Name, ...] = ()
    told: list[_Told] = field(default_factory=list)
    size: int = 0


class Company:
    """The records of a file on their way out."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._size = 0
        self._told: dict[Name, tuple[_Told, ...]] = {}

    def join(self, record: Record, raw: Raw) -> Iterator[Record]:
        """Take a record in; those that waited long enough come out."""
        fields = raw.fields
        waiting = _Waiting(record)
        if isinstance(record, Capture):
            waiting.size = len(record.payload)
            waiting.names = _called(fields)
            waiting.told += dict.fromkeys(told for name in waiting.names for told in self._told.get(name, ()))
        elif fields.get("warc-type", "").lower() in ("request", "metadata"):
            self._tell(raw)
        return self._through(waiting)

    def pass_on(self, record: Record) -> Iterator[Record]:
        """Take in what tells nothing, and of which nothing is told: a damage."""
        return self._through(_Waiting(record))

    def rest(self) -> Iterator[Record]:
        """All that waits."""
        while self._waiting:
            yield self._out()

    def _through(self, waiting: _Waiting) -> Iterator[Record]:
        self._waiting.append(waiting)
        self._size += waiting.size
        while len(self._waiting) > AHEAD or self._size > MOST_BYTES:
            yield self._out()

    def _out(self) -> Record:
        waiting = self._waiting.popleft()
        self._size -= waiting.size
        return _with(waiting.record, waiting.told) if waiting.told else waiting.record

    def _tell(self, raw: Raw) -> None:
        fields = raw.fields
        told = _read(raw)
        refers = [name for key in ("warc-concurrent-to", "warc-refers-to") if (name := fields.get(key))]
        names: list[Name] = [("id", each) for each in (*refers, fields.get("warc-record-id")) if each]
        if not refers:
            names += _at(fields)  # an address and a date may be shared, so they count only where nothing is named
        for each in self._waiting:
            if told not in each.told and not {*names}.isdisjoint(each.names):
                each.told.append(told)
        for called in names:
            self._told[called] = (*self._told.pop(called, ()), told)[-_OF_ONE:]
        while len(self._told) > _REMEMBERED:
            del self._told[next(iter(self._told))]


def _called(fields: dict[str, str]) -> tuple[Name, ...]:
    """The names by which other records may speak of this one."""
    ids = (fields.get("warc-record-id"), fields.get("warc-concurrent-to"))
    return (*(("id", each) for each in ids if each), *_at(fields))


def _at(fields: dict[str, str]) -> Iterator[Name]:
    uri, date = address(fields.get("warc-target-uri")), fields.get("warc-date")
    if uri and date:
        yield "at", f"{date} {uri}"


def told_of(fields: dict[str, str]) -> Pairs:
    """What a record's own fields tell of its capture."""
    return tuple((name, fields[key][:_LONGEST]) for key, name in TOLD if fields.get(key))


def _read(raw: Raw) -> _Told:
    if raw.fields.get("warc-type", "").lower() == "request":
        word = raw.block[:20].partition(b" ")[0]
        return _Told(word.decode("ascii") if word.isalpha() and word.isascii() else None, ())
    lines = (decoded(line).partition(":") for line in raw.block[:_READ].splitlines())
    named = ((name.strip(), value.strip()[:_LONGEST]) for name, colon, value in lines if colon)
    return _Told(None, tuple((name, value) for name, value in named if name.lower() in _METADATA))


def _with(record: Record, told: list[_Told]) -> Record:
    if not isinstance(record, Capture):
        return record
    known = record.provenance
    method = next((each.method for each in told if each.method), None)
    pairs = (*known.crawl, *(pair for each in told for pair in each.pairs))
    return msgspec.structs.replace(
        record, provenance=msgspec.structs.replace(known, method=method, crawl=tuple(dict.fromkeys(pairs)))
    )
