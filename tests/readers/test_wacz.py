"""WACZ: members read where they lie, broken packages told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from endleaf.errors import UnreadableSource
from tests.readers.made import member, packed, page, pages, wacz, zipped
from tests.readers.test_warc import captures, damages, reading

GZIP = packed(pages(3))
MEMBERS = {
    "archive/b.warc.gz": GZIP,
    "archive/a.warc": b"".join(pages(2)),
    "indexes/index.cdx": b"org,example)/0 20040628050000 {}\n",
    "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n',
}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_every_warc_in_it_is_read_in_order(tmp_path: Path, method: int) -> None:
    found = reading(tmp_path, wacz(MEMBERS, method), "a.wacz")
    assert not damages(found)
    assert [each.payload for each in captures(found)] == [page(0), page(1), page(0), page(1), page(2)]
    sources = [each.provenance.source.rpartition("!")[2] for each in captures(found)]
    assert sources == ["archive/a.warc"] * 2 + ["archive/b.warc.gz"] * 3
    assert {each.provenance.container for each in captures(found)} == {"wacz"}
    last = captures(found)[-1].provenance
    assert last.offset is not None
    assert GZIP[last.offset : last.offset + (last.length or 0)] == member(pages(3)[-1])


def test_it_is_known_by_its_bytes(tmp_path: Path) -> None:
    assert len(captures(reading(tmp_path, wacz(MEMBERS), "renamed.bin"))) == 5


def test_damage_inside_names_the_member(tmp_path: Path) -> None:
    found = reading(tmp_path, wacz({**MEMBERS, "archive/b.warc.gz": GZIP[:-30]}), "a.wacz")
    (damage,) = damages(found)
    assert damage.source.endswith("a.wacz!archive/b.warc.gz")
    assert damage.offset == len(packed(pages(3)[:-1]))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_package_cut_anywhere_never_raises_a_traceback(tmp_path: Path, method: int) -> None:
    data = wacz(MEMBERS, method)
    for cut in range(5, len(data), 97):
        try:
            found = reading(tmp_path, data[:cut], "a.wacz")
        except UnreadableSource as error:
            assert "\n" not in str(error)
        else:
            assert damages(found)


def test_a_package_without_its_directory_still_gives_what_is_stored(tmp_path: Path) -> None:
    found = reading(tmp_path, wacz(MEMBERS)[:-400], "a.wacz")
    assert len(captures(found)) == 5
    assert "directory" in damages(found)[0].reason


def test_two_members_of_one_name_are_both_read_and_told(tmp_path: Path) -> None:
    data = zipped({"archive/a.warc.gz": GZIP, "archive/x.warc.gz": GZIP, "datapackage.json": b"{}"})
    found = reading(tmp_path, data.replace(b"archive/x.warc.gz", b"archive/a.warc.gz"), "a.wacz")
    assert len(captures(found)) == 6
    assert "2 members" in damages(found)[0].reason


@pytest.mark.parametrize(
    "data", [b"PK\x05\x06" + bytes(18), zipped({"datapackage.json": b"{}"}), b"<html>", b"PK\x03\x04"]
)
def test_what_holds_no_warc_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.wacz"):
        reading(tmp_path, data, "a.wacz")


def test_a_member_that_unpacks_without_end_is_capped(tmp_path: Path) -> None:
    found = reading(tmp_path, zipped({"archive/a.warc": bytes(120 << 20)}, zipfile.ZIP_DEFLATED), "a.wacz")
    assert any("unpacks to more than" in damage.reason for damage in damages(found))
