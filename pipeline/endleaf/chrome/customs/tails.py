"""Ends of lines that lead elsewhere, in blocks that stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import letters, tags
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.customs.sight import Sight

_BACK: Final = re.compile(
    r"[\s\[(]*(?:(?:go |return |jump )?back(?: to (?:the )?(?:text|content|article|top|reference))?|"
    r"return(?: to (?:the )?text)?|top|↩︎?|↑|\^)[\s\])]*", re.IGNORECASE
)  # fmt: skip
"""A footnote's way back to its text, a page's to its top: links into the page."""
_TRACKBACK: Final = re.compile(r"\s*trackbacks?(?: ?\(\d+\))?\s*", re.IGNORECASE)
"""A post's link to what other weblogs say of it."""
_STEPS: Final = 4
"""How far above a text its link is looked for."""


def cut(s: Sight) -> Iterator[int]:
    """The text nodes of the ways back and of the rows of links that end blocks that stay."""
    blocks = s.blocks
    past = np.append(blocks.starts[1:], len(blocks.nodes))
    ends = s.kept & (past - blocks.starts > 1) & blocks.linked[past - 1]
    for block in np.flatnonzero(ends).tolist():
        low, high = int(blocks.starts[block]), int(past[block])
        last = int(blocks.nodes[high - 1])
        if not blocks.linked[low] and _leads_back(s, high - 1):
            yield last
        elif (row := _row(blocks, low, high)) < high:
            yield from range(int(blocks.nodes[row]), last + 1)


def _leads_back(s: Sight, at: int) -> bool:
    """Whether a text node is a way back, and no sentence's last word."""
    node = int(s.blocks.nodes[at])
    text = s.tree.texts[node]
    if _TRACKBACK.fullmatch(text):
        return True
    ended = s.blocks.last_kind[at - 1] in _ENDS or not s.blocks.words[at]
    return bool(ended and _BACK.fullmatch(text)) and _into_the_page(s, node)


_ENDS: Final = (letters.END, letters.QUOTE, letters.SEPARATOR)


def _into_the_page(s: Sight, node: int) -> bool:
    for _ in range(_STEPS):
        node = s.tree.parents[node]
        if s.tree.tags[node] == "a":
            return s.tree.attrs[node].get("href", "").startswith("#")
    return False


def _row(blocks: Blocks, start: int, past: int) -> int:
    """Where the row of links begins that is a block's last line, under a sentence with none; else ``past``."""
    low = past - 1
    while low > start and (blocks.linked[low] or not blocks.words[low]) and not _broken(blocks, low):
        low -= 1
    menu = (blocks.linked[low] or not blocks.words[low]) and _broken(blocks, low)
    if low == start or not menu or int(blocks.linked[low:past].sum()) < 2:
        return past
    return low if not blocks.linked[start:low].any() and blocks.last_kind[low - 1] == letters.END else past


def _broken(blocks: Blocks, at: int) -> bool:
    """Whether a line break stands right before a text node."""
    low, high = int(blocks.nodes[at - 1]), int(blocks.nodes[at])
    return bool((blocks.codes[low:high] == tags.CODE["br"]).any())
