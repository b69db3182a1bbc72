"""A page as the readers of its metadata look at it: its tree, and where in it they need to look.

What most pages need is found at once; the rest when it is first asked for, and then remembered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import compress, repeat
from operator import is_not
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

# Parts of every class that those patterns find: what has none of them need not be searched.
_HINTS = ("title", "head", "autho", "subject", "byline", "by-line", "write", "report", "hed")

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
        for i in compress(range(len(tags)), map(listed.__contains__, tags)):
            listed[tags[i]].append(i)
        self._dressed = list(compress(range(len(tags)), map(is_not, attrs, repeat(NO_ATTRS))))
        self._texts: Texts | None = None
        self.props = [i for i in self._dressed if "itemprop" in attrs[i]]

    def texts(self, heads: Sequence[int]) -> Texts:
        """The short texts by the page's headings, to be searched as one."""
        if self._texts is None:
            self._texts = Texts(self.tree, heads)
        return self._texts

    @cached_property
    def named(self) -> Named:
        """The elements whose class says that they hold a byline or a title."""
        attrs = self.tree.attrs
        where: dict[str, list[int]] = {}
        for i in self._dressed:
            classes = attrs[i].get("class")
            if classes:
                where.setdefault(classes, []).append(i)
        every = "\n".join(where).lower()
        hints = [hint for hint in _HINTS if hint in every]
        likely = {classes for hint in hints for classes in where if hint in classes.lower()}
        return Named(
            sorted(i for classes in likely if _names_byline(classes) for i in where[classes]),
            sorted(i for classes in likely if _TITLED.search(classes[:_LONGEST_CLASS]) for i in where[classes]),
        )

    def scopes(self) -> list[int]:
        """The elements with an ``itemscope``."""
        return [i for i in self._dressed if "itemscope" in self.tree.attrs[i]]


def _names_byline(classes: str) -> bool:
    return len(classes) <= _LONGEST_CLASS and bool(_BYLINE.search(classes)) and not markup.is_aside(classes)
