"""Indexes that are written: sorted, true of the records, in both forms; and the lines of others' indexes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.cdx.lines import BadLine, Line, read
from endleaf.cdx.sorting import in_order
from endleaf.indexing import index_of
from endleaf.report import Tally, exit_status
from tests.readers.made import http, packed, page, pages, record


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def warc(folder: Path, name: str = "a.warc.gz") -> Path:
    path = folder / name
    found = record(
        http(b"", "Location: /b c", status="HTTP/1.1 302 Found"), number=7, url="http://www.Mill.example/Z?b=1&a"
    )
    again = record(b"", "revisit", 8, ["WARC-Payload-Digest: sha1:" + "A" * 32], url="http://mill.example/again")
    path.write_bytes(packed([*pages(3), found, again]))
    return path


def test_a_cdxj_index(tmp_path: Path) -> None:
    path = warc(tmp_path)
    lines = list(index_of([str(path)], "cdxj", Tally()))
    assert lines == sorted(lines)
    assert [line.split(b" ", 1)[0] for line in lines] == [
        b"example,mill)/again", b"example,mill)/z?a&b=1", b"org,example)/0", b"org,example)/1", b"org,example)/2"
    ]  # fmt: skip
    told = [json.loads(line.split(b" ", 2)[2]) for line in lines]
    assert told[0] | {"length": "", "offset": ""} == {
        "url": "http://mill.example/again", "mime": "warc/revisit", "digest": "sha1:" + "A" * 32, "length": "",
        "offset": "", "filename": "a.warc.gz"
    }  # fmt: skip
    assert (told[1]["status"], told[1]["redirect"]) == ("302", "/b c")
    for n, each in enumerate(told[2:]):
        at, length = int(each["offset"]), int(each["length"])
        assert gzip.decompress(path.read_bytes()[at : at + length]) == record(http(page(n)), number=n)
        assert each["digest"] == digest(page(n))


def test_a_cdx_index_of_eleven_columns(tmp_path: Path) -> None:
    path = warc(tmp_path)
    first, *lines = index_of([str(path)], "cdx", Tally())
    assert first == b" CDX N b a m s k r M S V g\n"
    assert all(len(line.split(b" ")) == 11 for line in lines)
    assert lines[1].split()[6] == b"/b%20c"
    assert lines[2].split()[5].decode() == digest(page(0)).removeprefix("sha1:")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = warc(tmp_path)
    cdxj, cdx = (list(read(io.BytesIO(b"".join(index_of([str(path)], form, Tally()))))) for form in ("cdxj", "cdx"))
    assert len(cdxj) == len(cdx) == 5
    for one, two in zip(cdxj, cdx, strict=True):
        assert isinstance(one, Line)
        assert isinstance(two, Line)
        assert one[1:5] + one[9:] == two[1:5] + two[9:]


def test_a_capture_that_has_no_place_is_left_out_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(b"".join(pages(2))))
    (tmp_path / "page.html").write_bytes(page(1))
    assert list(index_of([str(tmp_path)], "cdxj", Tally())) == []
    assert "a URL: 3" in caplog.text


def test_damage_is_told_and_what_is_whole_is_listed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = warc(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    tally = Tally()
    assert len([*index_of([str(path)], "cdxj", tally)]) == 4
    assert exit_status(tally.report()) == 1
    assert f"{path}, offset " in caplog.text


def test_arc_records_are_given_the_digest_they_do_not_state(tmp_path: Path) -> None:
    path = tmp_path / "a.arc"
    block = b"1 0 Harbour\nURL IP-address Archive-date Content-type Archive-length\n"
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The tide turns.\n"
    head = b"filedesc://a.arc 0.0.0.0 20010203040506 text/plain %d\n%b\n" % (len(block), block)
    path.write_bytes(head + b"http://mill.example/ 192.0.2.7 20010203040506 text/html %d\n%b\n" % (len(body), body))
    (line,) = index_of([str(path)], "cdxj", Tally())
    told = json.loads(line.split(b" ", 2)[2])
    assert (told["digest"], told["offset"]) == (digest(b"<p>The tide turns.\n"), str(len(head)))


@given(st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 600))
def test_sorting_in_pieces_is_sorting(lines: list[bytes], held: int) -> None:
    assert list(in_order(lines, held)) == sorted(lines)


NINE = b"mill.example/ 20010203040506 http://mill.example/ text/html 200 ABC - 77 a.arc\n"


@pytest.mark.parametrize(
    "index",
    [
        NINE,
        b" CDX N b a m s k r V g\n" + NINE,
        b"CDX b V g a\n20010203040506 77 a.arc http://mill.example/\n",
        b"\tCDX\tb\tV\tg\ta\n20010203040506\t77\ta.arc\thttp://mill.example/\n",
        b'!meta {}\nk 20010203040506 {"url": "http://mill.example/", "offset": 77, "filename": "a.arc"}\n',
        b'!OpenWayback-CDXJ 1.0\nk 2001-02-03T04:05:06Z {"uri":"http://mill.example/","offset":"77","filename":"a.arc"}\n',
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_form_of_line(index: bytes, pack: type[bytes]) -> None:
    (line,) = read(io.BytesIO(pack(index)))
    assert isinstance(line, Line)
    assert (line.timestamp, line.url, line.place, line.filename) == (
        "20010203040506", "http://mill.example/", 77, "a.arc"
    )  # fmt: skip


def test_damage_is_told_by_line() -> None:
    found = list(read(io.BytesIO(NINE + b"a b\n" + NINE + b'k 2001 {"url"\n' + b"x y http://z/ t 2 k r 7 f\n" + NINE)))
    assert [each.number for each in found if isinstance(each, BadLine)] == [2, 4, 5]
    assert sum(isinstance(each, Line) for each in found) == 3


def test_blocks_that_end_without_a_line_s_end() -> None:
    blocks = [NINE + NINE.rstrip(), NINE.rstrip(), NINE]
    assert len([*read(io.BytesIO(b"".join(map(gzip.compress, blocks))))]) == 4
    halves = [NINE[:30], NINE[30:] + NINE]
    assert [type(each) for each in read(io.BytesIO(b"".join(map(gzip.compress, halves))))] == [Line, Line]


def test_netarchivesuite_s_seven_columns() -> None:
    (line,) = read(io.BytesIO(b"http://mill.example/a 192.0.2.7 20010203040506 text/html 478 a.arc 10002\n"))
    assert isinstance(line, Line)
    assert (line.url, line.place, line.filename) == ("http://mill.example/a", 10002, "a.arc")


def test_an_index_that_is_cut_short_gives_what_comes_before() -> None:
    *lines, last = read(io.BytesIO(gzip.compress(b"".join(NINE.replace(b"77", b"%d" % n) for n in range(500)))[:-200]))
    assert all(isinstance(line, Line) for line in lines)
    assert isinstance(last, BadLine)


@given(st.binary(max_size=200))
def test_any_bytes_are_lines_or_told(data: bytes) -> None:
    list(read(io.BytesIO(b" CDX N b a\n" + data)))
    list(read(io.BytesIO(b"k 2001 {" + data)))
