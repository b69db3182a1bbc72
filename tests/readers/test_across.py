"""Records that belong together, in one file or in several: revisits and their payloads, segments, requests."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from endleaf.intake import Intake
from endleaf.model import Capture, Damage, Passed, Record
from endleaf.readers import Asked, records
from endleaf.report import Tally
from tests.readers.made import INFO, http, member, packed, page, pages, record, zipped

REVISIT = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified"
URN = "<urn:uuid:00000000-0000-4000-8000-{:012d}>"
DIGEST = "WARC-Payload-Digest: sha1:" + "A" * 32
NOT_CHANGED = b"HTTP/1.1 304 Not Modified\r\nServer: x\r\n\r\n"


def original(number: int, *fields: str, url: str | None = None) -> bytes:
    return record(http(page(number)), number=number, fields=fields, url=url)


def revisit(number: int, *fields: str, url: str | None = None) -> bytes:
    return record(NOT_CHANGED, "revisit", number, fields if any("Profile" in f for f in fields) else [REVISIT, *fields], url=url)  # fmt: skip  # noqa: E501


def run(folder: Path, files: dict[str, bytes], asked: Asked | None = None) -> list[Record]:
    """The records of files as a run reads them."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with Intake([str(folder / name) for name in files], asked=asked or Asked()) as intake:
        return list(intake.records(Tally()))


def captures(found: list[Record], kind: str = "revisit") -> list[Capture]:
    return [each for each in found if isinstance(each, Capture) and each.provenance.record_type == kind]


REFERENCES = {
    "record id": ["WARC-Refers-To: " + URN.format(1)],
    "digest": [DIGEST],
    "address and date": [
        "WARC-Refers-To-Target-URI: <http://example.org/1>",
        "WARC-Refers-To-Date: 2004-06-28T05:00:01Z",
    ],
}


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("order", ["first", "last"])
@pytest.mark.parametrize(
    "wrap", [packed, b"".join, lambda made: member(b"".join(made))], ids=["gzip", "plain", "whole"]
)
def test_a_payload_is_found_in_another_file(tmp_path: Path, reference: str, order: str, wrap: object) -> None:
    assert callable(wrap)
    originals = wrap([record(INFO, "warcinfo"), original(9), original(1, DIGEST), original(8)])
    revisits = wrap([revisit(20, *REFERENCES[reference])])
    names = ("a.warc", "b.warc") if order == "first" else ("z.warc", "b.warc")
    (found,) = captures(run(tmp_path, dict(sorted({names[0]: originals, names[1]: revisits}.items()))))
    assert found.payload == page(1)
    assert found.url == "http://example.org/20"
    refers = found.provenance.refers_to
    assert refers is not None
    assert refers.resolved
    assert refers.source == (tmp_path / names[0]).as_posix()


def test_the_files_of_a_folder_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(revisit(20, DIGEST))
    (tmp_path / "b.warc").write_bytes(original(1, DIGEST))
    assert [each.payload for each in captures(list(records(tmp_path)))] == [page(1)]


def test_a_payload_is_found_in_a_wacz(tmp_path: Path) -> None:
    wacz = zipped({"datapackage.json": b"{}", "archive/a.warc.gz": packed([*pages(3), original(1, DIGEST)])})
    (found,) = captures(run(tmp_path, {"a.wacz": wacz, "b.warc.gz": packed([revisit(20, DIGEST)])}))
    assert found.payload == page(1)
    assert found.provenance.refers_to is not None
    assert (found.provenance.refers_to.source or "").endswith("a.wacz!archive/a.warc.gz")


def test_the_surest_reference_wins_and_the_own_file_comes_first(tmp_path: Path) -> None:
    to_id, at = REFERENCES["record id"], REFERENCES["address and date"]
    far = packed([original(1), original(2, DIGEST), original(3, *at[:0])])
    by_id, by_digest = captures(
        run(tmp_path, {"a.warc.gz": far, "b.warc.gz": packed([revisit(20, *to_id, *at), revisit(21, DIGEST, *at)])})
    )
    assert (by_id.payload, by_digest.payload) == (page(1), page(2))
    near = packed([revisit(20, DIGEST), original(4, DIGEST)])
    (own,) = captures(run(tmp_path, {"a.warc.gz": far, "c.warc.gz": near}))
    assert own.payload == page(4)


@pytest.mark.parametrize("files", [1, 2])
def test_what_was_not_modified_is_the_newest_capture_before(tmp_path: Path, files: int) -> None:
    url = "http://example.org/same"
    made = [original(n, url=url) for n in (10, 30, 50, 20)]
    asking = [revisit(40, NOT_MODIFIED, url=url), revisit(5, NOT_MODIFIED, url=url)]
    data = {"a.warc": b"".join(made + asking)} if files == 1 else {"a.warc": b"".join(made), "b.warc": b"".join(asking)}
    later, earliest = captures(run(tmp_path, data))
    assert later.payload == page(30)
    assert earliest.payload == b""


def test_a_payload_of_another_digest_is_not_given(tmp_path: Path) -> None:
    other = "WARC-Payload-Digest: sha1:" + "B" * 32
    data = {"a.warc": original(1, other), "b.warc": revisit(2, DIGEST, *REFERENCES["record id"])}
    (found,) = captures(run(tmp_path, data))
    assert found.payload == b""
    assert found.provenance.refers_to is not None
    assert not found.provenance.refers_to.resolved


def test_circles_end(tmp_path: Path) -> None:
    to = "WARC-Refers-To: " + URN
    made = [revisit(n, to.format(m)) for n, m in ((1, 2), (2, 1), (3, 3), (4, 9))]
    found = captures(run(tmp_path, {"a.warc": b"".join(made[:2]), "b.warc": b"".join(made[2:])}))
    assert [each.payload for each in found] == [b""] * 4
    assert all(each.notes for each in found)


def test_other_files_are_looked_through_once_and_only_at_need(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "endleaf"):
        run(tmp_path, {"a.warc": original(1, DIGEST), "b.warc": b"".join([original(2, DIGEST), revisit(3, DIGEST)])})
        assert "looked through" not in caplog.text
        lost = [revisit(n, "WARC-Refers-To: " + URN.format(77)) for n in range(5)]
        run(tmp_path, {"a.warc": b"".join(lost), "b.warc": b"".join(lost)})
    assert caplog.text.count("looked through") == 1


# ---------------------------------------------------------------- segments

PARTS = (b"<p>One, ", b"two, three, ", b"and the last words.")


def segments(*numbers: int, total: int | None = None) -> list[bytes]:
    head = http(b"".join(PARTS))[: -len(b"".join(PARTS))]
    blocks = [head + PARTS[0], *PARTS[1:]]
    made = []
    for number in numbers:
        fields = [f"WARC-Segment-Number: {number}"]
        if number > 1:
            fields.append("WARC-Segment-Origin-ID: " + URN.format(1))
        if number == len(blocks):
            fields.append(f"WARC-Segment-Total-Length: {sum(map(len, blocks)) if total is None else total}")
        kind = "continuation" if number > 1 else "response"
        made.append(record(blocks[number - 1], kind, number, fields, url="http://example.org/long"))
    return made


@pytest.mark.parametrize("order", [(1, 2, 3), (1, 3, 2), (3, 2, 1), (2, 1, 3)])
@pytest.mark.parametrize("split", [0, 1, 2])
def test_segments_are_one_record(tmp_path: Path, order: tuple[int, ...], split: int) -> None:
    made = segments(*order)
    data = {"a.warc": b"".join([*made[:split], *pages(1)]), "b.warc.gz": packed([*pages(1), *made[split:]])}
    found = run(tmp_path, data)
    (joined,) = [each for each in captures(found, "response") if each.url == "http://example.org/long"]
    assert joined.payload == b"".join(PARTS)
    assert not joined.notes
    assert not [each for each in found if isinstance(each, Damage)]
    details = [each.detail for each in found if isinstance(each, Passed) and each.provenance.record_type == "continuation"]  # fmt: skip  # noqa: E501
    assert sorted(filter(None, details)) == [f"segment {n} of {URN.format(1)}" for n in (2, 3)]


@pytest.mark.parametrize(("order", "kept", "said"), [
    ((1, 3), PARTS[:1], "segment 2"), ((1, 2), PARTS[:2], "last segment"), ((1,), PARTS[:1], "last segment"),
])  # fmt: skip
def test_a_missing_segment_is_damage_and_what_there_is_is_kept(
    tmp_path: Path, order: tuple[int, ...], kept: tuple[bytes, ...], said: str
) -> None:
    found = run(tmp_path, {"a.warc.gz": packed([*segments(*order), *pages(2)])})
    assert captures(found, "response")[0].payload == b"".join(kept)
    (damage,) = [each for each in found if isinstance(each, Damage)]
    assert said in damage.reason
    assert len(captures(found, "response")) == 3


def test_segments_of_another_length_than_the_last_says_are_damage(tmp_path: Path) -> None:
    found = run(tmp_path, {"a.warc.gz": packed(segments(1, 2, 3, total=7))})
    (damage,) = [each for each in found if isinstance(each, Damage)]
    assert "7" in damage.reason


def test_a_segment_without_a_first_one_is_damage(tmp_path: Path) -> None:
    found = run(tmp_path, {"a.warc.gz": packed([*segments(2), *pages(1)])})
    (damage,) = [each for each in found if isinstance(each, Damage)]
    assert URN.format(1) in damage.reason
    assert len(captures(found, "response")) == 1


# ------------------------------------------------------------------- joins

POST = b"POST /form HTTP/1.1\r\nHost: example.org\r\n\r\na=b"
GET = b"GET /form HTTP/1.1\r\nHost: example.org\r\n\r\n"
HOPS = b"via: http://example.org/start\r\nhopsFromSeed: LLE\r\noutlink: http://example.org/x L a/@href\r\n"


def known(found: list[Record]) -> list[tuple[str | None, dict[str, str]]]:
    return [(each.provenance.method, dict(each.provenance.crawl)) for each in found if isinstance(each, Capture)]


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
def test_a_request_and_metadata_join_the_capture_that_they_name(tmp_path: Path, after: bool) -> None:
    to = "WARC-Concurrent-To: " + URN.format(1)
    told = [record(POST, "request", 2, [to]), record(HOPS, "metadata", 3, ["WARC-Refers-To: " + URN.format(1)])]
    own = original(1, "WARC-IP-Address: 192.0.2.7", "WARC-Page-ID: p1")
    data = [original(9), own, *told, original(8)] if after else [original(9), *told, own, original(8)]
    found = run(tmp_path, {"a.warc.gz": packed(data)})
    order = [each.provenance.record_id for each in found if not isinstance(each, Damage)]
    assert order == [URN.format(n) for n in ((9, 1, 2, 3, 8) if after else (9, 2, 3, 1, 8))]
    assert known(found)[1] == ("POST", {
        "WARC-IP-Address": "192.0.2.7", "WARC-Page-ID": "p1",
        "via": "http://example.org/start", "hopsFromSeed": "LLE",
    })  # fmt: skip
    assert known(found)[0] == known(found)[2] == (None, {})


def test_a_request_that_its_capture_names_and_one_of_the_same_address_and_time(tmp_path: Path) -> None:
    named = original(1, "WARC-Concurrent-To: " + URN.format(2))
    same = ["WARC-Date: 2004-06-28T05:00:04Z"]
    url = "http://example.org/4"
    made = [record(POST, "request", 2), named, record(GET, "request", 5, same, url=url), original(4)]
    assert [method for method, _ in known(run(tmp_path, {"a.warc.gz": packed(made)}))] == ["POST", "GET"]


def test_two_captures_of_one_second_keep_their_own_requests(tmp_path: Path) -> None:
    url, date = "http://example.org/form", "WARC-Date: 2004-06-28T05:00:00Z"
    made = [
        original(1, date, url=url), record(GET, "request", 2, [date, "WARC-Concurrent-To: " + URN.format(1)], url=url),
        original(3, date, url=url), record(POST, "request", 4, [date, "WARC-Concurrent-To: " + URN.format(3)], url=url),
    ]  # fmt: skip
    assert [method for method, _ in known(run(tmp_path, {"a.warc.gz": packed(made)}))] == ["GET", "POST"]


def test_records_come_in_the_order_of_the_file_however_many_wait(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(pages(60)) + b"junk" * 20 + packed(pages(20)))
    found = list(records(path))
    offsets = [each.offset if isinstance(each, Damage) else each.provenance.offset for each in found]
    assert len(found) == 83
    assert offsets == sorted(offsets, key=lambda each: each or 0)
