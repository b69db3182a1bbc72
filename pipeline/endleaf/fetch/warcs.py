"""Captures as WARC 1.1 (ISO 28500:2017): a warcinfo, then a response or a revisit and a metadata record a capture.

The metadata record keeps all that the archive said of the capture; the response has the field's own
``WARC-Source-URI`` (and ``WARC-Source-Range``): where the bytes came from.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from base64 import b32encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import IO, NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from endleaf.fetch.asking import IN_MEMORY, cleaned
from endleaf.fetch.mementos import Memento
from endleaf.model import Frozen

VERSION = "WARC/1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_RESPONSE = "application/http; msgtype=response"
_FIELDS = "application/warc-fields"
_STEP = 1 << 16

Fields = list[tuple[str, str]]


class Kept(Frozen, frozen=True):
    """A payload that the file has: later captures of the same bytes refer to it."""

    record_id: str
    url: str
    date: str


class Written(NamedTuple):
    """A capture's record: its id, its payload's digest, and the payload it refers to, if it is a revisit."""

    id: str
    digest: str
    same: Kept | None


class Records:
    """Writes the records of captures at the end of a file."""

    def __init__(self, file: IO[bytes], *, gzip: bool, warcinfo_id: str) -> None:
        self._writer = WARCWriter(file, gzip=gzip, warc_version=VERSION)
        self.warcinfo_id = warcinfo_id

    def info(self, name: str, fields: Iterable[tuple[str, str]]) -> None:
        """The warcinfo record (section 6.2)."""
        block = _named_fields([*fields, ("format", "WARC File Format 1.1"), ("conformsTo", CONFORMS_TO)])
        head = [("WARC-Type", "warcinfo"), ("WARC-Record-ID", self.warcinfo_id), ("WARC-Filename", name)]
        self._write([*head, ("WARC-Date", now())], "warcinfo", _FIELDS, block)

    def capture(self, memento: Memento, about: Iterable[tuple[str, str]], payloads: Mapping[str, Kept]) -> Written:
        """Write a capture, as a revisit where the file has the same payload (section 6.7)."""
        digest = payload_digest(memento)
        same = payloads.get(digest) if memento.size else None
        record_id, made = new_id(), now()
        kind = "revisit" if same else "response"
        head: Fields = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", record_id),
            ("WARC-Warcinfo-ID", self.warcinfo_id),
            ("WARC-Target-URI", memento.url),
            ("WARC-Date", memento.date),
            ("WARC-Creation-Date", made),
            ("WARC-Source-URI", memento.source),
            *([("WARC-Source-Range", memento.part)] if memento.part else []),
            ("WARC-Payload-Digest", digest),
            *(_refers(same) if same else []),
        ]
        with _block(memento, whole=same is None) as block:
            self._write(head, kind, _RESPONSE, block)
        self._metadata(memento, record_id, made, about)
        return Written(record_id, digest, same)

    def _metadata(self, memento: Memento, record_id: str, made: str, about: Iterable[tuple[str, str]]) -> None:
        """What the archive said of a capture (section 6.6)."""
        own = [*about, ("replay-url", memento.source), ("form", memento.form), ("answer", memento.answer)]
        notes = [("note", note) for note in memento.notes]
        head: Fields = [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", new_id()),
            ("WARC-Warcinfo-ID", self.warcinfo_id),
            ("WARC-Target-URI", memento.url),
            ("WARC-Date", made),
            ("WARC-Refers-To", record_id),
        ]
        self._write(head, "metadata", _FIELDS, _named_fields([*own, *notes, *memento.told]))

    def _write(self, head: Fields, kind: str, media_type: str, block: IO[bytes]) -> None:
        digest, size = hashlib.sha1(usedforsecurity=False), 0
        while piece := block.read(_STEP):
            digest.update(piece)
            size += len(piece)
        block.seek(0)
        head = [(name, cleaned(value)) for name, value in head]
        fields = StatusAndHeaders("", [*head, ("WARC-Block-Digest", _sha1(digest))], protocol=VERSION)
        record = ArcWarcRecord("warc", kind, fields, block, None, media_type, size)
        record.payload_length = size
        if kind == "revisit":  # of which warcio writes the HTTP head and nothing else
            record.http_headers, record.payload_length = _Head(block.read()), 0
        if kind in ("metadata", "warcinfo"):  # the payload is the block: warcio would read it once more
            fields.add_header("WARC-Payload-Digest", _sha1(digest))
        self._writer.write_record(record)


class _Head:
    """An HTTP head as warcio writes one, byte for byte as it is."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _: object) -> None:
        """There is nothing to compute."""


def _refers(same: Kept) -> Fields:
    return [
        ("WARC-Profile", REVISIT),
        ("WARC-Refers-To", same.record_id),
        ("WARC-Refers-To-Target-URI", same.url),
        ("WARC-Refers-To-Date", same.date),
    ]


def _block(memento: Memento, *, whole: bool) -> IO[bytes]:
    """A record's block, at its start: the head, and the body where it is whole."""
    block: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever writes it closes it
    block.write(memento.head)
    if whole:
        memento.body.seek(0)
        shutil.copyfileobj(memento.body, block, _STEP)
    block.seek(0)
    return block


def payload_digest(memento: Memento) -> str:
    """The digest of a capture's payload, as records state it."""
    digest = hashlib.sha1(usedforsecurity=False)
    memento.body.seek(0)
    while piece := memento.body.read(_STEP):
        digest.update(piece)
    return _sha1(digest)


def _sha1(digest: hashlib._Hash) -> str:
    return "sha1:" + b32encode(digest.digest()).decode("ascii")


def _named_fields(fields: Iterable[tuple[str, str]]) -> IO[bytes]:
    """Named fields, a line each (section 5.1); no value can make a line of its own."""
    lines = (f"{cleaned(name)}: {cleaned(value)}\r\n" for name, value in fields if value)
    return io.BytesIO("".join(lines).encode("utf-8", "replace"))


def new_id() -> str:
    """A record's name that no other has."""
    return f"<urn:uuid:{uuid4()}>"


def now() -> str:
    """The time as a WARC-Date."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
