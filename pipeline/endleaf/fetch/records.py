"""A WARC record that an archive gave as it lies in its own file (Common Crawl), read as a capture."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b32encode

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from endleaf.fetch.asking import cleaned
from endleaf.fetch.listed import Listed, original
from endleaf.fetch.mementos import Memento, iso
from endleaf.fetch.troubles import Failed
from endleaf.model import Moment

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")


def capture_of(record: bytes, listed: Listed, source: str) -> Memento:
    """The response of a WARC record. Raises Failed where it is none, or another's than the index said."""
    fields, block = _record(record)
    stated = {name.lower(): value for name, value in fields}
    if stated.get("warc-type") != "response":
        raise Failed(f"the record is of the type {stated.get('warc-type', 'none')[:20]}, no response")
    url = original(stated.get("warc-target-uri", ""))
    moment = Moment.from_iso(stated.get("warc-date", ""))
    if url is None or moment is None or moment.timestamp != listed.timestamp:
        raise Failed("the record is another than the index said")
    found, status = _HEAD_END.search(block), _STATUS.match(block)
    if not found or not status:
        raise Failed("the record holds no HTTP response")
    body = block[found.end() :]
    where = listed.stored
    return Memento(
        url=url,
        date=moment.iso if moment.precision == "fraction" else iso(moment.timestamp),
        source=source,
        head=block[: found.end()],
        body=io.BytesIO(body),
        size=len(body),
        status=int(status[1]),
        told=tuple(fields),
        answer="206 Partial Content",
        notes=_false_digest(stated, block),
        part=f"bytes={where.offset}-{where.offset + where.length - 1}" if where else "",
    )


def _record(data: bytes) -> tuple[list[tuple[str, str]], bytes]:
    try:
        for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
            fields = [(str(name), cleaned(str(value))) for name, value in record.rec_headers.headers]
            return fields, record.content_stream().read()
    except (ArchiveLoadFailed, ValueError, UnicodeError) as error:
        raise Failed("what stands there is no WARC record") from error
    raise Failed("what stands there is no WARC record")


def _false_digest(stated: dict[str, str], block: bytes) -> list[str]:
    declared = stated.get("warc-block-digest", "")
    made = "sha1:" + b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    if declared.startswith("sha1:") and declared != made:
        return ["the block's digest is not the one that the archive's record states"]
    return []
