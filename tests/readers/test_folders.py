"""Folders as tools leave them: what in them is a page, what a part of one, and what the tool's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from endleaf.convert import convert
from endleaf.intake import Intake
from endleaf.model import Capture, Passed, Record
from endleaf.readers import records
from tests.readers.made import zipped

HTML = b"<!DOCTYPE html><title>A page</title><p>Words of a page."
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def read(folder: Path) -> tuple[dict[str, str | None], dict[str, str]]:
    """The URLs of the captures, and why the others were passed over, by their place."""
    found: list[Record] = list(records(folder))
    kept = {_place(each, folder): each.url for each in found if isinstance(each, Capture)}
    passed = {_place(each, folder): each.reason for each in found if isinstance(each, Passed)}
    assert len(kept) + len(passed) == len(found), found
    return kept, passed


def _place(record: Capture | Passed, folder: Path) -> str:
    return record.provenance.source.removeprefix(folder.as_posix() + "/")


@pytest.mark.parametrize("name", ["_files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_file", ".files"])
@pytest.mark.parametrize("page", ["page.html", "a page.htm"])
def test_a_saved_pages_folder_holds_its_parts(tmp_path: Path, name: str, page: str) -> None:
    folder = page.rpartition(".")[0] + name
    laid(tmp_path, {page: HTML, f"{folder}/frame.html": HTML, f"{folder}/deep/a.png": PNG})
    kept, passed = read(tmp_path)
    assert kept == {page: None}
    assert set(passed.values()) == {f"a part of the saved page {page}"}
    assert len(passed) == 2


def test_a_folder_with_no_page_beside_it_is_any_folder(tmp_path: Path) -> None:
    kept, passed = read(laid(tmp_path, {"page_files/a.html": HTML, "page/b.html": HTML, "my_files/c.html": HTML}))
    assert len(kept) == 3
    assert not passed


FRAMES = b"<title>Both</title><frameset cols=50%,*><frame name=l src='set_files/left.html'></frameset>"


@pytest.mark.parametrize("zip_it", [False, True])
def test_a_frame_in_the_folder_stands_in_its_page(tmp_path: Path, zip_it: bool) -> None:
    files = {"set.html": FRAMES, "set_files/left.html": b"<p>Words that stand in the left frame, and some more."}
    inputs = laid(tmp_path / "in", {"a.zip": zipped(files)} if zip_it else files)
    report = convert([str(inputs)], tmp_path / "out", formats=("text",))
    assert (report.totals["written"], report.totals["records"]) == (1, 2)
    (text,) = (tmp_path / "out").rglob("page.txt")
    assert "stand in the left frame" in text.read_text("utf-8")


def test_a_mirror_of_httrack(tmp_path: Path) -> None:
    index = b"<html><head><title>Local index - HTTrack Website Copier</title></head><body><p>Index"
    own = b"<html>\n<!-- Mirrored from www.example.org/a.php by HTTrack Website Copier/3.x, Mon -->\n<p>Words"
    kept, passed = read(
        laid(
            tmp_path,
            {
                "index.html": index,
                "hts-log.txt": b"HTTrack launched",
                "hts-cache/new.txt": b"date\tsize",
                "backblue.gif": b"GIF89a",
                "www.example.org/a.html": own,
                "www.example.org/index.html": HTML,
            },
        )
    )
    assert kept == {"www.example.org/a.html": None, "www.example.org/index.html": "http://www.example.org/"}
    assert len(passed) == 4
    assert all("HTTrack" in reason for reason in passed.values())


def test_a_page_that_wget_rewrote_is_read_as_it_came(tmp_path: Path) -> None:
    twin = HTML.replace(b"Words", b"<a href=/b.html>Words</a>")
    laid(
        tmp_path,
        {
            "example.org/a.html": HTML,
            "example.org/a.html.orig": twin,
            "example.org/b.php.html": HTML,
            "example.org/b.php.orig": twin,
            "example.org/notes.orig": b"just words",
            "wget-log": b"--2004-06-28-- http://example.org/",
        },
    )
    found = [each for each in records(tmp_path) if isinstance(each, Capture) and each.media_type == "text/html"]
    assert [each.url for each in found] == ["http://example.org/a.html", "http://example.org/b.php"]
    assert {each.payload for each in found} == {twin}
    assert all("as it came" in each.notes[0] for each in found)
    kept, passed = read(tmp_path)
    assert "example.org/notes.orig" in kept
    assert passed.keys() == {"example.org/a.html.orig", "example.org/b.php.orig", "wget-log"}


WGET = {
    "index.html?x=1.html": "http://example.org/index.html?x=1",
    "page.php?a=b.html": "http://example.org/page.php?a=b",
    "index.php@a=1&b=2.html": "http://example.org/index.php?a=1&b=2",
    "show?of=words.html": None,
    "a.html": "http://example.org/a.html",
}


@pytest.mark.parametrize("name", WGET)
def test_a_name_of_wgets_becomes_the_address_where_that_is_certain(tmp_path: Path, name: str) -> None:
    kept, _ = read(laid(tmp_path, {"wget-log": b"x", f"example.org/{name}": HTML}))
    assert kept[f"example.org/{name}"] == WGET[name]


def test_a_downloader_on_windows_escapes_the_query(tmp_path: Path) -> None:
    kept, _ = read(laid(tmp_path, {"websites/example.org/a.php%3fb=c": HTML}))
    assert list(kept.values()) == ["http://example.org/a.php?b=c"]


def test_a_first_look_sees_the_parts(tmp_path: Path) -> None:
    laid(tmp_path, {"page.html": HTML, "page_files/frame.html": HTML})
    with Intake([str(tmp_path)]) as intake:
        assert len(list(intake.look())) == 2
