"""Lists of links: those that are the content, as in site maps, and those that never are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import names, tags
from endleaf.chrome.customs.sight import Sight
from endleaf.chrome.facts import running

_SITE_MAP: Final = re.compile(
    r"(?:site ?map|site index|map of (?:the|this) (?:web ?)?site|plan du site|mapa (?:del sitio|web|do site)|"
    r"mappa del sito|inhaltsübersicht|карта сайта|サイトマップ|网站地图|mapa strony)\b", re.IGNORECASE
)  # fmt: skip


def site_maps(s: Sight) -> Iterator[tuple[int, bool]]:
    """Under the first heading that says "Site map", on a page of that title, all of its element's lists stay."""
    if not _SITE_MAP.search(s.title):
        return
    for block in np.flatnonzero(s.facts.head).tolist():
        if not _SITE_MAP.match(s.text(block)):
            continue
        around = int(s.blocks.holder[s.facts.home[block]])
        lists = [s.within(at) for at in s.elements("ul", "ol", "dl").tolist() if around < at < s.blocks.ends[around]]
        below = [blocks for blocks in lists if blocks.start > block and len(blocks)]
        if below:
            yield from ((each, True) for each in range(block, max(blocks.stop for blocks in below)))
        return


def contents(s: Sight) -> Iterator[tuple[int, bool]]:
    """A list of what the page holds, whose links lead into the page, stays whole under a heading that stays, where most
    of it does."""
    lists = s.elements("ul", "ol", "dl")
    under = s.facts.first_block[lists] - 1
    lists = lists[(under >= 0) & s.kept[under] & s.facts.head[under]]
    if not len(lists):
        return
    low, high = s.facts.first_block[lists], s.facts.past_block[lists]
    kept = running(s.kept.astype(np.int64))
    some = kept[high] - kept[low]
    partly = (2 * some > high - low) & (some < high - low)
    links, done = np.array(s.blocks.links, np.int64), 0
    for at, first, past in zip(*(each[partly].tolist() for each in (lists, low, high)), strict=True):
        if first < done:
            continue
        done = past
        inside = links[np.searchsorted(links, at) : np.searchsorted(links, s.tree.ends[at])].tolist()
        if inside and all(s.tree.attrs[i]["href"].startswith("#") for i in inside):
            yield from ((block, True) for block in range(first, past))


_MENU: Final = 1 << names.KINDS.index("nav") | 1 << names.KINDS.index("menu")


def menus(s: Sight) -> Iterator[tuple[int, bool]]:
    """What is called a menu, is mostly links and holds no paragraph goes whole where no more than half of it stays."""
    f, b = s.facts, s.blocks
    called = np.flatnonzero((b.marks & _MENU > 0) | (b.codes == tags.CODE["nav"]))
    low, high = f.first_block[called], f.past_block[called]
    words = f.words_before[high] - f.words_before[low]
    linked = f.linked_before[high] - f.linked_before[low]
    goes = (high - low >= 2) & (2 * linked > words) & (f.long_before[high] == f.long_before[low])
    kept = running(s.kept.astype(np.int64))
    some = kept[high] - kept[low]
    goes &= (some > 0) & (2 * some <= high - low)
    for first, past in zip(low[goes].tolist(), high[goes].tolist(), strict=True):
        yield from ((block, False) for block in range(first, past))
