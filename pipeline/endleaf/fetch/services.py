"""The archives that can be asked, by name: where each stands, what it speaks, how often it may be asked.

A new archive is one entry. What no entry knows is asked for by its base URL, and taken for a pywb or an OpenWayback
until its answers say otherwise (:func:`at_base`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from endleaf.errors import UsageError
from endleaf.replay_hosts import ARCHIVES

Dialect = Literal["wayback", "pywb", "crawls"]
"""How an index is asked: the Wayback CDX server (resume keys), pywb's (all in one answer), Common Crawl's (pages)."""


class Service(NamedTuple):
    """An archive's addresses, with ``{ts}`` (14 digits) and ``{url}`` (the original, as it is) to be filled in."""

    name: str
    base: str
    """The address that an original URL is put behind: a TimeGate (RFC 7089 section 4) where ``timegate`` is set."""
    raw: str | None = None
    """The bytes as they were archived; None where only a rewritten page is given."""
    timegate: bool = True
    timemap: str | None = None
    """The list of a URL's captures in link format (RFC 7089 section 5)."""
    cdx: str | None = None
    dialect: Dialect = "pywb"
    pace: float = 1.0
    """Seconds from one answer to the next question."""
    index_pace: float = 1.0
    """The same between questions to the index."""
    also: tuple[str, ...] = ()
    """Other hosts of the archive that its answers lead to."""
    known: bool = True
    """False for an archive known by its base URL alone, whose addresses are a guess."""


def _pywb(name: str, base: str, *, cdx: bool = False, also: tuple[str, ...] = ()) -> Service:
    """An archive that replays with pywb or OpenWayback, whose addresses all follow from its base."""
    return Service(
        name=name,
        base=base,
        raw=base + "{ts}id_/{url}",
        timemap=base + "timemap/link/{url}",
        cdx=base + "cdx" if cdx else None,
        also=also,
    )


SERVICES: dict[str, Service] = {
    # The CDX server allows 24 questions a minute; who ignores its 429 is shut out for an hour, then for two.
    "wayback": Service(
        name=ARCHIVES["wayback"].name,
        base="https://web.archive.org/web/",
        raw="https://web.archive.org/web/{ts}id_/{url}",
        timemap="https://web.archive.org/web/timemap/link/{url}",
        cdx="https://web.archive.org/cdx/search/cdx",
        dialect="wayback",
        index_pace=2.5,
    ),
    "ukgwa": _pywb(ARCHIVES["ukgwa"].name, "https://webarchive.nationalarchives.gov.uk/ukgwa/", cdx=True),
    "uk-parliament": _pywb(ARCHIVES["uk-parliament"].name, "https://webarchive.parliament.uk/"),
    "ukwa-bl": _pywb(
        ARCHIVES["ukwa-bl"].name,
        "https://www.webarchive.org.uk/wayback/archive/",
        cdx=True,
        also=("webarchive.org.uk",),
    ),
    "arquivo.pt": Service(
        name=ARCHIVES["arquivo.pt"].name,
        base="https://arquivo.pt/wayback/",
        raw="https://arquivo.pt/noFrame/replay/{ts}id_/{url}",
        timemap="https://arquivo.pt/wayback/timemap/link/{url}",
        cdx="https://arquivo.pt/wayback/cdx",
    ),
    "loc": _pywb(ARCHIVES["loc"].name, "https://webarchive.loc.gov/all/"),
    "archive-it": _pywb(ARCHIVES["archive-it"].name, "https://wayback.archive-it.org/all/"),
    "stanford-swap": _pywb(ARCHIVES["stanford-swap"].name, "https://swap.stanford.edu/"),
    "iceland": _pywb(ARCHIVES["iceland"].name, "http://wayback.vefsafn.is/wayback/", also=("vefsafn.is",)),
    "austria": _pywb(ARCHIVES["austria"].name, "https://webarchiv.onb.ac.at/web/"),
    "estonia": _pywb(ARCHIVES["estonia"].name, "http://veebiarhiiv.digar.ee/a/"),
    "padicat": _pywb(ARCHIVES["padicat"].name, "https://wayback.padicat.cat/wayback/"),
    "singapore": _pywb(ARCHIVES["singapore"].name, "http://eresources.nlb.gov.sg/webarchives/wayback/"),
    "york": _pywb(ARCHIVES["york"].name, "https://digital.library.yorku.ca/wayback/"),
    "perma": Service(
        name=ARCHIVES["perma"].name,
        base="https://perma-archives.org/warc/timegate/",
        raw="https://perma-archives.org/warc/{ts}id_/{url}",
        timemap="https://perma-archives.org/warc/timemap/link/{url}",
    ),
    "proni": Service(
        name=ARCHIVES["proni"].name,
        base="http://webarchive.proni.gov.uk/timegate/",
        raw="http://webarchive.proni.gov.uk/raw/{ts}/{url}",
    ),
    "bibalex": Service(
        name=ARCHIVES["bibalex"].name,
        base="http://web.archive.bibalex.org/web/",
        raw="http://web.archive.bibalex.org/web/{ts}im_/{url}",
        timemap="http://web.archive.bibalex.org/web/timemap/link/{url}",
    ),
    "commoncrawl": Service(
        name=ARCHIVES["commoncrawl"].name,
        base="https://data.commoncrawl.org/",
        timegate=False,
        cdx="https://index.commoncrawl.org/collinfo.json",
        dialect="crawls",
        index_pace=2.0,
    ),
}
"""Archive id (a key of :data:`endleaf.replay_hosts.ARCHIVES`) -> how it is asked."""


def service_of(given: str, *, private: bool = False) -> tuple[str, Service]:
    """The id and service of an archive given by id or by base URL (an id is then ``at:`` and the URL).

    ``private`` says that the archive may be the user's own machine, which needs no rest between questions.
    Raises :class:`UsageError` for a name that is none.

    >>> service_of("Arquivo.PT")[1].timemap
    'https://arquivo.pt/wayback/timemap/link/{url}'
    >>> service_of("https://archive.example/coll")[1].raw
    'https://archive.example/coll/{ts}id_/{url}'
    """
    key = given.strip().lower()
    if key in SERVICES:
        return key, SERVICES[key]
    if key.startswith(("http://", "https://")):
        service = at_base(given.strip())
        named = next((key for key, known in SERVICES.items() if known.base == service.base), None)
        if named:
            return named, SERVICES[named]
        return f"at:{service.base}", service._replace(pace=0.0, index_pace=0.0) if private else service
    raise UsageError(f"no archive is named {given}: give a base URL, or one of {', '.join(SERVICES)}")


def at_base(base: str) -> Service:
    """An archive known by its base URL alone."""
    parts = urlsplit(base)
    if not parts.hostname:
        raise UsageError(f"{base}: no address of an archive")
    base = base if base.endswith(("/", "=")) else base + "/"
    return _pywb(f"the archive at {parts.netloc}", base, cdx=True)._replace(known=False)


def table() -> str:
    """The archives, a line each: id, what each gives, and its name."""
    rows = [
        (key, "raw" if service.raw or service.dialect == "crawls" else "rewritten", _lists(service), service.name)
        for key, service in SERVICES.items()
    ]
    return "\n".join(f"{key:14} {form:10} {lists:22} {name}" for key, form, lists, name in rows)


def _lists(service: Service) -> str:
    """How all captures of a URL, or of a prefix, are asked for."""
    if service.cdx:
        return "all, prefix"
    return "all" if service.timemap else "nearest only"
