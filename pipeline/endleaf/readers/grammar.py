"""How the records of a format start, so that one is found where a length or a file is damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    """The starts of one format's records."""

    record: re.Pattern[bytes]
    """At a record's first byte."""
    next: re.Pattern[bytes]
    """After a line's end: where one may begin inside what was taken for another's block."""
    among: re.Pattern[bytes]
    """Among bytes that are no record: it need not follow a line's end."""
    reach: int
    """Bytes in which a start is recognised."""
    candidate: re.Pattern[bytes]
    """A start, or, as the group ``packed``, the first bytes of a gzip member or a zstd frame."""


def grammar(record: bytes, loose: bytes, reach: int) -> Grammar:
    """A grammar of a start, and of one that needs no line's end before it; patterns that ignore case."""
    after_line = rb"(?<=\n)" + record
    among = after_line + rb"|" + loose
    return Grammar(
        record=re.compile(record, re.IGNORECASE),
        next=re.compile(after_line, re.IGNORECASE),
        among=re.compile(among, re.IGNORECASE),
        reach=reach,
        candidate=re.compile(rb"(?P<packed>\x1f\x8b\x08[\x00-\x1f]|\x28\xb5\x2f\xfd)|" + among, re.IGNORECASE),
    )


WARC = grammar(
    rb"WARC/[0-9][0-9.]*[ \t]*\r*\n[A-Za-z][A-Za-z0-9-]* *:",
    rb"WARC/[0-9][0-9.]*[ \t]*\r*\n(?:WARC|Content)-[A-Za-z-]+ *:",
    reach=256,
)
"""The version line and the next field's name: that line tells a record from a text that speaks of WARC. Where no
line's end is before it, its first field must be a known one."""
