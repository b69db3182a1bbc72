"""What became of every record, the sums, and the exit status they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from endleaf.model import Capture, Damage, Frozen, Moment, Passed, Provenance, Record

Fate = Literal["written", "skipped", "failed", "damaged"]

MOST_LABELS = 200
"""Labels one plot of the report may have (a crawl may hold a million hosts); the rest is summed as "other"."""

MOST_DAMAGES = 10_000
"""Damages the report keeps in memory and shows; the manifest has every one."""


class Outcome(Frozen, frozen=True):
    """One line of the manifest: what a record is, and what became of it.

    ``written``  a page, with its files
    ``skipped``  read whole and not a page (``reason`` says what it is)
    ``failed``   a page that could not be made
    ``damaged``  no record, but a place in the input that could not be read
    """

    outcome: Fate
    source: str
    reason: str | None = None
    """One of a few, by which the report counts."""
    detail: str | None = None
    """What the reason leaves open: where a redirect leads, what a revisit refers to; of a page that only frames the
    content, or stands for a redirect, where the content is."""
    offset: int | None = None
    length: int | None = None
    record_id: str | None = None
    record_type: str | None = None
    url: str | None = None
    captured_at: Moment | None = None
    status: int | None = None
    media_type: str | None = None
    title: str | None = None
    archive: str | None = None
    files: tuple[str, ...] = ()
    payload_digest: str | None = None
    sha256: str | None = None
    rules: tuple[str, ...] = ()
    """The names of a person's rules that were applied to the page."""
    notes: tuple[str, ...] = ()


def outcome_of(record: Capture | Passed, fate: Fate, reason: str | None = None, detail: str | None = None) -> Outcome:
    """The outcome of a record that gave no page."""
    outcome = from_provenance(record.provenance, fate, reason)
    return msgspec.structs.replace(outcome, detail=detail) if detail else outcome


def from_provenance(known: Provenance, fate: Fate, reason: str | None = None) -> Outcome:
    """An outcome with all that the provenance knows."""
    return Outcome(
        outcome=fate,
        reason=reason,
        source=known.source,
        offset=known.offset,
        length=known.length,
        record_id=known.record_id,
        record_type=known.record_type,
        url=known.url,
        captured_at=known.captured_at,
        status=known.status,
        media_type=known.media_type,
        payload_digest=known.payload_digest,
        sha256=known.sha256,
    )


def bare_outcome(record: Record) -> Outcome:
    """The outcome of a record that nothing more is made of: a capture that is only listed, a request, a damage."""
    if isinstance(record, Damage):
        return of_damage(record)
    if isinstance(record, Passed):
        return outcome_of(record, "skipped", record.reason, record.detail)
    return outcome_of(record, "skipped")


def of_damage(damage: Damage) -> Outcome:
    """The manifest line of a place that could not be read."""
    return Outcome(
        outcome="damaged",
        reason=damage.reason,
        source=damage.source,
        offset=damage.offset,
        record_id=damage.record_id,
        url=damage.url,
    )


def said(outcome: Outcome) -> str:
    """What became of a record, in a few words.

    >>> said(Outcome(outcome="skipped", source="a.warc", reason="redirect", detail="to http://a.example/new"))
    'redirect to http://a.example/new'
    """
    return " ".join(filter(None, (outcome.reason or outcome.outcome, outcome.detail)))


class RuleUse(Frozen, frozen=True):
    """A person's rule of the run: its name, its file with SHA-256 in hex, and how many pages it was applied to."""

    name: str
    file: str
    sha256: str
    pages: int = 0


class SiteUse(Frozen, frozen=True):
    """What the run knew of its pages' sites: how many of how many pages' templates, and whether it learned them
    itself in a first pass, or had them from a file."""

    learned: bool
    sites: int
    pages: int


class Report(Frozen, frozen=True):
    """The accounting of a run. The counts of each table in ``by`` add up to ``totals["records"]``.

    ``totals`` has ``records`` (= written + skipped + failed), the three, ``damaged`` places and ``sources``.
    ``by`` has a table for ``outcome``, ``reason``, ``media type``, ``host``, ``year`` and ``source``:
    labels with their counts, largest first. ``rules`` has every rule of the run, those for no page too.
    """

    totals: dict[str, int]
    by: dict[str, tuple[tuple[str, int], ...]]
    damages: tuple[Outcome, ...] = ()
    failures: tuple[Outcome, ...] = ()
    unreadable: tuple[str, ...] = ()
    rules: tuple[RuleUse, ...] = ()
    site: SiteUse | None = None
    """None where each page was taken by itself."""


class Tally:
    """Counts outcomes as they come, in memory that does not grow with the pages (only with the labels)."""

    def __init__(self, rules: Iterable[RuleUse] = (), site: SiteUse | None = None) -> None:
        self._rules = tuple(rules)
        self._site = site
        self._applied: Counter[str] = Counter()
        self._by: dict[str, Counter[str]] = {
            name: Counter() for name in ("outcome", "reason", "media type", "host", "year", "source")
        }
        self._damages: list[Outcome] = []
        self._failures: list[Outcome] = []
        self._damaged = 0
        self._sources = 0
        self._unreadable: list[str] = []

    def source(self) -> None:
        """A source was opened."""
        self._sources += 1

    def unreadable(self, message: str) -> None:
        """A source in which nothing could be read."""
        self._unreadable.append(message)

    def add(self, outcome: Outcome) -> None:
        """Count one manifest line."""
        if outcome.outcome == "damaged":
            self._damaged += 1
            if len(self._damages) < MOST_DAMAGES:
                self._damages.append(outcome)
            return
        if outcome.outcome == "failed" and len(self._failures) < MOST_DAMAGES:
            self._failures.append(outcome)
        self._applied.update(outcome.rules)
        by = self._by
        by["outcome"][outcome.outcome] += 1
        by["reason"][outcome.reason or "a page"] += 1
        by["media type"][outcome.media_type or "none declared"] += 1
        by["host"][_host(outcome.url)] += 1
        by["year"][outcome.captured_at.iso[:4] if outcome.captured_at else "unknown"] += 1
        by["source"][outcome.source] += 1

    def listed(self) -> None:
        """Count a record of which only that it is there was asked."""
        self._by["outcome"]["skipped"] += 1

    def report(self) -> Report:
        """The sums so far."""
        fates = self._by["outcome"]
        return Report(
            totals={
                "sources": self._sources,
                "records": fates.total(),
                "written": fates["written"],
                "skipped": fates["skipped"],
                "failed": fates["failed"],
                "damaged": self._damaged,
                "unreadable": len(self._unreadable),
            },
            by={name: _largest(counts) for name, counts in self._by.items()},
            damages=tuple(self._damages),
            failures=tuple(self._failures),
            unreadable=tuple(self._unreadable),
            rules=tuple(msgspec.structs.replace(rule, pages=self._applied[rule.name]) for rule in self._rules),
            site=self._site,
        )


def exit_status(report: Report) -> int:
    """0 clean; 1 done, but something was damaged, failed or unreadable; 2 nothing usable.

    >>> exit_status(Report(totals={"records": 3, "written": 1, "failed": 0, "damaged": 0, "unreadable": 0}, by={}))
    0
    >>> exit_status(Report(totals={"records": 0, "written": 0, "failed": 0, "damaged": 1, "unreadable": 0}, by={}))
    2
    """
    totals = report.totals
    if not totals["records"]:
        return 2
    return 1 if totals["failed"] or totals["damaged"] or totals["unreadable"] else 0


def to_json(report: Report) -> bytes:
    """The report as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"


def _largest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) <= MOST_LABELS:
        return tuple(ordered)
    rest = sum(count for _, count in ordered[MOST_LABELS:])
    return (*ordered[:MOST_LABELS], (f"{len(ordered) - MOST_LABELS} others", rest))


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or "none"
    except ValueError:
        return "not an URL"
