"""What is a page and what is not, by the declared type and the first bytes."""

from __future__ import annotations

import msgspec
import pytest

from endleaf.errors import NotAPage, PageTooLarge
from endleaf.kinds import LARGEST_PAGE, kind_of
from endleaf.model import Capture, Http, Provenance, RefersTo


def captured(media_type: str | None, payload: bytes, status: int = 200, **known: object) -> Capture:
    provenance = Provenance(source="a", container="warc", media_type=media_type, **known)  # type: ignore[arg-type]
    return Capture(provenance=provenance, payload=payload, http=Http(status=status))


@pytest.mark.parametrize(
    ("media_type", "payload", "kind"),
    [
        ("text/html", b"anything at all", "html"),
        ("application/xhtml+xml", b"<html/>", "html"),
        ("text/plain", b"Plain words.", "text"),
        ("text/plain", b"\n <!-- x --><HTML><p>Sent as text", "html"),
        ("text/plain", b"\xff\xfeP\x00l\x00", "text"),
        (None, b"<title>No type</title>", "html"),
        ("application/octet-stream", b"<!doctype html>", "html"),
    ],
)
def test_pages(media_type: str, payload: bytes, kind: str) -> None:
    assert kind_of(captured(media_type, payload)) == kind


@pytest.mark.parametrize(
    ("capture", "reason"),
    [
        (captured("image/png", b"\x89PNG"), "not a page"),
        (captured("text/css", b"p {}"), "not a page"),
        (captured(None, b"\x00\x01\x02"), "not a page"),
        (captured(None, b"just words"), "no declared type, and no page"),
        (captured("text/html", b"moved", status=302), "redirect"),
        (captured("text/html", b"gone", status=404), "error status"),
        (captured("text/html", b"  \n"), "empty payload"),
        (captured("text/plain", b"User-agent: *", url="http://a.example/robots.txt?x"), "a text for machines"),
        (captured("text/html", b"", refers_to=RefersTo(url="http://x/")), "revisit of a payload that is not here"),
    ],
)
def test_no_pages(capture: Capture, reason: str) -> None:
    with pytest.raises(NotAPage) as raised:
        kind_of(capture)
    assert raised.value.reason == reason


@pytest.mark.parametrize(("location", "detail"), [
    ("http://b.example/new", "to http://b.example/new"), ("/new", "to http://a.example/new"),
    ("//c.example/", "to http://c.example/"), (" ?page=2 ", "to http://a.example/x/y?page=2"),
    ("http://[broken/", "to http://[broken/"), ("", None),
])  # fmt: skip
def test_a_redirect_says_where_to(location: str, detail: str | None) -> None:
    capture = captured("text/html", b"moved", status=302, url="http://a.example/x/y")
    assert capture.http is not None
    moved = msgspec.structs.replace(capture.http, headers=(("LOCATION", location),))
    with pytest.raises(NotAPage) as raised:
        kind_of(msgspec.structs.replace(capture, http=moved))
    assert (raised.value.reason, raised.value.detail) == ("redirect", detail)


def test_what_had_not_changed_is_a_page_where_its_payload_is_here() -> None:
    here = captured("text/html", b"<p>Hello", status=304, refers_to=RefersTo(url="http://x/", resolved=True))
    assert kind_of(here) == "html"
    with pytest.raises(NotAPage):
        kind_of(captured("text/html", b"", status=304))
    with pytest.raises(NotAPage, match="of http://x/"):
        kind_of(captured("text/html", b"", status=304, refers_to=RefersTo(url="http://x/")))


def test_more_than_a_page_is_refused_and_told() -> None:
    with pytest.raises(PageTooLarge, match="are not converted"):
        kind_of(captured("text/html", b"x" * (LARGEST_PAGE + 1)))
    assert kind_of(captured("text/html", b"x" * LARGEST_PAGE)) == "html"
