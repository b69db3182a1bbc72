"""A record as it stands in a WARC file, before anybody asks what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_BLOCK = 64 << 20
"""Bytes of a record's block that are kept, 64 MiB: pages are far below it, and a reader that holds the
block, the body and the decoded body of one record stays under 300 MB."""

MAX_HEAD = 1 << 20
"""Bytes of a record's own header, 1 MiB: the longest seen in real files is below 100 KB (a long URL)."""


@dataclass(slots=True)
class Raw:
    """One record. Field names are lower-case; of a repeated field the first value counts, as browsers do."""

    offset: int
    """Where the record starts on disk; for a record inside a longer gzip member, where that member starts."""
    skip: int
    """Bytes of the inflated member before the record."""
    length: int | None
    """Bytes on disk, compressed, its closing blank lines included; None inside a longer gzip member."""
    version: str
    fields: dict[str, str]
    block: bytes
    block_size: int
    """Bytes the block had; more than are in ``block`` where it was cut at MAX_BLOCK."""
    troubles: list[str] = field(default_factory=list)
    """What is wrong with it as a record, a clause each."""


@dataclass(slots=True)
class Trouble:
    """A place that could not be read, or that does not say what it must."""

    offset: int
    reason: str


def decoded(line: bytes) -> str:
    """Header bytes as text: UTF-8 (WARC 1.1 section 4), and where they are not, Latin-1, which loses nothing."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def fields_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Header lines as a mapping; of a repeated field the first value.

    >>> fields_of([("WARC-Type", "response"), ("warc-type", "request")])
    {'warc-type': 'response'}
    """
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name.lower(), value)
    return fields


def contradictions(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Fields stated twice with different values. Only WARC-Concurrent-To may be repeated (WARC 1.1 section 5).

    >>> contradictions([("Content-Length", "7"), ("content-length", "8")])
    ['it states content-length twice, as 7 and as 8']
    """
    first = fields_of(pairs)
    return [
        f"it states {name.lower()} twice, as {first[name.lower()]} and as {value}"
        for name, value in pairs
        if name.lower() in _ONCE and first[name.lower()] != value
    ]


_ONCE = frozenset(("content-length", "warc-date", "warc-record-id", "warc-target-uri", "warc-type"))
"""The fields by which a record is told and found; a second value of one of them would be ambiguous."""
