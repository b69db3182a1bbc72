"""Each bit flipped, each cut, in each form of WARC: what is untouched comes out as it was, what is not is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Record
from endleaf.readers import Entry, entries, records
from tests.readers.made import member, pages
from tests.readers.test_zstd import DICTIONARY, frames, skippable

PARTS = pages(4)
FORMS: dict[str, list[bytes]] = {
    "plain": PARTS,
    "gzip": [member(part) for part in PARTS],
    "zstd": frames(PARTS),
    "zstd with a dictionary": [skippable(DICTIONARY.dict_content), *frames(PARTS, DICTIONARY)],
    "zstd with a packed dictionary": [skippable(frames([DICTIONARY.dict_content])[0]), *frames(PARTS, DICTIONARY)],
}
SUFFIX = {"plain": "", "gzip": ".gz"}
EVERY = 37
"""Bits from one that is flipped to the next; no multiple of eight, so that all bits of bytes have their turn."""


class Form:
    """A file in pieces, of which each is a record, or the dictionary of all others."""

    def __init__(self, name: str, folder: Path) -> None:
        self.path = folder / f"a.warc{SUFFIX.get(name, '.zst')}"
        self.checked = name != "plain"
        self.pieces = FORMS[name]
        self.whole = b"".join(self.pieces)
        self.ends = [sum(map(len, self.pieces[: n + 1])) for n in range(len(self.pieces))]
        self.dictionary = len(self.pieces) - len(PARTS)
        self.good = [*[()] * self.dictionary, *map(told, self.read(self.whole))]

    def read(self, data: bytes) -> list[Record]:
        self.path.write_bytes(data)
        return list(records(self.path))

    def listed(self, data: bytes) -> list[Entry | Damage]:
        self.path.write_bytes(data)
        return list(entries(self.path))

    def hit(self, place: int) -> int:
        return next(n for n, end in enumerate(self.ends) if place < end)


def told(record: Record) -> tuple[object, ...]:
    """All that is said of a record."""
    if isinstance(record, Damage):
        return ()
    known = record.provenance
    rest = (record.payload, record.http, record.notes) if isinstance(record, Capture) else (record.reason,)
    return (known.offset, known.length, known.record_id, known.url, known.sha256, *rest)


def places(form: Form) -> Iterator[int]:
    """Bits, not those of a dictionary's content: all records hang on it."""
    start = 8 if form.dictionary else 0
    yield from range(0, 8 * start, 5)
    yield from range(8 * form.ends[0] if form.dictionary else 0, 8 * len(form.whole), EVERY)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, tmp_path: Path) -> Form:
    return Form(request.param, tmp_path)


def test_a_bit_flipped_anywhere(form: Form) -> None:
    for bit in places(form):
        data = bytearray(form.whole)
        data[bit // 8] ^= 1 << bit % 8
        found = form.read(bytes(data))
        hit = form.hit(bit // 8)
        said = list(map(told, found))
        assert [each for n, each in enumerate(form.good) if n != hit and each not in said] == [], bit
        damages = [each for each in found if isinstance(each, Damage)]
        assert all(each.offset is not None and each.reason and each.source for each in damages)
        if form.checked:
            assert damages or said == form.good[form.dictionary :], bit


def test_cut_anywhere(form: Form) -> None:
    for cut in range(form.ends[form.dictionary], len(form.whole), 7):
        found = form.read(form.whole[:cut])
        whole = sum(end <= cut for end in form.ends)
        assert list(map(told, found))[: whole - form.dictionary] == form.good[form.dictionary : whole], cut
        assert any(isinstance(each, Damage) for each in found) or cut in form.ends, cut


def test_of_a_file_cut_in_its_first_record_something_is_said(form: Form) -> None:
    for cut in range(1, form.ends[form.dictionary], 7):
        try:
            found = form.read(form.whole[:cut])
        except UnreadableSource:
            continue
        assert any(isinstance(each, Damage) for each in found) or cut in form.ends, cut


def test_an_index_tells_the_same_of_a_bit_flipped_or_a_cut(form: Form) -> None:
    flipped = bytearray(form.whole)
    for bit in list(places(form))[::5]:
        flipped[bit // 8] ^= 1 << bit % 8
        assert counts(form.listed(bytes(flipped))) == counts(form.read(bytes(flipped))), bit
        flipped[bit // 8] ^= 1 << bit % 8
    for cut in range(form.ends[form.dictionary], len(form.whole), 61):
        assert counts(form.listed(form.whole[:cut])) == counts(form.read(form.whole[:cut])), cut


def counts(found: list[Entry | Damage] | list[Record]) -> tuple[int, int]:
    damages = sum(isinstance(each, Damage) for each in found)
    return len(found) - damages, damages
