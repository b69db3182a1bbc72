"""Saved files, folders of them, and what a path says."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.errors import UnreadableSource, UsageError
from endleaf.model import Capture, Damage
from endleaf.readers import READERS, records, sniff, sources
from endleaf.readers.paths import origin_of
from tests.readers.made import packed, page, pages, zipped
from tests.readers.test_warc import captures, reading

HTML = b"<!DOCTYPE html>\n<title>Saved</title><p>Words"
KINDS = {
    "warc": [b"WARC/1.0\r\nWARC-Type: x\r\n\r\n", packed(pages(1)), b"\r\nWARC/0.18\n"],
    "wacz": [zipped({"archive/a.warc": b"WARC/1.0\r\n", "datapackage.json": b"{}"})],
    "html": [
        HTML, b"\xef\xbb\xbf  \n<html>", "\ufeff<html><p>wide".encode("utf-16"), "<html><p>a</p>".encode("utf-16-le"),
        b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", b"<!-- saved from url=(0009)http://x/-->",
        b"words <b>and</b> <i>more</i> words <br> and more", b"<p>with a \0 in it</p>", b"<HEAD><TITLE>Old</TITLE>",
    ],
    "text": [b"Just words, in lines.\nAnd more.\n", "naïve café".encode(), "naïve café".encode("latin-1")],
    "file": [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.4\n\x00\x01\x02", b"\xff\xd8\xff\xe0\0\x10JFIF\0"],
    "bz2": [bz2.compress(b"WARC/1.0\r\n")],
    "xz": [lzma.compress(b"WARC/1.0\r\n")],
    "zip": [zipped({"page.html": HTML})],
    "gzip": [gzip.compress(HTML)],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), [(kind, data) for kind, all_ in KINDS.items() for data in all_])
def test_a_container_is_known_by_its_bytes(tmp_path: Path, kind: str, data: bytes) -> None:
    for name in ("a", "a.png", "a.xyz"):
        (tmp_path / name).write_bytes(data)
        assert sniff(tmp_path / name) == kind
    assert kind in READERS


RESOURCES = {
    "a.css": b"<!-- p { color: red } -->",
    "a.js": b"<!--\ndocument.write('<p>')",
    "a.json": b'{"p": "<p>"}',
    "a.svg": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>",
    "feed": b"<?xml version='1.0'?>\n<rss><channel><title>x</title><link>y</link></channel></rss>",
    "a.csv": b"a,b\n1,2\n",
}


@pytest.mark.parametrize("name", RESOURCES)
def test_what_lies_beside_a_page_is_no_page(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(RESOURCES[name])
    assert sniff(tmp_path / name) == "file"


def test_a_page_under_another_name_is_a_page(tmp_path: Path) -> None:
    for name in ("a.css", "a.php", "a.js"):
        (tmp_path / name).write_bytes(HTML)
        assert sniff(tmp_path / name) == "html"


REFUSED = {
    "empty": b"",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_read_is_named_in_one_line(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(REFUSED[what])
    with pytest.raises(UnreadableSource) as caught:
        sniff(path)
    assert what.strip() in str(caught.value)
    assert "a.bin" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_claims_an_archive_and_bytes_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(UnreadableSource, match="not what its name says"):
        sniff(path)


def test_a_saved_page(tmp_path: Path) -> None:
    (capture,) = captures(reading(tmp_path, HTML, "page.html"))
    known = capture.provenance
    assert (capture.payload, capture.media_type, capture.http) == (HTML, "text/html", None)
    assert (known.container, known.length, known.url, known.captured_at) == ("html", len(HTML), None, None)


def test_a_text_snapshot(tmp_path: Path) -> None:
    (capture,) = captures(reading(tmp_path, b"This snapshot\n", "page"))
    assert (capture.provenance.container, capture.media_type) == ("text", "text/plain")


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_a_warc_packed_as_a_whole(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    data = pack(b"".join(pages(3)))
    found = reading(tmp_path, data, "a.warc.x")
    assert [each.payload for each in captures(found)] == [page(0), page(1), page(2)]
    with pytest.raises(UnreadableSource, match=r"a\.warc\.x"):  # one block: nothing of it can be read
        reading(tmp_path, data[:-20], "a.warc.x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in {
        "b/two.html": HTML, "b.html": HTML, "a.warc.gz": packed(pages(2)), "b/.hidden": HTML, "empty.html": b"",
        "image.png": b"\x89PNG\0\0\1", ".git/config": b"x", "é/ö.txt": b"words", "[odd] name*.txt": b"words",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


ORDER = ["[odd] name*.txt", "a.warc.gz", "b.html", "b/two.html", "empty.html", "image.png", "é/ö.txt"]


def test_a_folder_gives_its_files_in_byte_order(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in sources([str(folder)])]
    assert found == ORDER
    assert found == sorted(found, key=os.fsencode)


def test_arguments_keep_their_order_and_no_file_comes_twice(folder: Path) -> None:
    arguments = [
        f"{folder}/b/*.html",
        str(folder / "b.html"),
        f"{folder}/[odd] name*.txt",
        str(folder),
        f"{folder}/**/*.html",
    ]
    found = [path.relative_to(folder).as_posix() for path in sources(arguments)]
    assert found == ["b/two.html", "b.html", "[odd] name*.txt", "a.warc.gz", "empty.html", "image.png", "é/ö.txt"]


def test_a_pattern_matches_nothing_hidden_and_follows_no_link(folder: Path) -> None:
    assert [path.relative_to(folder).as_posix() for path in sources([f"{folder}/**/*"])] == ORDER


@pytest.mark.parametrize("argument", ["nowhere.html", "nowhere*.html", ""])
def test_an_argument_that_names_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, argument: str) -> None:
    monkeypatch.chdir(folder / "é")
    with pytest.raises(UsageError):
        list(sources([argument or "./nothing/"]))


def test_every_file_of_a_folder_is_a_record(folder: Path) -> None:
    found = list(records(folder))
    assert [each.media_type for each in found if isinstance(each, Capture)] == [
        "text/plain", "text/html", "text/html", "text/html", "text/html", "image/png", "text/plain",
    ]  # fmt: skip
    (damage,) = (each for each in found if isinstance(each, Damage))
    assert damage.source.endswith("empty.html")


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html"))
    try:
        path.write_bytes(HTML)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (capture,) = captures(list(records(path)))
    assert capture.provenance.source.endswith("/caf\\xe9.html")


TAKEN = "2004-06-28T05:06:32Z"
PATHS = {
    "web/20040628050632/http_/www.example.org/a/page.html": ("http://www.example.org/a/page.html", TAKEN),
    "web/20040628050632id_/http:/www.example.org/a?b=c": ("http://www.example.org/a?b=c", TAKEN),
    "ukgwa/20040628050632/https:/www.example.gov.uk/servlet/Front?page=a&c=b": (
        "https://www.example.gov.uk/servlet/Front?page=a&c=b", TAKEN,
    ),
    "coll/20040628050632mp_/example.org/x.html": ("http://example.org/x.html", TAKEN),
    "websites/example.org/20040628050632/index.html": ("http://example.org/", TAKEN),
    "websites/example.org/about/index.html": ("http://example.org/about/", None),
    "mirror/example.org/2004/page.html": ("http://example.org/2004/page.html", None),
    "example.org/2004/page.html": (None, None),
    "docs/example.org.html": (None, None),
    "20040628050632/page.html": (None, None),
    "20049928050632/example.org/page.html": (None, None),
    "websites/notes.txt/page.html": (None, None),
    "backup/20040628050632/reports.final/page.html": (None, None),
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_a_path_says(path: str) -> None:
    url, moment = PATHS[path]
    origin = origin_of(Path("/home/user") / path)
    assert origin.url == url
    assert (origin.captured_at.iso if origin.captured_at else None) == moment
    assert all(each.where == "path" for each in origin.evidence)
    assert len(origin.evidence) == sum(value is not None for value in (url, moment))


def test_what_httrack_leaves_marks_a_mirror(tmp_path: Path) -> None:
    path = tmp_path / "www.example.org" / "a.html"
    path.parent.mkdir()
    assert origin_of(path).url is None
    (tmp_path / "hts-cache").mkdir()
    assert origin_of(path).url == "http://www.example.org/a.html"


def test_notes_that_speak_of_markup_are_no_page(tmp_path: Path) -> None:
    notes = tmp_path / "README.md"
    notes.write_text("# Samples\n\nOne has no `<html>`, one a `<center>` and a `<font>`, one `<p>` alone.\n")
    assert sniff(notes) == "file"
    page = tmp_path / "page.md"
    page.write_text("<!DOCTYPE html><p>A page under an odd name.")
    assert sniff(page) == "html"
