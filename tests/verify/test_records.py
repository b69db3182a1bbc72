"""Every kind of finding about records, in a file that has this fault and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.verify import CODES, Finding, Inspection, Summary
from tests.verify.made import BODY, URL, http, identity, info, packed, record, sha1, zipped

GOOD = info() + record()


def found(*paths: Path | str) -> list[Finding]:
    return [each for each in Inspection(map(str, paths)) if isinstance(each, Finding)]


def _revisit(**fields: str | None) -> bytes:
    stated: dict[str, str | None] = {"warc_profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"}
    return record("revisit", 2, http(b""), **{**stated, **fields})


def _target(number: int = 1, body: bytes = BODY) -> bytes:
    return record("response", number, http(body), warc_payload_digest=sha1(body))


MADE: dict[str, Callable[[], bytes]] = {
    "truncated": lambda: GOOD[:-20],
    "gzip-damaged": lambda: packed(info(), record())[:-8] + bytes(8),
    "not-a-record": lambda: info() + b"what is this\r\n" + record(),
    "bad-length": lambda: info() + record(content_length="many"),
    "field-twice": lambda: (
        info() + record(number=1, date_2=None).replace(b"WARC-Date", b"WARC-Date: 2004\r\nWARC-Date")
    ),
    "gzip-whole": lambda: zipped(GOOD),
    "payload-coding": lambda: info() + record(block=http(head=b"Transfer-Encoding: chunked\r\n")),
    "payload-partial": lambda: info() + record(warc_truncated="length"),
    "http-head": lambda: info() + record(block=BODY),
    "http-length": lambda: info() + record(block=http(head=b"Content-Length: 7\r\n")),
    "digest-mismatch": lambda: info() + record(warc_block_digest=sha1(b"another")),
    "digest-malformed": lambda: info() + record("request", 2, warc_block_digest="sha1:1111"),
    "digest-unknown": lambda: info() + record(warc_block_digest="crc32:0badcafe"),
    "digest-other": lambda: info() + record(warc_payload_digest=sha1(http())),
    "no-type": lambda: info() + record(warc_type=None),
    "no-date": lambda: info() + record(warc_date=None),
    "no-target-uri": lambda: info() + record(warc_target_uri=None),
    "no-record-id": lambda: info() + record(warc_record_id=None),
    "no-content-type": lambda: info() + record("resource", block=BODY, content_type=None),
    "no-profile": lambda: info() + _target() + _revisit(warc_profile=None, warc_refers_to=identity(1)),
    "no-segment": lambda: info() + record("continuation", content_type=None, warc_segment_number="2"),
    "unknown-version": lambda: info() + record(version="WARC/9.9"),
    "unknown-type": lambda: info() + record("Response"),
    "line-ends": lambda: info() + record().replace(b"\r\nWARC", b"\nWARC"),
    "header-line": lambda: info() + record().replace(b"WARC-Date", b"A line with no colon\r\nWARC-Date"),
    "header-bytes": lambda: info() + record().replace(b"WARC-Date", b"X-Office: H\xf6fn\r\nWARC-Date"),
    "repeated-field": lambda: info() + record().replace(b"WARC-Date", b"WARC-Type: response\r\nWARC-Date"),
    "field-not-for-type": lambda: info() + record(warc_filename="a.warc"),
    "odd-date": lambda: info() + record(version="WARC/1.0", warc_date="2004-06-28T05:06:32.5Z"),
    "odd-uri": lambda: info() + record(warc_target_uri=f"<{URL}>"),
    "odd-record-id": lambda: info() + record(warc_record_id="urn:uuid:1"),
    "odd-value": lambda: info() + record(warc_truncated="maybe"),
    "duplicate-id": lambda: GOOD + record(warc_target_uri=f"{URL}b"),
    "revisit-dangling": lambda: info() + _revisit(warc_refers_to=identity(7)),
    "revisit-contradicted": lambda: (
        info() + _target() + _revisit(warc_refers_to=identity(1), warc_payload_digest=sha1(b"another"))
    ),
    "segment-dangling": lambda: (
        info() + record("continuation", content_type=None, warc_segment_number="2", warc_segment_origin_id=identity(7))
    ),
    "no-warcinfo": record,
}
"""By code, a file that has it."""

ALLOWED: dict[str, set[str]] = {
    "bad-length": {"digest-mismatch"},
    "no-segment": {"segment-dangling", "payload-partial"},
    "segment-dangling": {"payload-partial"},
    "odd-value": {"payload-partial"},
}
"""What a fault may bring with it."""


@pytest.mark.parametrize("code", MADE)
def test_a_fault_is_found_by_its_code_and_no_other_is(code: str, tmp_path: Path) -> None:
    made = MADE[code]()
    path = tmp_path / ("a.warc.gz" if made.startswith(b"\x1f\x8b") else "a.warc")
    path.write_bytes(made)
    every = found(path)
    assert code in {each.code for each in every}
    assert {each.code for each in every} - {code} <= ALLOWED.get(code, set())
    one = next(each for each in every if each.code == code)
    assert (one.level, one.source) == (CODES[code].level, path.as_posix())
    assert one.offset is not None


@pytest.mark.parametrize("data", [GOOD, packed(info(), record())], ids=["plain", "gzip"])
def test_a_good_file_has_no_finding(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "good.warc"
    path.write_bytes(data)
    summary, verdict = Inspection([str(path)])
    assert isinstance(summary, Summary)
    assert summary.records == {"response": 1, "warcinfo": 1}
    assert (summary.digests.matched, summary.outcome, verdict.exit_status) == (2, "sound", 0)  # type: ignore[union-attr]


def test_a_revisit_is_resolved_in_another_file_that_comes_later(tmp_path: Path) -> None:
    (tmp_path / "1.warc").write_bytes(info() + _revisit(warc_refers_to=identity(7), warc_payload_digest=sha1(BODY)))
    (tmp_path / "2.warc").write_bytes(_target(7))
    assert {each.code for each in found(tmp_path)} == {"no-warcinfo"}
    summaries = {Path(each.source).name: each for each in Inspection([str(tmp_path)]) if isinstance(each, Summary)}
    assert summaries["1.warc"].revisits.resolved == 1
    assert {each.code for each in found(tmp_path / "1.warc")} == {"revisit-dangling"}


def test_revisits_that_refer_to_each_other_dangle(tmp_path: Path) -> None:
    first = record("revisit", 2, http(b""), warc_profile="http://a.example/", warc_refers_to=identity(3))
    other = record("revisit", 3, http(b""), warc_profile="http://a.example/", warc_refers_to=identity(2))
    (tmp_path / "a.warc").write_bytes(info() + first + other)
    assert [each.code for each in found(tmp_path)] == ["revisit-dangling"] * 2


def test_a_copy_of_a_file_is_no_second_use_of_its_record_ids(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(GOOD)
    (tmp_path / "b.warc").write_bytes(GOOD)
    assert not found(tmp_path)
    (tmp_path / "a.warc").write_bytes(GOOD + record())
    assert [each.code for each in found(tmp_path / "a.warc")] == ["duplicate-id"]


def test_several_faults_of_one_record_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(info() + record(content_length="many", warc_date=None, warc_record_id="x"))
    assert {each.code for each in found(tmp_path)} == {"bad-length", "no-date", "odd-record-id"}


def test_what_cannot_be_read_is_an_error_and_alone_makes_the_run_useless(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"\0\1\2" * 50)
    assert [each.code for each in found(tmp_path)] == ["unreadable"]
    assert Inspection([str(tmp_path)]).verdict.exit_status == 2
    run = Inspection([str(tmp_path)])
    assert [*run][-1] == run.verdict
    (tmp_path / "b.warc").write_bytes(GOOD)
    run = Inspection([str(tmp_path)])
    assert ([*run][-1], run.verdict.exit_status) == (run.verdict, 1)
