"""What a server may do to us: each of it is a line and a status, bounded in bytes and in time, and not written."""

from __future__ import annotations

import gzip
import json
import time as real
import tracemalloc
from email.utils import format_datetime, formatdate
from pathlib import Path
from typing import Any

import pytest

import endleaf
from endleaf.fetch import SERVICES, Service
from endleaf.fetch.asking import Answer, cleaned
from endleaf.fetch.indexes import Listing, lines, row_of
from endleaf.fetch.linkformat import Links, links_of
from tests.fetch.archive import Archive, Handler, Headers, Kept, Odd
from tests.fetch.conftest import PAGE, Fetch, Time, captures, records

MEMENTO = ("Memento-Datetime", "Mon, 28 Jun 2004 05:06:32 GMT")


def saying(status: int, headers: Headers, body: bytes = b"") -> Odd:
    return lambda handler: handler.say(status, headers, body)


def endless(handler: Handler, *more: tuple[str, str], status: int = 200) -> None:
    handler.send_response_only(status)
    for name, value in (*more, ("Connection", "close")):
        handler.send_header(name, value)
    handler.end_headers()
    for _ in range(4000):
        handler.wfile.write(b"x" * (1 << 18))


def dripping(handler: Handler) -> None:
    """A byte at a time, in the head or in the body."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nMemento-Datetime: Mon, 28 Jun 2004 05:06:32 GMT\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        real.sleep(0.02)


def dripping_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        handler.wfile.write(b"X: y\r\n"[:1])
        real.sleep(0.02)


def silent(_: Handler) -> None:
    real.sleep(1)


@pytest.mark.parametrize("odd", [dripping, dripping_head, silent])
def test_no_answer_takes_longer_than_it_may(
    got: Fetch, archive: Archive, time: Time, caplog: pytest.LogCaptureFixture, odd: Odd
) -> None:
    archive.odd.append(("id_", odd))
    started = real.monotonic()
    assert got(at="2004", seconds=0.3).exit_status == 1
    assert real.monotonic() - started < 3.5
    assert "unknown" in caplog.text


@pytest.mark.parametrize(
    "odd",
    [
        lambda handler: endless(handler, MEMENTO),
        lambda handler: endless(handler, MEMENTO, ("Content-Length", "5"), ("Content-Length", "99999999999")),
        lambda handler: endless(handler, ("Location", "/coll/cdx"), status=302),
        lambda handler: endless(handler, status=503),
        lambda handler: endless(handler, status=404),
    ],
)
def test_endless_bodies(got: Fetch, archive: Archive, tmp_path: Path, odd: Odd) -> None:
    archive.odd.append(("id_", odd))
    archive.odd.append(("/coll/http", saying(404, [])))
    tracemalloc.start()
    fetched = got(at="2004", size=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fetched.exit_status in (1, 2) and fetched.path is None
    assert peak < 16 << 20


def test_a_bomb_stays_packed(got: Fetch, archive: Archive) -> None:
    bomb = gzip.compress(b"\0" * (200 << 20), 9)
    packed: Headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), MEMENTO]
    archive.odd.append(("id_", saying(200, packed, bomb)))
    fetched = got(at="2004")
    assert fetched.path and fetched.path.stat().st_size < 1 << 20
    (capture,) = endleaf.read(fetched.path)
    assert len(capture.payload) <= 64 << 20


def test_a_bomb_that_only_the_archive_packed_stays_packed(got: Fetch, archive: Archive) -> None:
    bomb = gzip.compress(b"\0" * (200 << 20), 9)
    archive.odd.append(
        ("id_", saying(200, [("X-Archive-Orig-Server", "x"), ("Content-Encoding", "gzip"), MEMENTO], bomb))
    )
    fetched = got(at="2004")
    assert fetched.path
    assert "Content-Encoding: gzip" in captures_raw(fetched.path)


def captures_raw(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("latin-1")


def test_a_list_that_is_a_bomb(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr("endleaf.fetch.indexes.MOST_TEXT", 10 << 20)
    bomb = gzip.compress(b"\n" * (50 << 20), 9)
    archive.odd.append(("/coll/cdx", saying(200, [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")], bomb)))
    assert got(prefix=True).exit_status == 1
    assert "longer than" in caplog.text


HEADERS = [
    b"X-Archive-Orig-X: a\rWARC-Type: response\r\n",
    b"X-Archive-Orig-X: a\x00b\x1b[31m\x7f\r\n",
    b"X-Archive-Orig-X: folded\r\n WARC/1.1\r\n\tevil\r\n",
    b"X-Archive-Orig-: no name\r\n",
    b"X-Archive-Orig-A B: a name with a space\r\n",
    b"X-Archive-Orig-Transfer-Encoding: chunked\r\n",
    b"X-Archive-Orig-Content-Length: 99999\r\n",
    b"X-Archive-Orig-X: caf\xc3\xa9 \xe9 \x85\r\n",
    b"Content-Type: text/html\x0bevil\r\n",
    b"Content-Location: http://[::1/x\r\n",
    b"Content-Location: http://evil.example/web/19990101000000id_/http://evil.example/\r\n",
    b"Link: <<<>>>;;;,,,\r\n",
    b"Content-Location: /coll/20040628050632id_/http://www.harbour.example/ WARC-Type: x\r\n",
]


@pytest.mark.parametrize("line", HEADERS)
def test_headers_cannot_write_records(got: Fetch, archive: Archive, line: bytes) -> None:
    def answer(handler: Handler) -> None:
        body = b"<p>words"
        head = b"HTTP/1.1 200 OK\r\nMemento-Datetime: Mon, 28 Jun 2004 05:06:32 GMT\r\n" + line
        handler.wfile.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    archive.odd.append(("id_", answer))
    fetched = got(at="2004")
    assert fetched.path and fetched.exit_status == 0
    found = records(fetched.path)
    assert [each.kind for each in found] == ["warcinfo", "response", "metadata"]
    assert (found[1].url, found[1].body) == (PAGE, b"<p>words")
    assert all(" " not in found[1].fields[name] for name in ("WARC-Target-URI", "WARC-Source-URI"))
    assert "WARC-Type" not in found[1].head.split("\r\n")[0] and "\0" not in found[1].head
    (capture,) = endleaf.read(fetched.path)
    assert capture.payload == b"<p>words" and not capture.notes


@pytest.mark.parametrize("date", [
    "never", "", "Mon, 28 Jun 0004 05:06:32 GMT", "Tue, 28 Jun 2999 05:06:32 GMT", "0", "-1",
    "Mon, 99 Foo 2004 05:06:32 GMT",
])  # fmt: skip
def test_a_memento_datetime_that_cannot_be(got: Fetch, archive: Archive, date: str) -> None:
    own = f"{archive.base}20050628050632id_/{PAGE}"
    archive.odd.append(("id_", saying(200, [("Memento-Datetime", date), ("Content-Location", own)], b"words")))
    fetched = got(all=True)
    assert fetched.exit_status == (0 if fetched.counts.get("written") == 3 else 1)
    if fetched.path:
        assert {each.date[:4] for each in captures(fetched.path)} <= {"2004", "2005", "2006"}


def test_another_capture_than_the_one_that_was_listed(got: Fetch, archive: Archive, caplog: Any) -> None:
    other = ("Memento-Datetime", formatdate(1e9, usegmt=True))
    archive.odd.append(("20050628050632id_", saying(200, [other], b"other words")))
    archive.odd.append((f"/coll/20050628050632/{PAGE}", saying(404, [])))
    fetched = got(all=True)
    assert fetched.path and fetched.exit_status == 1
    assert [each.date[:4] for each in captures(fetched.path)] == ["2004", "2006"]


@pytest.mark.parametrize("status", [200, 400, 403, 451, 500])
def test_a_page_that_is_no_capture_is_not_written(got: Fetch, archive: Archive, status: int) -> None:
    archive.odd.append(("/coll/", saying(status, [("Content-Type", "text/html")], b"<h1>Welcome to the archive")))
    fetched = got(at="2004")
    assert fetched.exit_status == 1 and fetched.path is None


# ---------------------------------------------------------------------- lists

JUNK = [
    b"<html>no list</html>", b'{"timestamp": "20040628050632"}', b'{"timestamp": 5, "url": []}', b"{" * 100_000,
    b"[" * 100_000, b"null", b'"x"', b'{"url": "javascript:alert(1)", "timestamp": "20040628050632"}',
    b'{"url": "http://x/", "timestamp": "20049928050632"}', b"\xff\xfe\0\0", b"a b c d e f g h i j k l m n o p",
    b"x" * 200_000, b'{"url": "http://x\\r\\nWARC-Type: x/", "timestamp": "2004062805063\xc2\xb2"}',
]  # fmt: skip


@pytest.mark.parametrize("line", JUNK)
def test_lines_that_are_no_captures(got: Fetch, archive: Archive, caplog: Any, line: bytes) -> None:
    good = json.dumps({"timestamp": "20040628050632", "url": PAGE}).encode()
    archive.odd.append(
        ("/coll/cdx", saying(200, [("Content-Type", "text/x-ndjson")], good + b"\n" + line + b"\n" + good))
    )
    fetched = got(all=True)
    assert fetched.path and fetched.exit_status == 1
    assert "1 lines of its list" in caplog.text
    assert len(captures(fetched.path)) == 1


def test_a_page_of_a_list_that_repeats_for_ever(
    got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    here = Service(
        "Here", archive.base, raw=archive.base + "{ts}id_/{url}", cdx=archive.root + "cdx/search/cdx", dialect="wayback"
    )
    monkeypatch.setitem(SERVICES, "here", here)
    archive.odd.append(("/cdx/search", saying(200, [], f"20040628050632 {PAGE} a 200 X\n\nsame key\n".encode())))
    fetched = got(all=True, archive="here")
    assert fetched.exit_status == 1 and "for ever" in caplog.text
    assert fetched.path and len(captures(fetched.path)) == 1


def test_more_captures_than_may_be_is_a_failure(got: Fetch, archive: Archive, caplog: Any) -> None:
    fetched = got(all=True, most=2)
    assert fetched.path and fetched.exit_status == 1 and "--limit allows more" in caplog.text
    assert len(captures(fetched.path)) == 2
    assert got(all=True, most=3).exit_status == 0, "the same command with more room goes on"
    assert len(captures(fetched.path)) == 3


def test_a_timemap_in_pages_some_of_them_elsewhere(got: Fetch, archive: Archive, caplog: Any) -> None:
    def links(first: int, last: int, *more: str) -> bytes:
        found = [f'<{archive.base}{each.stamp}/{PAGE}>; rel="memento"' for each in archive.kept[first:last]]
        return ",\n".join([*more, *found]).encode()

    map_of = f"{archive.base}timemap/link/"
    more = [
        f'<{map_of}2/{PAGE}>; rel="timemap"; type="application/link-format"', f'<{map_of}{PAGE}>; rel="self"',
        '<http://evil.example/timemap>; rel="timemap"', '<http://[::1>; rel="timemap"',
        f'<{map_of}2/{PAGE}>; rel="timemap"',
        '<http://evil.example/20040101000000/http://www.harbour.example/>; rel="memento"',
        f'<{map_of}3/{PAGE}>; rel="timemap"; until="Tue, 28 Jun 2000 05:06:32 GMT"',
    ]  # fmt: skip
    archive.odd += [("/coll/cdx", saying(404, [])), ("/link/2/", saying(200, [], links(1, 3)))]
    archive.odd.append(("/coll/timemap/link/http", saying(200, [], links(0, 1, *more))))
    fetched = got(from_date="2004")
    assert fetched.path and len(captures(fetched.path)) == 3
    assert sum("/link/2/" in path for path in archive.asked) == 1 and not any(
        "/link/3/" in path for path in archive.asked
    )
    assert "1 captures of other archives" in caplog.text


def test_a_timemap_of_a_million_captures_is_read_in_little_memory() -> None:
    def pieces() -> Any:
        for block in range(1000):
            yield "".join(
                f'<http://a.example/{20040000000000 + block}/http://x.example/?a=1,2;>; rel="memento"; datetime="x",\n'
                for _ in range(1000)
            )

    started = real.monotonic()
    assert sum("memento" in link.relations for link in Links().read(pieces())) == 1_000_000
    assert real.monotonic() - started < 20


@pytest.mark.parametrize("text", [
    "<a" * 100_000, '<a>; x="' + "y" * 200_000, "<a>; x=" + " " * 200_000, ";" * 200_000, "<>" * 50_000,
])  # fmt: skip
def test_links_that_are_none_take_no_time(text: str) -> None:
    started = real.monotonic()
    list(Links().read(text[at : at + 65536] for at in range(0, len(text), 65536)))
    links_of([text])
    assert real.monotonic() - started < 1


def test_lines_without_end() -> None:
    with Answer("http://a.example/", 200, "", ()).body as body:
        answer = Answer("http://a.example/", 200, "", (), body)
        body.write(b"x" * 1_000_000 + b"\nshort\n" + b"y" * 100_000)
        body.seek(0)
        listing = Listing()
        assert list(lines(answer, listing)) == ["short"] and listing.broken == 2


def test_rows_of_every_form() -> None:
    for line in (
        f'{{"timestamp": "20040628050632", "url": "{PAGE}"}}',
        f'["20040628050632", "{PAGE}", "text/html", "200", "X"],',
        f'[["com,example)/", "20040628050632", "{PAGE}", "text/html", "200", "X", "9"],',
        f'com,example)/ 20040628050632 {{"url": "{PAGE}"}}',
        f"com,example)/ 20040628050632 {PAGE} text/html 200 X - - 5 6 a.warc.gz",
        f"com,example)/ 20040628050632 {PAGE} text/html 200 X - 6 a.arc.gz",
    ):
        row = row_of(line, Listing())
        assert row and row.key == f"20040628050632/{PAGE}", line


@pytest.mark.parametrize("odd", [
    saying(200, [], b"x" * 999), saying(206, [("Content-Range", "bytes 5-9/99")], b"12345"), saying(416, []),
    saying(206, [], b""), saying(404, []),
])  # fmt: skip
def test_another_part_of_a_file_than_was_asked_for(
    got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, odd: Odd
) -> None:
    archive.crawled()
    crawls = Service("Crawls", archive.root, timegate=False, cdx=archive.root + "collinfo.json", dialect="crawls")
    monkeypatch.setitem(SERVICES, "here", crawls)
    archive.odd.append(("/crawl-data/", odd))
    fetched = got(archive="here", all=True)
    assert fetched.exit_status == 1 and fetched.path is None


def test_no_message_holds_what_a_terminal_obeys() -> None:
    assert cleaned("a\x1b]0;x\x07\r\nb") == "a ]0;x b"


def test_requisites_are_bounded(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr("endleaf.fetch.harvest.MOST_REQUISITES", 3)
    page = b"".join(b"<img src=%d.gif>" % number for number in range(50)) + b"<frame src=/p>"
    archive.kept += [Kept(PAGE + "p", "20040101000000", page)]
    archive.kept += [Kept(f"{PAGE}{number}.gif", "20040101000000", b"GIF", headers=()) for number in range(50)]
    fetched = got(PAGE + "p", requisites=True)
    assert fetched.path and fetched.exit_status == 1 and "more than 3 files" in caplog.text
    assert len(captures(fetched.path)) == 4


def test_dates_of_headers_are_as_written() -> None:
    when = Kept(PAGE, "20040628050632").when
    assert format_datetime(when, usegmt=True) == MEMENTO[1]


def test_what_is_no_index_at_all_leaves_the_timemap(got: Fetch, archive: Archive) -> None:
    archive.odd.append(("/coll/cdx", saying(200, [("Content-Type", "text/plain")], b"Welcome to the archive.\n" * 9)))
    fetched = got(all=True)
    assert fetched.path and fetched.exit_status == 0 and len(captures(fetched.path)) == 3


def test_a_list_is_not_bounded_as_a_capture_is(got: Fetch) -> None:
    assert got(at="2004", size=10).exit_status == 1
    fetched = got(all=True, size=340, restart=True)
    assert fetched.path and len(captures(fetched.path)) == 3
