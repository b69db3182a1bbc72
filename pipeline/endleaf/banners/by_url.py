"""Archives known by URLs alone: where a page was captured, what it names as its own, where its links lead."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from email.utils import parsedate_to_datetime

from endleaf.banners.clues import Clues
from endleaf.banners.layers import Layer, Rank
from endleaf.model import Http, Moment
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import Replay, parse_replay

_MOST = 0.5
"""The share of a page's links that lead through one archive, at one time, where a rewriter wrote them."""
_ENOUGH = 3
"""Fewer links than this prove nothing."""
_TIMES = ("Memento-Datetime", "X-Archive-Orig-Date")
"""Headers that tell when: an archive's own word, and the Date its crawler was sent."""
_LINK = re.compile(r'<(?P<url>[^>]*)>(?P<parameters>[^<]*?rel\s*=\s*"?[^",;]*\boriginal\b)', re.IGNORECASE)


def of_record(clues: Clues) -> Layer | None:
    """The archive that the capture's own URL (or where it was fetched from, or the file's path) is a replay of."""
    url = clues.capture.url
    replay = parse_replay(url) if url else None
    if replay:
        return _layer(replay, Rank.REPLAY_URL, "the capture's URL")
    if clues.source:
        return _of_source(clues.source)
    if clues.path_replay:
        return _layer(clues.path_replay, Rank.REPLAY_URL, "the file's path")
    return None


def _of_source(source: str) -> Layer:
    """The archive that the record was fetched from: by a replay URL, or out of a file of the archive's."""
    replay = parse_replay(source)
    if replay:
        return _layer(replay, Rank.REPLAY_URL, "WARC-Source-URI")
    layer = Layer(archive_of(source) or "replay")
    layer.says(Rank.REPLAY_URL, "archive", source, "WARC-Source-URI")
    return layer


def of_page(clues: Clues) -> Layer | None:
    """The archive that the page's canonical link, og:url or links are replays of."""
    layer: Layer | None = None
    for replay in clues.own:
        layer = layer or _layer(replay, Rank.REPLAY_URL, "canonical link or og:url")
        layer.says_replay(Rank.REPLAY_URL, replay, "canonical link or og:url")
    common = _common(clues.links)
    if common:
        layer = layer or Layer(common.archive_id or "replay")
        if common.timestamp:
            layer.says_time(Rank.LINKS, common.timestamp, "the page's links", common.captured_at)
        if common.host:
            layer.says(Rank.LINKS, "archive", common.prefix, "the page's links")
    return layer


def of_url(url: str, where: str) -> Layer | None:
    """The layer of an archive that an outer layer's URL is a replay of."""
    replay = parse_replay(url)
    return _layer(replay, Rank.REPLAY_URL, where) if replay else None


def _layer(replay: Replay, rank: Rank, where: str) -> Layer:
    layer = Layer(replay.archive_id or "replay")
    layer.says_replay(rank, replay, where)
    return layer


def _common(links: list[str]) -> Replay | None:
    """The replay that most links of a page have in common: the same archive, the same time."""
    replays = [replay for href in links if "/http" in href and (replay := parse_replay(href))]
    seen = Counter((replay.prefix, replay.timestamp) for replay in replays)
    if not seen:
        return None
    (key, count), *_ = seen.most_common(1)
    outside = sum("//" in href or href.startswith("/") for href in links)
    if count < _ENOUGH or count < _MOST * outside:
        return None
    return next(replay for replay in replays if (replay.prefix, replay.timestamp) == key)


def memento(clues: Clues) -> Layer | None:
    """What a Memento's HTTP headers say (RFC 7089, section 2): the time, and the original."""
    http = clues.capture.http
    layer = Layer("memento")
    for name in _TIMES if http else ():
        stamp = http.get(name) if http else None
        if stamp:
            layer.says_time(Rank.HTTP, stamp, f"HTTP header {name}", _moment(stamp))
    if http is None or not layer.claims:
        return None
    original = _original(http)
    if original:
        layer.says_url(Rank.HTTP, original, "HTTP header Link, rel=original")
    return layer


def _moment(stamp: str) -> Moment | None:
    try:
        return Moment.of(parsedate_to_datetime(stamp).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _original(http: Http) -> str | None:
    for value in http.all("Link"):
        if found := _LINK.search(value):
            return found["url"]
    return None
