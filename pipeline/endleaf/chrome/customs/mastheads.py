"""What heads a site's every page: its name, above the block that says the page's own title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.customs.dates import is_date
from endleaf.chrome.customs.sight import Sight

_LINE: Final = 15
"""Words of a line that may be a site's name or a title."""
_PARTS: Final = re.compile(r"\s*(?:::|[|\u00bb\u00ab])\s*|\s+[-\u2013\u2014>]+\s+|:\s+")


def mastheads(s: Sight) -> Iterator[tuple[int, bool]]:
    """What stands above the block that says the page's title, and says the other part of it: the site's name."""
    parts = [" ".join(part.casefold().split()) for part in _PARTS.split(s.title) if part.strip()]
    if len(parts) < 2:
        return
    starts = tuple(part[:_START] for part in parts)
    found: dict[str, int] = {}
    for block in np.flatnonzero(s.facts.words <= _LINE)[:_MOST].tolist():
        if s.tree.texts[int(s.blocks.first[block])].strip().casefold().startswith(starts):
            line = s.line(block).casefold()
            if line in parts:
                found.setdefault(line, block)
    if len(found) < 2:
        return
    first, last = min(found.values()), max(found.values())
    site_below = s.facts.head[first] and not s.facts.head[last]  # then the title stands above the site's name
    if not site_below and not s.facts.long[:last].any():
        yield from ((block, False) for block in range(first, last) if not is_date(s.text(block)))


_START: Final = 4
"""Letters by which most lines are told to be none of a title's parts."""
_MOST: Final = 24
"""Short blocks at the page's head that may be its masthead or its title."""


def emblems(s: Sight) -> Iterator[tuple[int, bool]]:
    """The words under the emblem that heads a page, above the block that says the page's title."""
    if not len(s.kept) or not s.kept[0] or s.facts.words[0] > _NAME or s.facts.ends_marks[0] or not s.title:
        return
    home, first = int(s.facts.home[0]), int(s.blocks.first[0])
    pictured = (s.blocks.codes[home:first] == tags.CODE["img"]).any()
    title = s.title.casefold()
    if pictured and any(s.kept[k] and s.line(k).casefold() == title for k in range(1, min(len(s.kept), _MOST))):
        yield 0, False


_NAME: Final = 8
"""Words of an office's name."""
