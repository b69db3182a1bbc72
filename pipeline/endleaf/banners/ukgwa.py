"""The UK Government Web Archive, and the UK archives that ran on the same service.

Its banner is known by its words alone (the words are facts; the markup was
never kept), in the wording of 2009 and the later one; the older service showed
the copy in ``iframe#theWebpage``.
"""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import take_frame
from endleaf.banners.notices import Notice, notice_at_start, sentence
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import Replay, parse_replay

_DATE = r"(?P<date>\d{1,2}/\d{1,2}/\d{4}(?:,?[ ](?:at[ ])?\d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}[ ][A-Za-z]+[ ]\d{4})"
_KEEPERS = {
    "The National Archives": "ukgwa",
    "UK Parliament": "uk-parliament",
    "Parliamentary Archives": "uk-parliament",
    "Public Record Office of Northern Ireland": "proni",
    "PRONI": "proni",
    "National Records of Scotland": "nrs",
    "National Library of Ireland": "nli",
}
_KEEPER = r"(?:the\s+|The\s+(?!N))?(?P<keeper>" + "|".join(_KEEPERS) + ")"


_CRUMBS = r"(?:(?:The National Archives|UK Government Web Archive|Close|Hide|\[?[xX×]\]?)\s+){0,3}"
"""Labels that a banner's layout may put before its sentence."""
_SNAPSHOT = sentence(
    rf"{_CRUMBS}This snapshot,? taken on {_DATE}\s*,? shows web content (?:acquired|selected)"
    rf" for preservation by {_KEEPER}\s*\."
)
_ARCHIVED = sentence(
    _CRUMBS + f"This is (?:an )?archived web (?:content|page|site) (?:selected|acquired) for preservation by {_KEEPER}"
    rf"\s*\.(?:\s*This snapshot was taken on {_DATE}\s*\.?)?"
)
_MORE = (
    sentence(
        "External links, forms and search(?: boxes)? may not (?:work|function) (?:in|within) (?:these )?archived"
        r" websites(?: and contact details are likely to be out of date)?\s*\.(?:\s*\.)?"
    ),
    sentence(
        "The UK Government Web Archive does not use cookies"
        r" but some may be left in your browser from archived websites\s*\."
    ),
    sentence(r"This snapshot was taken on \d{1,2}/\d{1,2}/\d{4}\s*\.?"),
    sentence(
        r"(?:More about (?:this archive|archived websites|cookies)|Find out more(?: about archived websites)?"
        r"|\[?(?:Close|Hide|×)\]?)(?=\s*\n)"
    ),
)
"""Sentences that may follow, in any order."""

_TITLE = "[ARCHIVED CONTENT]"
_FRAME = "theWebpage"
_FRAME_WORDS = 300
"""Characters: what the frame page says around the frame. More than that is a page."""


def recognise(clues: Clues) -> Layer | None:
    """The notice's layer, or the frame page's; None where there is neither."""
    notice = notice_at_start(clues, _SNAPSHOT, _MORE) or notice_at_start(clues, _ARCHIVED, _MORE)
    layer = _of_notice(notice) if notice else None
    frame = clues.ids.get(_FRAME)
    if frame is not None and clues.tree.tags[frame] == "iframe":
        layer = _of_frame(clues, frame, layer)
    if layer:
        _untitle(clues, layer)
    return layer


def _untitle(clues: Clues, layer: Layer) -> None:
    """The service put a mark before every page's title."""
    tree = clues.tree
    for i in tree.find_all("title"):
        text = tree.texts[i + 1] if tree.ends[i] > i + 1 else ""
        if text.lstrip().startswith(_TITLE):
            layer.texts[i + 1] = text.replace(_TITLE, "", 1).strip()
            layer.says(Rank.COMMENT, "archive", _TITLE, "the title")
        return


def _of_notice(notice: Notice) -> Layer:
    keeper = " ".join(notice.match["keeper"].split())
    layer = Layer(_KEEPERS[keeper])
    layer.notice = notice.paragraphs
    layer.nodes |= notice.nodes
    layer.texts |= notice.texts
    layer.says(Rank.NOTICE, "archive", keeper, "the notice")
    date = notice.match["date"] or _later_date(notice.paragraphs)
    if date:
        layer.says_time(Rank.NOTICE, date, "the notice", moment_in(date))
    return layer


def _later_date(paragraphs: tuple[str, ...]) -> str:
    found = re.search(r"taken on (\d{1,2}/\d{1,2}/\d{4})", " ".join(paragraphs))
    return found[1] if found else ""


def _of_frame(clues: Clues, frame: int, layer: Layer | None) -> Layer | None:
    replay = _framed(clues, clues.tree.attrs[frame].get("src", ""))
    if replay is None:
        return layer
    layer = layer or Layer(replay.archive_id or _named(clues) or "ukgwa")
    layer.says_url(Rank.VARIABLE, replay.url, "iframe#theWebpage")
    layer.says_time(Rank.VARIABLE, replay.timestamp, "iframe#theWebpage", replay.captured_at)
    layer.says(Rank.LINKS, "replay_url", replay.view, "iframe#theWebpage", replay.view if replay.host else None)
    layer.content_at = replay.given
    take_frame(clues, layer, frame, _FRAME_WORDS)
    return layer


def _framed(clues: Clues, source: str) -> Replay | None:
    """The replay that the frame shows: its source may be relative to the frame page's own host."""
    record = parse_replay(clues.capture.url or "")
    if source.startswith("/") and not source.startswith("//") and record:
        source = record.origin + source
    return parse_replay(source)


def _named(clues: Clues) -> str | None:
    return next((found for href in clues.links if (found := archive_of(href))), None)
