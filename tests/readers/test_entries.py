"""What an index says of a file is what reading it whole says."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage
from endleaf.readers import entries, records
from endleaf.readers.entries import digits
from tests.conftest import manifest
from tests.readers.made import http, page, record

LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)


PARTS = [gzip.compress(record(http(page(n)), number=n), mtime=0) for n in range(5)]
WHOLE = b"".join(PARTS)


def by_entries(path: Path) -> tuple[list[Any], bool]:
    """What an index says of the captures, and whether damage is told."""
    found = list(entries(path))
    return [
        (
            e.offset,
            e.length,
            e.kind,
            e.url,
            e.timestamp,
            e.digest,
            *((e.status, e.media_type) if e.kind != "revisit" else ()),
        )
        for e in found
        if not isinstance(e, Damage) and e.is_capture
    ], any(isinstance(e, Damage) for e in found)


def by_records(path: Path) -> tuple[list[Any], bool]:
    """The same of captures that are read whole. A revisit has its original's status and type there."""
    found = list(records(path))
    captures = []
    for known in (each.provenance for each in found if isinstance(each, Capture)):
        when, kind = known.captured_at, known.record_type
        row = (known.offset, known.length, kind, known.url, when.timestamp if when else None, known.payload_digest)
        captures.append((*row, *((known.status, known.media_type) if kind != "revisit" else ())))
    return captures, any(isinstance(each, Damage) for each in found)


@pytest.mark.shared
def test_of_every_real_file_both_ways_say_the_same(archives_dev: Path) -> None:
    for row in manifest(archives_dev):
        if row["format"] != "warc":
            continue
        path = archives_dev / row["path"]
        try:
            told = by_entries(path)
        except UnreadableSource:
            with pytest.raises(UnreadableSource):
                by_records(path)
        else:
            read, damaged = by_records(path)
            assert told[0] == read, path
            assert damaged or not told[1], path


@LENIENT
@given(st.data())
def test_damage_is_told_both_ways(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(WHOLE) - 1), max_size=3)):
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, 60))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[: len(whole) - cut])
    try:
        told = by_entries(path)
    except UnreadableSource:
        with pytest.raises(UnreadableSource):
            by_records(path)
    else:
        assert told == by_records(path)


@pytest.mark.parametrize("wrap", [lambda data: data, gzip.compress], ids=["plain", "one member"])
@pytest.mark.parametrize("length", ["60000", "99999999", "9000"])
def test_a_length_that_lies_about_a_long_block(tmp_path: Path, wrap: Callable[[bytes], bytes], length: str) -> None:
    liar = record(http(b"long " * 10_000), number=7, length=length)
    path = tmp_path / "a.warc"
    path.write_bytes(wrap(record(http(page(1)), number=1) + liar + record(http(page(2)), number=2)))
    told, damaged = by_entries(path)
    assert [each[3] for each in told] == [f"http://example.org/{n}" for n in (1, 7, 2)]
    assert damaged


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_costs_its_record_alone(tmp_path: Path, number: int, bit: int) -> None:
    start = len(b"".join(PARTS[:number]))
    for at in range(start, start + len(PARTS[number]), 7):
        whole = bytearray(WHOLE)
        whole[at] ^= 1 << bit
        path = tmp_path / "a.warc.gz"
        path.write_bytes(whole)
        found, damaged = by_entries(path)
        urls = {each[3] for each in found}
        assert urls >= {f"http://example.org/{n}" for n in range(5) if n != number}
        assert damaged or found == by_entries_of_whole(tmp_path)


def by_entries_of_whole(folder: Path) -> list[Any]:
    path = folder / "whole.warc.gz"
    path.write_bytes(WHOLE)
    return by_entries(path)[0]


@pytest.mark.parametrize(
    "block",
    [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 301 Moved\nLocation: /b\nContent-Type: text/html\n\n",
        b"HTTP/2 301\r\nlocation: /b\r\ncontent-type: text/html\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Type:\r\n text/html\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\nLocation: /b\r\nContent-Type: text/plain\r\n\r\n",
    ],
)
def test_heads_of_every_form(tmp_path: Path, block: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record(block)))
    (entry,) = entries(path)
    assert not isinstance(entry, Damage)
    assert (entry.status, entry.media_type, entry.location) == (301, "text/html", "/b")


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("2004-06-28T05:06:32Z", "20040628050632"),
        ("2004-06-28T05:06:32.123456789Z", "20040628050632"),
        ("2004-06-28", "20040628000000"),
        ("20040628050632", "20040628050632"),
        ("2004-02-30T05:06:32Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_timestamps(date: str | None, stamp: str | None) -> None:
    assert digits(date) == stamp
