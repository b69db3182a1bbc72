"""A record's header against the standard: what is odd in it though it could be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from endleaf.readers.raw import Raw
from endleaf.readers.warc import VERSIONS, moment
from endleaf.verify import standard

Odd = tuple[str, str]
"""A code, and what is odd."""

_LONGEST = 80
"""Characters of a stated value that are told."""


class Head(NamedTuple):
    """A record's header, its lines as they stand."""

    raw: Raw
    lines: list[bytes]
    """The lines after the version, with their ends; the blank line is not among them."""
    version: str
    kind: str
    """The record type in small letters; empty where none is stated."""
    pairs: list[tuple[str, str]]
    """Names as they are spelt, with their values; folded lines joined."""

    def get(self, name: str) -> str | None:
        """The first value of a field."""
        return self.raw.fields.get(name.lower())


def head_of(raw: Raw, head: bytes) -> Head:
    """The header of a record from its bytes."""
    first, *lines = head.lstrip(b"\r\n").splitlines(keepends=True) or [b""]
    lines = [line for line in _joined_at_cr(lines) if line.strip(b"\r\n")]
    return Head(raw, lines, first.strip().decode("latin-1"), raw.fields.get("warc-type", "").lower(), _pairs(lines))


def _joined_at_cr(lines: list[bytes]) -> Iterator[bytes]:
    """Lines end with LF: a bare CR ends none."""
    held = b""
    for line in lines:
        held += line
        if held.endswith(b"\n"):
            yield held
            held = b""
    if held:
        yield held


def _pairs(lines: list[bytes]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for line in lines:
        text = line.decode("utf-8", "replace")
        name, colon, value = text.partition(":")
        if text[:1] in " \t" and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text.strip()}")
        elif colon:
            pairs.append((name.strip(), value.strip()))
    return pairs


def oddities(head: Head) -> Iterator[Odd]:
    """Everything that is odd in a header, each kind of thing told once or a field at a time."""
    for rule in RULES:
        yield from rule(head)


# ------------------------------------------------------------------- rules


def _version(head: Head) -> Iterator[Odd]:
    if head.version not in VERSIONS:
        yield "unknown-version", f"its version line is {_shown(head.version)}"


def _lines(head: Head) -> Iterator[Odd]:
    if any(line.endswith(b"\n") and not line.endswith(b"\r\n") for line in head.lines):
        yield "line-ends", "its header lines end with LF alone"
    elif any(b"\r" in line[:-2] for line in head.lines):
        yield "line-ends", "a header line has a bare CR in it"
    for line in head.lines:
        if line[:1] in (b" ", b"\t"):
            yield "header-line", f"a folded header line: {_line(line)}"
        elif b":" not in line and line.endswith(b"\n"):
            yield "header-line", f"a header line with no colon: {_line(line)}"
        elif re.match(rb"[^:]*[ \t]:", line):
            yield "header-line", f"a blank before the colon: {_line(line)}"
        else:
            continue
        return


_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _bytes(head: Head) -> Iterator[Odd]:
    for line in head.lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "header-bytes", f"a header line that is no UTF-8: {_line(line)}"
            return
        if _CONTROLS.search(line):
            yield "header-bytes", f"a control character in a header line: {_line(line)}"
            return


def _type(head: Head) -> Iterator[Odd]:
    stated = head.get("WARC-Type")
    if stated is None:
        yield "no-type", "it states no WARC-Type"
    elif stated not in standard.TYPES:
        known = "is in capitals" if head.kind in standard.TYPES else "is none that the standard names"
        yield "unknown-type", f"its WARC-Type {known}: {_shown(stated)}"


def _missing(head: Head) -> Iterator[Odd]:
    for name, code, types in standard.MANDATORY:
        if head.kind in types and not head.get(name):
            yield code, f"it states no {name}"
    if head.kind in standard.TYPES - {"continuation"} and head.raw.block_size and not head.get("Content-Type"):
        yield "no-content-type", "its block is of no stated type"


def _repeated(head: Head) -> Iterator[Odd]:
    seen: set[str] = set()
    for name, _ in head.pairs:
        key = name.lower()
        contradicted = any(trouble.startswith(f"it states {key} twice") for trouble in head.raw.troubles)
        if key in seen and not contradicted and key in standard.FIELDS and key not in standard.REPEATABLE:
            yield "repeated-field", f"it states {_shown(name)} more than once"
            return
        seen.add(key)


def _misplaced(head: Head) -> Iterator[Odd]:
    if head.kind in standard.TYPES:
        for name, types in standard.ONLY_IN.items():
            if head.kind not in types and head.get(name) is not None:
                yield "field-not-for-type", f"a {head.kind} record shall have no {name}"


def _dates(head: Head) -> Iterator[Odd]:
    form = standard.DATE_1_1 if head.version.upper() == "WARC/1.1" else standard.DATE_1_0
    for name in standard.DATES:
        stated = head.get(name)
        if not stated:
            continue
        known = moment(stated)
        if known is None:
            yield "odd-date", f"its {name} is no date: {_shown(stated)}"
        elif not form.match(stated):
            why = "has fractions, which come with WARC/1.1" if "." in stated else "is not of the standard's form"
            yield "odd-date", f"its {name} {why}: {_shown(stated)}"
        elif known.when.year < standard.FIRST_YEAR or known.when > datetime.now(UTC) + timedelta(days=1):
            yield "odd-date", f"its {name} is before the web, or still to come: {_shown(stated)}"


def _uris(head: Head) -> Iterator[Odd]:
    for name in standard.URIS:
        stated = head.get(name)
        if not stated:
            continue
        if stated.startswith("<") and stated.endswith(">"):
            yield "odd-uri", f"its {name} stands in angle brackets: {_shown(stated)}"
        elif not standard.URI.match(stated):
            yield "odd-uri", f"its {name} is no URI, or has characters that no URI has: {_shown(stated)}"


def _ids(head: Head) -> Iterator[Odd]:
    for name in standard.IDS:
        stated = head.get(name)
        if stated and not standard.ID.match(stated):
            yield "odd-record-id", f"its {name} is no URI in angle brackets: {_shown(stated)}"


def _values(head: Head) -> Iterator[Odd]:
    for name, form in standard.VALUES.items():
        stated = head.get(name)
        if stated and not form.match(stated):
            yield "odd-value", f"its {name} is not of the standard's form: {_shown(stated)}"


RULES: tuple[Callable[[Head], Iterator[Odd]], ...] = (
    _version,
    _type,
    _missing,
    _lines,
    _bytes,
    _repeated,
    _misplaced,
    _dates,
    _uris,
    _ids,
    _values,
)
"""Every rule, in the order in which their findings are told."""


def _shown(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _line(line: bytes) -> str:
    return _shown(line.strip(b"\r\n").decode("utf-8", "backslashreplace"))
