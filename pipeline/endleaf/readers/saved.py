"""Files that are one capture each: saved pages, text-only snapshots, and whatever else lies in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import nullcontext

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Passed, Provenance, Record
from endleaf.readers.beside import looks_html, original_of, reason_of
from endleaf.readers.codings import MAX_BODY
from endleaf.readers.disk import Disk
from endleaf.readers.paths import origin_of
from endleaf.readers.signatures import type_of
from endleaf.readers.source import Source


def read_html(source: Source) -> Iterator[Record]:
    """A saved HTML page. What its banner or its saver says of it is for later stages to read."""
    return _read(source, "html", "text/html")


def read_text(source: Source) -> Iterator[Record]:
    """A page's text."""
    return _read(source, "text", "text/plain")


def read_other(source: Source) -> Iterator[Record]:
    """Any other file, of the type that its name suggests, so that a folder's every file is accounted for."""
    return _read(source, "file", type_of(source.path.name) or "application/octet-stream")


def _read(source: Source, container: str, media_type: str) -> Iterator[Record]:
    why = None if source.asked.parts else reason_of(source)
    if why:
        length = source.disk.size
        known = Provenance(source=source.name, container=container, length=length, media_type=media_type)
        yield Passed(provenance=known, reason=why)
        return
    original = original_of(source) if container == "html" else None
    with source.beside.disk(original) if original else nullcontext() as disk:
        as_it_came = disk is not None and original is not None and looks_html(disk)
        yield from _capture(source, disk if disk and as_it_came else source.disk, container, media_type)


def _capture(source: Source, disk: Disk, container: str, media_type: str) -> Iterator[Record]:
    payload = _start(source, disk)
    cut = disk.size > len(payload)
    reason = f"it has {disk.size} bytes; only the first {len(payload)} are kept"
    notes = (reason,) if cut else ()
    if disk is not source.disk:
        notes = ("the payload is the page as it came (.orig), before wget rewrote its links", *notes)
    origin = origin_of(source.path, source.beside, payload)
    yield Capture(
        provenance=Provenance(
            source=source.name,
            container=container,
            url=origin.url,
            captured_at=origin.captured_at,
            length=disk.size,
            sha256=hashlib.sha256(payload).hexdigest(),
            media_type=media_type,
            evidence=origin.evidence,
        ),
        payload=payload,
        notes=notes,
    )
    if cut and container != "file":
        yield Damage(source=source.name, reason=reason, offset=len(payload))


def _start(source: Source, disk: Disk) -> bytes:
    """The file's bytes, up to the size of the largest body that is kept."""
    try:
        return disk.peek(0, MAX_BODY)
    except OSError as error:
        raise UnreadableSource(f"{source.name} cannot be read: {error.strerror}") from error
