"""The readers' words for what is wrong, by the code that stands for them.

Readers say what they met in a clause, for people. What has no pattern here is ``damaged``, or for a note about
a payload ``payload-coding``: nothing is left unsaid because its words are new.
"""

from __future__ import annotations

import re

_Table = tuple[tuple[re.Pattern[str], str], ...]


def _table(*rows: tuple[str, str]) -> _Table:
    return tuple((re.compile(pattern), code) for pattern, code in rows)


DAMAGES: _Table = _table(
    (r"digest is not that of its bytes", "digest-mismatch"),
    (r"hash|digest of datapackage", "wacz-hash"),
    (r"datapackage", "wacz-package"),
    (r"page list|pages\.jsonl", "wacz-pages"),
    (r"\bzip (?:has|member)|\bzip directory", "wacz-member"),
    (r"file ends inside|file ends before|cut short inside|block ends after|ends too early|ends early", "truncated"),
    (r"gzip member is damaged|packing is damaged", "gzip-damaged"),
    (r"Content-Length|Archive-length", "bad-length"),
    (r"that are no record|bytes follow it", "not-a-record"),
    (r" twice, as ", "field-twice"),
    (r"header", "bad-head"),
    (r"segment", "segment-dangling"),
    (r"coding|decodes to|chunk|bytes are kept|only these are read", "payload-lost"),
)
"""Clauses of a Damage: where one has the words of two rows, the first row counts."""

TOLD_ELSEWHERE = re.compile(r"it states no WARC-|its version is unknown|first segment of its record is not")
"""What is found again, field by field, by the rules for fields."""

NOTES: _Table = _table(
    (r"crawler cut it|segment", "payload-partial"),
    (r"Content-Length says", "http-length"),
    (r"HTTP head", "http-head"),
)
"""What a capture's notes say that is no damage."""

SILENT = re.compile(r"payload that it refers to|digest (?:could not be checked|is that of)")
"""Notes about revisits, which are resolved again over all the sources at once, and about digests: these are told
from the checks themselves, for records that are no captures too."""


def code_of(clause: str, table: _Table, otherwise: str) -> str:
    """The code for a reader's clause.

    >>> code_of("its block ends after 7 of 9 bytes", DAMAGES, "damaged")
    'truncated'
    """
    return next((code for pattern, code in table if pattern.search(clause)), otherwise)
