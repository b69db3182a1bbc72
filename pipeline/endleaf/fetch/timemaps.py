"""The list of a URL's captures from a TimeMap (RFC 7089 section 5), its further pages too."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime

from endleaf.fetch.asking import Answer, Asker, Question
from endleaf.fetch.indexes import MOST_PAGES, MOST_TEXT, Listing, pieces
from endleaf.fetch.linkformat import Link, Links, links_of
from endleaf.fetch.listed import Listed, Span, joined, original, stamp_of
from endleaf.fetch.services import Service
from endleaf.fetch.troubles import Failed, Missing
from endleaf.replay_urls import parse_replay

_ACCEPT = (("Accept", "application/link-format"),)


def captures(asker: Asker, service: Service, url: str, span: Span, listing: Listing) -> Iterator[Listed]:
    """The captures of a URL that an archive's TimeMap lists, within a span.

    Raises as :meth:`Asker.ask` does, Missing where the archive knows none.
    """
    waiting, seen = [_address(asker, service, url)], set[str]()
    elsewhere = 0
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        if len(seen) >= MOST_PAGES:
            raise Failed(f"the TimeMap has more than {MOST_PAGES} pages", "ask for a shorter range")
        seen.add(at)
        for link in _links(asker, service, at, listing):
            if "memento" in link.relations:
                row = row_of(link, url, at)
                if row is None:
                    listing.broken += 1
                elif row.memento and not asker.policy.allows(row.memento):
                    elsewhere += 1
                elif span.has(row.timestamp):
                    yield row
            elif (further := _further(link, at, span)) and asker.policy.allows(further):
                waiting.append(further)
    if elsewhere:
        listing.notes.append(
            f"the TimeMap lists {elsewhere} captures of other archives: --allow-host allows their hosts"
        )
    listing.whole = True


def _address(asker: Asker, service: Service, url: str) -> str:
    """The TimeMap's address: the known one, or the one that the TimeGate names."""
    if service.timemap and service.known:
        return service.timemap.replace("{url}", url)
    answer = asker.ask(Question(service.base + url, service.pace, wanted=lambda _: False))
    answer.close()
    named = [link.url for link in links_of(answer.all("link")) if "timemap" in link.relations]
    for address in named:
        if asker.policy.allows(whole := joined(answer.url, address)):
            return whole
    if service.timemap:
        return service.timemap.replace("{url}", url)
    raise Failed("the archive names no TimeMap", "it gives single captures only: use --at")


def _links(asker: Asker, service: Service, at: str, listing: Listing) -> Iterator[Link]:
    answer = asker.ask(Question(at, service.index_pace, _ACCEPT, lambda answer: answer.status == 200, MOST_TEXT))
    try:
        if answer.status in (404, 410):
            raise Missing("the archive has no capture of it")
        if answer.status != 200:
            raise Failed(f"the TimeMap answered {answer.status} {answer.reason}".rstrip())
        links = Links()
        yield from links.read(_texts(answer))
        listing.broken += links.broken
    finally:
        answer.close()


def _texts(answer: Answer) -> Iterator[str]:
    return codecs.iterdecode(pieces(answer), "utf-8", "replace")


def row_of(link: Link, url: str, at: str) -> Listed | None:
    """The capture of a link with rel=memento, of a URL, in what stood at an address; None where it is none."""
    address = joined(at, link.url)
    replay = parse_replay(address)
    stamp = replay.timestamp if replay and len(replay.timestamp) == 14 else _stamp(link.parameters.get("datetime", ""))
    page = original(replay.url) if replay else url
    return Listed(timestamp=stamp, url=page, memento=address) if stamp and page and address else None


def _stamp(date: str) -> str:
    """A date of RFC 1123 as 14 digits; empty for what is none."""
    try:
        return stamp_of(parsedate_to_datetime(date).astimezone(UTC))
    except (ValueError, OverflowError):
        return ""


def _further(link: Link, at: str, span: Span) -> str:
    """The address of a further page of the list, empty where it has nothing of the span."""
    if not link.relations & {"timemap", "next"} or "self" in link.relations:
        return ""
    dates = [_stamp(link.parameters.get(name, "")) for name in ("from", "until")]
    return joined(at, link.url) if span.meets(dates[0], dates[1]) else ""
