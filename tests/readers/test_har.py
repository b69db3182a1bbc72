"""What browsers' tools recorded (HAR): entries as they write them, and as damage leaves them."""

from __future__ import annotations

import base64
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf import page_from
from endleaf.errors import NotAPage, UnreadableSource
from endleaf.kinds import kind_of
from endleaf.model import Capture, Damage, Passed, Record
from endleaf.plain import plain_text
from endleaf.readers import records
from tests.conftest import manifest
from tests.readers.reading import at_hand


def entry(number: int, text: str | None = None, **content: Any) -> dict[str, Any]:
    body = {"size": 1, "mimeType": "text/html", **content}
    return {
        "_initiator": {"type": "other"},
        "startedDateTime": f"2018-10-21T03:12:{number:02d}.822Z",
        "request": {"method": "GET", "url": f"http://example.org/{number}", "headers": [], "cookies": []},
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "http/2.0",
            "headers": [
                {"name": ":status", "value": "200"},
                {"name": "Content-Type", "value": "text/html; charset=windows-1251"},
            ],
            "content": body if text is None else {**body, "text": text},
            "redirectURL": "",
        },
    }


def har(*entries: dict[str, Any], indent: int | None = None) -> bytes:
    log = {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "entries": list(entries)}
    return json.dumps({"log": log}, indent=indent).encode()


def found(data: bytes, name: str = "a.har") -> list[Record]:
    with at_hand(data, name) as path:
        return list(records(path))


def captures(found: list[Record]) -> list[Capture]:
    return [each for each in found if isinstance(each, Capture)]


def damages(found: list[Record]) -> list[Damage]:
    return [each for each in found if isinstance(each, Damage)]


TEXTS = ['<p class="a">One {"startedDateTime": [', "<p>Grüße \U0001f40b и \\ слова", "<p>Three ]}}"]
WHOLE = har(*(entry(number, text) for number, text in enumerate(TEXTS)))


def test_an_entry_is_a_capture() -> None:
    first, second, third = captures(found(WHOLE))
    assert [each.payload.decode() for each in (first, second, third)] == TEXTS
    known = first.provenance
    assert (known.url, known.method, known.status, known.media_type) == (
        "http://example.org/0",
        "GET",
        200,
        "text/html",
    )
    assert known.captured_at and known.captured_at.iso == "2018-10-21T03:12:00.822Z"
    assert ("creator", "WebInspector 537.36") in known.warcinfo
    assert first.http and first.http.headers == (("Content-Type", "text/html; charset=windows-1251"),)
    assert WHOLE[known.offset or 0 :][: known.length] == json.dumps(entry(0, TEXTS[0])).encode()


def test_a_text_is_characters_whatever_charset_it_was_sent_in() -> None:
    page = page_from(captures(found(har(entry(0, "<meta charset=windows-1251><p>Слова по-русски"))))[0])
    charset = page.provenance.charset
    assert charset and (charset.name, charset.source) == ("utf-8", "container")
    assert "Слова по-русски" in plain_text(page)


def test_base64_is_bytes_in_the_charset_they_were_sent_in() -> None:
    body = "<p>Слова по-русски".encode("cp1251")
    (capture,) = captures(found(har(entry(0, base64.b64encode(body).decode(), encoding="base64"))))
    assert capture.payload == body
    charset = page_from(capture).provenance.charset
    assert charset and (charset.name, charset.source) == ("windows-1251", "http")


def test_what_is_missing_is_told() -> None:
    lost, refused = entry(0), entry(1)
    refused["response"].update(status=0, _error="net::ERR_BLOCKED_BY_CLIENT", headers=[])
    capture, passed = found(har(lost, refused))
    assert isinstance(capture, Capture) and "its body is not in the file" in capture.notes[0]
    assert isinstance(passed, Passed) and passed.detail == "net::ERR_BLOCKED_BY_CLIENT"


def test_a_redirect_says_where_to() -> None:
    moved = entry(0)
    moved["response"].update(status=302, redirectURL="/new")
    with pytest.raises(NotAPage, match=r"redirect to http://example\.org/new"):
        kind_of(captures(found(har(moved)))[0])


def test_a_page_the_browser_still_had_is_a_page() -> None:
    had = entry(0, "<p>Still the same.")
    had["response"]["status"] = 304
    assert kind_of(captures(found(har(had)))[0]) == "html"


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None], {"a": []}])
@pytest.mark.parametrize("place", ["headers", "content", "status", "statusText", "redirectURL"])
def test_odd_values_are_no_harm(place: str, value: object) -> None:
    odd = entry(0, "x")
    odd["response"][place] = value
    odd["request"]["url"] = odd["startedDateTime"] = value
    assert len(found(har(odd, entry(1, "<p>y")))) == 2


@pytest.mark.parametrize("packed", ["gz", "indent", "bom"])
def test_forms(packed: str) -> None:
    pretty = har(*(entry(number, text) for number, text in enumerate(TEXTS)), indent=2)
    data = {"gz": gzip.compress(WHOLE), "indent": pretty, "bom": b"\xef\xbb\xbf" + WHOLE}[packed]
    read = found(data, "a.har.gz" if packed == "gz" else "a.har")
    assert [each.payload.decode() for each in captures(read)] == TEXTS
    assert not damages(read)


def test_a_packed_file_that_is_cut_short_is_told() -> None:
    read = found(gzip.compress(WHOLE)[:-4], "a.har.gz")
    assert [each.payload.decode() for each in captures(read)] == TEXTS
    assert "gzip" in damages(read)[0].reason


def test_bodies_in_files_beside_it(tmp_path: Path) -> None:
    kept, outside = entry(0, _file="abc.html"), entry(1, _file="../abc.html")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("abc.html", "<p>Beside")
        packed.writestr("har.har", har(kept, outside))
    bodies = {each.url: each.payload for each in captures(list(records(path))) if each.provenance.container == "har"}
    assert bodies == {"http://example.org/0": b"<p>Beside", "http://example.org/1": b""}


@given(st.lists(st.text(max_size=200), min_size=1, max_size=5), st.sampled_from((None, 1)), st.booleans())
def test_what_json_writes_is_read_back(texts: list[str], indent: int | None, escaped: bool) -> None:
    log = {"entries": [entry(number, text) for number, text in enumerate(texts)]}
    data = json.dumps({"log": log}, indent=indent, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    read = found(data)
    assert not damages(read)
    assert [each.payload for each in captures(read)] == [text.encode() for text in texts]


ENDS = [(each.provenance.offset or 0) + (each.provenance.length or 0) for each in captures(found(WHOLE))]


def test_a_file_cut_anywhere_gives_what_came_before_and_is_told() -> None:
    for cut in range(WHOLE.index(b"entries") + 12, len(WHOLE)):
        read = found(WHOLE[:cut])
        whole = sum(end <= cut for end in ENDS)
        assert [each.payload.decode() for each in captures(read)] == TEXTS[:whole], cut
        assert all(each.offset is not None for each in damages(read)) and damages(read), cut


def test_one_changed_byte_costs_no_other_entry() -> None:
    for at in range(WHOLE.index(b"entries") + 11, len(WHOLE)):
        for bit in (1, 64):
            read = found(WHOLE[:at] + bytes([WHOLE[at] ^ bit]) + WHOLE[at + 1 :])
            within = sum(end <= at for end in ENDS)
            texts = [each.payload.decode("utf-8", "replace") for each in captures(read)]
            assert all(text in texts or number == within for number, text in enumerate(TEXTS)), (at, bit)
            assert len(texts) == len(TEXTS) or damages(read), (at, bit)


def test_an_entry_too_large_is_told_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("endleaf.readers.har_entries.MOST", 1 << 15)
    read = found(har(entry(0, "x" * (1 << 16)), entry(1, "<p>small")))
    assert [each.payload for each in captures(read)] == [b"<p>small"]
    assert "32768" in damages(read)[0].reason


@pytest.mark.parametrize("opening", ['{"time":', '{"time":"', '{"time":[[],', '{"_a":{"time":1},'])
def test_made_to_be_slow(opening: str) -> None:
    assert damages(found(('{"log":{"entries":[' + opening * 20_000).encode()))


def test_nothing_in_it() -> None:
    with pytest.raises(UnreadableSource, match="nothing in it"):
        found(har())


@pytest.mark.shared
def test_real_files_are_read_as_json_reads_them(archives_dev: Path) -> None:
    for row in manifest(archives_dev):
        if row["format"] == "har":
            path = archives_dev / row["path"]
            told = json.loads(path.read_bytes())["log"]["entries"]
            read = list(records(path))
            assert [each.url for each in captures(read)] == [each["request"]["url"] for each in told]
            assert not damages(read)
