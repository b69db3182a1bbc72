"""A WARC record: its troubles, its header against the standard, its digests, its HTTP head, what it refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from endleaf.model import Capture, Fixity, Passed, Provenance
from endleaf.readers import Source, fixity
from endleaf.readers.disk import Disk
from endleaf.readers.message import body_start
from endleaf.readers.raw import Raw
from endleaf.verify.clauses import DAMAGES, NOTES, SILENT, TOLD_ELSEWHERE, code_of
from endleaf.verify.fields import Head, head_of, oddities
from endleaf.verify.findings import Finding, finding
from endleaf.verify.hashes import Hashes
from endleaf.verify.heads import Heads
from endleaf.verify.package import bare
from endleaf.verify.tally import Tally
from endleaf.verify.targets import Targets, wanted_by
from endleaf.verify.waiting import Later, Waiting

_Where = dict[str, Any]


_INDEXED = ("response", "revisit")
"""Records that every indexer lists, where they are of a web address."""


class Records:
    """The WARC records of one file, in order."""

    def __init__(self, tally: Tally, targets: Targets, later: Later) -> None:
        self._tally = tally
        self._targets = targets
        self._later = later
        self.urls = Hashes()
        """The addresses of a package's captures, without fragments."""
        self._ids = Hashes()
        self._joined = Hashes()
        self._disk: Disk | None = None
        self._heads: Heads | None = None

    @property
    def captures(self) -> Counter[str]:
        """Captures of web addresses, by the file they are in."""
        return self._targets.captures

    def findings(self, source: Source, raw: Raw, record: Capture | Passed) -> Iterator[Finding]:
        """Everything that is wrong with a record."""
        where = _where(record.provenance)
        head = head_of(raw, self._of(source.disk).of(raw))
        self._tally.records[head.kind or "of no type"] += 1
        self._tally.checked(record.provenance.fixity)
        yield from notes_of(record, raw.troubles)
        for code, message in _odd_digests(record.provenance.fixity):
            yield finding(code, message, **where)
        for trouble in raw.troubles:
            if not TOLD_ELSEWHERE.search(trouble):
                yield finding(code_of(trouble, DAMAGES, "damaged"), trouble, **where)
        for code, message in oddities(head):
            yield finding(code, message, **where)
        if not raw.skip and head.kind in _INDEXED and (where["url"] or "").startswith("http"):
            self._targets.captures[where["source"]] += 1
        if self._tally.container == "wacz" and where["url"]:
            self.urls.add(bare(where["url"]))
        if isinstance(record, Capture) and head.kind == "response":
            yield from _http_length(raw, record, where)
        yield from self._in_the_file(head, where)
        yield from self._among_others(head, where)

    def _of(self, disk: Disk) -> Heads:
        if self._heads is None or self._disk is not disk:
            self._disk, self._heads = disk, Heads(disk)
        return self._heads

    def _in_the_file(self, head: Head, where: _Where) -> Iterator[Finding]:
        if head.raw.skip and self._joined.add(where["source"]):
            yield finding("gzip-whole", "several records are in one gzip member", **where)
        if self._tally.records.total() == 1 and head.kind != "warcinfo":
            yield finding("no-warcinfo", "the file does not begin with a warcinfo record", **where)

    def _among_others(self, head: Head, where: _Where) -> Iterator[Finding]:
        """What is said of a record by those that came before it, in this file and the others."""
        name = head.get("WARC-Record-ID")
        twice = name is not None and not self._ids.add((where["source"], name))
        if not self._targets.remember(head.raw, head.kind) or twice:
            yield finding("duplicate-id", "another record has its WARC-Record-ID", **where)
        wanted = wanted_by(head.raw, head.kind)
        if wanted is None:
            return
        if self._targets.look(wanted) == "found":
            self._tally.resolved += head.kind == "revisit"
        else:
            self._tally.waiting += 1
            self._later.add(Waiting(file=self._tally.source, kind=head.kind, wanted=wanted, where=where))


def _odd_digests(checked: tuple[Fixity, ...]) -> Iterator[tuple[str, str]]:
    """Digests that nobody can check, and those of other bytes than the standard names; mismatches are troubles."""
    for each in checked:
        if said := fixity.remark(each):
            yield _DIGESTS.get(each.verdict, "digest-other"), said


_DIGESTS = {"malformed": "digest-malformed", "unknown algorithm": "digest-unknown"}


def notes_of(record: Capture | Passed, troubles: list[str]) -> Iterator[Finding]:
    """What a capture's notes say that is no damage."""
    known = record.provenance
    for note in record.notes if isinstance(record, Capture) else ():
        if note not in troubles and not SILENT.search(note):
            yield finding(code_of(note, NOTES, "payload-coding"), note, **_where(known))


def _where(known: Provenance) -> _Where:
    return {"source": known.source, "offset": known.offset, "record_id": known.record_id, "url": known.url}


def _http_length(raw: Raw, capture: Capture, where: _Where) -> Iterator[Finding]:
    """A body of another length than its server said; crawlers that decode bodies leave such heads."""
    http = capture.http
    stated = http.get("content-length") if http else None
    if http is None or stated is None or not stated.isdecimal() or http.get("transfer-encoding"):
        return
    if any("Content-Length says" in note for note in capture.notes):
        return  # the reader told it
    if raw.troubles or "warc-truncated" in raw.fields or raw.fields.get("warc-segment-number"):
        return
    size = raw.block_size - body_start(raw.block)
    bodiless = size == 0 or http.status in (204, 304)  # an answer to HEAD has the length and not the body
    if int(stated[:18]) != size and not bodiless:
        yield finding("http-length", f"its HTTP Content-Length is {stated[:18]}, its body has {size} bytes", **where)
