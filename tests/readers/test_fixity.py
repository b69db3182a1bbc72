"""Digests that records state: in every form, of every kind of bytes, right and wrong."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.checker import Checker

from endleaf.model import Capture, Damage, Fixity, Passed
from endleaf.readers import Asked, records
from endleaf.readers.fixity import ALGORITHMS, digest_of, parsed
from endleaf.readers.raw import MAX_BLOCK
from tests.readers.made import INFO, http, packed, page, record

CHECK = Asked(fixity=True)

FORMS: dict[str, Callable[[bytes], str]] = {
    "hex": bytes.hex,
    "HEX": lambda value: value.hex().upper(),
    "base 32": lambda value: base64.b32encode(value).decode(),
    "base 32, unpadded": lambda value: base64.b32encode(value).decode().rstrip("="),
    "base 32, lower": lambda value: base64.b32encode(value).decode().lower(),
    "base 64": lambda value: base64.b64encode(value).decode(),
    "base 64 for URLs": lambda value: base64.urlsafe_b64encode(value).decode().rstrip("="),
}


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def read(folder: Path, *made: bytes) -> tuple[list[Capture | Passed], list[Damage]]:
    path = folder / "a.warc.gz"
    path.write_bytes(packed(made))
    found = list(records(path, CHECK))
    return [each for each in found if not isinstance(each, Damage)], [
        each for each in found if isinstance(each, Damage)
    ]


def verdicts(record: Capture | Passed) -> list[tuple[str, str]]:
    return [(each.what, each.verdict) for each in record.provenance.fixity]


@given(
    data=st.binary(max_size=300),
    algorithm=st.sampled_from(sorted(ALGORITHMS)),
    form=st.sampled_from(sorted(FORMS)),
    label=st.sampled_from([str.upper, str.lower, lambda name: name.replace("sha", "SHA-")]),
)
def test_every_form_is_read(data: bytes, algorithm: str, form: str, label: Callable[[str], str]) -> None:
    value = hashlib.new(algorithm, data).digest()
    assert digest_of(algorithm, [data]) == value
    assert parsed(f"{label(algorithm)}:{FORMS[form](value)}").value == value


@given(st.text(max_size=60))
def test_what_is_no_digest_has_no_value(text: str) -> None:
    assert parsed(text).value is None or ":" in text


CHUNKED = b"5\r\n<p>on\r\n4;x=y\r\ne, t\r\n2\r\nwo\r\n0\r\n\r\n"


@pytest.mark.parametrize(("block", "of", "noted"), [
    (http(page(1)), page(1), False),
    (http(CHUNKED, "Transfer-Encoding: chunked"), CHUNKED, False),
    (http(CHUNKED, "Transfer-Encoding: chunked"), b"<p>one, two", False),
    (http(gzip.compress(page(1), mtime=0), "Content-Encoding: gzip"), gzip.compress(page(1), mtime=0), False),
    (http(gzip.compress(page(1), mtime=0), "Content-Encoding: gzip"), page(1), True),
    (http(page(1)), http(page(1)), True),
    (b"HTTP/1.1 100 Continue\r\n\r\n" + http(page(1)), page(1), False),
    (http(b""), b"", False),
], ids=["body", "chunks", "joined", "packed", "unpacked", "block", "after 100", "empty"])  # fmt: skip
def test_a_payload_digest_may_be_of_what_crawlers_took_it_of(
    tmp_path: Path, block: bytes, of: bytes, noted: bool
) -> None:
    fields = [f"WARC-Payload-Digest: {sha1(of)}", f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}"]
    (found,), damages = read(tmp_path, record(block, number=1, fields=fields))
    assert verdicts(found) == [("block", "match"), ("payload", "match")]
    assert not damages
    assert isinstance(found, Capture)
    assert bool(found.notes) == noted


@pytest.mark.parametrize("what", ["block", "payload"])
def test_a_digest_of_other_bytes_keeps_the_body_and_is_damage(tmp_path: Path, what: str) -> None:
    stated = sha1(b"other bytes")
    made = record(http(page(1)), number=1, fields=[f"WARC-{what.capitalize()}-Digest: {stated}"])
    (found, after), (damage,) = read(tmp_path, made, record(http(page(2)), number=2))
    assert isinstance(found, Capture)
    assert (found.payload, verdicts(found)) == (page(1), [(what, "mismatch")])
    assert f"its {what} digest" in damage.reason
    assert stated in damage.reason
    assert sha1(page(1) if what == "payload" else http(page(1))) in damage.reason
    assert damage.offset == 0
    assert damage.reason in found.notes
    assert isinstance(after, Capture)
    assert not after.notes


@pytest.mark.parametrize(("stated", "verdict"), [
    ("sha1:TOOSHORT", "malformed"), ("sha1:" + "1" * 32, "malformed"), ("no label", "malformed"),
    ("sha1:", "malformed"), ("crc32:01234567", "unknown algorithm"), ("xxh3:00", "unknown algorithm"),
])  # fmt: skip
def test_what_nobody_can_check_is_a_note_and_no_damage(tmp_path: Path, stated: str, verdict: str) -> None:
    (found,), damages = read(tmp_path, record(http(page(1)), fields=[f"WARC-Block-Digest: {stated}"]))
    assert not damages
    assert isinstance(found, Capture)
    assert found.provenance.fixity == (Fixity(what="block", stated=stated, verdict=verdict),)  # type: ignore[arg-type]
    assert verdict in found.notes[0]


@pytest.mark.parametrize(("kind", "field", "verdict"), [
    ("revisit", "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest", "not checkable"),
    ("response", "WARC-Truncated: length", "not checkable"),
    ("response", "WARC-Segment-Number: 1", "not checkable"),
])  # fmt: skip
def test_bytes_that_are_not_all_here_are_not_checkable(tmp_path: Path, kind: str, field: str, verdict: str) -> None:
    fields = [field, f"WARC-Payload-Digest: {sha1(b'all the bytes')}"]
    (found, *_), _ = read(tmp_path, record(http(b"all"), kind, fields=fields))
    assert verdicts(found) == [("payload", verdict)]
    assert not [note for note in getattr(found, "notes", ()) if "digest" in note]


@pytest.mark.parametrize(("kind", "block", "payload"), [
    ("warcinfo", INFO, INFO),
    ("request", b"POST / HTTP/1.1\r\nHost: x\r\n\r\na=b", b"a=b"),
    ("request", b"GET / HTTP/1.1\r\n\r\n", b""),
    ("metadata", b"via: x\r\n", b"via: x\r\n"),
    ("resource", page(1), page(1)),
])  # fmt: skip
def test_records_of_every_type_are_checked(tmp_path: Path, kind: str, block: bytes, payload: bytes) -> None:
    right = [f"WARC-Block-Digest: {sha1(block)}", f"WARC-Payload-Digest: {sha1(payload)}"]
    wrong = [f"WARC-Block-Digest: {sha1(b'x')}", f"WARC-Payload-Digest: {sha1(payload)}"]
    found, damages = read(tmp_path, record(block, kind, 1, right), record(block, kind, 2, wrong))
    assert [verdict for each in found for _, verdict in verdicts(each)] == ["match", "match", "mismatch", "match"]
    assert len(damages) == 1


def test_a_block_too_long_to_be_held_is_checked_all_the_same(tmp_path: Path) -> None:
    body = b"word " * (MAX_BLOCK // 5 + 1000)
    block = http(body, "Content-Type: video/x-any")
    right = [f"WARC-Block-Digest: {sha1(block)}", f"WARC-Payload-Digest: {sha1(body)}"]
    wrong = [f"WARC-Block-Digest: {sha1(block[:-1])}"]
    path = tmp_path / "a.warc"
    path.write_bytes(record(block, fields=right) + record(block, fields=wrong))
    found = list(records(path, CHECK))
    assert [verdict for each in found if isinstance(each, Capture) for _, verdict in verdicts(each)] == [
        "match", "match", "mismatch",
    ]  # fmt: skip


def test_a_block_digest_of_the_body_alone_is_noted(tmp_path: Path) -> None:
    (found,), damages = read(tmp_path, record(http(page(1)), fields=[f"WARC-Block-Digest: {sha1(page(1))}"]))
    assert verdicts(found) == [("block", "match")]
    assert not damages
    assert isinstance(found, Capture)
    assert "the body alone" in found.notes[0]


def test_nothing_is_checked_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(page(1)), fields=[f"WARC-Block-Digest: {sha1(b'x')}"]))
    (found,) = records(path)
    assert isinstance(found, Capture)
    assert not found.provenance.fixity
    assert not found.notes


def test_no_mismatch_that_warcio_finds_is_missed(tmp_path: Path) -> None:
    made = [
        record(http(page(1)), fields=[f"WARC-{what}-Digest: {sha1(of)}"])
        for what, right in (("Block", http(page(1))), ("Payload", page(1)))
        for of in (right, b"other")
    ]
    path = tmp_path / "a.warc.gz"
    for each in made:
        path.write_bytes(packed([each]))
        checker = Checker(type("Given", (), {"verbose": False, "inputs": [str(path)]})())
        checker.process_all()
        ours = any(isinstance(found, Damage) for found in records(path, CHECK))
        assert ours == bool(checker.exit_value)
