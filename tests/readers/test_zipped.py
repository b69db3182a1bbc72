"""Zips of anything: each member where it lies, and no zip that spends more than it may."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Passed
from endleaf.readers import Asked, records
from endleaf.readers.members import inside
from tests.readers.made import packed, pages, wacz, zipped
from tests.readers.test_warc import captures, damages, reading

HTML = b"<!DOCTYPE html><title>A page</title><p>Words of a page."
WARC = packed(pages(2))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_member_is_read_as_what_it_is(tmp_path: Path, method: int) -> None:
    data = zipped(
        {"a.html": HTML, "b/c.warc.gz": WARC, "d.wacz": wacz({"archive/a.warc.gz": WARC}), "e.txt": b"words"}, method
    )
    found = reading(tmp_path, data, "any.name")
    assert not damages(found)
    inner = [(each.provenance.source.partition("!")[2], each.provenance.container) for each in captures(found)]
    assert inner == [
        ("a.html", "html"),
        ("b/c.warc.gz", "warc"),
        ("b/c.warc.gz", "warc"),
        ("d.wacz!archive/a.warc.gz", "wacz"),
        ("d.wacz!archive/a.warc.gz", "wacz"),
        ("e.txt", "text"),
    ]


def test_what_lies_beside_a_member_is_in_the_zip(tmp_path: Path) -> None:
    data = zipped({"p.html": HTML, "p_files/f.html": HTML, "websites/example.org/a.html": HTML, ".x": b"x"})
    found = reading(tmp_path, data, "a.zip")
    assert [each.url for each in captures(found)] == [None, "http://example.org/a.html"]
    assert [each.reason for each in found if isinstance(each, Passed)] == [
        "a hidden file",
        "a part of the saved page p.html",
    ]


def test_zips_are_opened_three_deep(tmp_path: Path) -> None:
    data = zipped({"a.html": HTML})
    for depth in range(4):
        found = reading(tmp_path, data, "a.zip")
        assert len(captures(found)) == (depth < 3)
        assert bool(damages(found)) == (depth == 3)
        data = zipped({"in.zip": data})


def flagged(data: bytes) -> bytes:
    """The first member flagged as encrypted, before it and in the directory."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:6] + b"\x01\0" + data[8:at] + b"\x01\0" + data[at + 2 :]


def streamed() -> bytes:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.html", HTML)
        package.writestr("b.html", HTML + b" More.")
    return file.getvalue()


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    found = reading(tmp_path, flagged(zipped({"a.html": HTML, "b.html": HTML})), "a.zip")
    assert len(captures(found)) == 1
    assert "encrypted" in damages(found)[0].reason


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    names = {"../../e.html": HTML, "/abs.html": HTML, "C:\\d\\x.html": HTML, "ok.html": HTML}
    found = reading(tmp_path, zipped(names), "a.zip")
    assert len(captures(found)) == 4
    assert sum("leads out" in each.reason for each in damages(found)) == 3


@given(st.text())
def test_no_name_is_a_place_outside(name: str) -> None:
    path = inside(name)
    assert not path.is_absolute()
    assert ".." not in path.parts


def test_without_a_directory_members_are_sought(tmp_path: Path) -> None:
    for data in (streamed(), zipped({"a.html": HTML, "b.html": HTML + b" More."})):
        found = reading(tmp_path, data[: data.index(b"PK\x01\x02")], "a.zip")
        assert [each.payload for each in captures(found)] == [HTML, HTML + b" More."]
        assert "directory" in damages(found)[0].reason


def test_a_zip_cut_anywhere_tells_it(tmp_path: Path) -> None:
    data = zipped({"a.html": HTML, "b.warc.gz": WARC, "c.html": HTML}, zipfile.ZIP_DEFLATED)
    for cut in range(5, len(data), 61):
        try:
            found = reading(tmp_path, data[:cut], "a.zip")
        except UnreadableSource as error:
            assert "\n" not in str(error)
        else:
            assert damages(found)


def test_bytes_before_the_zip_are_no_matter(tmp_path: Path) -> None:
    data = zipped({"a.html": HTML})
    end = data.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", data, end + 12)
    assert offset + size == end
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no member" + data)
    assert len(captures(list(records(tmp_path / "a.zip")))) == 1


def test_members_that_overlap_are_unpacked_once(tmp_path: Path) -> None:
    """As a zip bomb has it: many names for the same packed bytes."""
    data = zipped({"a.html": HTML * 50}, zipfile.ZIP_DEFLATED)
    at, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[at:end]
    many = data[:at] + entry * 50 + data[end : end + 8] + struct.pack("<HHIIH", 50, 50, len(entry) * 50, at, 0)
    found = reading(tmp_path, many, "a.zip")
    assert len(captures(found)) == 1
    assert any("overlaps" in each.reason for each in damages(found))


def test_a_bomb_is_capped(tmp_path: Path) -> None:
    found = reading(tmp_path, zipped({"a.html": b"<p>" + bytes(40 << 20)}, zipfile.ZIP_DEFLATED), "a.zip")
    assert any("unpacks to more than" in each.reason for each in damages(found))


def test_bytes_that_were_changed_are_told(tmp_path: Path) -> None:
    for method, asked in ((zipfile.ZIP_STORED, Asked(fixity=True)), (zipfile.ZIP_DEFLATED, Asked())):
        data = zipped({"a.html": HTML}, method)
        crc = data[14:18]
        (tmp_path / "a.zip").write_bytes(data.replace(crc, b"\x01\x02\x03\x04"))
        found = list(records(tmp_path / "a.zip", asked))
        assert [type(each) for each in found] == [Capture, Damage]


def test_an_unknown_packing_is_named(tmp_path: Path) -> None:
    data = zipped({"a.html": HTML})
    at = data.index(b"PK\x01\x02") + 10
    found = list(reading(tmp_path, data[:at] + b"\x61\0" + data[at + 2 :], "a.zip"))
    assert ["method 97" in each.reason for each in damages(found)] == [True]


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as tar:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_file_is_read_packed_or_not(tmp_path: Path, mode: str) -> None:
    data = tarred({"p.html": HTML, "p_files/f.html": HTML, "c.warc.gz": WARC, "../e.html": HTML}, mode)
    found = reading(tmp_path, data, "a.bin")
    assert [each.provenance.source.partition("!")[2] for each in captures(found)] == [
        "../e.html",
        "c.warc.gz",
        "c.warc.gz",
        "p.html",
    ]
    assert ["leads out" in each.reason for each in damages(found)] == [True]


def test_a_tar_file_cut_anywhere_tells_it(tmp_path: Path) -> None:
    data = tarred({"a.html": HTML, "b.html": HTML * 30, "c.html": HTML})
    for cut in range(600, 512 * 8, 111):
        found = reading(tmp_path, data[:cut], "a.tar")
        assert captures(found)
        assert damages(found) or len(captures(found)) == 3


def test_a_gzipped_page_is_read(tmp_path: Path) -> None:
    found = reading(tmp_path, gzip.compress(HTML), "a.html.gz")
    assert [each.payload for each in captures(found)] == [HTML]
    assert damages(reading(tmp_path, gzip.compress(HTML * 99)[:-9], "a.html.gz"))
    with pytest.raises(UnreadableSource):
        reading(tmp_path, gzip.compress(gzip.compress(HTML)), "a.gz")


def test_a_document_that_is_a_zip_is_one_file(tmp_path: Path) -> None:
    found = reading(tmp_path, zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "a.docx")
    assert [each.provenance.container for each in captures(found)] == ["file"]


def test_a_page_before_a_zip_is_opened(tmp_path: Path) -> None:
    data = b"<!DOCTYPE html><title>Wait</title><!--" + b" " * 9000 + zipped({"index.html": HTML, "images/a.png": b"x"})
    found = reading(tmp_path, data, "page.zip.html")
    assert [each.payload for each in captures(found) if each.media_type == "text/html"] == [HTML]
