"""What a check finds: one thing that is wrong, one file's sums, and the whole verdict.

``docs/verify.schema.json`` is made from these types.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from endleaf.model import Frozen
from endleaf.verify.codes import CODES, Level

Outcome = Literal["sound", "warnings", "errors", "unreadable"]
"""What a file is: nothing wrong with it; against the standard, with nothing lost; damaged; nothing could be read."""


class Finding(Frozen, frozen=True, tag="finding"):
    """One thing that is wrong, and where."""

    level: Level
    code: str
    """A key of CODES, which stays the same from one version to the next."""
    message: str
    source: str
    """The file, and the member within it: ``a.wacz!archive/b.warc.gz``."""
    offset: int | None = None
    """Bytes, where the record starts on disk (of a record within a longer gzip member, where that member does)."""
    record_id: str | None = None
    url: str | None = None
    standard: str | None = None
    """The standard's section that is not kept, where one says how it should be."""


def finding(code: str, message: str, source: str, **where: Any) -> Finding:
    """A finding of a known code; its level and standard are the code's own."""
    known = CODES[code]
    return Finding(level=known.level, code=code, message=message, source=source, standard=known.standard, **where)


class Digests(Frozen, frozen=True):
    """How many digests were found, by what became of them."""

    matched: int = 0
    mismatched: int = 0
    uncheckable: int = 0
    """Of bytes that are not here, of an algorithm that is not known, or malformed."""
    absent: int = 0
    """Records that state none."""


class Revisits(Frozen, frozen=True):
    """How many records stand for another's payload, and whether that is in one of the sources."""

    resolved: int = 0
    dangling: int = 0


class BagState(Frozen, frozen=True):
    """What RFC 8493 section 3 asks of a bag: complete and valid are two things."""

    complete: bool
    valid: bool
    files: int = 0
    """Payload files that a manifest lists."""


class Summary(Frozen, frozen=True, tag="file"):
    """The sums of one file, or of one bag."""

    source: str
    container: str
    outcome: Outcome
    records: dict[str, int] = msgspec.field(default_factory=dict)
    """By type; a place in an index is a ``line``."""
    digests: Digests = Digests()
    revisits: Revisits = Revisits()
    codes: dict[str, int] = msgspec.field(default_factory=dict)
    """Findings by their code."""
    bag: BagState | None = None


class Verdict(Frozen, frozen=True, tag="verdict"):
    """The whole run: files by outcome, findings by level, and the exit status."""

    files: dict[str, int]
    findings: dict[str, int]
    exit_status: int


class Document(Frozen, frozen=True):
    """What ``--json`` prints."""

    findings: tuple[Finding, ...]
    files: tuple[Summary, ...]
    verdict: Verdict


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``--json``, as committed in ``docs/verify.schema.json``."""
    return msgspec.json.schema(Document)
