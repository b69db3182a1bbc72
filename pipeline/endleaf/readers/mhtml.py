"""MHTML (RFC 2557): a page with all that it shows, saved as one message by a browser, an office or a mail program.

Each part is one capture: the page, its frames, its pictures and styles. When the message was written is when they
were captured.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from msgspec.structs import replace

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Evidence, Passed, Provenance, Record
from endleaf.readers.mhtml_bodies import body_of
from endleaf.readers.mhtml_head import Head, moment, words
from endleaf.readers.mhtml_parts import Message, Part, parts_of
from endleaf.readers.payload import media_type
from endleaf.readers.source import Source

_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""An address with a scheme; a single letter is a disk of Windows."""
_PAGES: Final = ("text/html", "application/xhtml+xml")
_MEDIA: Final = ("audio/", "video/", "image/", "font/", "application/octet-stream")
"""Types whose bytes past the limit hold no text of a page."""
_MARKS: Final = ("X-MAF", "X-UnMHT-Save", "X-MimeOLE", "X-Mailer", "User-Agent")
"""Fields in which programs name themselves; browsers do in From."""
_TOLD: Final = ("Subject", "From")
_SAVED_BY: Final = re.compile(r"<?\s*(Saved by .{1,200}?)\s*>?\s*\Z", re.IGNORECASE)


def read(source: Source) -> Iterator[Record]:
    """Every part, in order, then what was wrong. Raises UnreadableSource where there is no part."""
    if source.asked.noted:
        return  # no record of another file refers to a part
    message = parts_of(source.disk)
    if not any(part.end > part.start for part in message.parts):
        why = message.faults[0].reason if message.faults else "there is no part in it"
        raise UnreadableSource(f"{source.name} is a saved page (MHTML) with nothing in it: {why}")
    reader = _Reader(source, message)
    for part in message.parts:
        yield from reader.records(part)
    for fault in message.faults:
        yield Damage(source=source.name, reason=fault.reason, offset=fault.offset)


class _Reader:
    def __init__(self, source: Source, message: Message) -> None:
        self._source = source
        self._message = message
        self._root = _root(message)
        date = message.head.get("date")[:200]
        self._captured_at = moment(date) if date else None
        dated = (Evidence(what="captured_at", value=date, where="the message's Date"),) if date else ()
        self._evidence = (*dated, *_programs(message.head))

    def records(self, part: Part) -> Iterator[Record]:
        """A part as a capture, and what is wrong with it."""
        known = self._provenance(part)
        if self._is_twin(part):
            yield Passed(provenance=known, reason="the page's text beside the page")
            return
        body = body_of(self._source.disk, part.start, part.end, part.head.get("content-transfer-encoding"))
        kind = part.head.media_type
        notes = body.notes if part.whole else [*body.notes, "it is cut short"]
        yield Capture(
            provenance=_hashed(known, body.data),
            payload=body.data,
            declared=part.head.get("content-type") or None,
            notes=tuple(notes),
        )
        if body.broken or (body.cut and not kind.startswith(_MEDIA)):
            yield Damage(source=self._source.name, reason=body.notes[-1], offset=part.start, url=known.url)

    def _provenance(self, part: Part) -> Provenance:
        url, where = self._url(part)
        head, root = self._message.head, part is self._root
        told = tuple((name, words(head.get(name))) for name in _TOLD if root and head.get(name))
        origin = (Evidence(what="url", value=url, where=where),) if url else ()
        return Provenance(
            source=self._source.name,
            container="mhtml",
            url=url,
            captured_at=self._captured_at,
            offset=part.offset,
            length=part.end - part.offset,
            record_id=f"cid:{part.head.content_id}" if part.head.content_id else None,
            media_type=media_type(part.head.get("content-type")) or ("text/plain" if root else None),
            crawl=told,
            evidence=(*origin, *self._evidence),
        )

    def _url(self, part: Part) -> tuple[str | None, str]:
        """A part's address, and the field that states it (RFC 2557 sections 4.2 and 5)."""
        location, head = part.head.location, self._message.head
        snapshot = "".join(words(head.get("snapshot-content-location")).split())
        if part is self._root and snapshot and not location.lower().startswith(("http:", "https:")):
            return snapshot, "the message's Snapshot-Content-Location"
        if self._is_scripted(part):
            return f"cid:{part.head.content_id}", "the part's Content-ID: its Content-Location is that of its page"
        if _ABSOLUTE.match(location):
            return location, "the part's Content-Location"
        around = [part.head.get("content-base"), *(each.location for each in reversed(part.around))]
        base = next((each for each in (*around, head.location, snapshot) if _ABSOLUTE.match(each)), "")
        if part is self._root and not location:
            return base or None, "the message's Content-Location"
        if not location or not base:
            return location or None, "the part's Content-Location, which is relative"
        try:
            return urljoin(base, location), "the part's Content-Location within the message's"
        except ValueError:  # a bracket in the host that is none
            return location, "the part's Content-Location"

    def _is_scripted(self, part: Part) -> bool:
        """Whether a frame was made by a script in the page: it has no address, and browsers give it the page's."""
        root = self._root
        return (
            root is not None
            and part is not root
            and part.head.content_id != ""
            and part.head.media_type in _PAGES
            and part.head.location == root.head.location != ""
        )

    def _is_twin(self, part: Part) -> bool:
        """Whether a part is a page's text that was sent beside the page (RFC 2046 section 5.1.4)."""
        if part.head.media_type != "text/plain" or not part.around:
            return False
        around = part.around[-1]
        return around.media_type == "multipart/alternative" and any(
            each.around and each.around[-1] is around and each.head.media_type in _PAGES for each in self._message.parts
        )


def _root(message: Message) -> Part | None:
    """The page itself: the part that the message names (RFC 2387 section 3.2), or the first page."""
    start = message.head.parameter("start").strip("<> ")
    named = (part for part in message.parts if start and part.head.content_id == start)
    pages = (part for part in message.parts if part.head.media_type in _PAGES)
    return next(named, None) or next(pages, None) or next(iter(message.parts), None)


def _programs(head: Head) -> Iterator[Evidence]:
    """Which program wrote the message."""
    saved = _SAVED_BY.match(head.get("from"))
    if saved:
        yield Evidence(what="archive", value=saved[1], where="the message's From")
    for name in _MARKS:
        if head.get(name):
            yield Evidence(what="archive", value=head.get(name)[:200], where=f"the message's {name}")


def _hashed(known: Provenance, payload: bytes) -> Provenance:
    return replace(known, sha256=hashlib.sha256(payload).hexdigest())
