"""HAR files (HTTP Archive 1.1 and 1.2): what a browser's tools, or a proxy, recorded of requests and answers.

Bodies are there as the tool had them: transfer and content codings undone, and of texts the characters, whatever
charset the server had sent them in. So a text is told to be UTF-8, as it is here.
"""

from __future__ import annotations

import binascii
import gzip
import hashlib
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Evidence, Http, Moment, Passed, Provenance, Record
from endleaf.readers.codings import MAX_BODY, undo
from endleaf.readers.disk import Disk
from endleaf.readers.har_entries import Entry, entries, makers
from endleaf.readers.packed import FREE, MAX_RATIO
from endleaf.readers.packings import GZIP
from endleaf.readers.payload import media_type
from endleaf.readers.source import Source

_PIECE: Final = 1 << 20
_LONGEST: Final = 8192
"""Characters of an address: a longer one is data."""
_TOLD: Final = ("pageref", "serverIPAddress", "_resourceType", "_fetchType", "comment")
_FILE: Final = re.compile(r"[\w-][\w.-]{0,200}")
"""The name of a file beside the HAR that holds a body: no path."""
_BODILESS: Final = frozenset((101, 204, 205))


def read(source: Source) -> Iterator[Record]:
    """Every entry, in order. Raises UnreadableSource where there is none."""
    if source.asked.noted:
        return  # no record of another file refers to an entry
    with _plain(source.disk) as (disk, fault):
        maker, count = tuple(makers(disk)), 0
        for each in entries(disk):
            count += 1
            if isinstance(each, Entry):
                yield _Answer(source, each, maker).record()
            else:
                yield Damage(source=source.name, reason=each.reason, offset=each.offset)
        if fault:
            yield Damage(source=source.name, reason=fault, offset=disk.size)
        if not count:
            raise UnreadableSource(f"{source.name} is a HAR file with nothing in it")


@contextmanager
def _plain(disk: Disk) -> Iterator[tuple[Disk, str]]:
    """The file, unpacked if it is gzip, and what was wrong with its packing. Offsets count in the unpacked file."""
    if disk.peek(0, len(GZIP.magic)) != GZIP.magic:
        yield disk, ""
        return
    limit = max(FREE, MAX_RATIO * disk.size)
    with tempfile.TemporaryFile() as file:
        fault = ""
        try:
            unpacked = gzip.GzipFile(fileobj=disk.stream())
            while piece := unpacked.read1(_PIECE):  # what it has, before it finds that there is no more
                file.write(piece)
                if file.tell() > limit:
                    fault = f"it unpacks to more than {limit} bytes: only these are read"
                    break
        except (OSError, EOFError, zlib.error) as error:
            fault = f"its gzip packing is damaged: {error}"
        file.flush()
        yield Disk(file), fault


class _Answer:
    """One entry on its way to a record."""

    def __init__(self, source: Source, entry: Entry, maker: tuple[tuple[str, str], ...]) -> None:
        self._source = source
        self._entry = entry
        self._maker = maker
        self._request = _object(entry.value.get("request"))
        self._response = _object(entry.value.get("response"))
        self._content = _object(self._response.get("content"))
        self._http = _http(self._response)
        self._notes: list[str] = []
        self._declared: str | None = None

    def record(self) -> Record:
        """The entry as a capture; one that got no answer is passed."""
        body = self._body()
        known = self._provenance(body)
        if body is None and not self._http.status:
            why = _text(self._response.get("_error")) or _text(self._response.get("statusText"))
            return Passed(provenance=known, reason="a request without an answer", detail=why or None)
        return Capture(
            provenance=known,
            payload=body or b"",
            http=self._http,
            declared=self._declared,
            notes=tuple(self._notes),
        )

    def _provenance(self, body: bytes | None) -> Provenance:
        entry, started = self._entry, _text(self._entry.value.get("startedDateTime"))[:100]
        url = _text(self._request.get("url"))[:_LONGEST] or None
        kind = media_type(self._http.get("content-type")) or media_type(_text(self._content.get("mimeType")))
        dated = (Evidence(what="captured_at", value=started, where="startedDateTime"),) if started else ()
        addressed = (Evidence(what="url", value=url, where="request.url"),) if url else ()
        told = ((name, _text(entry.value.get(name))[:1000]) for name in _TOLD)
        return Provenance(
            source=self._source.name,
            container="har",
            url=url,
            captured_at=Moment.from_iso(started),
            offset=entry.offset,
            length=entry.length,
            record_type="entry",
            status=self._http.status or None,
            media_type=kind,
            method=_text(self._request.get("method"))[:20] or None,
            sha256=hashlib.sha256(body).hexdigest() if body is not None else None,
            crawl=tuple((name, value) for name, value in told if value),
            warcinfo=self._maker,
            evidence=(*addressed, *dated),
        )

    def _body(self) -> bytes | None:
        """The body, None where the file has none."""
        kind, text = _text(self._content.get("mimeType")), self._content.get("text")
        if not isinstance(text, str):
            return self._beside()
        if _text(self._content.get("encoding")).lower() == "base64":
            self._declared = None if self._http.get("content-type") else kind or None
            return self._unpacked(self._base64(text))
        self._declared = f"{media_type(kind) or 'text/plain'}; charset=utf-8"
        try:
            return text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()

    def _base64(self, text: str) -> bytes:
        data = text.encode("ascii", "ignore").rstrip(b"= \r\n")
        try:
            return binascii.a2b_base64(data[: len(data) - (len(data) % 4 == 1)] + b"==")
        except binascii.Error:
            self._notes.append("its body says base64, and is not: it is kept as it is")
            return data

    def _unpacked(self, body: bytes) -> bytes:
        """A text that the tool has kept as it was sent, packed."""
        kind = media_type(_text(self._content.get("mimeType"))) or ""
        if not (body.startswith(GZIP.magic) and kind.startswith("text/")):
            return body
        uncoded = undo(body, ["gzip"])
        self._notes += ["it is gzip, and does not say so", *uncoded.notes]
        return uncoded.data

    def _beside(self) -> bytes | None:
        """The body in a file beside the HAR, as some tools keep it; None where there is none."""
        name = _text(self._content.get("_file"))
        if _FILE.fullmatch(name):
            with self._source.beside.disk(self._source.path.parent / name) as disk:
                if disk is not None:
                    self._declared = _text(self._content.get("mimeType")) or None
                    return disk.peek(0, MAX_BODY)
        head = _text(self._request.get("method")).upper() == "HEAD"
        silent = self._http.status in _BODILESS or 300 <= self._http.status < 400 or head
        if self._http.status and not silent and self._content.get("size") != 0:
            self._notes.append("its body is not in the file: the tool that wrote it left it out")
        return None


def _http(response: dict[str, Any]) -> Http:
    listed = response.get("headers")
    pairs = [(_text(each.get("name")), _text(each.get("value"))) for each in _objects(listed)]
    headers = [(name, value) for name, value in pairs if name and not name.startswith(":")]
    to = _text(response.get("redirectURL"))
    status = response.get("status")
    number = int(status) if isinstance(status, int | float) and 0 < status < 1000 else 0
    if to and 300 <= number < 400 and "location" not in {name.lower() for name, _ in headers}:
        headers.append(("Location", to))
    version = _text(response.get("httpVersion"))[:20].upper()
    return Http(status=number, reason=_text(response.get("statusText"))[:200], version=version, headers=tuple(headers))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[dict[str, Any]]:
    yield from (each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
