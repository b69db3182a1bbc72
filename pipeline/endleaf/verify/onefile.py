"""One file's records: what the readers say of each, and for WARC records how each lies in the file."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from endleaf import readers
from endleaf.model import Capture, Damage, Passed, Record
from endleaf.readers import Asked, Source
from endleaf.readers.raw import Raw
from endleaf.verify.clauses import DAMAGES, code_of
from endleaf.verify.findings import Finding, finding
from endleaf.verify.package import of_lists, of_package
from endleaf.verify.tally import Tally
from endleaf.verify.targets import Targets
from endleaf.verify.waiting import Later
from endleaf.verify.warc import Records, notes_of

_TOLD = 64
"""Damages that were told already and may still come: the readers hold records back a little."""


class OneFile:
    """The checks of one file."""

    def __init__(self, tally: Tally, targets: Targets, later: Later) -> None:
        self._tally = tally
        self._of_package: set[tuple[str, str]] = set()
        self._records = Records(tally, targets, later)
        self._found: list[Finding] = []
        self._told: deque[tuple[str, int | None, str]] = deque(maxlen=_TOLD)
        self._held: list[Finding] = []
        self._seen = 0

    def findings(self, path: Path, container: str) -> Iterator[Finding]:
        """Everything that is wrong with the file. Raises UnreadableSource where nothing in it can be read."""
        for each in of_package(path) if container == "wacz" else ():
            self._of_package.add((each.source, each.message))
            yield each
        for record in readers.records(path, Asked(fixity=True, seen=self._see)):
            if isinstance(record, Damage):
                yield from self._damage(record)
            elif self._seen:
                self._seen -= 1
            else:
                yield from self._held
                self._held = self._other(record)
            yield from self._found
            self._found.clear()
        yield from self._held
        if container == "wacz":
            yield from of_lists(path, self._records.urls, self._records.captures)

    def _see(self, source: Source, raw: Raw, record: Record) -> None:
        """A WARC record is judged where it lies; when it comes out of the readers, a little later, it was counted."""
        if isinstance(record, Damage):
            return
        self._seen += 1
        self._found += self._records.findings(source, raw, record)
        if raw.troubles:
            self._told.append((source.name, raw.offset, "; ".join(raw.troubles)))

    def _other(self, record: Capture | Passed) -> list[Finding]:
        """What the notes say of a record of another container; the damage that may follow it says some of it too."""
        self._tally.records[record.provenance.record_type or record.provenance.container] += 1
        return list(notes_of(record, []))

    def _damage(self, damage: Damage) -> Iterator[Finding]:
        """A damage, unless it was told: as the troubles of a record, one by one, or as what is wrong with a package."""
        told = (damage.source, damage.offset, damage.reason) in self._told
        if told or (damage.source, damage.reason) in self._of_package:
            return
        yield from (each for each in self._held if each.message not in damage.reason)
        self._held = []
        code = code_of(damage.reason, DAMAGES, "damaged")
        where = {"offset": damage.offset, "record_id": damage.record_id, "url": damage.url}
        yield finding(code, damage.reason, damage.source, **where)
