"""Whole WARC files in every wrapping: each record comes once, in order, with what it knows of itself."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from endleaf.model import Capture, Damage, Moment, Passed, Record
from endleaf.readers import read, records
from endleaf.readers.raw import MAX_BLOCK
from tests.readers.made import INFO, http, member, packed, page, pages, record

LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def reading(folder: Path, data: bytes, name: str = "a.warc.gz") -> list[Record]:
    path = folder / name
    path.write_bytes(data)
    return list(records(path))


def captures(found: list[Record]) -> list[Capture]:
    return [each for each in found if isinstance(each, Capture)]


def damages(found: list[Record]) -> list[Damage]:
    return [each for each in found if isinstance(each, Damage)]


def whole(made: list[bytes]) -> bytes:
    return member(b"".join(made))


def pieces(made: list[bytes]) -> bytes:
    data = b"".join(made)
    return b"".join(member(data[at : at + 700]) for at in range(0, len(data), 700))


def line_feeds(made: list[bytes]) -> bytes:
    parts = [each.partition(b"\r\n\r\n") for each in made]
    return b"".join(head.replace(b"\r\n", b"\n") + b"\n\n" + block for head, _, block in parts)


Wrap = Callable[[list[bytes]], bytes]

WRAPPINGS: dict[str, Wrap] = {
    "plain": b"".join,
    "a gzip member a record": packed,
    "one gzip member": whole,
    "records that run on into the next gzip member": pieces,
    "bare line feeds": line_feeds,
    "gzip, then plain": lambda records: packed(records[:3]) + b"".join(records[3:]),
    "plain, then gzip": lambda records: b"".join(records[:3]) + packed(records[3:]),
    "empty gzip members between": lambda records: member(b"").join(member(each) for each in records),
    "blank lines between": b"\r\n\r\n\r\n".join,
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_every_record_comes_from_every_wrapping(tmp_path: Path, wrapping: str) -> None:
    found = reading(tmp_path, WRAPPINGS[wrapping](pages(5)))
    assert [each.payload for each in captures(found)] == [page(n) for n in range(5)]
    assert not damages(found)
    assert len([each for each in found if isinstance(each, Passed)]) == 1


def test_a_capture_knows_where_it_came_from(tmp_path: Path) -> None:
    fields = [
        "WARC-Date: 2004-06-28T05:06:32.125Z",
        "WARC-Payload-Digest: sha1:AAAA",
        "WARC-Block-Digest: sha1:BBBB",
    ]
    block = http(page(1), "Content-Type: Text/HTML; charset=utf-8")
    made = [record(INFO, "warcinfo", 9), record(block, number=1, fields=fields)]
    data = packed(made)
    (capture,) = captures(reading(tmp_path, data))
    known = capture.provenance
    assert known.source == (tmp_path / "a.warc.gz").as_posix()
    assert known.container == "warc"
    assert known.url == capture.url == "http://example.org/1"
    assert known.captured_at == Moment(iso="2004-06-28T05:06:32.125Z", precision="fraction")
    assert known.offset == len(member(made[0]))
    assert known.length == len(member(made[1]))
    assert known.record_id == "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    assert known.record_type == "response"
    assert (known.payload_digest, known.block_digest) == ("sha1:AAAA", "sha1:BBBB")
    assert known.sha256 == hashlib.sha256(page(1)).hexdigest()
    assert (known.status, known.media_type) == (200, "text/html")
    assert known.warcinfo == (("software", "maker/1.0"), ("format", "WARC File Format 1.1"))


@pytest.mark.parametrize("wrapping", ["plain", "a gzip member a record", "gzip, then plain", "bare line feeds"])
def test_offset_and_length_cut_the_record_out_of_the_file(tmp_path: Path, wrapping: str) -> None:
    data = WRAPPINGS[wrapping](pages(5))
    for number, capture in enumerate(captures(reading(tmp_path, data))):
        start, length = capture.provenance.offset, capture.provenance.length
        assert start is not None
        assert length is not None
        (again,) = captures(reading(tmp_path, data[start : start + length], "cut.warc"))
        assert again.payload == page(number)


def test_record_types(tmp_path: Path) -> None:
    made = [
        record(INFO, "warcinfo", 1),
        record(b"GET / HTTP/1.1\r\n\r\n", "request", 2),
        record(http(page(3)), "response", 3),
        record(page(4), "resource", 4, ["Content-Type: text/html"]),
        record(b"via: x\r\n", "metadata", 5),
        record(b"words", "conversion", 6, ["Content-Type: text/plain"]),
        record(b"rest", "continuation", 7, ["WARC-Segment-Number: 2"]),
        record(b"?", "sandwich", 8),
    ]
    found = reading(tmp_path, packed(made))
    kinds = [(type(each).__name__, each.provenance.record_type) for each in found if not isinstance(each, Damage)]
    assert kinds == [
        ("Passed", "warcinfo"), ("Passed", "request"), ("Capture", "response"), ("Capture", "resource"),
        ("Passed", "metadata"), ("Capture", "conversion"), ("Passed", "continuation"), ("Passed", "sandwich"),
    ]  # fmt: skip
    assert all(each.reason for each in found if isinstance(each, Passed))
    assert [each.media_type for each in captures(found)] == ["text/html", "text/html", "text/plain"]


def test_addresses_as_early_tools_wrote_them(tmp_path: Path) -> None:
    found = captures(reading(tmp_path, packed([
        record(http(page(1)), url="<http://example.org/a>"),
        record(page(2), "resource", 2, ["Content-Type: text/html"], url="urn:X-page:2"),
        record(http(page(3)), fields=["warc-target-uri: http://x.example/"], url="http://example.org/\u00e4 b"),
    ])))  # fmt: skip
    assert [each.url for each in found] == ["http://example.org/a", "urn:X-page:2", "http://example.org/ä b"]


def test_the_warcinfo_that_a_record_names_is_its_own(tmp_path: Path) -> None:
    named = "WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>"
    found = captures(reading(tmp_path, packed([
        record(b"software: one\r\n", "warcinfo", 1), record(http(page(3)), number=3),
        record(b"software: two\r\n", "warcinfo", 2), record(http(page(4)), number=4),
        record(http(page(5)), number=5, fields=[named]),
    ])))  # fmt: skip
    assert [dict(each.provenance.warcinfo)["software"] for each in found] == ["one", "two", "one"]


REVISIT = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
ORIGINAL = record(
    http(page(1), "Content-Type: text/html; charset=utf-8"), number=1, fields=["WARC-Payload-Digest: sha1:AAAA"]
)


@pytest.mark.parametrize("wrap", [packed, b"".join, whole], ids=["gzip", "plain", "whole"])
@pytest.mark.parametrize("reference", [
    ["WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000001>"],
    ["WARC-Refers-To-Target-URI: http://example.org/1", "WARC-Refers-To-Date: 2004-06-28T05:00:01Z"],
    ["WARC-Payload-Digest: sha1:AAAA"],
])  # fmt: skip
def test_a_revisit_finds_its_payload(
    tmp_path: Path, reference: list[str], wrap: Callable[[list[bytes]], bytes]
) -> None:
    made = [record(INFO, "warcinfo"), ORIGINAL, record(http(b"", "Server: x"), "revisit", 2, [REVISIT, *reference])]
    found = captures(reading(tmp_path, wrap(made)))
    assert found[1].payload == page(1)
    assert found[1].provenance.refers_to is not None
    assert found[1].provenance.refers_to.resolved
    assert found[1].url == "http://example.org/2"


def test_a_revisit_may_come_before_its_payload(tmp_path: Path) -> None:
    early = record(http(b""), "revisit", 2, [REVISIT, "WARC-Payload-Digest: sha1:AAAA"])
    found = captures(reading(tmp_path, packed([early, *pages(3), ORIGINAL])))
    assert found[0].payload == found[-1].payload == page(1)


def test_a_digest_is_the_same_in_every_spelling(tmp_path: Path) -> None:
    value = hashlib.sha256(page(1))
    original = record(http(page(1)), number=1, fields=[f"WARC-Payload-Digest: sha-256:{value.hexdigest()}"])
    spelt = "SHA256:" + base64.b32encode(value.digest()).decode()
    revisit = record(http(b""), "revisit", 2, [REVISIT, f"WARC-Payload-Digest: {spelt}"])
    assert captures(reading(tmp_path, packed([original, revisit])))[1].payload == page(1)


def test_a_payload_that_is_itself_a_warc_stays_whole(tmp_path: Path) -> None:
    inner = b"".join(pages(3))
    made = [record(http(inner, "Content-Type: application/warc"), number=5), *pages(1)]
    for wrapping in ("plain", "a gzip member a record", "one gzip member"):
        found = captures(reading(tmp_path, WRAPPINGS[wrapping](made)))
        assert [each.payload for each in found] == [inner, page(0)]


def test_a_page_too_large_is_cut_and_told(tmp_path: Path) -> None:
    body = b"word " * (MAX_BLOCK // 5 + 1000)
    found = reading(tmp_path, packed([*pages(1), record(http(body)), *pages(1)]))
    assert len(captures(found)) == 3
    (damage,) = damages(found)
    assert str(MAX_BLOCK) in damage.reason
    assert body.startswith(captures(found)[1].payload)


def test_an_undeclared_gzip_page_is_unpacked_and_said(tmp_path: Path) -> None:
    (capture,) = captures(reading(tmp_path, packed([record(http(member(page(1))))])))
    assert capture.payload == page(1)
    assert capture.notes


def test_what_a_revisit_does_not_say_of_its_payload_the_original_says(tmp_path: Path) -> None:
    own = b"HTTP/1.1 304 Not Modified\r\nServer: x\r\n\r\n"
    made = [ORIGINAL, record(own, "revisit", 2, [REVISIT, "WARC-Payload-Digest: sha1:AAAA"])]
    revisit = captures(reading(tmp_path, packed(made)))[1]
    assert revisit.http is not None
    assert (revisit.http.status, revisit.http.get("server")) == (304, "x")
    assert revisit.http.get("content-type") == "text/html; charset=utf-8"
    assert revisit.media_type == "text/html"


def test_revisits_of_nothing_and_of_each_other_are_said_to_be_unresolved(tmp_path: Path) -> None:
    to = "WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-00000000000{}>"
    made = [record(http(b""), "revisit", n, [REVISIT, to.format(m)]) for n, m in ((1, 2), (2, 1), (3, 3), (4, 9))]
    found = captures(reading(tmp_path, packed(made)))
    assert [each.payload for each in found] == [b""] * 4
    assert all(each.notes and each.provenance.refers_to and not each.provenance.refers_to.resolved for each in found)


def test_a_revisit_of_another_payload_is_not_given_this_one(tmp_path: Path) -> None:
    reference = "WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000001>"
    made = [ORIGINAL, record(http(b""), "revisit", 2, [REVISIT, reference, "WARC-Payload-Digest: sha1:OTHER"])]
    assert captures(reading(tmp_path, packed(made)))[1].payload == b""


def test_the_door_of_the_library_gives_captures_and_logs_damage(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(pages(2)) + b"what is \x1b[31mthis")
    assert [each.payload for each in read(path)] == [page(0), page(1)]
    assert "no record" in caplog.text
    assert str(len(b"".join(pages(2)))) in caplog.text


NAMES = st.from_regex(r"X-[A-Za-z]{1,8}", fullmatch=True)
VALUES = st.from_regex(r"[!-~]{0,30}", fullmatch=True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio closes no file
@LENIENT
@given(
    bodies=st.lists(st.binary(max_size=3000), min_size=1, max_size=8),
    gzipped=st.booleans(),
    headers=st.lists(
        st.tuples(st.from_regex(r"X-[A-Za-z]{1,8}", fullmatch=True), st.from_regex(r"[!-~]{0,30}", fullmatch=True)),
        max_size=4,
    ),
)
def test_what_warcio_writes_is_read_back(
    tmp_path: Path, bodies: list[bytes], gzipped: bool, headers: list[tuple[str, str]]
) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzipped)
    for number, body in enumerate(bodies):
        head = StatusAndHeaders("200 OK", [("Content-Type", "image/x-any"), *headers], protocol="HTTP/1.0")
        writer.write_record(
            writer.create_warc_record(
                f"http://example.org/{number}", "response", payload=io.BytesIO(body), http_headers=head
            )
        )
    found = reading(tmp_path, file.getvalue())
    assert not damages(found)
    assert [each.payload for each in captures(found)] == bodies
    assert [each.http.headers[1:] for each in captures(found) if each.http] == [tuple(headers)] * len(bodies)
