"""WARC packed with Zstandard: a frame a record, with a dictionary or none, or one frame for all."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Record
from endleaf.readers import records
from tests.readers.made import http, page, pages, record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
CHECKED: dict[int, int] = {zstd.CompressionParameter.checksum_flag: 1}
DICTIONARY = zstd.train_dict([record(http(page(n) * 3), number=n) for n in range(200)], 4_000)
PARTS = pages(5)


def skippable(data: bytes, number: int = 0xD) -> bytes:
    return bytes((0x50 + number,)) + b"\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data


def frames(parts: list[bytes], dictionary: zstd.ZstdDict | None = None) -> list[bytes]:
    return [zstd.compress(part, options=CHECKED, zstd_dict=dictionary) for part in parts]


FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    "a frame a record": lambda parts: b"".join(frames(parts)),
    "with a dictionary": lambda parts: b"".join([skippable(DICTIONARY.dict_content), *frames(parts, DICTIONARY)]),
    "with a dictionary that is packed": lambda parts: b"".join(
        [skippable(zstd.compress(DICTIONARY.dict_content)), *frames(parts, DICTIONARY)]
    ),
    "one frame": lambda parts: b"".join(frames([b"".join(parts)])),
    "with other skippable frames": lambda parts: b"".join(skippable(b"note", 2) + each for each in frames(parts)),
}


def read(folder: Path, data: bytes) -> list[Record]:
    path = folder / "a.warc.zst"
    path.write_bytes(data)
    return list(records(path))


def payloads(found: list[Record]) -> list[bytes]:
    return [each.payload for each in found if isinstance(each, Capture)]


@pytest.mark.parametrize("form", FORMS)
def test_every_record_is_read(tmp_path: Path, form: str) -> None:
    found = read(tmp_path, FORMS[form](PARTS))
    assert payloads(found) == [page(n) for n in range(5)]
    assert not any(isinstance(each, Damage) for each in found)


def test_places_are_those_of_the_frames(tmp_path: Path) -> None:
    data = FORMS["with a dictionary"](PARTS)
    for each in read(tmp_path, data):
        assert isinstance(each, Capture) or not isinstance(each, Damage)
        offset, length = each.provenance.offset, each.provenance.length
        assert offset is not None
        assert length is not None
        assert zstd.decompress(data[offset : offset + length], zstd_dict=DICTIONARY) in PARTS


def test_a_revisit_finds_its_payload(tmp_path: Path) -> None:
    digest = ["WARC-Payload-Digest: sha1:AAAA"]
    parts = [record(http(page(1)), number=1, fields=digest), record(http(b""), "revisit", 2, digest)]
    assert payloads(read(tmp_path, FORMS["with a dictionary"](parts))) == [page(1), page(1)]


@pytest.mark.parametrize(
    "data", [zstd.compress(b"notes on nothing"), skippable(b"no dictionary") + frames(PARTS, None)[0][:3]]
)
def test_what_is_no_warc_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notes.zst"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=r"notes\.zst"):
        list(records(path))


@pytest.mark.parametrize("hit", [0, 2, 60, 9000])
def test_frames_of_whole_blocks_are_found_again(tmp_path: Path, hit: int) -> None:
    chance = random.Random(4)
    long = [chance.randbytes(200_000).hex().encode() for _ in range(4)]
    parts = frames([record(http(each), number=n) for n, each in enumerate(long)])
    for number in (0, 2):
        broken = bytearray(parts[number])
        broken[hit] ^= 1
        found = read(tmp_path, b"".join([*parts[:number], bytes(broken), *parts[number + 1 :]]))
        assert {each for n, each in enumerate(long) if n != number} <= set(payloads(found))
        assert any(isinstance(each, Damage) for each in found)


def test_a_frame_that_unpacks_to_a_thousand_times_is_kept_in_part(tmp_path: Path) -> None:
    parts = [PARTS[1], record(http(bytes(40 << 20)), number=1), PARTS[3]]
    found = read(tmp_path, b"".join(frames(parts)))
    assert [len(each) for each in payloads(found)] == [len(page(0)), (32 << 20) - len(http(b"")), len(page(2))]
    assert any(isinstance(each, Damage) for each in found)


@LENIENT
@given(st.sampled_from(["a frame a record", "with a dictionary"]), st.integers(1, 5), st.data())
def test_damage_to_a_frame_costs_its_record(tmp_path: Path, form: str, number: int, data: st.DataObject) -> None:
    start, end = len(FORMS[form](PARTS[:number])), len(FORMS[form](PARTS[: number + 1]))
    whole = bytearray(FORMS[form](PARTS))
    whole[data.draw(st.integers(start, end - 1))] ^= 1 << data.draw(st.integers(0, 7))
    found = read(tmp_path, bytes(whole))
    assert {page(n) for n in range(5) if n != number - 1} <= set(payloads(found))
    assert any(isinstance(each, Damage) for each in found) or payloads(found) == [page(n) for n in range(5)]


@LENIENT
@given(st.sampled_from(["a frame a record", "with a dictionary"]), st.data())
def test_cut_anywhere(tmp_path: Path, form: str, data: st.DataObject) -> None:
    ends = [len(FORMS[form](PARTS[:n])) for n in range(7)]
    cut = data.draw(st.integers(ends[1], ends[6] - 1))
    found = read(tmp_path, FORMS[form](PARTS)[:cut])
    assert payloads(found)[: max(0, sum(end <= cut for end in ends) - 2)] == [
        page(n) for n in range(max(0, sum(end <= cut for end in ends) - 2))
    ]
    assert cut in ends or any(isinstance(each, Damage) for each in found)
