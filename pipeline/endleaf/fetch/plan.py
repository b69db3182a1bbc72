"""What is asked for, as a person says it, and made definite: whom to ask, for which captures."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from endleaf import __version__
from endleaf.errors import UsageError
from endleaf.fetch.asking import Limits
from endleaf.fetch.indexes import Query
from endleaf.fetch.listed import Span, last_of, moment_of, original
from endleaf.fetch.services import SERVICES, service_of
from endleaf.fetch.warcs import now
from endleaf.model import Frozen
from endleaf.names import page_folder
from endleaf.replay_urls import Replay, parse_replay

MOST_CAPTURES = 10_000
"""Captures of one run, unless more are asked for: at one a second nearly three hours."""


class Wish(Frozen, frozen=True):
    """What is asked for. Dates are as a person writes them."""

    url: str
    archive: str | None = None
    """An id of :data:`endleaf.fetch.SERVICES`, or a base URL; None: the one that a replay URL names, else the
    Wayback Machine."""
    at: str | None = None
    all: bool = False
    from_date: str | None = None
    to_date: str | None = None
    prefix: bool = False
    requisites: bool = False
    most: int = MOST_CAPTURES
    contact: str = ""
    """An address that the archive may write to; it stands in the User-Agent."""
    private: bool = False
    """Whether loopback and local networks may be asked."""
    hosts: tuple[str, ...] = ()
    """Further hosts that may be asked."""
    size: int = Limits.size
    seconds: float = Limits.seconds


class Plan:
    """A wish made definite. Raises :class:`UsageError` where it cannot be."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        given = wish.url.strip()
        replay = parse_replay(given)
        page = original(replay.url if replay else given if "://" in given else f"http://{given}")
        if page is None:
            raise UsageError(f"{given}: no address of http or https")
        self.url = page
        self.archive, self.service = service_of(wish.archive or _named_by(replay), private=wish.private)
        at = wish.at or (replay.timestamp if replay else "")
        self.timestamp = moment_of(at).timestamp if at else ""
        self.many = wish.all or wish.prefix or bool(wish.from_date or wish.to_date)
        self.query = Query(self.url, wish.prefix, _span(wish))
        self._check()

    def _check(self) -> None:
        wish = self.wish
        if self.many and wish.at:
            raise UsageError("--at is for one capture: give --from-date and --to-date with --all or --prefix")
        if wish.prefix and not self.service.cdx:
            raise UsageError(f"{self.service.name} has no index that lists prefixes: ask for its URLs one by one")
        if wish.requisites and self.service.dialect == "crawls":
            raise UsageError(f"{self.service.name} keeps pages without their images and styles: leave --requisites out")
        if not wish.contact.isascii() or (wish.contact and not wish.contact.isprintable()):
            raise UsageError("--contact: an address in ASCII, on one line")

    @property
    def asked(self) -> str:
        """What the file is to hold, as text: another wish's file is not gone on with."""
        wish = self.wish
        told = (self.archive, self.url, self.timestamp, self.many, self.query.span, wish.prefix, wish.requisites)
        return msgspec.json.encode(told).decode()

    @property
    def agent(self) -> str:
        """What the archive is told of us."""
        contact = self.wish.contact
        return f"endleaf/{__version__} (fetches captures for research{'; ' + contact if contact else ''})"

    @property
    def name(self) -> str:
        """A file's name after the URL, what was asked for, and the archive."""
        folder = page_folder(self.url, None, self.url)
        what = "all" if self.many else self.timestamp or "latest"
        keeper = (urlsplit(self.service.base).hostname or "archive") if self.archive.startswith("at:") else self.archive
        return f"{'-'.join(folder.parts[1:-1])[-120:]}-{what}-{keeper}.warc.gz"

    def told(self) -> list[tuple[str, str]]:
        """The fields of the warcinfo record: who fetched what from where, with which arguments."""
        wish, service = self.wish, self.service
        given = {"at": wish.at, "from-date": wish.from_date, "to-date": wish.to_date}
        words = [f"--{name} {value}" for name, value in given.items() if value]
        flags = {"all": wish.all, "prefix": wish.prefix, "requisites": wish.requisites}
        words += [f"--{name}" for name, value in flags.items() if value]
        return [
            ("software", f"endleaf/{__version__}"),
            ("description", f"Captures of {self.url}, fetched from {service.name} ({service.base})"),
            ("isPartOf", service.name),
            ("archive", self.archive),
            ("archive-url", service.base),
            ("arguments", " ".join(["fetch", wish.url, *words, "--from", self.archive.removeprefix("at:")])),
            ("created", now()),
            ("http-header-user-agent", self.agent),
        ]


def _named_by(replay: Replay | None) -> str:
    """The archive that a replay URL names; the Wayback Machine where there is none."""
    if replay is None:
        return "wayback"
    return replay.archive_id if replay.archive_id in SERVICES else replay.prefix


def _span(wish: Wish) -> Span:
    first = moment_of(wish.from_date).timestamp if wish.from_date else ""
    last = last_of(moment_of(wish.to_date)) if wish.to_date else ""
    if first and last and first > last:
        raise UsageError(f"--from-date {wish.from_date} is later than --to-date {wish.to_date}")
    return Span(first=first, last=last)
