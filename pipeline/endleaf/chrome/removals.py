"""What was not kept, by the region it stood in, with the reason it went."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from endleaf.chrome import letters, names, tags
from endleaf.chrome.blocks import Blocks, Bools, Ints
from endleaf.chrome.ruled import Settled
from endleaf.model import Removal

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
_BY_BIT = [(1 << names.KINDS.index(kind), reason) for kind, reason in _BY_NAME.items()]


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
    lines = blocks.keys.tolist()
    return tuple(_removal(blocks, region, lines, template) for region in regions(blocks, kept, settled))


def regions(blocks: Blocks, kept: Bools, settled: Settled | None = None) -> list[Region]:
    """Where each removal of :func:`removed` stood, in the same order."""
    lost = _lost(blocks, kept)
    if not len(lost):
        return []
    tops = _tops(blocks, kept)[lost]
    ruled = settled.at[lost] if settled else np.full(len(lost), -1, np.int64)
    tops = np.where(ruled > 0, ruled, tops)
    turns = np.flatnonzero((tops[1:] != tops[:-1]) | (ruled[1:] != ruled[:-1])) + 1
    nodes, rules = lost.tolist(), settled.rules if settled else {}
    starts = [0, *turns.tolist()]
    return [
        Region(int(tops[start]), nodes[start:end], rules[by] if (by := int(ruled[start])) >= 0 else "")
        for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True)
    ]


def _lost(blocks: Blocks, kept: Bools) -> Ints:
    """The text nodes that are not kept and not blank."""
    texts = blocks.tree.texts
    seen = blocks.nodes[~kept[blocks.nodes]]
    unseen = np.flatnonzero((blocks.codes == tags.TEXT_CODE) & blocks.unseen & ~blocks.silent & ~kept).tolist()
    unseen = [i for i in unseen if not texts[i].isspace()]
    return np.sort(np.concatenate((seen, np.array(unseen, np.int64)))) if unseen else seen


def _tops(blocks: Blocks, kept: Bools) -> Ints:
    """(N) The largest subtree with no kept text that each node is in, if it is in one."""
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    bare = before[blocks.ends] == before[:-1]
    top = bare.copy()
    top[1:] &= ~bare[blocks.parents[1:]]
    # A bare subtree holds no other top, so the last top before a node in it is its own.
    return np.maximum.accumulate(np.where(top, np.arange(len(kept)), 0))


def _removal(blocks: Blocks, region: Region, lines: list[int], template: Bools | None) -> Removal:
    tree = blocks.tree
    parts: list[str] = []
    line = lines[region.nodes[0]]
    for i in region.nodes:
        if lines[i] != line:
            parts.append("\n")
            line = lines[i]
        parts.append(tree.texts[i])
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
        if bits:
            for bit, reason in _BY_BIT:
                if bits & bit:
                    return reason
        at = tree.parents[at]
    words = blocks.words[first:last]
    if 2 * int(words @ blocks.linked[first:last]) > int(words.sum()):
        return "link-list"
    if not int(blocks.kinds[first:last, letters.SMALL : letters.IDEOGRAPH + 1].sum()):
        return "ornament"
    return "boilerplate"
