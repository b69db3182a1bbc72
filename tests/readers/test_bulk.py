"""The fast way is taken where it can be, and left where a record is not proven."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from endleaf.readers import bulk
from endleaf.readers.disk import opened
from endleaf.readers.raw import Raw
from tests.readers.made import http, member, packed, page, pages, record
from tests.readers.test_warc import Wrap


def proven(path: Path, data: bytes, start: int = 0) -> tuple[list[Raw], int]:
    """The records that FastWARC read and that were proven, and where it stopped."""
    path.write_bytes(data)
    found: list[Raw] = []
    with opened(path) as disk:
        steps: Generator[Raw, None, int] = bulk.proven(disk, start)
        while True:
            try:
                found.append(next(steps))
            except StopIteration as stop:
                return found, stop.value


@pytest.mark.parametrize("wrap", [b"".join, packed], ids=["plain", "gzip"])
def test_records_written_as_most_tools_write_them_are_proven(tmp_path: Path, wrap: Wrap) -> None:
    data = wrap(pages(6))
    found, end = proven(tmp_path / "a", data)
    assert end == len(data)
    assert [raw.block for raw in found[1:]] == [http(page(n)) for n in range(6)]
    assert [raw.offset + (raw.length or 0) for raw in found] == [*(raw.offset for raw in found[1:]), len(data)]


@pytest.mark.parametrize("wrap", [b"".join, packed], ids=["plain", "gzip"])
@pytest.mark.parametrize("odd", [
    record(http(page(9))).replace(b"WARC-Type: ", b"WARC-Type:"),
    record(http(page(9)), length="5"),
    record(http(page(9)))[:-2],
    b"garbage\r\n\r\n",
    record(http(page(9))).replace(b"WARC/1.1", b"WARC/9.9"),
])  # fmt: skip
def test_it_stops_at_the_first_that_is_not(tmp_path: Path, wrap: Wrap, odd: bytes) -> None:
    sound = pages(2)
    found, end = proven(tmp_path / "a", wrap([*sound, odd, *pages(3)]))
    assert end <= len(wrap(sound))
    assert len(found) >= 2
    assert [raw.block for raw in found[1:]] == [http(page(n)) for n in range(len(found) - 1)]


def test_it_goes_on_from_any_record(tmp_path: Path) -> None:
    data = packed(pages(3))
    start = len(member(pages(3)[0]))
    found, end = proven(tmp_path / "a", data, start)
    assert (len(found), found[0].offset, end) == (3, start, len(data))


def test_a_disk_that_gives_a_few_bytes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda file, count, offset: pread(file, min(count, 100), offset))
    assert len(proven(tmp_path / "a", packed(pages(4)))[0]) == 5
    with opened(tmp_path / "a") as disk:
        assert disk.read(3, 900) == (tmp_path / "a").read_bytes()[3:903]
        part = disk.stretch(10, 20)
        assert (part.size, part.read(5, 99)) == (20, (tmp_path / "a").read_bytes()[15:30])
