"""Obtaining one capture: its raw bytes where the archive has them, else the page as the archive rewrites it."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import format_datetime

from endleaf.fetch import crawls
from endleaf.fetch.asking import Answer, Asker, Question
from endleaf.fetch.indexes import Query
from endleaf.fetch.linkformat import links_of
from endleaf.fetch.listed import Listed, Span, instant, joined, nearest
from endleaf.fetch.mementos import Form, Memento, identity, memento
from endleaf.fetch.records import capture_of
from endleaf.fetch.services import Service
from endleaf.fetch.timemaps import row_of
from endleaf.fetch.troubles import Failed, Forbidden, Missing, NotFetched
from endleaf.replay_urls import parse_replay


class Had(NotFetched):
    """The capture that the archive would give is in the file already."""

    def __init__(self, key: str) -> None:
        super().__init__("the file has it already")
        self.key = key


class Obtainer:
    """Asks an archive for captures. ``had`` says of a capture's key whether there is no need for it."""

    def __init__(self, asker: Asker, service: Service, had: Callable[[str], bool]) -> None:
        self.asker = asker
        self.service = service
        self.had = had
        self._raw = True
        """Whether the archive may have raw bytes: of one that is not known, its answers tell."""

    def listed(self, row: Listed) -> Memento:
        """A capture that an index lists. Raises :class:`NotFetched` of some kind."""
        if self.had(row.key):
            raise Had(row.key)
        if row.stored:
            url, record = crawls.stored(self.asker, self.service, row.stored)
            return capture_of(record, row, url)
        if raw := self._raw_address(row):
            try:
                return self._given(raw, row.url, "raw", row.timestamp)
            except Forbidden:
                raise
            except (Missing, Failed):
                if self.service.known:
                    raise
        address = row.memento or f"{self.service.base}{row.timestamp}/{row.url}"
        found = self._given(address, row.url, "rewritten", row.timestamp)
        self._raw = False
        return found

    def nearest(self, url: str, timestamp: str) -> Memento:
        """The capture of a URL nearest to 14 digits. Raises :class:`NotFetched` of some kind."""
        if self.service.dialect == "crawls":
            query = Query(url, prefix=False, span=Span())
            return self.listed(crawls.nearest_of(self.asker, self.service, query, timestamp))
        if self.service.raw and self._raw:
            try:
                return self._given(_filled(self.service.raw, timestamp, url), url, "raw")
            except Forbidden:
                raise
            except (Missing, Failed):
                if self.service.known:
                    raise
        row = self._negotiated(url, timestamp)
        return self.listed(row)

    def _negotiated(self, url: str, timestamp: str) -> Listed:
        """What the archive's TimeGate chooses (RFC 7089 section 4)."""
        at = instant(timestamp)
        headers = (("Accept-Datetime", format_datetime(at, usegmt=True)),) if at else ()
        answer = self.asker.ask(Question(self.service.base + url, self.service.pace, headers, lambda _: False))
        answer.close()
        if answer.is_memento:
            page, stamp, source = identity(answer, url, self.asker.policy)
            return Listed(timestamp=stamp, url=page, memento=source)
        links = links_of(answer.all("link")) if answer.status == 200 else []
        rows = [row for link in links if "memento" in link.relations and (row := row_of(link, url, answer.url))]
        found = nearest((row for row in rows if self.asker.policy.allows(row.memento or "")), timestamp)
        if found is None:
            identity(answer, url, self.asker.policy)
            raise Missing("the archive's TimeGate names no capture")
        return found

    def _raw_address(self, row: Listed) -> str | None:
        if not self._raw:
            return None
        replay = parse_replay(row.memento) if row.memento and not self.service.known else None
        if replay and replay.timestamp:
            return joined(row.memento or "", f"{replay.prefix}{row.timestamp}id_/{row.url}")
        return _filled(self.service.raw, row.timestamp, row.url) if self.service.raw else None

    def _given(self, address: str, url: str, form: Form, timestamp: str = "") -> Memento:
        """The capture at an address of the archive's; with a timestamp, that one and no other."""
        answer = self.asker.ask(
            Question(address, self.service.pace, wanted=lambda head: self._is_wanted(head, url, timestamp))
        )
        try:
            self._check(answer, url, timestamp)
            return memento(answer, url, self.asker.policy, form)
        except BaseException:
            answer.close()
            raise

    def _check(self, answer: Answer, url: str, timestamp: str) -> None:
        """Raises :class:`NotFetched` where an answer is not the capture that is needed."""
        page, stamp, _ = identity(answer, url, self.asker.policy)
        if timestamp and stamp != timestamp:
            raise Failed(f"the archive gives its capture of {stamp} instead")
        if self.had(key := f"{stamp}/{page}"):
            raise Had(key)

    def _is_wanted(self, answer: Answer, url: str, timestamp: str) -> bool:
        try:
            self._check(answer, url, timestamp)
        except NotFetched:
            return False
        return True


def _filled(template: str, timestamp: str, url: str) -> str:
    return template.replace("{ts}", timestamp).replace("{url}", url)
