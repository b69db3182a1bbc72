"""A URL found by an index: the same capture as reading the whole file finds, and no index is believed unproven."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.cdx.lines import Line
from endleaf.cdx.lookup import below, exact, nearest
from endleaf.cdx.seeking import captures_of
from endleaf.extract import page_of
from endleaf.indexing import index_of
from endleaf.readers import read
from endleaf.report import Tally
from tests.readers.made import http, packed, page, pages, record
from tests.readers.test_arc import head
from tests.readers.test_arc import record as arc_record

COUNT = 40


def indexed(path: Path, index: str, form: str = "cdxj") -> Path:
    lines = b"".join(index_of([str(path)], form, Tally()))
    (path.parent / index).write_bytes(gzip.compress(lines) if index.endswith(".gz") else lines)
    return path


@pytest.mark.parametrize("index", ["a.warc.gz.cdxj", "a.warc.cdxj", "a.cdxj", "a.cdxj.gz"])
def test_what_is_found_is_what_a_whole_reading_finds(tmp_path: Path, index: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(COUNT)))
    indexed(path, index)
    for capture in read(path):
        assert capture.url
        assert list(captures_of(path, capture.url)) == [capture]
    assert list(captures_of(path, "http://example.org/none")) == []


def test_an_arc_and_a_plain_warc(tmp_path: Path) -> None:
    arc, warc = tmp_path / "a.arc", tmp_path / "b.warc"
    arc.write_bytes(head() + arc_record(1) + arc_record(2) + arc_record(3))
    warc.write_bytes(b"".join(pages(3)))
    for path in (indexed(arc, "a.cdx", "cdx"), indexed(warc, "b.warc.cdx", "cdx")):
        for capture in read(path):
            assert list(captures_of(path, capture.url or "")) == [capture]


def test_it_is_read_where_it_lies_and_nothing_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(COUNT)))
    indexed(path, "a.cdxj")
    whole = path.read_bytes()
    at = next(each.provenance.offset for each in read(path) if each.url == "http://example.org/30")
    assert at
    path.write_bytes(whole[:400] + b"?" * (at - 400) + whole[at:])
    assert page_of(path, "http://example.org/30").provenance.offset == at


def test_an_index_of_other_bytes_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(5)))
    indexed(path, "a.cdxj")
    path.write_bytes(packed([*reversed(pages(5))]))
    assert list(captures_of(path, "http://example.org/3")) == []
    assert page_of(path, "http://example.org/3").url == "http://example.org/3"


def test_an_index_of_another_time_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(2)))
    indexed(path, "a.cdxj")
    index = tmp_path / "a.cdxj"
    index.write_bytes(index.read_bytes().replace(b"/1 20040628", b"/1 20050628"))
    assert list(captures_of(path, "http://example.org/1")) == []


@pytest.mark.parametrize("rubbish", [b"", b"\n\n", b"org,example)/1 x\n", b"\x1f\x8b\x08rubbish", b"\xff" * 99])
def test_rubbish_for_an_index_does_no_harm(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(2)))
    (tmp_path / "a.cdxj").write_bytes(rubbish)
    assert page_of(path, "http://example.org/1").url == "http://example.org/1"


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.sampled_from("abcde"))
def test_the_search_finds_all_lines_of_a_key(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], key: str
) -> None:
    index = tmp_path_factory.mktemp("index") / "x.cdxj"
    lines = sorted(
        f'example,{each})/{n} 20010203040506 {{"url": "http://{each}.example/{n}"}}\n' for n, each in enumerate(keys)
    )
    index.write_text("".join(lines))
    found = [line.url for line in below(index, f"http://{key}.example/")]
    assert found == [line.split('"')[3] for line in lines if line.startswith(f"example,{key})/")]
    for n, each in enumerate(keys):
        assert [line.url for line in exact(index, f"http://{each}.example/{n}")] == [f"http://{each}.example/{n}"]


def test_the_nearest_in_time(tmp_path: Path) -> None:
    lines = [Line(n, "k", f"{year}0101000000") for n, year in enumerate((1998, 2004, 2010))]
    found = nearest(lines, "20050628")
    assert found
    assert found.number == 1
    assert nearest([], "2004") is None


def test_two_captures_of_one_url_come_in_the_file_s_order(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    twice = [record(http(page(n)), number=n, url="http://mill.example/") for n in (9, 3)]
    path.write_bytes(packed(twice))
    indexed(path, "a.cdxj")
    assert list(captures_of(path, "http://mill.example/")) == list(read(path))
