"""What a capture holds: a page in HTML, a page of text, or none, told from its declared type and its first bytes."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urljoin

from endleaf.errors import NotAPage, PageTooLarge
from endleaf.model import Capture

Kind = Literal["html", "text"]

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain"})
_SILENT_TYPES = frozenset({"", "application/octet-stream", "unknown/unknown", "application/unknown", "no-type"})
"""What servers and crawlers wrote where nobody knew: then the bytes decide (WHATWG MIME Sniffing, section 7)."""

_FOR_MACHINES = ("/robots.txt", "/ads.txt", "/app-ads.txt", "/.well-known/security.txt")
"""Plain texts at well-known paths that tell machines what to do, and readers nothing (RFC 9309, IAB ads.txt)."""

_LOOKS_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|frameset"
    rb"|script|style|table|center|font|h[1-6]|div|p|a|br|ul|b)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that text in no single-byte charset holds (WHATWG MIME Sniffing, section 3: binary data byte)."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_SNIFFED = 2048

LARGEST_PAGE = 16 << 20
"""Bytes. The largest pages of the web's archives have some megabytes; a tree takes fifty times its page's memory."""


def kind_of(capture: Capture) -> Kind:
    """``html`` or ``text``. Raises :class:`NotAPage`, whose reason is the code reports count by, or PageTooLarge.

    >>> from endleaf.model import Provenance
    >>> def captured(media_type: str, payload: bytes) -> Capture:
    ...     return Capture(provenance=Provenance(source="a", container="warc", media_type=media_type), payload=payload)
    >>> kind_of(captured("text/html", b"Hello"))
    'html'
    >>> kind_of(captured("", b"<!DOCTYPE html><p>Hello"))
    'html'
    >>> kind_of(captured("image/gif", b"GIF89a"))
    Traceback (most recent call last):
    endleaf.errors.NotAPage: not a page
    """
    _check_status(capture)
    if not capture.payload or capture.payload.isspace():
        raise NotAPage("empty payload")
    if capture.media_type in _TEXT_TYPES and (capture.url or "").partition("?")[0].endswith(_FOR_MACHINES):
        raise NotAPage("a text for machines")
    kind = _by_type(capture.media_type, capture.payload[:_SNIFFED])
    if len(capture.payload) > LARGEST_PAGE:
        raise PageTooLarge(f"a page of {len(capture.payload):,} bytes: more than {LARGEST_PAGE:,} are not converted")
    return kind


def _check_status(capture: Capture) -> None:
    """Raise NotAPage for what its status says is no page, or whose payload is not here."""
    status = capture.http.status if capture.http else 0
    refers = capture.provenance.refers_to
    # What was captured before is what the server still had; a browser that records it has the page at hand.
    same = status == _NOT_MODIFIED and (refers is not None or bool(capture.payload))
    if 300 <= status < 400 and not same:
        to = redirected_to(capture)
        raise NotAPage("redirect", f"to {to}" if to else None)
    if status and not 200 <= status < 300 and not same:
        raise NotAPage("error status")
    if refers and not refers.resolved:
        of = refers.words or capture.provenance.payload_digest or "a payload that it does not name"
        raise NotAPage("revisit of a payload that is not here", f"of {of}")


_NOT_MODIFIED = 304


def redirected_to(capture: Capture) -> str | None:
    """Where a redirect leads, as an absolute URL (RFC 9110 section 10.2.2); None where it does not say.

    >>> from endleaf.model import Http, Provenance
    >>> known = Provenance(source="a.warc", container="warc", url="http://a.example/old/page")
    >>> moved = Http(status=301, headers=(("Location", "../new?x=1"),))
    >>> redirected_to(Capture(provenance=known, payload=b"", http=moved))
    'http://a.example/new?x=1'
    """
    location = capture.http.get("location") if capture.http else None
    if not location:
        return None
    try:
        return urljoin(capture.url or "", location.strip())
    except ValueError:  # a bracket in the host that is none
        return location.strip()


def _by_type(media_type: str, start: bytes) -> Kind:
    if media_type in _HTML_TYPES:
        return "html"
    if media_type in _SILENT_TYPES or media_type in _TEXT_TYPES:
        if _LOOKS_HTML.match(start.removeprefix(b"\xef\xbb\xbf")):
            return "html"
        if start.startswith(_UTF16) or not _BINARY.search(start):
            if media_type in _TEXT_TYPES:
                return "text"
            raise NotAPage("no declared type, and no page")
    raise NotAPage("not a page")
