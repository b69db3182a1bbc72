"""Safari's web archives: pages, parts and frames, in both forms of property lists."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest

from endleaf import page_from
from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Passed, Record
from endleaf.readers import records
from tests.conftest import manifest
from tests.readers.reading import at_hand

FORMS = [plistlib.FMT_BINARY, plistlib.FMT_XML]
PAGE = "<title>A</title><p>Größe".encode("iso-8859-1")


def part(url: str, data: object, kind: str = "text/html", **more: object) -> dict[str, object]:
    return {"WebResourceURL": url, "WebResourceData": data, "WebResourceMIMEType": kind, **more}


def answer(**headers: str) -> bytes:
    """An archived answer, as the system's archiver lays it out."""
    names, values = list(headers), list(headers.values())
    objects: list[Any] = [
        "$null",
        {"$4": plistlib.UID(2), "$6": plistlib.UID(3), "$7": plistlib.UID(4)},
        345495314.2,
        200,
    ]
    first = len(objects) + 1
    keys = [plistlib.UID(first + n) for n in range(len(names))]
    objects.append({"NS.keys": keys, "NS.objects": [plistlib.UID(first + len(names) + n) for n in range(len(names))]})
    whole = {"$archiver": "NSKeyedArchiver", "$objects": [*objects, *names, *values], "$top": {}}
    return plistlib.dumps(whole, fmt=plistlib.FMT_BINARY)


def archive() -> dict[str, object]:
    frame = {"WebMainResource": part("http://example.org/frame", b"<p>In a frame", WebResourceFrameName="left")}
    return {
        "WebMainResource": part("http://example.org/", PAGE, WebResourceTextEncodingName="ISO-8859-1"),
        "WebSubresources": [
            part(
                "http://example.org/a.css",
                b"p{}",
                "text/css",
                WebResourceResponse=answer(Server="x", Date="Tue, 13 Dec 2011 18:55:14 GMT"),
            ),
            part("http://example.org/b.css", b"b{}", "text/css", WebResourceResponse=answer(Server="x")),
            part("http://example.org/lost.gif", 7, "image/gif"),
        ],
        "WebSubframeArchives": [frame],
    }


def found(data: bytes, name: str = "a.webarchive") -> list[Record]:
    with at_hand(data, name) as path:
        return list(records(path))


@pytest.mark.parametrize("form", FORMS)
def test_each_part_is_a_record(form: plistlib.PlistFormat) -> None:
    page, dated, timed, lost, frame = found(plistlib.dumps(archive(), fmt=form))
    assert isinstance(page, Capture) and (page.url, page.payload) == ("http://example.org/", PAGE)
    assert page.provenance.captured_at is None
    assert isinstance(dated, Capture) and dated.provenance.captured_at
    assert dated.provenance.captured_at.iso == "2011-12-13T18:55:14Z"
    assert dated.http and (dated.http.status, dated.http.get("server")) == (200, "x")
    assert isinstance(timed, Capture) and timed.provenance.captured_at
    assert timed.provenance.captured_at.iso == "2011-12-13T18:55:14Z"
    assert isinstance(lost, Passed)
    assert isinstance(frame, Capture) and frame.provenance.crawl == (("WebResourceFrameName", "left"),)


def test_the_charset_that_the_file_states_is_heard() -> None:
    page = next(each for each in found(plistlib.dumps(archive(), fmt=plistlib.FMT_BINARY)) if isinstance(each, Capture))
    charset = page_from(page).provenance.charset
    assert charset and (charset.name, charset.source) == ("windows-1252", "container")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_cut_or_changed_anywhere_is_no_traceback(form: plistlib.PlistFormat) -> None:
    whole = plistlib.dumps(archive(), fmt=form)
    for at in range(200 if form == plistlib.FMT_BINARY else 300, len(whole) - 1, 7):
        with pytest.raises(UnreadableSource, match=r"a\.webarchive"):
            found(whole[:at])
        try:
            found(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        except UnreadableSource as error:
            assert "\n" not in str(error)


def test_entities_are_refused() -> None:
    whole = plistlib.dumps(archive(), fmt=plistlib.FMT_XML)
    bomb = b'<!DOCTYPE plist [<!ENTITY a "http://example.org/"><!ENTITY b "&a;&a;">]>'
    start, rest = whole.split(b"<plist", 1)
    data = start.split(b"<!DOCTYPE")[0] + bomb + b"<plist" + rest.replace(b"http://example.org/frame", b"&b;")
    with pytest.raises(UnreadableSource, match="entit"):
        found(data)


def test_more_objects_than_memory_holds_are_refused() -> None:
    data = plistlib.dumps(archive(), fmt=plistlib.FMT_BINARY)
    table = data[-8:]
    padded = data[:-32] + bytes(1_100_000) + data[-32:-24] + (1_050_000).to_bytes(8, "big") + data[-16:-8] + table
    with pytest.raises(UnreadableSource, match="objects"):
        found(padded)


def test_frames_within_frames_come_to_an_end() -> None:
    inner: dict[str, object] = {"WebMainResource": part("http://example.org/", PAGE)}
    for _ in range(40):
        inner = {"WebMainResource": part("http://example.org/", PAGE), "WebSubframeArchives": [inner]}
    read = found(plistlib.dumps(inner, fmt=plistlib.FMT_BINARY))
    assert sum(isinstance(each, Capture) for each in read) == 20
    assert isinstance(read[-1], Damage)


def test_a_list_of_something_else() -> None:
    data = plistlib.dumps({"a": "WebMainResource"}, fmt=plistlib.FMT_BINARY)
    with pytest.raises(UnreadableSource, match="no web archive"):
        found(data)


@pytest.mark.shared
def test_real_files(archives_dev: Path) -> None:
    for row in manifest(archives_dev):
        if row["format"] != "webarchive":
            continue
        path = archives_dev / row["path"]
        try:
            whole = plistlib.loads(path.read_bytes())
        except plistlib.InvalidFileException:
            with pytest.raises(UnreadableSource):
                list(records(path))
            continue
        assert len(list(records(path))) == 1 + len(whole["WebSubresources"])
