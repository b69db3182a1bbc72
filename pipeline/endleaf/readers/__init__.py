"""Containers to captures: every file that holds archived pages, read one record at a time.

A reader is a function of a source that gives a record for everything in the file: a Capture, a Passed, or
a Damage. A new container is one module here and one line in READERS.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from endleaf.errors import UnreadableSource, UsageError, one_line
from endleaf.model import Capture, Damage, Record
from endleaf.readers import arc, har, listed, mhtml, packed, saved, tarred, wacz, warc, webarchive, zipped
from endleaf.readers.asked import PLAIN, Asked
from endleaf.readers.elsewhere import of_run
from endleaf.readers.entries import Entry, mapped, of_warc
from endleaf.readers.signatures import container_of
from endleaf.readers.source import Source, source_at
from endleaf.readers.walk import shown, sources

__all__ = [
    "PLAIN",
    "READERS",
    "Asked",
    "Entry",
    "Reader",
    "Source",
    "entries",
    "read",
    "records",
    "records_in",
    "sniff",
    "source_at",
    "sources",
]

Reader = Callable[[Source], Iterator[Record]]


def records_in(source: Source) -> Iterator[Record]:
    """Every record of a source. Raises UnreadableSource where nothing in it can be read."""
    yield from READERS[container_of(source)](source)


READERS: dict[str, Reader] = {
    "arc": arc.read,
    listed.CONTAINER: listed.read,
    "file": saved.read_other,
    "gzip": tarred.gunzipped(records_in),
    "har": har.read,
    "html": saved.read_html,
    "mhtml": mhtml.read,
    "tar": tarred.reader(records_in),
    "text": saved.read_text,
    "wacz": wacz.reader(records_in),
    "warc": warc.read,
    "webarchive": webarchive.read,
    "zip": zipped.reader(records_in),
    **{kind: packed.reader(kind, records_in) for kind in packed.OPENERS},
}

ENTRIES: dict[str, Callable[[Source], Iterator[Entry | Damage]]] = {"warc": of_warc}
"""Containers whose entries can be told without reading what the records hold."""

_log = logging.getLogger("endleaf")


def entries(path: Path) -> Iterator[Entry | Damage]:
    """What an index says of each record of a file, and every place that could not be read.

    Raises UnreadableSource where nothing in it can be read.
    """
    try:
        with source_at(path) as source:
            container = container_of(source)
            told = ENTRIES.get(container)
            yield from told(source) if told else mapped(READERS[container](source))
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read any further: {error.strerror or error}") from error


def records(source: str | Path, asked: Asked = PLAIN) -> Iterator[Record]:
    """Every record of a file, or of every file below a folder, in order.

    Raises UsageError where there is no such file, UnreadableSource where nothing in it can be read;
    below a folder an unreadable file is a Damage.
    """
    path = Path(source)
    if path.is_dir():
        yield from _below(path, asked)
    elif not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    else:
        yield from _in_file(path, asked)


def _below(folder: Path, asked: Asked) -> Iterator[Record]:
    """Every record of the files below a folder, which find in each other what they refer to."""
    files = list(sources([str(folder)]))
    shelf = of_run(lambda: ((each, shown(each)) for each in files), _in_file)
    try:
        for each in files:
            yield from _of_one_among_others(each, replace(asked, elsewhere=asked.elsewhere or shelf))
    finally:
        shelf.close()


def sniff(path: Path) -> str:
    """The name of the reader for a file. Raises UnreadableSource, with what to do, for what cannot be read."""
    with source_at(path) as source:
        return container_of(source)


def _in_file(path: Path, asked: Asked) -> Iterator[Record]:
    try:
        with source_at(path, asked) as source:
            yield from records_in(source)
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read any further: {error.strerror or error}") from error


def _of_one_among_others(path: Path, asked: Asked) -> Iterator[Record]:
    try:
        yield from _in_file(path, asked)
    except UnreadableSource as error:
        yield Damage(source=shown(path), reason=str(error))


def read(source: str | Path) -> Iterator[Capture]:
    """The captures of a file or a folder. What could not be read is logged as a warning.

    Raises as :func:`records` does.
    """
    for record in records(source):
        if isinstance(record, Capture):
            yield record
        elif isinstance(record, Damage):
            place = record.source if record.offset is None else f"{record.source} at byte {record.offset}"
            _log.warning("%s: %s", one_line(place), one_line(record.reason))
