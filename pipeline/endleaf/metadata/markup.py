"""What the elements around a node say of it: whose it is, and whether a line ends there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from endleaf.parse import Tree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

INLINE = frozenset({"a", "b", "strong", "i", "em", "span", "font", "small", "abbr", "cite", "u", "big", "time", "img"})
"""Elements that end no line."""

# The class of an element that speaks of other pages or other people: comments, teasers, the author's box.
_ASIDE = re.compile(
    r"comment|repl(?:y|ies)\b|related|sidebar|(?<![-\w])widget|recommend|teaser|promo|(?<!v)card|popular|trending|recirc|"
    r"footer|\bbio\b|author-?(?:bio|box|info)|testimonial|review|latest|more-",
    re.IGNORECASE,
)

_STEPS = 40
"""How far up is looked: the deepest honest pages nest some 35 elements below body."""


def aside(tree: Tree, i: int) -> bool:
    """Whether an element stands in something that speaks of other pages or other people."""
    for above in islice(tree.ancestors(i), _STEPS):
        if tree.tags[above] in ("body", "html", "main", "article"):
            return False  # their classes name every feature of the page
        if speaks_of_others(tree.tags[above], tree.attrs[above]):
            return True
    return False


def speaks_of_others(tag: str, attrs: Mapping[str, str]) -> bool:
    """Whether an element is one for other pages or other people, by its tag or its names."""
    if tag in ("aside", "footer", "nav", "form"):
        return True
    return bool(attrs) and is_aside(attrs.get("class", "")[:200] + " " + attrs.get("id", "")[:60])


@lru_cache(maxsize=4096)
def is_aside(names: str) -> bool:
    """Whether classes or ids say that an element speaks of other pages or other people."""
    return _ASIDE.search(names) is not None


def article(tree: Tree, i: int) -> int | None:
    """The article element that a node stands in, or None."""
    return next((above for above in islice(tree.ancestors(i), _STEPS) if tree.tags[above] == "article"), None)
