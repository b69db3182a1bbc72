"""One pass over a page's tree: where it declares something."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from endleaf.parse import Tree

# Classes that name who wrote a page, or when: words of their own or parts joined by - or _.
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|writer|reporter|authored-by)s?(?:$|[\s_-])")
_DATED = re.compile(
    r"(?:^|[\s_-])(?:(?:pub(?:lish(?:ed)?)?|post(?:ed)?|entry|article|story|issue)[_-]?(?:date|time)"
    r"|posted[_-]?on|dateline|dtpublished|datepublished|published|date-?posted)(?:$|[\s_-])"
)

# A part of every class that those patterns find: what has none of them need not be searched.
_HINT = re.compile(r"autho|write|repor|publi|poste|bylin|by-li|date|[_-]time|[ty]time")

# The class of an element that speaks of other pages or other people: comments, teasers, the author's box.
_ASIDE = re.compile(
    r"comment|repl(?:y|ies)\b|related|sidebar|(?<![-\w])widget|recommend|teaser|promo|(?<!v)card|popular|trending|recirc|"
    r"avatar|footer|\bbio\b|author-?(?:bio|box|info)|testimonial|review|latest|more-",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Marks:
    """Indices of the elements that declare something, in document order."""

    html: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    metas: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    json: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    rels: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    props: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    dated: list[int] = field(default_factory=list)


def scan(tree: Tree) -> Marks:
    """Where the page declares something. One pass over the attributes; text nodes cost next to nothing."""
    marks = Marks()
    marks.html, marks.titles = list(tree.find_all("html"))[:1], list(tree.find_all("title"))
    marks.headings, marks.times = list(tree.find_all("h1")), list(tree.find_all("time"))
    tags = tree.tags
    kinds: dict[str, list[int] | None] = {}
    listed = {"meta": marks.metas, "link": marks.links, "script": marks.json, "a": marks.rels}
    for i, attrs in enumerate(tree.attrs):
        if not attrs:
            continue
        classes = attrs.get("class")
        if classes:
            if classes not in kinds:
                kinds[classes] = {"byline": marks.bylines, "dated": marks.dated}.get(_spoken(classes))
            kind = kinds[classes]
            if kind is not None:
                kind.append(i)
        if "itemprop" in attrs:
            marks.props.append(i)
        if "itemscope" in attrs:
            marks.items.append(i)
        if tags[i] in listed:
            listed[tags[i]].append(i)
    marks.rels = [i for i in marks.rels if "rel" in tree.attrs[i]]
    marks.json = [i for i in marks.json if "ld+json" in tree.attrs[i].get("type", "").lower()]
    return marks


def _spoken(classes: str) -> str:
    """What an element's classes say it is: ``byline``, ``dated``, or nothing."""
    classes = classes.lower()
    if len(classes) > 200 or not _HINT.search(classes) or _ASIDE.search(classes):
        return ""
    return "byline" if _BYLINE.search(classes) else "dated" if _DATED.search(classes) else ""


_STEPS = 40
"""How far up is looked: the deepest honest pages nest some 35 elements below body."""


def aside(tree: Tree, i: int) -> bool:
    """Whether an element stands in something that speaks of other pages or other people."""
    for above in islice(tree.ancestors(i), _STEPS):
        if tree.tags[above] in ("aside", "footer", "nav", "form"):
            return True
        attrs = tree.attrs[above]
        if tree.tags[above] in ("body", "html", "main", "article"):
            return False  # their classes name every feature of the page
        if attrs and _ASIDE.search(attrs.get("class", "")[:200] + " " + attrs.get("id", "")[:60]):
            return True
    return False


def article(tree: Tree, i: int) -> int | None:
    """The article element that a node stands in, or None."""
    return next((above for above in islice(tree.ancestors(i), _STEPS) if tree.tags[above] == "article"), None)
