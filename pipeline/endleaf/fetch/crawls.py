"""Common Crawl: an index a crawl, and the records themselves out of its files, by their offsets."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from endleaf.fetch.asking import Answer, Asker, Question
from endleaf.fetch.indexes import Listing, Query, asked_lines, row_of
from endleaf.fetch.listed import Listed, Stored, instant, nearest, stamp_of
from endleaf.fetch.services import Service
from endleaf.fetch.troubles import Failed, Missing

MOST_PAGES = 1000
MOST_RECORD = 32 << 20
"""Bytes of a record, packed or not, 32 MiB: the crawler cuts what it keeps at five."""
MOST_TOLD = 8 << 20
"""Characters of the list of crawls, or of a count of pages, 8 MiB: the list has some twenty thousand."""
MOST_CRAWLS = 12
"""Crawls that are asked, the nearest first, for one capture: about a year of them."""

_WEEK = re.compile(r"CC-MAIN-(20\d\d)-(\d\d)\Z")
_YEARS = re.compile(r"CC-MAIN-(20\d\d)(?:-(20\d\d))?\Z")
_CRAWL = timedelta(days=21)
"""How long a crawl takes; its name has the week in which it began or ended."""


class Crawl(NamedTuple):
    """A crawl: its name, its index, and its first and last second, as far as they are known."""

    name: str
    address: str
    first: str
    last: str


def crawls(asker: Asker, service: Service) -> list[Crawl]:
    """The crawls that there are, as the archive lists them. Raises Failed where the list is none."""
    listing = Listing()
    text = _told(asker, service.cdx or "", service, listing)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Failed("the list of crawls is no JSON") from error
    found = [crawl for row in rows if (crawl := _crawl(row))] if isinstance(rows, list) else []
    if not found:
        raise Failed("the list of crawls names none")
    return found


def _told(asker: Asker, url: str, service: Service, listing: Listing) -> str:
    """A small text, of lines that are not captures."""
    text = ""
    for line in asked_lines(asker, url, service, listing):
        text += line + "\n"
        if len(text) > MOST_TOLD:
            raise Failed(f"the index says more than {MOST_TOLD:,} characters of its crawls")
    return text


def _crawl(row: Any) -> Crawl | None:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("cdx-api"), str):
        return None
    first, last = _dates(row["id"])
    stated = [re.sub(r"\D", "", str(row.get(name, "")))[:14] for name in ("from", "to")]
    if all(instant(each) for each in stated):
        first, last = stated
    return Crawl(row["id"], row["cdx-api"], first, last)


def _dates(name: str) -> tuple[str, str]:
    """A crawl's dates by its name.

    >>> _dates("CC-MAIN-2024-10")
    ('20240212000000', '20240325000000')
    """
    if found := _WEEK.match(name):
        try:
            monday = datetime.fromisocalendar(int(found[1]), int(found[2]), 1).replace(tzinfo=UTC)
        except ValueError:
            return "", ""
        return stamp_of(monday - _CRAWL), stamp_of(monday + _CRAWL)
    if found := _YEARS.match(name):
        return f"{found[1]}0101000000", f"{found[2] or found[1]}1231235959"
    return "", ""


def captures(asker: Asker, service: Service, query: Query, listing: Listing) -> Iterator[Listed]:
    """The captures that the indexes of all crawls of a span list. Raises Missing where none does."""
    some = False
    for crawl in crawls(asker, service):
        if not query.span.meets(crawl.first, crawl.last):
            continue
        try:
            for row in _in_crawl(asker, service, crawl, query, listing):
                if query.span.has(row.timestamp):
                    some = True
                    yield row
        except Missing:
            continue
    if not some:
        raise Missing("no crawl has a capture of it")
    listing.whole = True


def _in_crawl(asker: Asker, service: Service, crawl: Crawl, query: Query, listing: Listing) -> Iterator[Listed]:
    words = {"url": query.url, "output": "json", **({"matchType": "prefix"} if query.prefix else {})}
    for page in range(_pages(asker, service, crawl, words, listing)):
        for line in asked_lines(asker, f"{crawl.address}?{urlencode({**words, 'page': page})}", service, listing):
            if line and (row := row_of(line, listing)) and row.stored:
                yield row


def _pages(asker: Asker, service: Service, crawl: Crawl, words: dict[str, str], listing: Listing) -> int:
    answer = _told(asker, f"{crawl.address}?{urlencode({**words, 'showNumPages': 'true'})}", service, listing)
    try:
        pages = json.loads(answer)
        pages = pages["pages"] if isinstance(pages, dict) else pages
    except (ValueError, KeyError, RecursionError):
        pages = None
    if not isinstance(pages, int) or not 0 <= pages <= MOST_PAGES:
        raise Failed(f"the index of {crawl.name} says of its pages what is no count, or more than {MOST_PAGES}")
    return pages


def nearest_of(asker: Asker, service: Service, query: Query, timestamp: str) -> Listed:
    """The capture nearest to a time, of the crawls near to it. Raises Missing where these have none."""
    at = instant(timestamp)
    found = crawls(asker, service)
    found.sort(key=lambda crawl: _distance(crawl, at))
    for crawl in found[:MOST_CRAWLS]:
        try:
            row = nearest(_in_crawl(asker, service, crawl, query, Listing()), timestamp)
        except Missing:
            continue
        if row:
            return row
    raise Missing(f"none of the {min(len(found), MOST_CRAWLS)} crawls nearest to the date has it", "try another --at")


def _distance(crawl: Crawl, at: datetime | None) -> float:
    ends = [when for when in (instant(crawl.first), instant(crawl.last)) if when]
    return min((abs((when - at).total_seconds()) for when in ends if at), default=float("inf"))


def stored(asker: Asker, service: Service, where: Stored) -> tuple[str, bytes]:
    """A record out of the archive's file, unpacked, and the address that it came from.

    Raises as :meth:`Asker.ask` does, Failed where what comes is not the one record that was asked for.
    """
    if not 0 < where.length <= MOST_RECORD:
        raise Failed(f"its record is said to have {where.length:,} bytes")
    url = service.base + quote(where.file.lstrip("/"), safe="/=._-~")
    part = f"{where.offset}-{where.offset + where.length - 1}"
    answer = asker.ask(Question(url, service.pace, (("Range", f"bytes={part}"),), lambda answer: answer.status == 206))
    try:
        _check(answer, part, where.length)
        return answer.url, _unpacked(answer.body.read())
    finally:
        answer.close()


def _check(answer: Answer, part: str, length: int) -> None:
    if answer.status in (404, 410):
        raise Missing("the archive has no such file any more")
    if answer.status != 206:
        raise Failed(f"the archive answered {answer.status} to a question for a part of a file")
    stated = (answer.get("content-range") or "").lower()
    if not stated.startswith(f"bytes {part}/") or answer.size != length:
        raise Failed(f"{answer.size:,} bytes came of the {length:,} that were asked for ({stated[:60]})")


def _unpacked(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        record = inflater.decompress(packed, MOST_RECORD)
    except zlib.error as error:
        raise Failed("what stands there is no gzip member") from error
    if not inflater.eof:
        raise Failed(f"its record does not end, or has more than {MOST_RECORD:,} bytes")
    return record
