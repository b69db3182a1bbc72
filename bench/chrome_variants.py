"""Each training page once more, changed as other sites might have made it: fewer names, plainer tags, parts left out.

What is learned so rests on more than one sign: a page of 1998 has no
``<main>`` and no class names, another has no sidebar, a third is cut short.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from endleaf.chrome.blocks import Blocks
from endleaf.parse import Tree
from endleaf.parse.tree import NO_ATTRS

PLAIN = 0.5  # pages whose sectioning elements become div
BARE = 0.3  # pages that lose every class, id and role
FLAT = 0.2  # pages whose headings become paragraphs
LESS = 0.6  # pages that lose some of what is around the content
SHORT = 0.3  # pages that lose some of their content

_SECTIONS = frozenset({"main", "article", "nav", "header", "footer", "aside", "section", "figure", "hgroup", "search"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMES = frozenset({"class", "id", "role"})


def variant(
    blocks: Blocks, content: npt.NDArray[np.bool_], random: np.random.Generator
) -> tuple[Tree, npt.NDArray[np.int64]]:
    """A page changed at random, and for each of its nodes which node of the page it was."""
    tree = blocks.tree
    leave = [*_around(blocks, content, random), *_within(blocks, content, random)]
    kept = np.ones(len(tree), np.bool_)
    for i in leave:
        kept[i : tree.ends[i]] = False
    new = tree.without(leave)
    if leave and not len(new.tags) == int(kept.sum()):
        raise AssertionError("a subtree was left out twice")
    if new is tree:
        new = _copied(tree)
    new.places = None  # tags change: where each stands is to be found anew
    if random.random() < PLAIN:
        new.tags = ["div" if tag in _SECTIONS else tag for tag in new.tags]
    if random.random() < FLAT:
        new.tags = ["p" if tag in _HEADINGS else tag for tag in new.tags]
    if random.random() < BARE:
        new.attrs = [{k: v for k, v in each.items() if k not in _NAMES} if each else NO_ATTRS for each in new.attrs]
    return new, np.flatnonzero(kept)


def _copied(tree: Tree) -> Tree:
    new = Tree()
    for part in ("tags", "texts", "attrs", "parents", "ends"):
        setattr(new, part, list(getattr(tree, part)))
    return new


def _around(blocks: Blocks, content: npt.NDArray[np.bool_], random: np.random.Generator) -> list[int]:
    """Up to four elements with no content in them."""
    if random.random() >= LESS:
        return []
    of = np.append(blocks.of, len(blocks))
    low = of[blocks.before[:-1]]
    high = np.append(blocks.of, len(blocks) - 1)[np.maximum(blocks.before[blocks.ends] - 1, 0)] + 1
    running = np.concatenate([[0], np.cumsum(content)])
    some = (high > low) & (running[np.maximum(high, low)] == running[low])
    some[:3] = False
    found = np.flatnonzero(some & (high - low >= 2))
    if not len(found):
        return []
    return [int(i) for i in random.choice(found, min(len(found), int(random.integers(1, 5))), replace=False)]


def _within(blocks: Blocks, content: npt.NDArray[np.bool_], random: np.random.Generator) -> list[int]:
    """Some of the elements that hold one block of content each."""
    if random.random() >= SHORT or content.sum() < 4:
        return []
    home = blocks.home[blocks.first]
    alone = np.bincount(home, minlength=len(blocks.codes))[home] == 1
    alone &= blocks.ends[home] > blocks.last
    inside = blocks.before[blocks.ends[home]] - blocks.before[home]
    alone &= inside == np.diff(np.append(blocks.starts, len(blocks.nodes)))
    found = home[alone & content]
    return [int(i) for i in random.choice(found, int(len(found) * random.uniform(0.1, 0.7)), replace=False)]
