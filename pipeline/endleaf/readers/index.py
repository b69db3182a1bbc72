"""Where records lie, by the names that other records call them: a table on the disk, so that memory stays small.

Offsets are kept, never payloads.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from endleaf.readers.fixity import parsed
from endleaf.readers.raw import Raw

log = logging.getLogger("endleaf")

Name = tuple[str, str]
"""What a record is called: the kind of name, and the name."""

_AT_ONCE = 4_000
"""Rows that wait for the table: one call for all of them costs a fifth of one for each."""

_CACHE = 8 << 10
"""KiB of the table that are held in memory, 8 MiB; the rest is in a temporary file without a name."""


class Place(NamedTuple):
    """Where a record lies: the number of its volume, and offset and skip as :class:`Raw` has them."""

    volume: int
    offset: int
    skip: int


class Index:
    """Records of many volumes. Note all of them, then ask."""

    def __init__(self) -> None:
        # The empty name is a temporary file that SQLite makes when its cache is full, and removes.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE places (name INTEGER, rank INTEGER, volume INTEGER, at INTEGER, skip INTEGER)")
        self._rows: list[tuple[int, int, int, int, int]] = []

    def note(self, volume: int, raws: Iterable[Raw]) -> None:
        """Take note of records of one volume: those that hold a payload, and the further segments of others."""
        for raw in raws:
            self._rows += [(_key(name), rank, volume, raw.offset, raw.skip) for name, rank in names_of(raw)]
            if len(self._rows) > _AT_ONCE:
                self._write()

    def settle(self) -> None:
        """Make ready to be asked."""
        self._write()
        self._base.execute("CREATE INDEX names ON places (name, rank)")

    def _write(self) -> None:
        self._base.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def places(self, name: Name, highest: int | None = None, most: int = 8) -> Iterator[Place]:
        """The places of records of that name, the highest rank first, none above ``highest``; at most ``most``."""
        found = self._base.execute(
            "SELECT volume, at, skip FROM places WHERE name = ? AND rank <= ? ORDER BY rank DESC, volume, at LIMIT ?",
            (_key(name), _ENDLESS if highest is None else highest, most),
        )
        yield from map(Place._make, found.fetchall())

    def close(self) -> None:
        """Give the disk back."""
        with suppress(sqlite3.Error):
            self._base.close()


_ENDLESS = (1 << 63) - 1

PAYLOADS = frozenset(("response", "resource", "conversion"))
"""Types of records that hold a payload. A revisit holds none, so no circle of revisits can form."""


def names_of(raw: Raw) -> Iterator[tuple[Name, int]]:
    """The names of a record, each with its rank among those that share it: a segment's number, a capture's time."""
    fields = raw.fields
    kind = fields.get("warc-type", "").lower()
    if kind == "continuation":
        if origin := fields.get("warc-segment-origin-id"):
            yield ("segment", origin), segment_number(raw)
    elif kind in PAYLOADS and raw.block:
        for name in (*sure_names(
            fields.get("warc-record-id"),
            fields.get("warc-payload-digest"),
            fields.get("warc-target-uri"),
            fields.get("warc-date"),
        ),):  # fmt: skip
            yield name, 0
        if uri := address(fields.get("warc-target-uri")):
            yield ("url", uri), seconds(fields.get("warc-date"))


def sure_names(record_id: str | None, payload_digest: str | None, uri: str | None, date: str | None) -> Iterator[Name]:
    """What may call one payload and no other, the surest first."""
    if record_id:
        yield "id", record_id
    if payload_digest:
        yield "digest", ":".join(digest(payload_digest))
    if uri and date:
        yield "at", f"{date} {address(uri)}"


def digest(stated: str) -> tuple[str, str]:
    """A digest as its algorithm, and its value in one form for all its spellings (WARC 1.1 section 5.8).

    >>> digest("sha-256:" + "0" * 64) == digest("SHA256:" + "A" * 52)
    True
    """
    labelled = parsed(stated)
    _, _, value = stated.strip().lower().partition(":")
    return labelled.algorithm, labelled.value.hex() if labelled.value else value


def address(uri: str | None) -> str | None:
    """A target URI without the angle brackets that early tools wrote around it.

    >>> address("<http://example.org/>")
    'http://example.org/'
    """
    if uri and uri.startswith("<") and uri.endswith(">"):
        return uri[1:-1]
    return uri or None


def segment_number(raw: Raw) -> int:
    """WARC-Segment-Number (section 5.15); 0 where there is none, or no number."""
    stated = raw.fields.get("warc-segment-number", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < _DIGITS else 0


_DIGITS = 10
"""Digits of a segment's number, at most nine: a record of a petabyte has fewer."""


def seconds(date: str | None) -> int:
    """A WARC-Date as a number that grows with time: its first 14 digits; 0 for none.

    >>> seconds("2004-06-28T05:06:32.125Z")
    20040628050632
    """
    digits = "".join(re.findall(r"[0-9]+", date or ""))[:14]
    return int(digits.ljust(14, "0")) if digits else 0


def _key(name: Name) -> int:
    digest = hashlib.blake2b("\0".join(name).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
