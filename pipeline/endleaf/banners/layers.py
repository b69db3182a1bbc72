"""A layer: what one archive or saver left in a page, while the evidence for it is gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, NamedTuple

from endleaf.model import Banner, Evidence, Moment
from endleaf.replay_hosts import ARCHIVES
from endleaf.replay_urls import Replay, without_added_port

SAVERS: dict[str, str] = {
    "browser": "Saved from a browser",
    "singlefile": "SingleFile",
    "httrack": "HTTrack Website Copier",
    "teleport": "Teleport Pro",
    "webcopy": "Cyotek WebCopy",
    "wget": "GNU Wget",
    "savepage": "Save Page WE",
    "scrapbook": "WebScrapBook",
    "monolith": "monolith",
    "evernote": "Evernote",
    "mhtml": "Saved as one file (MHTML)",
    "webarchive": "Saved from Safari",
}
"""Saver id -> the name a reader knows."""


CLAIMS = 200
"""Pieces of evidence kept for one layer: a page that holds more is made to."""


class Rank(IntEnum):
    """How much a place is worth as evidence: the lower, the more."""

    HTTP = 0
    VARIABLE = 1
    """A variable of the replay's own script, or a field of its toolbar."""
    REPLAY_URL = 2
    """The page's own replay URL: where it was captured from, or what it names as its own."""
    COMMENT = 3
    NOTICE = 4
    LINKS = 5
    """What the page's links have in common."""


class Claim(NamedTuple):
    """One piece of evidence, how much it is worth, and what it means."""

    rank: Rank
    evidence: Evidence
    meaning: str | Moment | None


@dataclass(slots=True)
class Layer:
    """What was found of one archive or saver: claims, and the nodes it left.

    ``nodes`` are subtrees to leave out; ``texts`` text nodes that keep a rest;
    ``attrs`` elements whose attributes are put back as they were.
    """

    archive_id: str
    claims: list[Claim] = field(default_factory=list)
    nodes: set[int] = field(default_factory=set)
    texts: dict[int, str] = field(default_factory=dict)
    attrs: dict[int, Mapping[str, str]] = field(default_factory=dict)
    notice: tuple[str, ...] = ()
    content_at: str | None = None

    @property
    def kind(self) -> Literal["archive", "saver"]:
        """An archive keeps pages; a saver is the program that wrote the file."""
        return "saver" if self.archive_id in SAVERS else "archive"

    @property
    def name(self) -> str:
        """The name a reader knows."""
        return SAVERS.get(self.archive_id) or ARCHIVES[self.archive_id].name

    def says(self, rank: Rank, what: str, value: str, where: str, meaning: str | Moment | None = None) -> None:
        """Keep a piece of evidence; without a meaning it is kept but decides nothing."""
        claim = Claim(rank, Evidence(what=what, value=value[:2000], where=where), meaning)
        if value and len(self.claims) < CLAIMS and claim not in self.claims:
            self.claims.append(claim)

    def says_url(self, rank: Rank, url: str, where: str) -> None:
        """The original URL is said to be this."""
        known = url[:8].lower().startswith(("http://", "https://", "ftp://"))
        self.says(rank, "url", url, where, without_added_port(url) if known else None)

    def says_time(self, rank: Rank, value: str, where: str, moment: Moment | None) -> None:
        """The capture is said to be of this time."""
        self.says(rank, "captured_at", value, where, moment)

    def says_replay(self, rank: Rank, replay: Replay, where: str) -> None:
        """The page is said to be this replay."""
        self.says(rank, "replay_url", replay.view, where, replay.view if replay.host else None)
        self.says_url(rank, replay.url, where)
        if replay.timestamp:
            self.says_time(rank, replay.timestamp, where, replay.captured_at)

    def merge(self, other: Layer) -> None:
        """Take what another recogniser found of the same archive."""
        self.claims += [claim for claim in other.claims if claim not in self.claims]
        self.nodes |= other.nodes
        self.texts |= other.texts
        self.attrs |= other.attrs
        self.notice = self.notice or other.notice
        self.content_at = self.content_at or other.content_at

    @property
    def url(self) -> str | None:
        """The original URL by the best evidence."""
        return self._best_text("url")

    @property
    def replay_url(self) -> str | None:
        """The archive's own copy by the best evidence."""
        return self._best_text("replay_url")

    @property
    def captured_at(self) -> Moment | None:
        """The time by the best evidence, at the finest precision that agrees with it."""
        return _finest(self._meanings("captured_at"))

    def banner(self) -> Banner:
        """The banner, with every piece of evidence."""
        return Banner(
            archive_id=self.archive_id,
            archive=self.name,
            kind=self.kind,
            notice=self.notice,
            captured_at=self.captured_at,
            url=self.url,
            replay_url=self.replay_url,
            retrieved_at=_finest(self._meanings("retrieved_at")),
            content_at=self.content_at,
            evidence=tuple(claim.evidence for claim in self._ranked()),
        )

    def _ranked(self) -> list[Claim]:
        return sorted(self.claims, key=lambda claim: claim.rank)

    def _meanings(self, what: str) -> Iterable[str | Moment]:
        return (claim.meaning for claim in self._ranked() if claim.evidence.what == what and claim.meaning is not None)

    def _best_text(self, what: str) -> str | None:
        return next((meaning for meaning in self._meanings(what) if isinstance(meaning, str)), None)


def _finest(moments: Iterable[str | Moment]) -> Moment | None:
    best: Moment | None = None
    for moment in moments:
        if not isinstance(moment, Moment):
            continue
        if best is None or (moment.agrees(best) and len(moment.iso) > len(best.iso)):
            best = moment
    return best
