"""A page as the readers of its metadata look at it: its tree, and where in it they need to look.

What most pages need is found at once; the rest when it is first asked for, and then remembered.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from endleaf.metadata import markup
from endleaf.metadata.texts import Texts
from endleaf.parse import Tree

_LISTED = (
    "html", "title", "meta", "link", "script", "h1", "h2", "h3", "time", "local-time", "relative-time", "time-ago",
    "abbr", "a", "font"
)  # fmt: skip
"""Tags whose elements are looked at one by one."""

# Classes that name who wrote a page: words of their own or parts joined by - or _.
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|writer|reporter|authored-by)s?(?:$|[\s_-])", re.IGNORECASE)

# Classes that name a title.
_TITLED = re.compile(r"title|head(?!er\b)|subject|\bhed\b", re.IGNORECASE)

# A part of every class that those patterns find: what has none of them need not be searched.
_HINT = re.compile("autho|write|repor|bylin|by-li|title|head|subj|hed", re.IGNORECASE)

_LONGEST_CLASS = 200
"""Characters: a longer class is a program's."""


class Named(NamedTuple):
    """The elements whose class says what they hold."""

    bylines: list[int]
    titles: list[int]


class Sheet:
    """A page's tree, and the indices of the elements that matter, in document order.

    ``tags``   the elements of some tags, by tag
    ``props``  the elements with an ``itemprop``
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.tags: dict[str, list[int]] = {tag: [] for tag in _LISTED}
        tags = tree.tags
        for i in [i for i, tag in enumerate(tags) if tag in self.tags]:
            self.tags[tags[i]].append(i)
        self.props = [i for i, attrs in enumerate(tree.attrs) if attrs and "itemprop" in attrs]

    @cached_property
    def texts(self) -> Texts:
        """The short texts, to be searched as one."""
        return Texts(self.tree)

    @cached_property
    def named(self) -> Named:
        """The elements whose class says that they hold a byline or a title."""
        kinds: dict[str, tuple[bool, bool]] = {}
        named = Named([], [])
        for i, attrs in enumerate(self.tree.attrs):
            if attrs and "class" in attrs:
                classes = attrs["class"]
                kind = kinds.get(classes)
                if kind is None:
                    kind = kinds[classes] = _kind(classes)
                if kind[0]:
                    named.bylines.append(i)
                if kind[1]:
                    named.titles.append(i)
        return named


def _kind(classes: str) -> tuple[bool, bool]:
    """Whether a class names a byline, and whether a title."""
    if len(classes) > _LONGEST_CLASS or not _HINT.search(classes):
        return False, False
    byline = _BYLINE.search(classes) is not None and not markup.is_aside(classes)
    return byline, _TITLED.search(classes) is not None
