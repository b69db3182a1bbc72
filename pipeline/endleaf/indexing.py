"""An index of the captures of archive files, CDXJ or CDX, in the order in which servers search it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from endleaf.cdx.sorting import in_order
from endleaf.cdx.writing import FORMS
from endleaf.errors import InputError
from endleaf.intake import Intake, place_of
from endleaf.model import Damage
from endleaf.readers import Entry, sniff
from endleaf.readers.arc import ARCS
from endleaf.readers.careful import Form
from endleaf.readers.disk import Disk, opened
from endleaf.readers.fixity import payload_digest
from endleaf.readers.raw import Raw
from endleaf.readers.records import carefully, form_of
from endleaf.report import Tally, of_damage

log = logging.getLogger(__name__)

_FORMS: dict[str, Callable[[Disk], Form]] = {"warc": form_of, "arc": lambda _: ARCS}
_PAGES = frozenset(("file", "har", "html", "mhtml", "text", "webarchive"))
"""Files that no server takes records out of."""


def index_of(sources: Iterable[str], form: str, tally: Tally) -> Iterator[bytes]:
    """The lines of an index, ``form`` a key of FORMS; every record and damaged place is counted in the tally.

    A capture that an index cannot point at is left out, and their number told: one that has no place of its own on
    the disk (in a gzip member of several records, or no archive file at all), or that states no time or no URL.
    Raises UsageError for a source that is not there.
    """
    first, line_of = FORMS[form]
    if first:
        yield first
    yield from in_order(map(line_of, _captures(sources, tally)))


def _captures(sources: Iterable[str], tally: Tally) -> Iterator[Entry]:
    left_out = 0
    with Intake(sources) as intake, _Payloads() as payloads:
        for entry in intake.entries(tally):
            if isinstance(entry, Damage):
                tally.add(of_damage(entry))
                log.warning("%s", place_of(entry))
                continue
            tally.listed()
            if not entry.is_capture:
                continue
            if None in (entry.offset, entry.length, entry.url, entry.timestamp) or not payloads.opened(entry):
                left_out += 1
                continue
            yield entry if entry.digest or entry.kind == "revisit" else payloads.with_digest(entry)
    if left_out:
        log.warning("left out, for want of a place that an index could point at, a time or a URL: %d", left_out)


class _Payloads:
    """The payloads of captures that state no digest: of a file on the disk, one at a time."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._source = ""
        self._kind = ""
        self._disk: Disk | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def opened(self, entry: Entry) -> bool:
        """Make the entry's file ready, where it is one; whether it is a file that records are taken out of."""
        if entry.source != self._source:
            self._held.close()
            self._source, self._kind, self._disk = entry.source, "", None
            try:
                self._kind = sniff(Path(entry.source))
                self._disk = self._held.enter_context(opened(Path(entry.source)))
            except InputError:
                pass  # a member of a package, or an address: what it states must do
        return self._kind not in _PAGES

    def with_digest(self, entry: Entry) -> Entry:
        """The entry with the SHA-1 of its payload, where its file is at hand."""
        if self._disk is None or self._kind not in _FORMS or entry.offset is None:
            return entry
        raw = next(carefully(self._disk, _FORMS[self._kind](self._disk), entry.offset), None)
        return entry._replace(digest=payload_digest(raw, self._disk)) if isinstance(raw, Raw) else entry
