"""One pass over a page's tree: where it declares something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from endleaf.parse import Tree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

INLINE = frozenset({"a", "b", "strong", "i", "em", "span", "font", "small", "abbr", "cite", "u", "big", "time", "img"})
"""Elements that end no line."""

# Classes that name who wrote a page: words of their own or parts joined by - or _.
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|writer|reporter|authored-by)s?(?:$|[\s_-])")

# A part of every class that the pattern finds: what has none of them need not be searched.
_HINT = re.compile("autho|write|repor|bylin|by-li", re.IGNORECASE)

# The class of an element that speaks of other pages or other people: comments, teasers, the author's box.
_ASIDE = re.compile(
    r"comment|repl(?:y|ies)\b|related|sidebar|(?<![-\w])widget|recommend|teaser|promo|(?<!v)card|popular|trending|recirc|"
    r"footer|\bbio\b|author-?(?:bio|box|info)|testimonial|review|latest|more-",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Marks:
    """Indices of the elements that declare something, in document order."""

    html: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    """The meta and link elements."""
    json: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    rels: list[int] = field(default_factory=list)
    """The links with a rel, of the text."""
    items: list[int] = field(default_factory=list)
    props: list[int] = field(default_factory=list)


def scan(tree: Tree) -> Marks:
    """Where the page declares something. Most of a page is text and plain elements, which cost next to nothing."""
    marks = Marks()
    attrs = tree.attrs
    listed = {"html": marks.html, "title": marks.titles, "meta": marks.head, "link": marks.head, "script": marks.json,
              "h1": marks.headings, "time": marks.times, "a": marks.rels}  # fmt: skip
    for i, tag in [(i, tag) for i, tag in enumerate(tree.tags) if tag in listed]:
        listed[tag].append(i)
    marks.rels = [i for i in marks.rels if "rel" in attrs[i]]
    marks.json = [i for i in marks.json if "ld+json" in attrs[i].get("type", "").lower()]
    marks.props = [i for i, each in enumerate(attrs) if each and "itemprop" in each]
    marks.items = [i for i, each in enumerate(attrs) if each and "itemscope" in each]
    return marks


def bylines(tree: Tree) -> list[int]:
    """The elements whose class names who wrote something."""
    kinds: dict[str, bool] = {}
    found: list[int] = []
    for i, attrs in enumerate(tree.attrs):
        classes = attrs.get("class")
        if classes:
            if classes not in kinds:
                kinds[classes] = _is_byline(classes)
            if kinds[classes]:
                found.append(i)
    return found


def _is_byline(classes: str) -> bool:
    if len(classes) > 200 or not _HINT.search(classes) or _ASIDE.search(classes):
        return False
    return _BYLINE.search(classes.lower()) is not None


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
    return bool(attrs) and _ASIDE.search(attrs.get("class", "")[:200] + " " + attrs.get("id", "")[:60]) is not None


def article(tree: Tree, i: int) -> int | None:
    """The article element that a node stands in, or None."""
    return next((above for above in islice(tree.ancestors(i), _STEPS) if tree.tags[above] == "article"), None)
