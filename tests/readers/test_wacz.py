"""WACZ: members read where they lie, broken packages told."""

from __future__ import annotations

import bz2
import zipfile
from pathlib import Path

import pytest

from endleaf.errors import UnreadableSource
from endleaf.model import Damage
from endleaf.readers import Asked, records, source_at
from endleaf.readers.wacz_package import findings
from tests.readers.made import member, packed, page, pages, wacz, zipped
from tests.readers.test_warc import captures, damages, reading

GZIP = packed(pages(3))
CHECKED = Asked(fixity=True)
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


def test_what_the_package_says_is_held_against_what_is_in_it(tmp_path: Path) -> None:
    good = wacz(MEMBERS)
    assert not checked(tmp_path, good)
    changed = good.replace(b"org,example)/0", b"org,example)/1")
    assert [each.rpartition("!")[2] for each in checked(tmp_path, changed)] == ["indexes/index.cdx"]
    assert checked(tmp_path, changed, Asked()) == {}
    other = good.replace(b'"wacz_version": "1.1.1"', b'"wacz_version": "1.1.2"')
    assert "datapackage-digest.json" in next(iter(checked(tmp_path, other).values()))


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (None, "the package has no datapackage.json"),
        (b"{", "cannot be read"),
        (b'{"resources": ' + b"[" * 100_000, "cannot be read"),
        (b"[]", "holds no object"),
        (b"{}", "no resources"),
        (b'{"resources": [{"path": "../a.warc", "hash": "sha256:00"}]}', "no file of the package"),
        (b'{"resources": [{"path": "http://example.org/", "hash": "sha256:00"}]}', "no file of the package"),
        (b'{"resources": [7]}', "states no path"),
        (b'{"resources": [{"path": "archive/gone.warc"}]}', "is not in the package"),
        (b'{"resources": [{"path": "pages/pages.jsonl"}]}', "nothing vouches for it"),
        (b'{"resources": [{"path": "archive/a.warc", "hash": "xyz:00"}]}', "unknown algorithm"),
        (b'{"resources": [{"path": "archive/a.warc", "hash": "sha256:00", "bytes": 1}]}', "lists 1"),
    ],
)
def test_each_fault_of_a_package_is_named(tmp_path: Path, package: bytes | None, words: str) -> None:
    members = {**MEMBERS, **({"datapackage.json": package} if package is not None else {})}
    (tmp_path / "a.wacz").write_bytes(zipped(members))
    found = list(records(tmp_path / "a.wacz", Asked(fixity=True)))
    assert len(captures(found)) == 5
    assert any(words in each.reason for each in damages(found))
    with source_at(tmp_path / "a.wacz") as source:
        assert any(words in each.reason for each in findings(source))


def checked(tmp_path: Path, data: bytes, asked: Asked = CHECKED) -> dict[str, str]:
    (tmp_path / "a.wacz").write_bytes(data)
    return {each.source: each.reason for each in damages(list(records(tmp_path / "a.wacz", asked)))}


def test_a_package_of_packages(tmp_path: Path) -> None:
    inner = wacz({"archive/deep/a.warc.gz": GZIP})
    data = wacz({"one.wacz": inner, "two.wacz": inner}, profile="multi-wacz-package")
    found = reading(tmp_path, data, "a.wacz")
    assert not damages(found)
    sources = [each.provenance.source.partition("!")[2] for each in captures(found)]
    assert sources == ["one.wacz!archive/deep/a.warc.gz"] * 3 + ["two.wacz!archive/deep/a.warc.gz"] * 3


def test_parts_of_a_package_at_an_address_are_named(tmp_path: Path) -> None:
    package = b'{"profile": "multi-wacz-package", "resources": [{"path": "https://example.org/a.wacz"}]}'
    (damage,) = reading(tmp_path, zipped({"datapackage.json": package}), "a.wacz")
    assert isinstance(damage, Damage)
    assert damage.url == "https://example.org/a.wacz"


LIST = b"""{"format": "json-pages-1.0"}
{"url": "http://example.org/0", "ts": "2004-06-28T05:00:09.5Z", "title": "A  title", "seed": true}
{"url": "http://example.org/1", "ts": "2009-06-28T05:00:00Z", "title": "Another time"}
{"url": "http://example.org/2", "ts": 7, "title": []}
not json
["no object"]
{"title": "no address"}
"""


def test_page_lists_say_which_captures_are_pages(tmp_path: Path) -> None:
    found = reading(tmp_path, wacz({"archive/a.warc.gz": GZIP, "pages/pages.jsonl": LIST}), "a.wacz")
    said = [[(each.what, each.value) for each in capture.provenance.evidence] for capture in captures(found)]
    assert said == [[("listed", "seed"), ("title", "A title")], [], [("listed", "page")]]
    assert [each.reason.split()[1] for each in damages(found)] == ["5", "6", "7"]


def test_a_warc_packed_as_a_whole_in_a_package(tmp_path: Path) -> None:
    found = reading(tmp_path, wacz({"archive/a.warc.bz2": bz2.compress(b"".join(pages(2)))}), "a.wacz")
    assert [each.payload for each in captures(found)] == [page(0), page(1)]
    assert {each.provenance.container for each in captures(found)} == {"wacz"}
