"""A page's links as they were before the replay rewrote them.

A replay URL is undone only where the page itself is a replay of that archive: a
link that the page's author set to an archive's copy is the author's, and stays.
Each restored link keeps the replay URL beside the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from endleaf.model import Banner
from endleaf.parse import Tree
from endleaf.replay_urls import Replay, parse_replay
from endleaf.urls import absolute, base_of, cleaned, resolved

__all__ = ["Links", "Replay", "Target", "original_url", "own_replays", "parse_replay"]

_LAYERS = 6
"""Replays within replays that are undone; deeper ones are nobody's work."""
_LOST: dict[str, re.Pattern[str]] = {
    # A browser's "save page" puts a page's parts in a folder beside it, named in the browser's language.
    "browser": re.compile(
        r"(?:\./)?[^/:?#]{1,200}[_-](?:files|Dateien|fichiers|archivos|bestanden|arquivos|file)/.*", re.IGNORECASE
    ),
    # archive.today names a page's parts by the hash of their bytes.
    "archive.today": re.compile(r"(?:\./)?[0-9a-f]{40}\.\w{1,5}"),
}
"""Addresses whose originals are lost: resolving them would make up an address that never was."""

_RELATIVE = re.compile(r"\s*(?![#\s]|[a-z][a-z0-9+.-]*:|\Z)", re.IGNORECASE)
"""An address that means a place only beside its page's own."""


class Target(NamedTuple):
    """Where a link leads: the original URL, and the archive's where the page had that."""

    href: str
    replay_href: str | None = None


def own_replays(tree: Tree) -> Iterator[Replay]:
    """The replay URLs that a page gives as its own: canonical link and og:url.

    A page of the live web names no replay URL as its own, so one that does is a replay.
    """
    attrs = tree.attrs
    canonical = (attrs[i] for i in tree.find_all("link") if attrs[i].get("rel", "").lower() == "canonical")
    shared = (
        attrs[i]
        for i in tree.find_all("meta")
        if (attrs[i].get("property") or attrs[i].get("name") or "").lower() == "og:url"
    )
    for url in (*(each.get("href", "") for each in canonical), *(each.get("content", "") for each in shared)):
        if found := parse_replay(url):
            yield found


def original_url(banners: Iterable[Banner]) -> str | None:
    """The page's own URL by its banners (outermost first): the innermost archive's, else the innermost saver's.

    A saver inside an archive saved the page before it was published there, often from another place.
    """
    stated = [banner for banner in banners if banner.url]
    stated.sort(key=lambda banner: banner.kind == "archive")
    return stated[-1].url if stated else None


class Links:
    """The links of one page. Build it once a page: what was resolved is remembered.

    ``page_url`` is the page's URL, original or replay; where it is None, the
    banners' innermost original URL is taken.

    >>> from endleaf.parse import parse
    >>> links = Links(parse("<p>"), "https://web.archive.org/web/2012/http://example.org/a/b.html")
    >>> links.resolve("https://web.archive.org/web/20120304050607/http://example.org/c.html").href
    'http://example.org/c.html'
    >>> links.resolve("../d.html").href
    'http://example.org/d.html'
    >>> links.resolve("https://archive.today/o/AbCdE/example.org/").replay_href is None
    True
    >>> links.resolve("javascript:alert(1)") is None
    True
    """

    def __init__(self, tree: Tree, page_url: str | None, banners: Iterable[Banner] = ()) -> None:
        banners = tuple(banners)
        own = parse_replay(page_url) if page_url else None
        replays = [own] if own else []
        replays += [found for banner in banners if banner.replay_url and (found := parse_replay(banner.replay_url))]
        if not banners:
            replays += own_replays(tree)
        self._archives = {banner.archive_id for banner in banners if banner.kind == "archive"}
        self._archives |= {replay.archive_id for replay in replays if replay.archive_id}
        self._hosts = {replay.host for replay in replays if replay.host}
        self._replayed = bool(self._archives or self._hosts)
        self._origin = next((replay.origin for replay in replays if replay.host), "")
        self._lost = next((_LOST[banner.archive_id] for banner in banners if banner.archive_id in _LOST), None)
        self._known: dict[str, Target | None] = {}
        original = page_url or original_url(banners)
        self.page = self._original(original)[0] if original else None
        """The page's own URL, or None where nothing tells it."""
        self._base = base_of(self.page)
        self._read_base(tree)

    def _read_base(self, tree: Tree) -> None:
        """HTML section 4.2.3: the first base with an href counts; it is itself resolved against the page's URL."""
        for i in tree.find_all("base"):
            href = tree.attrs[i].get("href")
            if href is not None:
                target = self._resolved(href) if href.strip() else None
                self._base = (base_of(target.href) if target else None) or self._base
                return

    def resolve(self, href: str) -> Target | None:
        """Where an address text leads; None for an unsafe or empty one, and for a place in the same page."""
        known = self._known
        if href in known:
            return known[href]
        target = known[href] = self._resolved(href)
        return target

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the addresses asked for: without a page's own, relative ones are lost."""
        lost = sum(target is None and _RELATIVE.match(href) is not None for href, target in self._known.items())
        if self._base is not None or not lost:
            return ()
        return (f"the page's own address is unknown: relative addresses in it lead nowhere ({lost})",)

    def _resolved(self, href: str) -> Target | None:
        text = cleaned(href)
        if not text or text[0] == "#" or (self._lost and self._lost.fullmatch(text)):
            return None
        if not self._replayed and not (text[0] == "/" and "/http" in text):
            url = resolved(text, self._base)
            return Target(url) if url else None
        original, replay = self._original(text)
        url = absolute(original, self._base)
        if url is None:
            return None
        return Target(url, absolute(replay, None) if replay else None)

    def _original(self, url: str) -> tuple[str, str | None]:
        """A URL with every layer of replay that is the page's own undone, and the outermost replay URL."""
        outermost: str | None = None
        for _ in range(_LAYERS):
            replay = parse_replay(url)
            if replay is None or not self._is_own(replay):
                break
            outermost = outermost or self._whole(url, replay)
            url = replay.url
        return url, outermost

    def _is_own(self, replay: Replay) -> bool:
        # No author writes a root-relative replay URL: only a rewriter does.
        return not replay.host or replay.archive_id in self._archives or replay.host in self._hosts

    def _whole(self, url: str, replay: Replay) -> str:
        if replay.host:
            return url if not url.startswith("//") else "https:" + url
        return self._origin + url
