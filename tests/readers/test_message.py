"""The odd forms in which servers answered, and crawlers kept it."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.readers.codings import FREE, MAX_CODINGS, undo
from endleaf.readers.message import read_message, unchunked
from tests.readers.made import http

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<title>A page</title><p>Words enough to be packed, words enough to be packed.</p>"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(("line", "version", "status", "reason"), [
    ("HTTP/1.1 200 OK", "HTTP/1.1", 200, "OK"),
    ("HTTP/1.0 302", "HTTP/1.0", 302, ""),
    ("HTTP/1.0 404 ", "HTTP/1.0", 404, ""),
    ("HTTP/2 200", "HTTP/2", 200, ""),
    ("http/1.1 301 Moved Permanently", "HTTP/1.1", 301, "Moved Permanently"),
    ("ICY 200 OK", "ICY", 200, "OK"),
    ("HTTP/1.1 abc", "HTTP/1.1", 0, "abc"),
    ("HTTP/1.1 20000 OK", "HTTP/1.1", 0, "20000 OK"),
])  # fmt: skip
def test_status_lines(line: str, version: str, status: int, reason: str) -> None:
    message = read_message(http(PAGE, status=line))
    assert message.http is not None
    assert (message.http.version, message.http.status, message.http.reason) == (version, status, reason)
    assert message.body == PAGE


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r\r\n"])
def test_line_ends(end: bytes) -> None:
    block = end.join(
        [b"HTTP/1.1 200 OK", b"Content-Type: text/html", b"X-Folded: one", b"  two", b"\tthree", b"", PAGE]
    )
    message = read_message(block)
    assert message.body == PAGE
    assert message.http is not None
    assert message.http.get("content-type") == "text/html"
    assert (message.http.get("x-folded") or "").split() == ["one", "two", "three"]


def test_header_bytes_that_are_no_utf8_are_latin_1() -> None:
    message = read_message(
        b"HTTP/1.1 200 OK\r\nX-Utf8: caf\xc3\xa9\r\nX-Latin: caf\xe9\r\nno colon here\r\n\r\n" + PAGE
    )
    assert message.http is not None
    assert message.http.headers == (("X-Utf8", "café"), ("X-Latin", "café"))
    assert message.body == PAGE


def test_an_interim_response_comes_before_the_one_that_counts() -> None:
    message = read_message(b"HTTP/1.1 100 Continue\r\n\r\n" + http(PAGE, status="HTTP/1.1 201 Created"))
    assert message.http is not None
    assert (message.http.status, message.body) == (201, PAGE)


def test_a_body_without_a_head_is_kept_and_said() -> None:
    message = read_message(PAGE)
    assert (message.http, message.body, len(message.notes)) == (None, PAGE, 1)


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_content_codings(coding: str) -> None:
    message = read_message(http(CODINGS[coding](PAGE), f"Content-Encoding: {coding}"))
    assert (message.body, message.notes) == (PAGE, [])


def test_codings_in_chains_are_undone_from_the_last() -> None:
    assert undo(brotli.compress(gzip.compress(PAGE)), ["gzip", "br"]).data == PAGE
    assert read_message(http(gzip.compress(gzip.compress(PAGE)), "Content-Encoding: gzip, gzip")).body == PAGE
    twice = read_message(http(deflate(gzip.compress(PAGE)), "Content-Encoding: gzip", "Content-Encoding: deflate"))
    assert twice.body == PAGE


def test_a_coding_named_twice_and_used_once() -> None:
    message = read_message(http(gzip.compress(PAGE), "Content-Encoding: gzip, gzip"))
    assert message.body == PAGE
    assert message.notes


@pytest.mark.parametrize("packed", [
    gzip.compress(PAGE) + b"junk" * 40,
    gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:]),
], ids=["junk after it", "two members"])  # fmt: skip
def test_what_follows_a_gzip_member(packed: bytes) -> None:
    assert undo(packed, ["gzip"]).data == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_false_label_leaves_the_bytes(coding: str) -> None:
    message = read_message(http(PAGE, f"Content-Encoding: {coding}"))
    assert message.body == PAGE
    assert coding in message.notes[0]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_cut_short_keeps_what_there_is(coding: str) -> None:
    text = b" ".join(b"%d words" % n for n in range(3000))
    packed = CODINGS[coding](text)
    message = read_message(http(packed[: len(packed) // 2], f"Content-Encoding: {coding}"))
    assert message.notes
    if coding != "zstd":  # whose blocks are larger than this page
        assert len(message.body) > 100
        assert text.startswith(message.body)


@pytest.mark.parametrize("coding", ["rot13", "aws-chunked"])
def test_an_unknown_coding_is_said(coding: str) -> None:
    message = read_message(http(PAGE, f"Content-Encoding: {coding}"))
    assert message.body == PAGE
    assert coding in message.notes[0]


@pytest.mark.parametrize("coding", ["identity", "none", "UTF-8", ""])
def test_what_servers_write_that_codes_nothing(coding: str) -> None:
    assert read_message(http(PAGE, f"Content-Encoding: {coding}")).notes == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bombs_are_capped_and_said(coding: str) -> None:
    bomb = CODINGS[coding](bytes(4 * FREE))
    body = undo(bomb, [coding])
    assert FREE <= len(body.data) < 4 * FREE
    assert body.cut
    assert str(len(body.data)) in body.notes[0]


def test_a_bomb_in_a_bomb() -> None:
    body = undo(gzip.compress(gzip.compress(bytes(4 * FREE))), ["gzip", "gzip"])
    assert body.cut
    assert len(body.data) == FREE


def test_a_list_of_codings_without_end() -> None:
    body = undo(PAGE, ["gzip"] * (MAX_CODINGS + 1))
    assert (body.data, body.cut) == (PAGE, True)


CHUNKED = b"a;name=value\r\n0123456789\r\n5\r\nabcde\r\n0\r\nX-Trailer: 1\r\n\r\n"


@pytest.mark.parametrize(("data", "body", "sound"), [
    (CHUNKED, b"0123456789abcde", True),
    (CHUNKED.replace(b"\r\n", b"\n"), b"0123456789abcde", True),
    (CHUNKED[:-5], b"0123456789abcde", True),
    (b"5 \r\nabcde\r\n0\r\n\r\n", b"abcde", True),
    (b"5\r\nabcde\r\n", b"abcde", False),
    (b"5\r\nabcde\r\nff\r\nrest", b"abcderest", False),
    (b"5\r\nabcde\r\nzz\r\nrest", b"abcdezz\r\nrest", False),
    (b"5\r\nabcde5\r\nabcde0\r\n\r\n", b"abcdeabcde", True),
    (b"fffff\r\nabcde", b"abcde", False),
])  # fmt: skip
def test_chunks(data: bytes, body: bytes, sound: bool) -> None:
    found, fault = unchunked(data)
    assert found == body
    assert (fault == "") is sound


@pytest.mark.parametrize("body", [PAGE, b"-5\r\nabc", b"ffffffffffffffff\r\nabc", b"0x5\r\nabcde", b"1984\nA novel"])
def test_chunked_that_is_not(body: bytes) -> None:
    message = read_message(http(body, "Transfer-Encoding: chunked"))
    assert message.body == body
    assert "chunked" in message.notes[0]


def test_chunked_and_packed() -> None:
    packed = gzip.compress(PAGE)
    body = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    assert read_message(http(body, "Transfer-Encoding: chunked", "Content-Encoding: gzip")).body == PAGE
    assert read_message(http(body, "Transfer-Encoding: gzip, chunked")).body == PAGE
    assert read_message(http(PAGE, "Transfer-Encoding: chunked", "Content-Encoding: gzip")).body == PAGE


@given(st.binary(max_size=2000), st.lists(st.integers(1, 300), min_size=1, max_size=9))
def test_any_body_in_chunks_of_any_size(body: bytes, sizes: list[int]) -> None:
    data, at = b"", 0
    while at < len(body):
        piece = body[at : at + sizes[at % len(sizes)]]
        data += b"%x\r\n" % len(piece) + piece + b"\r\n"
        at += len(piece)
    assert unchunked(data + b"0\r\n\r\n") == (body, "")


@given(st.binary(max_size=400), st.sampled_from([*CODINGS, "identity", "x"]), st.booleans())
def test_any_bytes_at_all_give_a_message(data: bytes, coding: str, chunked: bool) -> None:
    headers = [f"Content-Encoding: {coding}", *(["Transfer-Encoding: chunked"] if chunked else [])]
    assert isinstance(read_message(http(data, *headers)).body, bytes)
    assert isinstance(read_message(b"HTTP/1.1 200 OK\r\n" + data).body, bytes)
