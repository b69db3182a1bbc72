"""The list of a URL's captures, or of those below a prefix, from an archive's CDX server.

Three dialects are spoken (:data:`endleaf.fetch.services.Dialect`), and a line of the answer may be JSON, a JSON row,
CDXJ, or columns: the line itself shows which. Lists come in pages; where a page ends is told with its last line, so
that a list that was broken off goes on from there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple
from urllib.parse import urlencode

from endleaf.fetch.asking import Answer, Asker, Question
from endleaf.fetch.listed import Listed, Span, Stored, instant, original
from endleaf.fetch.services import Service
from endleaf.fetch.troubles import Failed, Missing

PAGE = 5000
"""Rows of a page of the Wayback CDX server: a quarter of a minute of its work, at most."""

MOST_PAGES = 2000
MOST_LINE = 1 << 16
MOST_TEXT = 1 << 30
"""Bytes of one list once it is unpacked, 1 GiB: a TimeMap of a million captures has a sixth of it."""

_COLUMNS = ("timestamp", "original", "mimetype", "statuscode", "digest")
_CDX11 = (
    "urlkey",
    "timestamp",
    "original",
    "mimetype",
    "statuscode",
    "digest",
    "redirect",
    "flags",
    "length",
    "offset",
    "filename",
)
_CDX9 = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "redirect", "offset", "filename")
_CDX7 = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_FORMS = {len(columns): columns for columns in (_COLUMNS, _CDX11, _CDX9, _CDX7)}


class Query(NamedTuple):
    """What is asked of an index."""

    url: str
    prefix: bool
    span: Span


@dataclass(slots=True)
class Listing:
    """A list on its way: what was wrong with it, and from where to go on (empty: from its start)."""

    resume: str = ""
    broken: int = 0
    """Lines that are no captures."""
    whole: bool = False
    """Whether its end was reached."""
    notes: list[str] = field(default_factory=list)


def captures(asker: Asker, service: Service, query: Query, listing: Listing) -> Iterator[Listed]:
    """The captures that an archive's CDX server lists. Raises as :meth:`Asker.ask` does."""
    pages = _resumed if service.dialect == "wayback" else _whole
    for row in pages(asker, service, query, listing):
        if query.span.has(row.timestamp):
            yield Listed(
                timestamp=row.timestamp, url=row.url
            )  # its files are its own: only Common Crawl gives them out
    listing.whole = True


def _resumed(asker: Asker, service: Service, query: Query, listing: Listing) -> Iterator[Listed]:
    """The Wayback CDX server's way: after a blank line stands the key of the next page."""
    words = {**_words(query), "fl": ",".join(_COLUMNS), "limit": PAGE, "showResumeKey": "true"}
    for _ in range(MOST_PAGES):
        given = {**words, "resumeKey": listing.resume} if listing.resume else words
        key = ""
        ends = False
        for line in asked_lines(asker, f"{service.cdx}?{urlencode(given)}", service, listing):
            if not line:
                ends = True
            elif ends:
                key = line
            elif row := row_of(line, listing):
                yield row
        if not key:
            return
        if key == listing.resume:
            raise Failed("the index gives the same page for ever", "the captures listed so far are fetched")
        listing.resume = key
    raise Failed(f"the index has more than {MOST_PAGES} pages", "ask for a shorter range")


def _whole(asker: Asker, service: Service, query: Query, listing: Listing) -> Iterator[Listed]:
    """pywb's way: all in one answer."""
    words = {**_words(query), "output": "json"}
    for line in asked_lines(asker, f"{service.cdx}?{urlencode(words)}", service, listing):
        if line and (row := row_of(line, listing)):
            yield row


def _words(query: Query) -> dict[str, Any]:
    words = {
        "url": query.url,
        "matchType": "prefix" if query.prefix else "",
        "from": query.span.first,
        "to": query.span.last,
    }
    return {name: value for name, value in words.items() if value}


def asked_lines(asker: Asker, url: str, service: Service, listing: Listing) -> Iterator[str]:
    """The lines of an index's answer. Raises Missing for a 404, Failed for any other refusal."""
    answer = asker.ask(Question(url, service.index_pace, wanted=lambda answer: answer.status == 200, most=MOST_TEXT))
    try:
        if answer.status in (404, 410):
            raise Missing("the archive's index has no capture of it")
        if answer.status != 200:
            raise Failed(f"the index answered {answer.status} {answer.reason}".rstrip())
        if (answer.get("content-type") or "").lower().startswith("text/html"):
            raise Failed("the index answered with a page of HTML, not with a list")
        yield from lines(answer, listing)
    finally:
        answer.close()


def lines(answer: Answer, listing: Listing) -> Iterator[str]:
    """The lines of a text, bounded each and in all; unpacked where the server packed it unasked."""
    held = b""
    skipping = False
    for piece in pieces(answer):
        *ended, held = (held + piece).split(b"\n")
        for line in ended:
            if skipping or len(line) > MOST_LINE:
                listing.broken += 1
                skipping = False
                continue
            yield line.decode("utf-8", "replace").strip("\r")
        if len(held) > MOST_LINE:
            held, skipping = b"", True
    if held and not skipping:
        yield held.decode("utf-8", "replace").strip("\r")
    listing.broken += skipping


def pieces(answer: Answer) -> Iterator[bytes]:
    """The bytes of a text in pieces, its content coding undone, no more than :data:`MOST_TEXT`."""
    coding = (answer.get("content-encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Failed(f"its content coding {coding[:40]} was not asked for")
    size = 0
    for piece in _plain(answer.body) if coding == "identity" else _inflated(answer.body):
        size += len(piece)
        if size > MOST_TEXT:
            raise Failed(f"the list is longer than {MOST_TEXT:,} bytes", "ask for a shorter range")
        yield piece


def _plain(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(MOST_LINE), b"")


def _inflated(file: IO[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for packed in _plain(file):
            while packed:
                yield inflater.decompress(packed, MOST_LINE)
                packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise Failed("the list is packed, and broken") from error
    if not inflater.eof:
        raise Failed("the list is packed, and ends too early")


def row_of(line: str, listing: Listing) -> Listed | None:
    """The capture of a line of an index; None, counted as broken, for what is none.

    >>> row_of('20040628050632 http://a.example/ text/html 200 ABC', Listing()).key
    '20040628050632/http://a.example/'
    >>> row_of('example,a)/ 20040628050632 {"url": "http://a.example/"}', Listing()).key
    '20040628050632/http://a.example/'
    """
    fields = _fields(line)
    if fields.get("timestamp") == "timestamp" or line in ("[]", "[", "]"):
        return None  # the head of a table
    stamp, url = str(fields.get("timestamp", "")), original(str(fields.get("url") or fields.get("original") or ""))
    if instant(stamp) is None or url is None:
        listing.broken += 1
        return None
    return Listed(timestamp=stamp, url=url, stored=_stored(fields))


def _fields(line: str) -> dict[str, Any]:
    text = line.strip().rstrip(",")
    try:
        if text.startswith("{"):
            return _object(text)
        if text.startswith("["):
            row = json.loads(_row_alone(text))
            return dict(zip(_FORMS.get(len(row), ()), row, strict=False)) if isinstance(row, list) else {}
        _, _, rest = text.partition(" ")
        stamp, _, values = rest.partition(" ")
        if values.startswith("{"):
            return {"timestamp": stamp, **_object(values)}
    except (ValueError, RecursionError):
        return {}
    columns = text.split(" ")
    return dict(zip(_FORMS.get(len(columns), ()), columns, strict=False))


def _row_alone(text: str) -> str:
    """A row of a JSON table without the brackets of the table, which stand before the first row and after the last."""
    if text.startswith("[["):
        return text.removeprefix("[")
    return text.removesuffix("]") if text.endswith("]]") else text


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


def _stored(fields: dict[str, Any]) -> Stored | None:
    file, offset, length = (str(fields.get(name, "")) for name in ("filename", "offset", "length"))
    if not (file and offset.isascii() and offset.isdigit() and length.isascii() and length.isdigit()):
        return None
    return Stored(file=file[:1000], offset=int(offset[:18]), length=int(length[:18]))
