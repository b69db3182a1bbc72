"""Archive-It: a notice above the page, by whom it was collected and when it was captured."""

from __future__ import annotations

from endleaf.banners.clues import Clues
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.notices import notice_at_start, sentence

_FIRST = sentence(
    r"You are viewing an archived web ?page, collected at the request of [^.\n]{2,120}? using Archive-It\."
    r" This page was captured on (?P<date>[\d:]{7,8} \w{3,9}\.? \d{1,2}, \d{4}),? and is part of the [^\n]{2,200}?"
    r" collection\."
)
_MORE = (
    sentence(r"The information on this web page may be out of date\."),
    sentence(r"See All versions of this archived page\."),
    sentence(r"Loading media information"),
    sentence(r"hide(?=\s*\n)"),
)


def recognise(clues: Clues) -> Layer | None:
    """The notice's layer, or None."""
    notice = notice_at_start(clues, _FIRST, _MORE)
    if notice is None:
        return None
    layer = Layer("archive-it", nodes=set(notice.nodes), texts=notice.texts, notice=notice.paragraphs)
    layer.says_time(Rank.NOTICE, notice.match["date"], "the notice", moment_in(notice.match["date"]))
    return layer
