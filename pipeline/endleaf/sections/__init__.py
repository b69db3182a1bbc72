"""The kept nodes of a page become its sections: headings, paragraphs, lists, tables, figures.

walk      one pass over the flat tree, with no recursion
inlines   runs of characters, links, images
flow      what a container holds until it is decided: pseudo lists, lines that look like headings
boxes     lists, quotes, figures, definitions
tables    data tables, told from layout
headings  which lines that look like headings are
outline   the section tree, anchors
"""

from __future__ import annotations

from typing import NamedTuple

from endleaf.model import Block, Section
from endleaf.parse import Tree
from endleaf.sections.elements import HANDLERS
from endleaf.sections.flow import Head, itemised
from endleaf.sections.headings import PageLook, settled
from endleaf.sections.inlines import Resolver, Target
from endleaf.sections.outline import sections, without_title
from endleaf.sections.walk import Walk

__all__ = ["Content", "content_of", "cut", "headline"]


class Content(NamedTuple):
    """A page's kept nodes as sections."""

    sections: tuple[Section, ...]
    titled: bool
    """Whether a heading says the page's title: it stands above the sections and is not repeated in them."""


def content_of(tree: Tree, keep: bytearray, links: Resolver, title: str | None) -> Content:
    """What :func:`cut` gives, and whether the content itself shows the title."""
    items = _items(tree, keep, links, title)
    untitled = without_title(items, title)
    return Content(sections(untitled), len(untitled) < len(items))


def cut(tree: Tree, keep: bytearray, links: Resolver, title: str | None) -> tuple[Section, ...]:
    """The section tree of a page's kept nodes, every kept word once and in document order.

    ``keep`` is one byte a node (see :func:`endleaf.chrome.strip`). The first heading
    that equals ``title`` is not repeated. What stands before any heading is a first
    section without one.

    >>> from endleaf.parse import parse
    >>> tree = parse("<h1>Tea</h1><p>Hot.<h2>Leaves</h2><p>Green &amp; <b>black</b>.")
    >>> lead, leaves = cut(tree, bytearray(b"\\1" * len(tree)), _NoLinks(), "Tea")
    >>> leaves.anchor, leaves.level, len(leaves.blocks[0].content)
    ('leaves', 1, 3)
    """
    return content_of(tree, keep, links, title).sections


def headline(tree: Tree, keep: bytearray) -> str | None:
    """A page's title from its headings: the first ``h1``, else the first heading by tag or looks; None without any."""
    for i in tree.find_all("h1"):
        text = " ".join(tree.text(i).split())
        if keep[i] and text:
            return text
    heads = [item for item in _items(tree, keep, _NoLinks(), None) if isinstance(item, Head)]
    return heads[0].text if heads else None


def _items(tree: Tree, keep: bytearray, links: Resolver, title: str | None) -> list[Block | Head]:
    walk = Walk(tree, keep, links, HANDLERS)
    flow = itemised(walk.read())
    return settled(flow, PageLook.of(walk.sizes, walk.strong), title)


class _NoLinks:
    """Resolves nothing: for reading words alone."""

    def resolve(self, href: str) -> Target | None:  # noqa: ARG002 - the protocol's argument
        return None
