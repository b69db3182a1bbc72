"""Taking out what an archive put in, and no more: a block between two comments, known scripts, known elements.

A page can imitate an archive's marks around its own text. So nothing is taken
for being between marks alone: what no reader sees goes, and what a reader sees
goes only if it looks like the archive's and is no longer than the archive's is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from endleaf.banners.clues import Clues, visible
from endleaf.banners.layers import Layer, Rank
from endleaf.parse import COMMENT, TEXT, Tree

_UNSEEN = frozenset({"script", "style", "link", "meta", COMMENT})
_OWN = re.compile(r"(?i)(?:wm-|donato|_?_?wb_|wb-|wbinfo|wayback|teg|loadinganimation|app\Z|playback|toolbar)")
"""Ids and classes that replays give to what they put in."""
_ARTICLE = frozenset({"article", "main", "h1", "h2"})
_TOLD = "wm-capinfo"
"""Where a toolbar tells of the collection, at the length its curator chose."""
LIMIT = 3000
"""Characters of visible text: the longest toolbars seen, with the collection's description in them, have about 2000."""
_HEAD = 1000
"""Characters of a script within which the archive's own shows itself."""
_UNNAMED = 300
"""The same for an element with no telling id: a line or two of notice."""


def between(tree: Tree, begin: int, end: int) -> Iterator[int]:
    """The topmost subtrees that lie wholly between two nodes."""
    k = begin + 1
    while k < end:
        if tree.ends[k] <= end:
            yield k
            k = tree.ends[k]
        else:
            k += 1


def take_block(clues: Clues, layer: Layer, begin: int, end: int | None) -> None:
    """Take the block between two comments, with the comments; what is left in the page is said in the evidence."""
    tree = clues.tree
    layer.nodes.add(begin)
    if end is None:
        layer.says(
            Rank.COMMENT, "archive", "a begin mark without its end: nothing after it was removed", tree.path(begin)
        )
        return
    layer.nodes.add(end)
    for k in between(tree, begin, end):
        if tree.tags[k] in _UNSEEN or (tree.tags[k] == TEXT and not tree.texts[k].strip()):
            layer.nodes.add(k)
        else:
            take_element(clues, layer, k)


def take_frame(clues: Clues, layer: Layer, frame: int | None, longest: int) -> None:
    """Take a page that only frames its content: its whole body, if it says no more than ``longest``; else the frame."""
    tree = clues.tree
    if clues.size <= longest and tree.tags[clues.body] == "body":
        layer.nodes.update(tree.children(clues.body))
    elif frame is not None:
        layer.nodes.add(frame)


def take_element(clues: Clues, layer: Layer, k: int) -> bool:
    """Take one element of the archive's, if it may be one by its name and the length of its text."""
    tree = clues.tree
    attrs = tree.attrs[k]
    named = _OWN.match(attrs.get("id", "")) or _OWN.match(attrs.get("class", ""))
    text = visible(tree, k)
    if len(text) <= (LIMIT if named else _UNNAMED) and not is_bulk(clues, k, text):
        layer.nodes.add(k)
        return True
    layer.says(Rank.COMMENT, "archive", "too long for a banner, left in the page: " + text[:80], tree.path(k))
    return False


def is_bulk(clues: Clues, k: int, text: str) -> bool:
    """Whether an element holds the most of the page, and more than a banner says, or an article's own elements."""
    tree = clues.tree
    told = clues.ids.get(_TOLD)
    if told is not None and k < told < tree.ends[k]:
        text = text.replace(visible(tree, told), "")
    if any(tree.tags[i] in _ARTICLE for i in range(k, tree.ends[k])):
        return True
    return len(text) > 2 * _UNNAMED and 2 * len(text) > clues.size


def take_scripts(clues: Clues, layer: Layer, source: re.Pattern[str], text: re.Pattern[str] | None = None) -> set[int]:
    """Take the scripts whose source or text is the archive's. Gives their indices."""
    found = {
        i for i, src, code in clues.scripts if (src and source.search(src)) or (text and text.search(code[:_HEAD]))
    }
    layer.nodes.update(found)
    return found


def take_sheets(clues: Clues, layer: Layer, href: re.Pattern[str]) -> None:
    """Take the links to the archive's style sheets."""
    tree = clues.tree
    layer.nodes.update(i for i in tree.find_all("link") if href.search(tree.attrs[i].get("href", "")))


def comments(clues: Clues, words: str) -> list[int]:
    """The comments that hold these words."""
    return [i for i in clues.comments if words in clues.tree.texts[i]]


def blocks(clues: Clues, begin: str, end: str) -> Iterator[tuple[int, int | None]]:
    """Each begin comment with the end comment that follows it before the next begin."""
    ends = comments(clues, end)
    known = set(ends)
    begins = [i for i in comments(clues, begin) if i not in known]
    for at, start in enumerate(begins):
        stop = begins[at + 1] if at + 1 < len(begins) else len(clues.tree)
        after = bisect_right(ends, start)
        yield start, ends[after] if after < len(ends) and ends[after] < stop else None
