"""Where a page's URL and time come from when the record and the page's banners both speak.

The record wins. Where the record is silent (a saved file), the innermost layer
of the banners that states the fact is the page's own: a browser's save of an
archive's copy was taken by the archive. Every other claim is kept as evidence,
and one that cannot be reconciled is shown as a disagreement.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import msgspec

from endleaf.links import original_url
from endleaf.model import Banner, Capture, Charset, Disagreement, Moment, Provenance
from endleaf.replay_urls import parse_replay


def settle(
    capture: Capture, banners: tuple[Banner, ...], charset: Charset | None
) -> tuple[Provenance, tuple[Disagreement, ...]]:
    """The provenance with URL, time and charset settled, and what was said otherwise.

    ``banners`` are outermost first, as :func:`endleaf.banners.lift` gives them.
    """
    known = capture.provenance
    url, url_from, captured_at, time_from = known.url, "the record", known.captured_at, "the record"
    innermost_first = banners[::-1]
    if url is None and (url := original_url(banners)):
        url_from = next(_named(banner) for banner in innermost_first if banner.url == url)
    for banner in sorted(innermost_first, key=lambda each: each.kind == "saver"):
        # A saver's date is the date of saving: it serves only where no archive gives one.
        if captured_at is None and banner.captured_at:
            captured_at, time_from = banner.captured_at, _named(banner)
    if known.evidence and known.container in ("html", "text"):
        url_from = time_from = "the file's path"
    provenance = msgspec.structs.replace(
        known,
        url=url,
        captured_at=_finer(captured_at, banners),
        charset=charset,
        evidence=(*known.evidence, *(piece for banner in banners for piece in banner.evidence)),
    )
    found = [*_urls(url, url_from, banners), *_times(captured_at, time_from, banners)]
    return provenance, tuple(found)


def seen(provenance: Provenance) -> tuple[str | None, str]:
    """Where and when a site showed a page: its address, the original one of a crawled replay, and 14 digits or none."""
    url, at = provenance.url, provenance.captured_at
    replay = parse_replay(url) if url else None
    known = replay and replay.archive_id  # any other site may write such addresses, and is not believed
    return replay.url if replay and known else url, at.timestamp if at else ""


def _named(banner: Banner) -> str:
    return f"the banner of {banner.archive}" if banner.kind == "archive" else banner.archive


def _finer(used: Moment | None, banners: tuple[Banner, ...]) -> Moment | None:
    """The same moment at the finest precision that a banner agreeing with it states (a day's notice, a replay URL)."""
    if used is None or used.precision in ("second", "fraction"):
        return used
    finer = (banner.captured_at for banner in banners if banner.kind == "archive" and banner.captured_at)
    return max((used, *(each for each in finer if each.agrees(used))), key=lambda each: len(each.iso))


def _urls(used: str | None, used_from: str, banners: tuple[Banner, ...]) -> list[Disagreement]:
    if used is None:
        return []
    same = {_folded(used)}
    replayed = parse_replay(used)  # a crawl of an archive: the record's URL is the replay's
    if replayed:
        same.add(_folded(replayed.url))
    return [
        Disagreement(what="url", used=used, used_from=used_from, other=banner.url, other_from=_named(banner))
        for banner in banners
        if banner.url and _folded(banner.url) not in same and not _is_replay(banner.url)
    ]


def _times(used: Moment | None, used_from: str, banners: tuple[Banner, ...]) -> list[Disagreement]:
    if used is None:
        return []
    return [
        Disagreement(what="captured_at", used=used.iso, used_from=used_from, other=said.iso, other_from=_named(banner))
        for banner in banners
        if banner.kind == "archive" and (said := banner.captured_at) and not said.agrees(used)
    ]


def _is_replay(url: str) -> bool:
    return parse_replay(url) is not None


def _folded(url: str) -> tuple[str, str, str]:
    """An URL as two sources may both write it: no scheme, no default port, no slash at the end, escapes undone."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ("", url, "")
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    return (host.removeprefix("www."), unquote(parts.path).rstrip("/"), unquote(parts.query))
