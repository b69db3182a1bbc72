"""What an index says of one capture, and which captures are wanted: data, and the dates' arithmetic."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import unquote, urljoin, urlsplit

from endleaf.errors import UsageError
from endleaf.model import Frozen, Moment
from endleaf.urls import absolute


class Stored(Frozen, frozen=True):
    """Where a record lies in an archive's own file: Common Crawl's index says so."""

    file: str
    offset: int
    length: int


class Listed(Frozen, frozen=True):
    """A capture that an index lists."""

    timestamp: str
    """14 digits."""
    url: str
    """The original URL."""
    memento: str | None = None
    """The archive's address of the capture, where the index gives one."""
    stored: Stored | None = None

    @property
    def key(self) -> str:
        """What tells it from every other capture of the archive."""
        return f"{self.timestamp}/{self.url}"


class Span(Frozen, frozen=True):
    """From when to when, as 14 digits each, both included; empty where a side is open."""

    first: str = ""
    last: str = ""

    def has(self, timestamp: str) -> bool:
        """Whether a timestamp of 14 digits lies within.

        >>> Span(first="20040101000000").has("20040628050632")
        True
        """
        return (not self.first or timestamp >= self.first) and (not self.last or timestamp <= self.last)

    def meets(self, first: str, last: str) -> bool:
        """Whether another span, of which a side may be unknown (empty), has anything in common with this one."""
        return not (self.last and first and first > self.last) and not (self.first and last and last < self.first)


def moment_of(date: str) -> Moment:
    """A date as a person writes it: ``2004``, ``2004-06-28``, ``20040628050632``. Raises :class:`UsageError`."""
    moment = Moment.from_timestamp(date.strip()) or Moment.from_iso(date)
    if moment is None:
        raise UsageError(f"{date}: no date: write 2004-06-28, 2004-06, 2004, or a timestamp of 4 to 14 digits")
    return moment


def last_of(moment: Moment) -> str:
    """The 14 digits of the last second that a moment may mean.

    >>> last_of(Moment(iso="2004-02", precision="month"))
    '20040229235959'
    """
    when = moment.when
    if moment.precision == "year":
        when = when.replace(month=12)
    if moment.precision in ("year", "month"):
        when = when.replace(day=calendar.monthrange(when.year, when.month)[1])
    stamp = Moment.of(when).timestamp
    keep = {"year": 8, "month": 8, "day": 8, "minute": 12}.get(moment.precision, 14)
    return stamp[:keep] + "235959"[keep - 14 :] if keep < 14 else stamp


def stamp_of(when: datetime) -> str:
    """A datetime as 14 digits."""
    return Moment.of(when).timestamp


def instant(timestamp: str) -> datetime | None:
    """14 digits as a datetime; None where they are no date."""
    moment = Moment.from_timestamp(timestamp) if len(timestamp) == 14 else None
    return moment.when.astimezone(UTC) if moment else None


def nearest(rows: Iterable[Listed], timestamp: str) -> Listed | None:
    """The row nearest in time; of two as near, the earlier."""
    at = instant(timestamp)
    timed = [
        (abs((when - at).total_seconds()), row.timestamp, row)
        for row in rows
        if at and (when := instant(row.timestamp))
    ]
    return min(timed, key=lambda each: each[:2])[2] if timed else None


def original(url: str) -> str | None:
    """An original URL as it may stand in a record: absolute, ASCII, of http, https or ftp, without its fragment."""
    whole = absolute(url, None) if len(url) < 1 << 14 else None
    if whole is None or not whole.startswith(("http://", "https://", "ftp://")):
        return None
    return whole.partition("#")[0]


def folded(url: str) -> tuple[str, str, str]:
    """A URL as an archive may write it otherwise: no scheme, no port, no www, no case, escapes undone, no last slash.

    >>> folded("http://www.a.example:80/B%20c/?d") == folded("https://a.example/b c?D")
    True
    """
    try:
        parts = urlsplit(url.lower())
        host = parts.hostname or ""
    except ValueError:
        return ("", url, "")
    return (host.removeprefix("www."), unquote(parts.path).rstrip("/"), unquote(parts.query))


def joined(base: str, href: str) -> str:
    """An address that a server gave, against the one that was asked; empty where it is none.

    >>> joined("http://a.example/b/", "c"), joined("http://a.example/", "//[")
    ('http://a.example/b/c', '')
    """
    try:
        return urljoin(base, href) if len(href) < 1 << 14 else ""
    except ValueError:
        return ""
