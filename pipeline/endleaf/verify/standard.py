"""What ISO 28500 asks of each record's header, as data: section numbers are those of WARC 1.1 (2017)."""

from __future__ import annotations

import re

TYPES = frozenset(("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"))
"""Section 6."""

_CAPTURED = frozenset(("response", "resource", "request", "revisit", "conversion", "continuation"))

MANDATORY: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("WARC-Record-ID", "no-record-id", TYPES),
    ("WARC-Date", "no-date", TYPES),
    ("WARC-Target-URI", "no-target-uri", _CAPTURED),
    ("WARC-Profile", "no-profile", frozenset(("revisit",))),
    ("WARC-Segment-Number", "no-segment", frozenset(("continuation",))),
    ("WARC-Segment-Origin-ID", "no-segment", frozenset(("continuation",))),
)
"""A field, the code where it is missing, and the record types that must have it (section 5, each field's own)."""

ONLY_IN: dict[str, frozenset[str]] = {
    "WARC-Concurrent-To": TYPES - {"warcinfo", "conversion", "continuation"},  # 5.7
    "WARC-IP-Address": TYPES - {"warcinfo", "conversion", "continuation"},  # 5.10
    "WARC-Refers-To": frozenset(("metadata", "conversion", "revisit")),  # 5.11
    "WARC-Refers-To-Target-URI": frozenset(("metadata", "conversion", "revisit")),  # 5.12
    "WARC-Refers-To-Date": frozenset(("metadata", "conversion", "revisit")),  # 5.13
    "WARC-Target-URI": TYPES - {"warcinfo"},  # 5.14
    "WARC-Warcinfo-ID": TYPES - {"warcinfo"},  # 5.16
    "WARC-Filename": frozenset(("warcinfo",)),  # 5.17
    "WARC-Profile": frozenset(("revisit",)),  # 5.18
    "WARC-Segment-Origin-ID": frozenset(("continuation",)),  # 5.21
    "WARC-Segment-Total-Length": frozenset(("continuation",)),  # 5.22
    "Content-Type": TYPES - {"continuation"},  # 5.6
}
"""The types of record that may have a field."""

SINCE_1_1 = frozenset(("WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"))
"""Fields that WARC 1.1 added; in earlier files they are extensions, which readers must pass over (section 5.1)."""

REPEATABLE = frozenset(("warc-concurrent-to",))
"""Section 5.7; no other field of the standard may be repeated in a record (section 5.1)."""

FIELDS = frozenset(
    name.lower()
    for name in (
        *(name for name, _, _ in MANDATORY),
        *ONLY_IN,
        *("WARC-Type", "Content-Length", "WARC-Block-Digest", "WARC-Payload-Digest", "WARC-Truncated"),
        "WARC-Identified-Payload-Type",
    )
)
"""The named fields of section 5, in small letters."""

IDS = ("WARC-Record-ID", "WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID", "WARC-Segment-Origin-ID")
"""Fields that hold a record id: a URI in angle brackets (5.2, 5.7, 5.11, 5.16, 5.21)."""

URIS = ("WARC-Target-URI", "WARC-Refers-To-Target-URI", "WARC-Profile")
"""Fields that hold a bare URI (5.12, 5.14, 5.18)."""

DATES = ("WARC-Date", "WARC-Refers-To-Date")

ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>\Z")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+\Z")
"""RFC 3986 section 3: a scheme, a colon, and characters of US-ASCII with no blank; the rest of the grammar is
broken by so many addresses of the web that a crawler must keep them as they are."""

DATE_1_0 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)
DATE_1_1 = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z)?)?)?\Z", re.ASCII)
"""The levels of W3CDTF, in UTC, with at most nine digits of a second's fraction (section 5.4)."""

FIRST_YEAR = 1991
"""The year of the first page of the web: what states an earlier one was made by a clock that was not set."""

VALUES: dict[str, re.Pattern[str]] = {
    "WARC-Truncated": re.compile(r"(?:length|time|disconnect|unspecified)\Z"),  # 5.15
    "WARC-IP-Address": re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+)\Z", re.ASCII),  # 5.10
    "WARC-Segment-Number": re.compile(r"[1-9]\d*\Z", re.ASCII),  # 5.20
    "WARC-Segment-Total-Length": re.compile(r"\d+\Z", re.ASCII),  # 5.22
    "Content-Type": re.compile(r"[^\s/;]+/[^\s;]+(?:\s*;.*)?\Z", re.DOTALL),  # 5.6
}
"""What a field's value must look like, where the standard says."""
