"""Pages saved with their parts in one message: as programs write them, and as damage leaves them."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf import page_from
from endleaf.convert import convert
from endleaf.decode import decode
from endleaf.errors import UnreadableSource
from endleaf.framesets import Search
from endleaf.model import Capture, Damage, Passed, Record
from endleaf.plain import plain_text
from endleaf.readers import read, records
from endleaf.readers.disk import Disk
from endleaf.readers.mhtml_bodies import body_of
from endleaf.report import exit_status
from endleaf.way import Guidance
from tests.conftest import manifest
from tests.readers.reading import at_hand

BOUNDARY = "----MultipartBoundary--x1y2z3----"
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.org/\r\n"
    "Subject: =?utf-8?Q?Caf=C3=A9s?=\r\nDate: Mon, 17 Dec 2018 11:14:59 -0000\r\nMIME-Version: 1.0\r\n"
    f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{BOUNDARY}"\r\n\r\n\r\n'
)


def part(body: str, *fields: str, kind: str = "text/html") -> str:
    return "\r\n".join((f"--{BOUNDARY}", f"Content-Type: {kind}", *fields, "", body, ""))


def message(*parts: str) -> bytes:
    return (HEAD + "".join(parts) + f"--{BOUNDARY}--\r\n").encode("latin-1")


WHOLE = message(
    part("<title>One</title><p>The first page, in plain words.", "Content-Location: http://www.example.org/"),
    part("R0lGODlhAQABAIAAAAUEBA==", "Content-Transfer-Encoding: base64", "Content-ID: <a@b>", kind="image/gif"),
    part(
        "<p>The second p=\r\nage has gr=C3=BC=C3=9Fe.",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: http://www.example.org/two",
    ),
)
BODIES = (
    b"<title>One</title><p>The first page, in plain words.",
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x05\x04\x04",
    "<p>The second page has grüße.".encode(),
)


def found(data: bytes, name: str = "page.mhtml") -> list[Record]:
    with at_hand(data, name) as path:
        return list(records(path))


def bodies(found: list[Record]) -> list[bytes]:
    return [each.payload for each in found if isinstance(each, Capture)]


def test_each_part_is_a_capture_with_its_address_and_the_message_s_date() -> None:
    page, picture, second = (each for each in found(WHOLE) if isinstance(each, Capture))
    assert (page.payload, picture.payload, second.payload) == BODIES
    assert page.url == "http://www.example.org/"
    assert page.provenance.captured_at and page.provenance.captured_at.iso == "2018-12-17T11:14:59Z"
    assert ("Subject", "Cafés") in page.provenance.crawl
    assert any(each.value == "Saved by Blink" for each in page.provenance.evidence)
    assert (picture.provenance.record_id, picture.media_type) == ("cid:a@b", "image/gif")
    assert WHOLE[second.provenance.offset or 0 :].startswith(b"Content-Type: text/html")


def test_the_banner_names_the_saver() -> None:
    page = page_from(next(each for each in found(WHOLE) if isinstance(each, Capture)))
    assert [(banner.archive_id, banner.kind) for banner in page.banners] == [("mhtml", "saver")]


PARTS = st.lists(
    st.tuples(st.binary(max_size=300), st.sampled_from(("base64", "quoted-printable", "8bit"))), min_size=1, max_size=5
)


@given(PARTS)
def test_what_the_standard_library_writes_is_read_back(parts: list[tuple[bytes, str]]) -> None:
    whole = EmailMessage()
    whole["Date"] = "Mon, 17 Dec 2018 11:14:59 +0000"
    whole["MIME-Version"] = "1.0"
    whole["Content-Type"] = "multipart/related"
    for number, (body, encoding) in enumerate(parts):
        if encoding == "8bit":
            body = re.sub(rb"[^ -~]", b".", body)
        each = EmailMessage()
        each.set_content(body, maintype="text", subtype="html", cte=encoding)
        each["Content-Location"] = f"http://www.example.org/{number}"
        whole.attach(each)
    data = whole.as_bytes()
    told = [each for each in email.message_from_bytes(data).walk() if not each.is_multipart()]
    if not any(body for body, _ in parts):
        return
    assert bodies(found(data)) == [each.get_payload(decode=True) for each in told]


MARKS = [each.start() for each in re.finditer(rb"--" + BOUNDARY.encode(), WHOLE)]
"""Where the lines of the boundary start."""


def test_a_message_cut_anywhere_gives_what_came_before_and_is_told() -> None:
    for cut in range(HEAD.index("Content-Type") + 100, len(WHOLE) - 2):
        try:
            read = found(WHOLE[:cut])
        except UnreadableSource:
            assert cut < WHOLE.index(b"<title>") + 1
            continue
        assert [each for each in read if isinstance(each, Damage)], cut
        whole = sum(start - 2 <= cut for start in MARKS[1:])
        assert bodies(read)[:whole] == list(BODIES[:whole]), cut
        assert len(bodies(read)) <= len(BODIES), cut


def test_one_changed_byte_costs_no_other_part() -> None:
    for at in range(len(HEAD), len(WHOLE) - 2):
        read = bodies(found(WHOLE[:at] + bytes([WHOLE[at] ^ 1]) + WHOLE[at + 1 :]))
        within = sum(start <= at + 2 for start in MARKS) - 1
        beside = within - 1 if at < MARKS[within] + len(BOUNDARY) + 5 else within
        for number, body in enumerate(BODIES):
            assert number in (within, beside) or body in read, (at, number)


def test_a_damaged_boundary_is_told() -> None:
    for number, mark in enumerate(MARKS[1:], 1):
        for at in range(mark + 2, mark + 2 + len(BOUNDARY)):
            read = found(WHOLE[:at] + bytes([WHOLE[at] ^ 2]) + WHOLE[at + 1 :])
            assert [each for each in read if isinstance(each, Damage)], at
            assert number == len(BODIES) or bodies(read) == list(BODIES), at


@pytest.mark.parametrize("end", ["\n", "\r", "\r\r\n"])
def test_any_line_end(end: str) -> None:
    data = WHOLE.decode("latin-1").replace("\r\n", end).encode("latin-1")
    assert [body.rstrip(b"\r") for body in bodies(found(data))] == list(BODIES)
    assert not [each for each in found(data) if isinstance(each, Damage)]


@pytest.mark.parametrize("declared", ["", '; boundary="another"', "; boundary="])
def test_a_boundary_that_is_not_declared_is_found(declared: str) -> None:
    data = re.sub(rb'; *\s*boundary="[^"]*"', declared.encode(), WHOLE, count=1)
    assert bodies(found(data)) == list(BODIES)
    assert [each for each in found(data) if isinstance(each, Damage)]


def test_a_part_named_as_the_start_is_the_page() -> None:
    data = message(
        part("<p>A frame", "Content-ID: <second@x>"),
        part("<p>The page itself", "Content-ID: <first@x>"),
    ).replace(b'type="text/html"', b'start="<first@x>"')
    frame, page = (each for each in found(data) if isinstance(each, Capture))
    assert (frame.url, page.url) == (None, "http://www.example.org/")


def test_a_frame_that_a_script_made_has_no_address_but_its_name() -> None:
    here = "Content-Location: http://www.example.org/"
    data = message(part("<p>The page", "Content-ID: <f1@x>", here), part("<p>An advert", "Content-ID: <f2@x>", here))
    assert [each.url for each in found(data) if isinstance(each, Capture)] == ["http://www.example.org/", "cid:f2@x"]


def test_addresses_within_the_message_s() -> None:
    data = message(part("<p>x"), part("y", "Content-Location: pic\r\n s/a.gif", kind="image/gif"))
    data = data.replace(b"Snapshot-Content-Location: http://www.example.org/", b"Content-Location: file:///C:/a/b.htm")
    assert [each.url for each in found(data) if isinstance(each, Capture)] == [
        "file:///C:/a/b.htm",
        "file:///C:/a/pics/a.gif",
    ]


def test_the_declared_charset_is_heard_and_named() -> None:
    data = message(
        part(
            "<p>caf=E9 na=EFve",
            "Content-Transfer-Encoding: quoted-printable",
            kind='text/html;\r\n\tcharset="iso-8859-1"',
        )
    )
    (capture,) = (each for each in found(data) if isinstance(each, Capture))
    text, charset = decode(capture.payload, capture.declared, "container")
    assert "café naïve" in text
    assert charset.source == "container"
    assert page_from(capture).provenance.charset == charset


def test_mail_with_a_page_and_its_text() -> None:
    inner = (
        "--in\r\nContent-Type: text/plain\r\n\r\nHello\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>Hello\r\n--in--\r\n"
    )
    data = message(part(inner, kind="multipart/alternative; boundary=in"), part("GIF", kind="image/gif"))
    text, page, picture = found(data)
    assert isinstance(text, Passed)
    assert isinstance(page, Capture) and page.payload == b"<p>Hello"
    assert isinstance(picture, Capture) and picture.payload == b"GIF"


def test_a_message_that_is_one_page() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Location: http://a.example/\r\nContent-Type: text/html\r\n\r\n<p>Alone"
    (capture,) = found(data)
    assert isinstance(capture, Capture)
    assert (capture.url, capture.payload) == ("http://a.example/", b"<p>Alone")


def test_frames_stand_in_their_page(tmp_path: Path) -> None:
    frames = "<frameset cols='*,*'><frame src='cid:f2@x' name=one><frame src='cid:f3@x' name=two></frameset>"
    words = "Words of a frame that are long enough to be kept, a whole sentence of them."
    path = tmp_path / "frames.mhtml"
    path.write_bytes(
        message(
            part(frames, "Content-ID: <f1@x>"),
            part(f"<h1>Left</h1><p>{words}", "Content-ID: <f2@x>", "Content-Location: http://www.example.org/left"),
            part(f"<h1>Right</h1><p>{words}", "Content-ID: <f3@x>", "Content-Location: about:blank"),
        )
    )
    search = Search()
    captures = list(search.finding(read(path)))
    assert list(search.holding(captures))
    text = plain_text(page_from(captures[0], Guidance(frames=search.frames)))
    assert "Left" in text and "Right" in text


def test_what_base64_does_not_allow_is_told() -> None:
    data = WHOLE.replace(b"R0lGODlhAQABAIAAAAUEBA==", b"R0lGODlh\x01AQABAIAAAAUEBA==")
    read = found(data)
    assert bodies(read) == list(BODIES)
    assert [each.offset for each in read if isinstance(each, Damage)] == [data.index(b"R0lGOD")]


@given(st.binary(max_size=200), st.sampled_from(("base64", "quoted-printable", "binary", "x-uuencode")))
def test_any_bytes_in_any_encoding(data: bytes, encoding: str) -> None:
    with at_hand(data, "x") as path, path.open("rb") as file:
        body = body_of(Disk(file), 0, len(data), encoding)
    assert len(body.data) <= len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n",
        b"From: <Saved by Blink>\r\nSubj",
    ],
)
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"page\.mhtml"):
        found(data)


def test_messages_within_messages_come_to_an_end() -> None:
    head = "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    data = ("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + head * 500).encode()
    assert [each for each in found(data) if isinstance(each, Damage)]


def test_a_damaged_message_is_converted_and_told(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(WHOLE[:-40])
    report = convert([str(path)], tmp_path / "out")
    assert exit_status(report) == 1


@pytest.mark.shared
def test_real_messages_are_read_as_the_standard_library_reads_them(archives_dev: Path) -> None:
    for row in manifest(archives_dev):
        if row["format"] != "mhtml":
            continue
        path = archives_dev / row["path"]
        whole = email.message_from_bytes(path.read_bytes())
        wanted = [each.get_payload(decode=True) for each in whole.walk() if not each.is_multipart()]
        try:
            read = list(records(path))
        except UnreadableSource:
            assert not any(wanted), row["path"]
            continue
        assert bodies(read) == wanted, row["path"]
        assert not [each for each in read if isinstance(each, Damage)], row["path"]
