"""ARC of every version, whole and damaged: what is intact comes out, what is not is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endleaf.model import Capture, Damage, Passed, Record
from endleaf.readers import records
from endleaf.readers.arc import fields_of_line

FIRST = b"URL IP-address Archive-date Content-type Archive-length\n"
SECOND = b"URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n"
LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def record(n: int, *, url: str = "", kind: str = "text/html", end: bytes = b"\n", stated: int | None = None) -> bytes:
    body = b"<title>Tide %d</title><p>The tide turns at %d.\n" % (n, n)
    block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    address = url or f"http://mill.example/{n}"
    line = f"{address} 192.0.2.7 20010203{n:06d} {kind} {len(block) if stated is None else stated}\n"
    return line.encode() + block + end


def head(minor: int = 0, description: bytes = b"") -> bytes:
    block = b"1 %d Harbour Archive\n" % minor + FIRST + description
    return b"filedesc://tides.arc 0.0.0.0 20010203040506 text/plain %d\n" % len(block) + block + b"\n"


def read(folder: Path, data: bytes) -> list[Record]:
    path = folder / "a.arc"
    path.write_bytes(data)
    return list(records(path))


def urls(found: list[Record]) -> list[str | None]:
    return [each.url for each in found if isinstance(each, Capture)]


def damages(found: list[Record]) -> list[Damage]:
    return [each for each in found if isinstance(each, Damage)]


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "a member a record": lambda parts: b"".join(map(gzip.compress, parts)),
    "one member": lambda parts: gzip.compress(b"".join(parts)),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_each_record_comes_with_its_place(tmp_path: Path, packing: str) -> None:
    found = read(tmp_path, PACKINGS[packing]([head(), record(1), record(2)]))
    assert isinstance(found[0], Passed)
    assert urls(found) == ["http://mill.example/1", "http://mill.example/2"]
    assert not damages(found)
    first = found[1]
    assert isinstance(first, Capture)
    assert first.payload.endswith(b"The tide turns at 1.\n")
    known = first.provenance
    assert (known.container, known.record_type, known.status, known.media_type) == ("arc", "response", 200, "text/html")
    assert known.captured_at
    assert known.captured_at.iso == "2001-02-03T00:00:01Z"
    assert ("isPartOf", "Harbour Archive") in known.warcinfo


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    description = (
        b'<?xml version="1.0"?><arcmetadata xmlns:arc="http://archive.org/arc/1.0/"><arc:software>Crawler 1.2'
        b"</arc:software><arc:operator>A. Keeper</arc:operator></arcmetadata>\n"
    )
    (_, capture) = read(tmp_path, head(1, description) + record(1))
    assert isinstance(capture, Capture)
    info = dict(capture.provenance.warcinfo)
    assert (info["format"], info["software"], info["operator"]) == ("ARC 1.1", "Crawler 1.2", "A. Keeper")


def test_version_2_has_more_fields(tmp_path: Path) -> None:
    block = b"2 0 Harbour Archive\n" + SECOND
    body = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"
    data = b"filedesc://t.arc 0.0.0.0 20010203040506 text/plain 200 - - 0 t.arc %d\n%b\n" % (
        len(block),
        block,
    ) + b"http://mill.example/a 192.0.2.7 20010203040506 text/html 302 - /b 120 t.arc %d\n%b\n" % (len(body), body)
    (_, capture) = read(tmp_path, data)
    assert isinstance(capture, Capture)
    assert (capture.url, capture.provenance.status) == ("http://mill.example/a", 302)


@pytest.mark.parametrize(
    ("line", "url", "kind", "length"),
    [
        (b"http://a.example/ 192.0.2.7 20010203040506 text/html 7\n", "http://a.example/", "text/html", "7"),
        (b"http://a.example/x  y 192.0.2.7 20010203040506 text/html 7\n", "http://a.example/x  y", "text/html", "7"),
        (b"http://a.example/ 2001:db8::7 20010203040506 text/html; charset=x 7\r\n", "http://a.example/",
         "text/html; charset=x", "7"),
        (b"http://a.example/ 192.0.2.7 20010203040506  7\n", "http://a.example/", None, "7"),
        (b"dns:a.example 192.0.2.7 20010203040506 text/dns 7\n", "dns:a.example", "text/dns", "7"),
    ],
)  # fmt: skip
def test_the_line(line: bytes, url: str, kind: str | None, length: str) -> None:
    fields = fields_of_line(line)
    assert fields["warc-target-uri"] == url
    assert fields.get("content-type") == kind
    assert fields["content-length"] == length


@pytest.mark.parametrize(
    ("digits", "iso"), [("200102030405", "2001-02-03T04:05Z"), ("20010203040506789", "2001-02-03T04:05:06Z")]
)
def test_dates_of_other_lengths(tmp_path: Path, digits: str, iso: str) -> None:
    data = head() + record(1).replace(b"20010203000001", digits.encode())
    (_, capture) = read(tmp_path, data)
    assert isinstance(capture, Capture)
    assert capture.provenance.captured_at
    assert capture.provenance.captured_at.iso == iso


def test_what_has_no_http_head_is_a_resource(tmp_path: Path) -> None:
    data = head() + b"dns:mill.example 192.0.2.1 20010203040506 text/dns 21\n20010203040506\n1.2.3\n\n"
    (_, capture) = read(tmp_path, data)
    assert isinstance(capture, Capture)
    assert (capture.provenance.record_type, capture.media_type) == ("resource", "text/dns")
    assert capture.payload == b"20010203040506\n1.2.3\n"


def test_records_that_no_line_end_divides(tmp_path: Path) -> None:
    found = read(tmp_path, head() + record(1, end=b"") + record(2, end=b"\r\n") + record(3, end=b"\n\n\n"))
    assert len(urls(found)) == 3
    assert not damages(found)


@pytest.mark.parametrize("stated", [-5, 0, 20, 4_000, 10**12])
@pytest.mark.parametrize("packing", PACKINGS)
def test_a_false_length_costs_no_other_record(tmp_path: Path, stated: int, packing: str) -> None:
    found = read(tmp_path, PACKINGS[packing]([head(), record(1), record(2, stated=stated), record(3)]))
    assert {"http://mill.example/1", "http://mill.example/2", "http://mill.example/3"} == set(urls(found))
    assert damages(found)


def test_a_page_that_shows_a_record_s_line_is_one_page(tmp_path: Path) -> None:
    body = b"<pre>\nhttp://other.example/ 192.0.2.7 20010203040506 text/html 12\nHTTP/1.0 200\n\n</pre>\n"
    line = b"http://mill.example/q 192.0.2.7 20010203040506 text/html %d\n" % len(body)
    found = read(tmp_path, head() + line + body + b"\n" + record(2))
    assert urls(found) == ["http://mill.example/q", "http://mill.example/2"]


PARTS = [head(), record(1), record(2), record(3)]


@LENIENT
@given(st.sampled_from(sorted(PACKINGS)), st.data())
def test_cut_anywhere(tmp_path: Path, packing: str, data: st.DataObject) -> None:
    whole = PACKINGS[packing](PARTS)
    cut = data.draw(st.integers(200, len(whole) - 1))
    found = read(tmp_path, whole[:cut])
    before = [n for n in (1, 2, 3) if packing != "one member" and len(PACKINGS[packing](PARTS[: n + 1])) <= cut]
    assert urls(found)[: len(before)] == [f"http://mill.example/{n}" for n in before]
    boundary = packing != "one member" and any(
        cut in (len(PACKINGS[packing](PARTS[:n])), len(PACKINGS[packing](PARTS[:n])) - 1) for n in range(1, 5)
    )
    assert boundary or damages(found)


@LENIENT
@given(st.sampled_from(["plain", "a member a record"]), st.data())
def test_a_flipped_bit_costs_one_record(tmp_path: Path, packing: str, data: st.DataObject) -> None:
    pack = PACKINGS[packing]
    start, end = len(pack(PARTS[:2])), len(pack(PARTS[:3]))
    at, bit = data.draw(st.integers(start, end - 1)), data.draw(st.integers(0, 7))
    whole = bytearray(pack(PARTS))
    whole[at] ^= 1 << bit
    found = urls(read(tmp_path, bytes(whole)))
    assert found[0] == "http://mill.example/1"
    assert found[-1] == "http://mill.example/3"
