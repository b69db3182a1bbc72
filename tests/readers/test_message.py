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
from endleaf.readers.message import body_start, read_message, unchunked
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


@pytest.mark.parametrize(("before", "told"), [
    (b"\r\n", False), (b"\n\n\r\n", False), (b"0\r\n\r\n", False), (b"left of another answer\r\n", True),
])  # fmt: skip
def test_what_stands_before_the_status_line(before: bytes, told: bool) -> None:
    message = read_message(before + http(PAGE))
    if before.startswith(b"0"):  # two lines of junk are no head that anybody can be sure of
        assert message.body == before + http(PAGE)
        return
    assert message.http is not None
    assert (message.http.status, message.body, bool(message.notes)) == (200, PAGE, told)
    assert (before + http(PAGE))[body_start(before + http(PAGE)) :] == PAGE


@pytest.mark.parametrize(("stated", "told"), [
    (str(len(PAGE)), False), (str(len(PAGE) + 9), True), ("3", False), ("many", False), ("9" * 40, False),
])  # fmt: skip
def test_a_body_shorter_than_its_content_length_is_told(stated: str, told: bool) -> None:
    message = read_message(http(PAGE, f"Content-Length: {stated}"))
    assert message.body == PAGE
    assert bool(message.notes) == told
    assert read_message(http(b"", f"Content-Length: {stated}")).notes == []


def test_a_body_without_a_head_is_kept_and_said() -> None:
    message = read_message(PAGE)
    assert (message.http, message.body, len(message.notes)) == (None, PAGE, 1)


def compress(data: bytes, widest: int = 12) -> bytes:
    """As the program ``compress`` packs, with the table emptied whenever it is full."""
    out, codes, width = bytearray(b"\x1f\x9d" + bytes([0x80 | widest])), list[int](), 9
    table = {bytes([value]): value for value in range(256)}
    word = b""

    def write(*, filled: bool) -> None:
        codes.extend([0] * (-len(codes) % 8 if filled else 0))
        bits = sum(code << (width * n) for n, code in enumerate(codes))
        out.extend(bits.to_bytes((width * len(codes) + 7) // 8, "little"))
        codes.clear()

    for value in data:
        letter = bytes([value])
        if word + letter in table:
            word += letter
            continue
        codes.append(table[word])
        if len(table) + 1 < 1 << widest:
            table[word + letter] = len(table) + 1
            if len(table) >= 1 << width and width < widest:
                write(filled=True)
                width += 1
        else:
            codes.append(256)
            write(filled=True)
            width, table = 9, {bytes([each]): each for each in range(256)}
        word = letter
    if word:
        codes.append(table[word])
    write(filled=False)
    return bytes(out)


def test_codes_of_every_width_are_read() -> None:
    text = b" ".join(b"%d words, and %x" % (n, n * n) for n in range(9000))
    for widest in (10, 12, 16):
        assert undo(compress(text, widest), ["compress"]).data == text


CODINGS = {
    "compress": compress,
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


def test_what_follows_the_last_chunk_is_said_unless_it_is_trailers() -> None:
    assert unchunked(b"1\r\na\r\n0\r\nExpires: 0\r\nX-Y: z\r\n\r\n") == (b"a", "")
    body, fault = unchunked(b"1\r\na\r\n0\r\n\r\n<p>And more words.")
    assert body == b"a"
    assert "20 bytes" in fault


def test_chunked_and_packed() -> None:
    packed = gzip.compress(PAGE)
    body = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    assert read_message(http(body, "Transfer-Encoding: chunked", "Content-Encoding: gzip")).body == PAGE
    assert read_message(http(body, "Transfer-Encoding: gzip, chunked")).body == PAGE
    assert read_message(http(PAGE, "Transfer-Encoding: chunked", "Content-Encoding: gzip")).body == PAGE


@given(
    body=st.binary(max_size=2000),
    sizes=st.lists(st.integers(1, 300), min_size=1, max_size=9),
    end=st.sampled_from([b"\r\n", b"\n"]),
    extension=st.sampled_from([b"", b" ", b";a=b", b' ; n="v w"']),
    form=st.sampled_from([b"%x", b"%X", b"%04x"]),
    last=st.sampled_from([b"0%s%s", b"000%s%s", b"0;x%s%s", b"0%sX-Trailer: 1%s"]),
)
def test_any_body_in_chunks_of_any_size(
    *, body: bytes, sizes: list[int], end: bytes, extension: bytes, form: bytes, last: bytes
) -> None:
    data, at = b"", 0
    while at < len(body):
        piece = body[at : at + sizes[at % len(sizes)]]
        data += form % len(piece) + extension + end + piece + end
        at += len(piece)
    assert unchunked(data + last % (end, end)) == (body, "")


@given(body=st.binary(min_size=1, max_size=3000), chain=st.lists(st.sampled_from(sorted(CODINGS)), max_size=3))
def test_any_body_in_any_chain_of_codings(body: bytes, chain: list[str]) -> None:
    packed = body
    for coding in chain:
        packed = CODINGS[coding](packed)
    message = read_message(http(packed, f"Content-Encoding: {', '.join(chain)}", "Content-Type: x/y"))
    assert (message.body, message.notes) == (body, [])


@given(st.binary(max_size=400), st.sampled_from([*CODINGS, "identity", "x"]), st.booleans())
def test_any_bytes_at_all_give_a_message(data: bytes, coding: str, chunked: bool) -> None:
    headers = [f"Content-Encoding: {coding}", *(["Transfer-Encoding: chunked"] if chunked else [])]
    assert isinstance(read_message(http(data, *headers)).body, bytes)
    assert isinstance(read_message(b"HTTP/1.1 200 OK\r\n" + data).body, bytes)
