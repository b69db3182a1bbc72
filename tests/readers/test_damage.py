"""Damage of every kind: no intact record is lost, every damage is told with its place, nothing raises or hangs."""

from __future__ import annotations

import gzip
import random
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Record
from endleaf.readers import records
from tests.readers.made import http, member, packed, page, pages, record
from tests.readers.test_warc import LENIENT, Wrap, captures, damages, reading
from tests.readers.test_warc import whole as whole_gzip

PLAIN = pages(4)
GZIP = [member(each) for each in PLAIN]


def ends(parts: list[bytes]) -> list[int]:
    total = 0
    return [total := total + len(part) for part in parts]


def whole(found: list[Record]) -> list[bytes]:
    """The payloads of the captures that nothing is said against."""
    return [each.payload for each in found if isinstance(each, Capture) and not each.notes]


@LENIENT
@given(cut=st.integers(5, len(b"".join(PLAIN)) - 1))
def test_a_plain_file_cut_anywhere(tmp_path: Path, cut: int) -> None:
    found = reading(tmp_path, b"".join(PLAIN)[:cut], "a.warc")
    intact = sum(end <= cut for end in ends(PLAIN)[1:])
    assert whole(found)[:intact] == [page(n) for n in range(intact)]
    assert damages(found) or cut in ends(PLAIN)


@LENIENT
@given(cut=st.integers(100, len(b"".join(GZIP)) - 1))
def test_a_gzip_file_cut_anywhere(tmp_path: Path, cut: int) -> None:
    found = reading(tmp_path, b"".join(GZIP)[:cut])
    intact = sum(end <= cut for end in ends(GZIP)[1:])
    assert whole(found) == [page(n) for n in range(intact)]
    assert damages(found) or cut in ends(GZIP)


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_the_closing_line_ends_are_missed(tmp_path: Path, missing: int) -> None:
    found = reading(tmp_path, b"".join(PLAIN)[:-missing], "a.warc")
    assert [each.payload for each in captures(found)] == [page(n) for n in range(4)]
    assert len(damages(found)) == 1


def test_what_stands_where_a_record_should_close(tmp_path: Path) -> None:
    found = reading(tmp_path, b"".join([*PLAIN[:2], PLAIN[2][:-4] + b"????", *PLAIN[3:]]), "a.warc")
    assert [each.payload for each in captures(found)] == [page(n) for n in range(4)]
    assert [damage.offset for damage in damages(found)] == [ends(PLAIN)[2] - 4]


@pytest.mark.parametrize("place", [-8, -1], ids=["checksum", "size"])
def test_a_record_whose_checksum_fails_is_kept_and_flagged(tmp_path: Path, place: int) -> None:
    hit = bytearray(GZIP[2])
    hit[place] ^= 1
    found = reading(tmp_path, b"".join([*GZIP[:2], bytes(hit), *GZIP[3:]]))
    assert [each.payload for each in captures(found)] == [page(n) for n in range(4)]
    assert [bool(each.notes) for each in captures(found)] == [False, True, False, False]
    assert damages(found)[0].url == "http://example.org/1"


def test_what_comes_before_a_fault_is_kept(tmp_path: Path) -> None:
    text = random.Random(3).randbytes(6000).hex().encode()
    broken = bytearray(member(record(http(text), number=1)))
    broken[len(broken) // 2 : len(broken) // 2 + 40] = bytes(40)
    kept = captures(reading(tmp_path, b"".join([*GZIP[:2], bytes(broken), *GZIP[2:]])))[1]
    assert len(kept.payload) > 1000
    assert kept.notes
    assert kept.payload[:1000] == text[:1000]


def unharmed(hit: bytes, content: bytes) -> bool:
    """Whether a bit was hit that nothing depends on: the time, the system, the padding of the last byte."""
    try:
        return gzip.decompress(hit) == content
    except (OSError, EOFError, zlib.error):
        return False


@LENIENT
@given(bit=st.integers(0, 8 * len(GZIP[2]) - 1))
def test_a_bit_flipped_in_a_member_costs_no_other_record(tmp_path: Path, bit: int) -> None:
    hit = bytearray(GZIP[2])
    hit[bit // 8] ^= 1 << bit % 8
    found = reading(tmp_path, b"".join([*GZIP[:2], bytes(hit), *GZIP[3:]]))
    payloads = [each.payload for each in captures(found)]
    assert [payloads[0], *payloads[-2:]] == [page(0), page(2), page(3)]
    assert damages(found) or unharmed(bytes(hit), PLAIN[2])
    for damage in damages(found):
        assert damage.offset is not None
        assert damage.offset >= ends(GZIP)[1]


@LENIENT
@given(st.lists(st.integers(0, len(b"".join(PLAIN)) - 1), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_bytes_changed_anywhere_never_raise(tmp_path: Path, places: list[int], rng: random.Random) -> None:
    for parts in (PLAIN, GZIP, [member(b"".join(PLAIN))]):
        data = bytearray(b"".join(parts))
        for place in places:
            data[place % len(data)] = rng.randrange(256)
        try:
            found = reading(tmp_path, bytes(data))
        except UnreadableSource:
            continue
        assert found


@LENIENT
@given(st.binary(max_size=4000))
def test_any_bytes_at_all_are_read_or_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    for start in (b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0", b"PK\x03\x04", GZIP[0][:-9]):
        path = tmp_path / "any.warc.gz"
        path.write_bytes(start + data)
        try:
            list(records(path))
        except UnreadableSource as error:
            assert "\n" not in str(error)


GARBAGE = {
    "text": b"<html>502 Bad Gateway</html>\r\n\r\n",
    "noise": random.Random(7).randbytes(3000),
    "looks like gzip": b"\x1f\x8b\x08\0 and is not" * 20,
    "speaks of WARC": b"every WARC/1.0 file begins so\r\nWARC/1.0\r\n\r\n",
    "noughts": bytes(5000),
    "the end of a member": GZIP[1][40:],
}


@pytest.mark.parametrize("parts", [PLAIN, GZIP], ids=["plain", "gzip"])
@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("place", [0, 2, 5], ids=["before", "between", "after"])
def test_garbage_is_passed_over_and_told(tmp_path: Path, parts: list[bytes], garbage: str, place: int) -> None:
    data = [*parts[:place], GARBAGE[garbage], *parts[place:]]
    found = reading(tmp_path, b"".join(data))
    assert [each.payload for each in captures(found)] == [page(n) for n in range(4)]
    places = [damage.offset for damage in damages(found)]
    assert places
    assert places[0] == sum(map(len, parts[:place]))


LENGTHS: dict[str, Callable[[int], str]] = {
    "too small": lambda size: str(size - 40),
    "too big": lambda size: str(size + 60),
    "beyond the file": lambda size: "1000000000000",
    "beyond any number": lambda size: "18446744073709551616",
    "negative": lambda size: "-5",
    "a word": lambda size: "many",
    "other digits": lambda size: "١٢٣",
}


@pytest.mark.parametrize("wrap", [b"".join, packed, whole_gzip], ids=["plain", "gzip", "whole"])
@pytest.mark.parametrize("length", LENGTHS)
def test_a_length_that_lies_costs_no_other_record(tmp_path: Path, wrap: Wrap, length: str) -> None:
    block = http(page(99))
    liar = record(block, number=99, length=LENGTHS[length](len(block)))
    data = wrap([*PLAIN[:3], liar, *PLAIN[3:]])
    found = reading(tmp_path, data)
    payloads = [each.payload for each in captures(found)]
    assert [*payloads[:2], *payloads[-2:]] == [page(n) for n in range(4)]
    assert damages(found)
    if length != "too small":
        assert payloads[2].rstrip() == page(99)


def test_a_length_that_lies_is_not_allocated(tmp_path: Path) -> None:
    found = reading(tmp_path, packed([*PLAIN[:2], record(http(page(9)), number=9, length="99999999999999")]))
    assert captures(found)[-1].payload.rstrip() == page(9)
    assert "of 99999999999999 bytes" in damages(found)[0].reason


@pytest.mark.parametrize("field", ["WARC-Type", "WARC-Date", "WARC-Target-URI", "WARC-Record-ID", "Content-Length"])
def test_a_field_that_must_be_there_is_missed(tmp_path: Path, field: str) -> None:
    lines = record(http(page(1)), number=1).split(b"\r\n")
    without = b"\r\n".join(line for line in lines if not line.startswith(field.encode() + b":"))
    found = reading(tmp_path, packed([PLAIN[0], without, PLAIN[2]]))
    assert any(field in damage.reason for damage in damages(found))
    assert captures(found)[-1].payload == page(1)


def test_a_header_that_breaks_off_where_the_next_record_starts(tmp_path: Path) -> None:
    for wrap in (b"".join, whole_gzip):
        found = reading(tmp_path, wrap([*PLAIN[:2], PLAIN[2][:60] + b"\r\n", *PLAIN[2:]]))
        assert [each.payload for each in captures(found)] == [page(0), b"", page(1), page(2), page(3)]
        assert "inside its header" in damages(found)[0].reason


def test_starts_without_ends_take_no_longer_than_their_bytes(tmp_path: Path) -> None:
    start = time.monotonic()
    assert reading(tmp_path, b"WARC/1.0\nA:\n" * 20000, "a.warc")
    assert time.monotonic() - start < 5


def test_a_header_without_end_is_not_held(tmp_path: Path) -> None:
    endless = b"WARC/1.0\r\nWARC-Type: response\r\nX-Long: " + b"a" * (3 << 20) + b"\r\n\r\n"
    for wrap in (b"".join, packed):
        found = reading(tmp_path, wrap([*PLAIN[:2], endless, *PLAIN[2:]]))
        assert [each.payload for each in captures(found)] == [page(n) for n in range(4)]
        assert damages(found)


def test_damage_names_the_record_it_befell(tmp_path: Path) -> None:
    found = reading(tmp_path, b"".join(PLAIN)[:-50], "cut.warc")
    (damage,) = damages(found)
    assert damage.source == (tmp_path / "cut.warc").as_posix()
    assert damage.offset == sum(map(len, PLAIN[:-1]))
    assert damage.url == "http://example.org/3"
    assert captures(found)[-1].notes
    assert page(3).startswith(captures(found)[-1].payload)
