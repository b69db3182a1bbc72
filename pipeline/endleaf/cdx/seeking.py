"""Captures of a URL found by the index that lies beside an archive file, each held against its record."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from endleaf.cdx.lines import Line
from endleaf.cdx.lookup import exact
from endleaf.model import Capture, Record
from endleaf.readers import Source, arc, source_at, warc
from endleaf.readers.signatures import container_of

log = logging.getLogger(__name__)

_READ: dict[str, Callable[[Source, int], Iterator[Record]]] = {"arc": arc.read_from, "warc": warc.read_from}
"""Readers that can begin at a record."""

_SUFFIX = re.compile(r"(?:\.w?arc)?(?:\.gz)?\Z", re.IGNORECASE)
_INDEX = (".cdxj", ".cdx", ".cdxj.gz", ".cdx.gz")


def index_of(archive: Path) -> Path | None:
    """The index beside an archive file: ``a.warc.gz.cdxj``, ``a.warc.cdx``, ``a.cdxj`` …"""
    names = dict.fromkeys((archive.name, archive.name.removesuffix(".gz"), _SUFFIX.sub("", archive.name, count=1)))
    places = (archive.with_name(name + suffix) for name in names if name for suffix in _INDEX)
    return next((place for place in places if place != archive and place.is_file()), None)


def captures_of(archive: Path, url: str) -> Iterator[Capture]:
    """The captures of a URL, in the file's order, as the index beside it has them.

    None where there is no index; and it ends at the first line that the record it points to contradicts, for an
    index of other bytes than these proves nothing. Raises UnreadableSource where the file is none that can be read.
    """
    index = index_of(archive) if archive.is_file() else None
    if index is None:
        return
    with source_at(archive) as source:
        read = _READ.get(container_of(source))
        for line in _lines(index, archive.name, url) if read else ():
            capture = _proven(source, line, url)
            if capture is None:
                log.info("%s: line of %s at %s is not what the record says: not used", index, url, line.timestamp)
                return
            yield capture


def _lines(index: Path, name: str, url: str) -> list[Line]:
    """The lines that point into the file, in its order."""
    try:
        found = [line for line in exact(index, url) if line.url in ("", url) and line.filename in ("", name)]
    except OSError as error:
        log.info("%s cannot be read: %s", index, error.strerror or error)
        return []
    return sorted((line for line in found if line.place is not None), key=lambda line: line.place or 0)


def _proven(source: Source, line: Line, url: str) -> Capture | None:
    """The capture that a line points to, where its record says the same."""
    read, offset = _READ[container_of(source)], line.place or 0
    try:
        capture = next((record for record in read(source, offset) if isinstance(record, Capture)), None)
    except OSError:
        return None  # the whole reading, which follows, tells of it
    if capture is None or capture.provenance.offset != offset or capture.url != url:
        return None
    known = capture.provenance.captured_at
    return capture if known and known.timestamp == line.timestamp[:14] else None
