"""WARC: what its records mean (WARC 1.1, ISO 28500:2017; 0.17, 0.18 and 1.0 as well)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from endleaf.model import Capture, Damage, Fixity, Moment, Passed, Provenance, Record, RefersTo
from endleaf.readers import fixity
from endleaf.readers.company import Company, told_of
from endleaf.readers.disk import Disk
from endleaf.readers.index import address, segment_number
from endleaf.readers.message import Message
from endleaf.readers.payload import declared_type, media_type, payload_of, with_type
from endleaf.readers.raw import Raw, Trouble, decoded
from endleaf.readers.records import raw_records
from endleaf.readers.revisits import Originals
from endleaf.readers.source import Source

VERSIONS = frozenset(("WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"))

CAPTURES = frozenset(("response", "resource", "revisit", "conversion"))
"""The record types that hold something captured (section 6.2 to 6.7)."""

_PASSED = {
    "request": "a request, not what was answered",
    "metadata": "metadata about another record",
    "warcinfo": "describes the file",
    "continuation": "a further segment of another record",
}

MUST = (("warc-record-id", "WARC-Record-ID"), ("warc-date", "WARC-Date"), ("warc-target-uri", "WARC-Target-URI"))
"""Without these a capture cannot be told from others (section 4, mandatory fields)."""


def read(source: Source, container: str = "warc") -> Iterator[Record]:
    """Every record of a WARC file, and every place in it that could not be read."""
    if source.asked.noted:
        source.asked.noted(source)
        return
    yield from translated(source, Dialect(container, VERSIONS, MUST, raw_records(source.disk)))


def read_from(source: Source, offset: int) -> Iterator[Record]:
    """The records from ``offset`` on, where one starts; the file's first comes before them, where it describes it."""
    yield from translated(source, Dialect("warc", VERSIONS, MUST, described(raw_records, source.disk, offset)))


def described(raws: Callable[[Disk, int], Iterator[Raw | Trouble]], disk: Disk, offset: int) -> Iterator[Raw | Trouble]:
    """What ``raws`` gives from an offset on, after what the file says of itself at its start."""
    first = next(raws(disk, 0), None)
    if offset and isinstance(first, Raw) and first.fields.get("warc-type", "").lower() == "warcinfo":
        yield first
    yield from raws(disk, offset)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records came to be told in WARC's terms, and what they must state."""

    container: str
    versions: frozenset[str]
    must: tuple[tuple[str, str], ...]
    """Fields without which a capture cannot be told from others: the key, and its name in the file."""
    raws: Iterable[Raw | Trouble]
    native: bool = True
    """Whether they are WARC records in their own file."""


def translated(source: Source, dialect: Dialect) -> Iterator[Record]:
    """Every record of a source whose records are told in WARC's terms."""
    reading = _Reading(source, dialect, Originals(source.disk, source.asked.elsewhere))
    try:
        yield from reading.records()
    finally:
        reading.originals.close()


_MAX_INFOS = 1000
"""warcinfo records remembered by id; a file has one, or one for each file that was joined into it."""


@dataclass(slots=True)
class _Reading:
    """One way through a file, with what later records need to know of earlier ones."""

    source: Source
    dialect: Dialect
    originals: Originals
    infos: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    info: tuple[tuple[str, str], ...] = ()

    def records(self) -> Iterator[Record]:
        company = Company()
        for raw in self.dialect.raws:
            if isinstance(raw, Trouble):
                yield from company.pass_on(Damage(source=self.source.name, reason=raw.reason, offset=raw.offset))
                continue
            record = self.record(raw)
            if self.source.asked.seen and self.dialect.native:
                self.source.asked.seen(self.source, raw, record)
            yield from company.join(record, raw)
            if raw.troubles:
                yield from company.pass_on(self.damage(raw))
        yield from company.rest()

    def record(self, raw: Raw) -> Record:
        kind = raw.fields.get("warc-type", "").lower()
        if kind in CAPTURES:
            return self.capture(raw, kind)
        if kind == "warcinfo":
            self.remember_info(raw)
        raw.troubles += faults(raw, (), self.dialect.versions)
        known = self.provenance(raw, kind, None, checked=self.checked(raw))
        reason = _PASSED.get(kind, "of a type that the standard does not name")
        return Passed(provenance=known, reason=reason, detail=self.segment(raw) if kind == "continuation" else None)

    def checked(self, raw: Raw) -> tuple[Fixity, ...]:
        """The record's digests, where the run asks; one that its bytes contradict is a trouble."""
        checked = fixity.checks(raw, self.source.disk) if self.source.asked.fixity else ()
        raw.troubles += filter(None, map(fixity.complaint, checked))
        return checked

    def damage(self, raw: Raw) -> Damage:
        return Damage(
            source=self.source.name,
            reason="; ".join(raw.troubles),
            offset=raw.offset,
            record_id=raw.fields.get("warc-record-id"),
            url=address(raw.fields.get("warc-target-uri")),
        )

    def capture(self, raw: Raw, kind: str) -> Capture:
        checked = self.checked(raw)
        if segment_number(raw) == 1:
            whole = self.originals.whole(raw)
            checked = (*(each for each in checked if each.what == "block"), *self.checked(whole))
        else:
            whole = raw
        message = payload_of(whole)
        message.notes += filter(None, map(fixity.remark, checked))
        refers_to = None
        if kind == "revisit":
            refers_to = self.resolve(raw, message)
        elif raw.block:
            self.originals.remember(raw)
        raw.troubles += faults(raw, self.dialect.must, self.dialect.versions)
        if message.cut:
            raw.troubles.append(message.notes[-1])
        return Capture(
            provenance=self.provenance(raw, kind, message, refers_to, checked),
            payload=message.body,
            http=message.http,
            notes=(*message.notes, *(trouble for trouble in raw.troubles if trouble not in message.notes)),
        )

    def resolve(self, raw: Raw, message: Message) -> RefersTo:
        """Give a revisit's message the payload that it stands for, where the sources have it."""
        fields = raw.fields
        refers_to = RefersTo(
            record_id=fields.get("warc-refers-to"),
            url=address(fields.get("warc-refers-to-target-uri")),
            date=moment(fields.get("warc-refers-to-date")),
        )
        found = self.originals.original(raw)
        if found is None:
            message.body = b""
            message.notes.append("the payload that it refers to is not in the sources")
            return refers_to
        target = self.originals.whole(found.raw) if segment_number(found.raw) == 1 else found.raw
        original = payload_of(target)
        message.body, message.cut = original.body, original.cut
        message.notes += [*original.notes, *target.troubles]
        message.http = with_type(message.http, original.http)
        source = found.source or self.source.name
        return msgspec.structs.replace(refers_to, resolved=True, source=source, offset=found.raw.offset)

    def segment(self, raw: Raw) -> str:
        """Which segment of which record this one is; it is a trouble where that record is nowhere."""
        origin = raw.fields.get("warc-segment-origin-id", "no record that it names")
        if not self.originals.begun(raw):
            raw.troubles.append(f"the first segment of its record is not in the sources: {origin[:100]}")
        return f"segment {segment_number(raw) or 'of unknown number'} of {origin[:100]}"

    def remember_info(self, raw: Raw) -> None:
        self.info = info_fields(raw.block)
        name = raw.fields.get("warc-record-id")
        if name and len(self.infos) < _MAX_INFOS:
            self.infos[name] = self.info

    def provenance(
        self,
        raw: Raw,
        kind: str,
        message: Message | None,
        refers_to: RefersTo | None = None,
        checked: tuple[Fixity, ...] = (),
    ) -> Provenance:
        fields = raw.fields
        http = message.http if message else None
        return Provenance(
            source=self.source.name,
            container=self.dialect.container,
            url=address(fields.get("warc-target-uri")),
            captured_at=moment(fields.get("warc-date")),
            offset=raw.offset,
            length=raw.length,
            record_id=fields.get("warc-record-id"),
            record_type=kind or None,
            refers_to=refers_to,
            payload_digest=fields.get("warc-payload-digest"),
            block_digest=fields.get("warc-block-digest"),
            fixity=checked,
            sha256=hashlib.sha256(message.body).hexdigest() if message else None,
            status=(http.status or None) if http else None,
            media_type=media_type(declared_type(raw, http)) if message else None,
            warcinfo=self.infos.get(fields.get("warc-warcinfo-id", ""), self.info),
            crawl=told_of(fields) if message else (),
        )


def faults(raw: Raw, must: tuple[tuple[str, str], ...], versions: frozenset[str] = VERSIONS) -> Iterator[str]:
    """What a record's head lacks: a version that is known, a type, and the fields that it must state."""
    if raw.version not in versions and raw.version.upper() not in versions:
        yield f"its version is unknown: {raw.version[:20]}"
    if not raw.fields.get("warc-type"):
        yield "it states no WARC-Type"
    if missing := [name for key, name in must if not raw.fields.get(key)]:
        yield f"it states no {', no '.join(missing)}"


def moment(date: str | None) -> Moment | None:
    """A WARC-Date; also the 14 digits that some tools wrote."""
    if not date:
        return None
    return Moment.from_iso(date) or (Moment.from_timestamp(date) if len(date) == 14 else None)


def info_fields(block: bytes) -> tuple[tuple[str, str], ...]:
    r"""The lines of an application/warc-fields block.

    >>> info_fields(b"software: crawler/1\r\nformat: WARC File Format 1.0\r\n")
    (('software', 'crawler/1'), ('format', 'WARC File Format 1.0'))
    """
    lines = (decoded(line).partition(":") for line in block[:_MAX_INFO].splitlines())
    return tuple((name.strip(), value.strip()) for name, colon, value in lines if colon)


_MAX_INFO = 1 << 16
"""Bytes of a warcinfo record that are read, 64 KiB; it goes with every capture."""
