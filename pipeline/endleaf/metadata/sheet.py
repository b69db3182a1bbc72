"""A page as the readers of its metadata look at it: its tree, and where in it they need to look.

What most pages need is found at once; the rest when it is first asked for, and then remembered.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from endleaf.metadata import markup
from endleaf.metadata.texts import Texts
from endleaf.parse import Tree
from endleaf.parse.tree import NO_ATTRS

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
        self.tags = listed = {tag: list[int]() for tag in _LISTED}
        tags, attrs = tree.tags, tree.attrs
        for i in [i for i, tag in enumerate(tags) if tag in listed]:
            listed[tags[i]].append(i)
        self._dressed = [i for i, each in enumerate(attrs) if each is not NO_ATTRS]
        self.props = [i for i in self._dressed if "itemprop" in attrs[i]]

    @cached_property
    def texts(self) -> Texts:
        """The short texts, to be searched as one."""
        return Texts(self.tree)

    @cached_property
    def named(self) -> Named:
        """The elements whose class says that they hold a byline or a title."""
        named, attrs = Named([], []), self.tree.attrs
        for i in self._dressed:
            classes = attrs[i].get("class")
            if classes:
                byline, title = _kind(classes)
                if byline:
                    named.bylines.append(i)
                if title:
                    named.titles.append(i)
        return named

    def scopes(self) -> list[int]:
        """The elements with an ``itemscope``."""
        return [i for i in self._dressed if "itemscope" in self.tree.attrs[i]]


@lru_cache(maxsize=4096)
def _kind(classes: str) -> tuple[bool, bool]:
    """Whether a class names a byline, and whether a title."""
    if len(classes) > _LONGEST_CLASS or not _HINT.search(classes):
        return False, False
    byline = _BYLINE.search(classes) is not None and not markup.is_aside(classes)
    return byline, _TITLED.search(classes) is not None
