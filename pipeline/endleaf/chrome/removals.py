"""What was not kept, by the region it stood in, with the reason it went."""

from __future__ import annotations

import numpy as np

from endleaf.chrome import letters, names, tags
from endleaf.chrome.blocks import Blocks, Bools
from endleaf.model import Removal

_BIT = {kind: number for number, kind in enumerate(names.KINDS)}
# The first of these that a region's element, or what holds it, bears gives the reason.
_BY_TAG = {
    "nav": "navigation", "footer": "footer", "header": "header", "aside": "sidebar", "form": "form",
    "menu": "navigation", "select": "form", "textarea": "form", "noscript": "script",
}  # fmt: skip
_BY_NAME = {
    "advert": "advert", "comment": "comments", "footer": "footer", "copyright": "footer", "nav": "navigation",
    "menu": "navigation", "crumb": "navigation", "pager": "navigation", "notice": "notice", "form": "form",
    "related": "related", "popular": "related", "share": "sharing", "header": "header", "side": "sidebar",
}  # fmt: skip


def removed(blocks: Blocks, kept: Bools) -> tuple[Removal, ...]:
    """The removed regions in document order: the largest subtrees with no kept text in them.

    ``kept`` (N) says which text nodes stay. Text of scripts, styles and the head is no text and makes no removal.
    """
    tree = blocks.tree
    n = len(tree)
    texts = tree.texts
    mute = blocks.silent
    gone = np.flatnonzero((blocks.codes == tags.TEXT_CODE) & ~mute & ~kept).tolist()
    lost = np.array([i for i in gone if not texts[i].isspace()], np.int64)
    kept_before = np.zeros(n + 1, np.int64)
    np.cumsum(kept, out=kept_before[1:])
    bare = kept_before[blocks.ends] == kept_before[:n]
    top = bare.copy()
    top[1:] &= ~bare[blocks.parents[1:]]
    region = np.cumsum(top)  # a bare subtree holds no other top, so the last top before a node in it is its own
    tops = np.flatnonzero(top)
    found: list[Removal] = []
    parts: list[str] = []
    last, line = -1, -1
    keys = blocks.keys.tolist()
    regions = (region[lost] - 1).tolist()
    for i, where in zip(lost.tolist(), regions, strict=True):
        if where != last:
            if parts:
                found.append(_removal(blocks, int(tops[last]), "".join(parts)))
            last, parts = where, []
        elif keys[i] != line:
            parts.append("\n")
        line = keys[i]
        parts.append(texts[i])
    if parts:
        found.append(_removal(blocks, int(tops[last]), "".join(parts)))
    return tuple(found)


def _removal(blocks: Blocks, i: int, text: str) -> Removal:
    return Removal(reason=_reason(blocks, i), where=blocks.tree.path(i), text=text.strip())


def _reason(blocks: Blocks, i: int) -> str:
    tree = blocks.tree
    if blocks.unseen[i]:
        return _BY_TAG.get(tree.tags[i], "hidden")
    first, last = int(blocks.before[i]), int(blocks.before[blocks.ends[i]])
    at = i
    for _ in range(4):  # the region's own element tells most; a few steps up still tell
        if at < 0:
            break
        if tree.tags[at] in _BY_TAG:
            return _BY_TAG[tree.tags[at]]
        bits = int(blocks.marks[at])
        for kind, reason in _BY_NAME.items():
            if bits >> _BIT[kind] & 1:
                return reason
        at = tree.parents[at]
    words = blocks.words[first:last]
    linked = int((words * blocks.linked[first:last]).sum())
    if linked * 2 > int(words.sum()):
        return "link-list"
    if not int(blocks.kinds[first:last, letters.SMALL : letters.IDEOGRAPH + 1].sum()):
        return "ornament"
    return "boilerplate"
