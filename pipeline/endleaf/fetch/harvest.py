"""Asking for one capture after the other, and settling what becomes of each."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from endleaf.fetch import crawls, indexes, requisites, timemaps
from endleaf.fetch.asking import Asker
from endleaf.fetch.indexes import Listing
from endleaf.fetch.listed import Listed, original, stamp_of
from endleaf.fetch.mementos import Memento
from endleaf.fetch.obtain import Had, Obtainer
from endleaf.fetch.plan import Plan
from endleaf.fetch.troubles import Closed, Failed, Missing, NotFetched, Unknown
from endleaf.fetch.unfinished import ASKED, Done, Need, Page, Row, Unfinished
from endleaf.fetch.warcs import Kept, Records
from endleaf.urls import absolute, base_of

log = logging.getLogger("endleaf")

MOST_REQUISITES = 200
"""Requisites of one page, those of its frames and sheets included; what has more is a gallery, or a trap."""
REQUISITE_BYTES = 100 << 20
"""Bytes of one page's requisites, 100 MiB."""
DEPTH = 4
"""Steps from a page: frames within frames, sheets within sheets, redirects after redirects."""
GIVE_UP = 3
"""Captures in a row that could not be had: the archive is down, and asking on is no help."""


class Stop(Exception):
    """The run ends here, and can be gone on with."""


class Harvest:
    """One run's captures, from the list to the file."""

    def __init__(self, plan: Plan, asker: Asker, made: Unfinished, records: Records) -> None:
        self.plan = plan
        self.asker = asker
        self.made = made
        self.records = records
        self.watch: Callable[[str], None] = lambda _: None
        self.counts: Counter[str] = Counter()
        self.size = 0
        self._obtainer = Obtainer(asker, plan.service, lambda key: key in made.keys)
        self._in_a_row = 0
        self._sizes: Counter[str] = Counter()
        """Bytes of the requisites of each page."""
        self._waiting = deque(need for asked, need in made.needs.items() if asked not in made.settled)
        self._many = Counter(need.page for need in made.needs.values())
        """How many requisites of each page were noted."""

    @property
    def of(self) -> int:
        """How many captures are to be asked for, as far as it is known."""
        return len(self.made.rows) + len(self.made.needs) if self.plan.many else 1 + len(self.made.needs)

    def begin(self) -> None:
        """Write the warcinfo record."""
        self.records.info(self.made.path.name, [*self.plan.told(), (ASKED, self.plan.asked)])
        self.made.note(Done(asked="warcinfo", end=self.made.flush()))

    def run(self) -> None:
        """Ask for everything that is not settled. Raises :class:`Stop`."""
        self._needed()  # what an earlier run left
        if not self.plan.many:
            stamp = self.plan.timestamp or stamp_of(datetime.now(UTC))
            asked = f"nearest:{self.plan.timestamp}/{self.plan.url}"
            self._settle(asked, self.plan.url, partial(self._obtainer.nearest, self.plan.url, stamp), page=None)
            self._needed()
            return
        self._list()
        for row in list(self.made.rows.values()):
            self._settle(row.key, f"{row.url} at {row.timestamp}", partial(self._obtainer.listed, row), page=None)
            self._needed()

    # -------------------------------------------------------------------- the list

    def _list(self) -> None:
        """Read the list of captures to its end, or from where an earlier run stopped."""
        made = self.made
        if made.page.whole:
            return
        listing = Listing(resume=made.page.resume)
        whole = self._noted(listing)
        for note in listing.notes:
            log.warning("%s: %s", self.plan.url, note)
        if listing.broken:
            self._trouble(self.plan.url, Failed(f"{listing.broken} lines of its list of captures could not be read"))
        made.note(Page(resume=listing.resume, whole=whole and not listing.broken))

    def _noted(self, listing: Listing) -> bool:
        """Note the rows of a list; whether its end was reached."""
        made, plan = self.made, self.plan
        try:
            for row in self._captures(listing):
                if listing.resume != made.page.resume:
                    made.note(Page(resume=listing.resume))
                if row.key in made.rows:
                    continue
                self._have_room()
                made.note(Row(listed=row))
                if len(made.rows) % 1000 == 0:
                    self.watch("reading the list")
        except Missing as missing:
            log.warning("%s: %s", plan.url, missing)
            return True
        except Unknown as unknown:
            self._trouble(plan.url, unknown)
            raise Stop(
                "the list of captures could not be read to its end; the same command goes on with it"
            ) from unknown
        except Failed as failed:
            self._trouble(plan.url, failed)
            return False
        return listing.whole

    def _have_room(self) -> None:
        most = self.plan.wish.most
        if len(self.made.rows) >= most:
            raise Failed(f"more than {most:,} captures match: no more are fetched", "--limit allows more")

    def _captures(self, listing: Listing) -> Iterator[Listed]:
        """The rows of the best list that the archive has."""
        service, query = self.plan.service, self.plan.query
        self.watch("reading the list")
        if service.dialect == "crawls":
            yield from crawls.captures(self.asker, service, query, listing)
            return
        if service.cdx:
            some, trouble = False, None
            try:
                for row in indexes.captures(self.asker, service, query, listing):
                    some = True
                    yield row
            except (Missing, Failed) as error:
                trouble = error
            if some or not self._may_say_more(trouble, listing):
                if trouble:
                    raise trouble
                return
            listing.broken = 0
        yield from timemaps.captures(self.asker, service, query.url, query.span, listing)

    def _may_say_more(self, trouble: NotFetched | None, listing: Listing) -> bool:
        """Whether the TimeMap may list what the CDX server did not: of an archive that is known by its base URL
        alone, nobody knows whether it has such a server."""
        if self.plan.query.prefix:
            return False
        if self.plan.service.known:
            return isinstance(trouble, Failed)
        return trouble is not None or listing.broken > 0

    # ---------------------------------------------------------------- one capture

    def _settle(self, asked: str, what: str, obtain: Callable[[], Memento], page: Need | None) -> None:
        """Ask for a capture, unless that is settled, and write it or say why not. Raises :class:`Stop`."""
        if asked in self.made.settled:
            return
        self.watch(what)
        try:
            memento = obtain()
        except Had as had:
            self.made.note(Done(asked=asked, end=self.made.end, key=had.key))
        except NotFetched as trouble:
            # That an image was never captured is common; that a capture is listed and not there is a failure.
            if not isinstance(trouble, Missing) or (self.plan.many and page is None):
                self._trouble(what, trouble)
                return
            self.counts["missing"] += 1
            (log.debug if page else log.warning)("%s: %s", what, trouble)
            self.made.note(Done(asked=asked, end=self.made.end))
        else:
            with memento.body:
                self._write(asked, memento, page)
        self._in_a_row = 0

    def _trouble(self, what: str, trouble: NotFetched) -> None:
        """One line, and a stop where asking on is no help."""
        unknown = isinstance(trouble, Unknown)
        self.counts["unknown" if unknown else "failed"] += 1
        log.error("%s: %s: %s", what, "unknown" if unknown else "failed", trouble)
        self._in_a_row = self._in_a_row + 1 if unknown else 0
        if isinstance(trouble, Closed):
            raise Stop("the archive asks for rest; the same command goes on from here")
        if self._in_a_row >= GIVE_UP:
            raise Stop(f"{GIVE_UP} captures in a row could not be had; the same command goes on from here")

    def _write(self, asked: str, memento: Memento, page: Need | None) -> None:
        about = [
            ("archive", self.plan.archive),
            ("archive-name", self.plan.service.name),
            *([("requisite-of", page.page)] if page else []),
        ]
        record = self.records.capture(memento, about, self.made.payloads)
        end = self.made.flush()
        self.counts["written"] += 1
        self.counts["revisits"] += record.same is not None
        self.size += memento.size
        if page:
            self._sizes[page.page] += memento.size
        for note in memento.notes:
            log.debug("%s: %s", memento.url, note)
        self._need(memento, page)
        kept = (
            None if record.same or not memento.size else Kept(record_id=record.id, url=memento.url, date=memento.date)
        )
        self.made.note(Done(asked=asked, end=end, key=memento.key, digest=record.digest, kept=kept))

    # ----------------------------------------------------------------- requisites

    def _need(self, memento: Memento, page: Need | None) -> None:
        """Note what a capture needs: a redirect its target, where one page was asked for; a page what it shows."""
        depth = page.depth + 1 if page else 1
        if depth > DEPTH:
            return
        urls: list[str] = []
        if (
            memento.location
            and 300 <= memento.status < 400
            and (page or not self.plan.many or self.plan.wish.requisites)
        ):
            target = absolute(memento.location, base_of(memento.url))
            urls = [url] if target and (url := original(target)) else []
        elif self.plan.wish.requisites:
            urls = requisites.of(memento)
        root = page.page if page else memento.key
        room = MOST_REQUISITES - self._many[root]
        needs = [Need(url=url, timestamp=memento.timestamp, page=root, depth=depth) for url in urls]
        fresh = [need for need in needs if need.asked not in self.made.needs]
        if len(fresh) > room:
            log.warning("%s: it needs more than %d files: the others are not fetched", memento.url, MOST_REQUISITES)
            self.counts["failed"] += 1
        for need in fresh[: max(room, 0)]:
            self.made.note(need)
            self._waiting.append(need)
            self._many[root] += 1

    def _needed(self) -> None:
        """Ask for what captures need, and for what that needs."""
        while self._waiting:
            need = self._waiting.popleft()
            if self._sizes[need.page] > REQUISITE_BYTES:
                log.warning("%s: its page needs more than %d bytes: it is not fetched", need.url, REQUISITE_BYTES)
                self.counts["failed"] += 1
                continue
            obtain = partial(self._obtainer.nearest, need.url, need.timestamp)
            self._settle(need.asked, f"{need.url} near {need.timestamp}", obtain, need)
