"""The line that the Wayback Machine prints above a page: all that is left of it where a page was kept as text."""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.notices import notice_at_start
from endleaf.replay_urls import parse_replay

_LINE = re.compile(r"The\s+Wayback\s+Machine\s+-\s+(?P<url>https?://\S+)")


def recognise(clues: Clues) -> Layer | None:
    """The line's layer, or None."""
    notice = notice_at_start(clues, _LINE, ())
    replay = parse_replay(notice.match["url"]) if notice else None
    if notice is None or replay is None or replay.archive_id != "wayback":
        return None
    layer = Layer("wayback", nodes=set(notice.nodes), texts=notice.texts, notice=notice.paragraphs)
    layer.says_replay(Rank.NOTICE, replay, "the printed line")
    return layer
