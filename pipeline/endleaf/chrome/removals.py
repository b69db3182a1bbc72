"""What was not kept, by the region it stood in, with the reason it went."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from endleaf.chrome import letters, names, tags
from endleaf.chrome.blocks import Blocks, Bools
from endleaf.chrome.ruled import Settled
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


class Region(NamedTuple):
    """A subtree with no kept text in it, of the largest ones, and its texts that are not blank; or the element that a
    person's rule names, and those that went with it."""

    top: int
    nodes: list[int]
    rule: str = ""


def removed(
    blocks: Blocks, kept: Bools, settled: Settled | None = None, template: Bools | None = None
) -> tuple[Removal, ...]:
    """The removed regions in document order.

    ``kept`` (N) says which text nodes stay. Text of scripts, styles and the head is no text and makes no removal.
    ``template`` (N) says which went because the site's other pages have them.
    """
    return tuple(_removal(blocks, region, template) for region in regions(blocks, kept, settled))


def regions(blocks: Blocks, kept: Bools, settled: Settled | None = None) -> list[Region]:
    """Where each removal of :func:`removed` stood, in the same order."""
    tree = blocks.tree
    n = len(tree)
    texts = tree.texts
    gone = np.flatnonzero((blocks.codes == tags.TEXT_CODE) & ~blocks.silent & ~kept).tolist()
    lost = np.array([i for i in gone if not texts[i].isspace()], np.int64)
    kept_before = np.zeros(n + 1, np.int64)
    np.cumsum(kept, out=kept_before[1:])
    bare = kept_before[blocks.ends] == kept_before[:n]
    top = bare.copy()
    top[1:] &= ~bare[blocks.parents[1:]]
    region = np.cumsum(top)  # a bare subtree holds no other top, so the last top before a node in it is its own
    tops = np.flatnonzero(top)[region[lost] - 1]
    ruled = np.full(len(lost), -1, np.int64)
    if settled:
        ruled = settled.at[lost]
        tops = np.where(ruled > 0, ruled, tops)
    found: list[Region] = []
    last = (-1, -1)
    for i, at, by in zip(lost.tolist(), tops.tolist(), ruled.tolist(), strict=True):
        if (at, by) != last:
            found.append(Region(at, [], settled.rules[by] if settled and by >= 0 else ""))
            last = at, by
        found[-1].nodes.append(i)
    return found


def _removal(blocks: Blocks, region: Region, template: Bools | None) -> Removal:
    tree = blocks.tree
    keys = blocks.keys[region.nodes].tolist()
    lines = [keys[0], *keys]
    parts = [
        ("\n" if key != before else "") + tree.texts[i]
        for i, key, before in zip(region.nodes, keys, lines, strict=False)
    ]
    return Removal(
        reason=_reason(blocks, region, template),
        where=tree.path(region.top),
        text="".join(parts).strip(),
        rule=region.rule,
    )


def _reason(blocks: Blocks, region: Region, template: Bools | None) -> str:
    if region.rule:
        return "rule"
    if template is not None and 2 * int(template[region.nodes].sum()) > len(region.nodes):
        return "template"
    return _by_place(blocks, region.top)


def _by_place(blocks: Blocks, i: int) -> str:
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
