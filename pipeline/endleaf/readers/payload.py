"""What a record's block holds: an HTTP response, or the payload itself."""

from __future__ import annotations

import re

import msgspec

from endleaf.model import Http
from endleaf.readers.codings import MAX_RATIO, undo
from endleaf.readers.message import Message, read_message
from endleaf.readers.packings import GZIP
from endleaf.readers.raw import Raw

_HTTP = ("application/http", "message/http")
"""The types under which crawlers store a whole HTTP message; the second is an early one's."""


def holds_http(raw: Raw) -> bool:
    """Whether a record's block is an HTTP message, by what it says, or where it says nothing by its start."""
    declared = raw.fields.get("content-type", "").lower()
    return declared.startswith(_HTTP) or (raw.block[:5].upper() == b"HTTP/" and not declared)


def payload_of(raw: Raw) -> Message:
    """A record's payload, with the HTTP head before it, if any, and what was wrong with either."""
    message = read_message(raw.block) if holds_http(raw) else Message(None, raw.block)
    kind = media_type(declared_type(raw, message.http)) or ""
    if message.body.startswith(GZIP.magic) and kind.startswith(("text/", "application/xhtml")):
        uncoded = undo(message.body, ["gzip"])
        message.body, message.cut = uncoded.data, message.cut or uncoded.cut
        message.notes += ["it is gzip, and does not say so", *uncoded.notes]
    if raw.block_size > len(raw.block):
        message.notes.append(f"only the first {len(raw.block)} of {raw.block_size} bytes are kept")
        bomb = raw.length is not None and raw.block_size > MAX_RATIO * raw.length
        message.cut |= bomb or not kind.startswith(_MEDIA)
    if "warc-truncated" in raw.fields:
        message.notes.append(f"the crawler cut it short: {raw.fields['warc-truncated'][:40]}")
    return message


_MEDIA = ("audio/", "video/", "image/", "font/", "application/octet-stream", "application/zip")
"""Types whose bytes past the limit hold no text of a page: cutting them loses nothing that is asked for."""


def declared_type(raw: Raw, http: Http | None) -> str | None:
    """The payload's Content-Type: the server's, or the record's own where there is no HTTP head."""
    if http is not None:
        return http.get("content-type")
    declared = raw.fields.get("content-type", "")
    return None if declared.lower().startswith(_HTTP) else declared


_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


def media_type(declared: str | None) -> str | None:
    """A media type in lower case, without parameters (RFC 9110 section 8.3.1); None if it is none.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    kind = (declared or "").partition(";")[0].strip().lower()
    return kind if _TYPE.fullmatch(kind) else None


def with_type(own: Http | None, original: Http | None) -> Http | None:
    """A revisit's own head; what it does not say of the payload, the original's says."""
    if own is None or original is None:
        return own or original
    if own.get("content-type") is not None:
        return own
    kind = original.get("content-type")
    return own if kind is None else msgspec.structs.replace(own, headers=(*own.headers, ("Content-Type", kind)))
