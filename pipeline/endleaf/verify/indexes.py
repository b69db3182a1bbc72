"""Indexes held against the records that they point to: each line's record is read where the line says it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import IO, NamedTuple, Self

from endleaf.cdx.lines import BadLine, Line, read
from endleaf.errors import UnreadableSource
from endleaf.readers import arc, careful
from endleaf.readers.disk import Disk, opened
from endleaf.readers.fixity import parsed
from endleaf.readers.payload import declared_type, media_type, payload_of
from endleaf.readers.raw import Raw
from endleaf.readers.records import raw_at
from endleaf.readers.signatures import HEAD, kind_of
from endleaf.readers.warc import moment
from endleaf.verify.findings import Finding, finding
from endleaf.verify.hashes import Hashes

NAMES = re.compile(r"\.cdxj?(?:\.gz)?\Z", re.IGNORECASE)
_MOST_ABSENT = 1000
"""Files that an index names and that are not there, of which each is told."""

_MOST_ALIKE = 5
"""Lines that are told of one by one where an index has a form that is not known, or no order."""

_SLACK = 4
"""Bytes by which a length may differ: some indexers leave out the line ends that close a record."""


class File(NamedTuple):
    """An archive file that an index may point into."""

    name: str
    open: Callable[[], AbstractContextManager[Disk | None]]


Find = Callable[[str], File | None]
"""The archive file that an index calls by a name."""


def is_index(path: Path) -> bool:
    """Whether a file is an index, by what it begins with, or its name where that could be any text."""
    try:
        with opened(path) as disk:
            return kind_of(disk.peek(0, HEAD), path.name) == "cdx" or bool(NAMES.search(path.name) and disk.size)
    except (UnreadableSource, OSError):
        return False


class Index:
    """One index, and the archive files that it points into."""

    def __init__(self, name: str, find: Find) -> None:
        self.name = name
        self.lines = 0
        self._find = find
        self._absent: Counter[str] = Counter()
        self._alikes: Counter[str] = Counter()
        self._listed = Hashes()
        self._counts: Counter[str] = Counter()

    def findings(self, file: IO[bytes], captures: Counter[str]) -> Iterator[Finding]:
        """Everything that is wrong with it. ``captures`` has the number of captures of each archive file."""
        with _Opened() as shelf:
            last = b""
            for entry in read(file):
                if isinstance(entry, BadLine):
                    yield from self._alike("cdx-line", f"line {entry.number}: {entry.reason}")
                    continue
                self.lines += 1
                place = f"{entry.key} {entry.timestamp}".encode("utf-8", "surrogateescape")
                if place < last:
                    said = f"line {entry.number} comes before the one above it in byte order"
                    yield from self._alike("cdx-order", said)
                last = place
                yield from self._entry(entry, shelf)
        for code, times in self._alikes.items():
            if times > _MOST_ALIKE:
                yield self._wrong(code, f"{times - _MOST_ALIKE} more lines like these")
        for name, lines in self._absent.items():
            yield self._wrong(
                "cdx-file-absent", f"{lines} lines point into {name[:200]}, which is not among the sources"
            )
        for name, count in self._counts.items():
            if captures[name] > count:
                said = f"{captures[name] - count} of {captures[name]} captures of {name} are not listed"
                yield self._wrong("cdx-missing", said)

    def _alike(self, code: str, message: str) -> Iterator[Finding]:
        """What is wrong with a line, and may be with each: the first are told, the rest is counted."""
        self._alikes[code] += 1
        if self._alikes[code] <= _MOST_ALIKE:
            yield self._wrong(code, message)

    def _wrong(self, code: str, message: str, url: str = "") -> Finding:
        return finding(code, message, self.name, url=url or None)

    def _entry(self, entry: Line, shelf: _Opened) -> Iterator[Finding]:
        where = f"line {entry.number}"
        file = self._find(entry.filename) if entry.offset.isdecimal() else None
        if file is None:
            if entry.filename in self._absent or len(self._absent) < _MOST_ABSENT:
                self._absent[entry.filename] += 1
            return
        disk = shelf.disk(file)
        offset = int(entry.offset[:18])
        raw = _raw(disk, offset) if disk else None
        if raw is None:
            yield self._wrong("cdx-offset", f"{where}: no record starts at byte {offset} of {file.name}", entry.url)
            return
        if self._listed.add((file.name, offset)):
            self._counts[file.name] += 1
        for code, what in _differences(entry, raw):
            yield self._wrong(code, f"{where}, of byte {offset} of {file.name}: {what}", entry.url)


class _Opened:
    """The archive file that was asked for last, kept open: lines that follow each other often point into one."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._name = ""
        self._disk: Disk | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def disk(self, file: File) -> Disk | None:
        """The file, open."""
        if file.name != self._name:
            self._held.close()
            self._name, self._disk = file.name, self._held.enter_context(file.open())
        return self._disk


def _raw(disk: Disk, offset: int) -> Raw | None:
    """The record that starts at a place, or None."""
    if offset >= disk.size:
        return None
    if raw := raw_at(disk, offset, 0):
        return raw
    found = next(iter(careful.stretch(disk, offset, arc.ARCS)), None)
    return found if isinstance(found, Raw) and found.offset == offset else None


def _differences(entry: Line, raw: Raw) -> Iterator[tuple[str, str]]:
    """What a line says otherwise than the record."""
    fields = raw.fields
    known, url = moment(fields.get("warc-date")), fields.get("warc-target-uri", "").strip("<>")
    same_time = known is None or not entry.timestamp or known.timestamp.startswith(entry.timestamp[:14])
    same_url = not entry.url or _loose(entry.url) == _loose(url)
    if not same_time and not same_url:
        yield "cdx-offset", f"another capture is there, of {url[:200]} at {known.timestamp if known else 'no time'}"
    elif not same_time and known:
        yield "cdx-field", f"it says {entry.timestamp}, and the record {known.timestamp}"
    elif not same_url:
        yield "cdx-field", f"the record is of {url[:200]}"
    if entry.length.isdecimal() and raw.length and int(entry.length[:18]):
        less = raw.length - int(entry.length[:18])
        if not 0 <= less <= _SLACK:
            yield "cdx-length", f"it says {entry.length[:18]} bytes, and the record has {raw.length}"
    stated, found = _digest(entry.digest), _digest(fields.get("warc-payload-digest", ""))
    if stated and found and stated[0] == found[0] and stated[1] != found[1]:
        yield "cdx-digest", f"it says {entry.digest[:100]}, and the record {fields['warc-payload-digest'][:100]}"
    yield from _answer(entry, raw)


def _answer(entry: Line, raw: Raw) -> Iterator[tuple[str, str]]:
    http = payload_of(raw).http
    if http and http.status and entry.status.isdecimal() and int(entry.status[:9]) != http.status:
        yield "cdx-field", f"it says status {entry.status[:20]}, and the record {http.status}"
    kind = media_type(declared_type(raw, http))
    stated = media_type(entry.media_type)
    if kind and stated and kind != stated and not stated.startswith(_MADE_UP):
        yield "cdx-field", f"it says {stated[:100]}, and the record {kind[:100]}"


_MADE_UP = ("warc/", "unk")
"""What indexers write for a type that is not the server's: ``warc/revisit``."""


def _digest(stated: str) -> tuple[str, bytes] | None:
    """A digest; indexes leave the label of SHA-1 out."""
    labelled = parsed(stated if ":" in stated else f"sha1:{stated}")
    return (labelled.algorithm, labelled.value) if labelled.value else None


def _loose(url: str) -> str:
    """A URL as far as indexers keep it: some put it in small letters, or leave the slash of the root out."""
    return url.strip("<>").lower().replace(":80/", "/", 1).rstrip("/")
