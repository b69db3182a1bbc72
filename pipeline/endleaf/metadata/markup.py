"""One pass over a page's tree: where it declares something."""

from __future__ import annotations

import re

from endleaf.parse import Tree

# Classes that name who wrote a page, or when: words of their own or parts joined by - or _.
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|writer|reporter|authored-by)s?(?:$|[\s_-])", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:(?:pub(?:lish(?:ed)?)?|post(?:ed)?|entry|article|story|issue)[_-]?(?:date|time|on)"
    r"|dateline|dtpublished|datepublished|published|date-?posted)(?:$|[\s_-])", re.IGNORECASE
)  # fmt: skip

# The class of an element that speaks of other pages or other people: comments, teasers, the author's box.
_ASIDE = re.compile(
    r"comment|repl(?:y|ies)\b|related|sidebar|widget|recommend|teaser|promo|card|popular|trending|recirc|"
    r"avatar|footer|\bbio\b|author-?(?:bio|box|info)|testimonial|review|latest|more-",
    re.IGNORECASE,
)


class Marks:
    """Indices of the elements that declare something, in document order."""

    __slots__ = (
        "bylines",
        "dated",
        "headings",
        "html",
        "items",
        "json",
        "links",
        "metas",
        "props",
        "rels",
        "times",
        "titles",
    )

    def __init__(self) -> None:
        self.html: list[int] = []
        self.titles: list[int] = []
        self.metas: list[int] = []
        self.links: list[int] = []
        self.json: list[int] = []
        self.headings: list[int] = []
        self.times: list[int] = []
        self.rels: list[int] = []
        self.items: list[int] = []
        self.props: list[int] = []
        self.bylines: list[int] = []
        self.dated: list[int] = []


def scan(tree: Tree) -> Marks:
    """Where the page declares something. One pass; text nodes cost next to nothing."""
    marks = Marks()
    by_tag = {
        "html": marks.html, "title": marks.titles, "meta": marks.metas, "link": marks.links,
        "h1": marks.headings, "time": marks.times,
    }  # fmt: skip
    spoken: dict[str, str] = {}
    for i, (tag, attrs) in enumerate(zip(tree.tags, tree.attrs, strict=True)):
        listed = by_tag.get(tag)
        if listed is not None:
            listed.append(i)
        if not attrs:
            continue
        if "itemprop" in attrs:
            marks.props.append(i)
        if "itemscope" in attrs:
            marks.items.append(i)
        classes = attrs.get("class")
        if classes:
            kind = spoken.get(classes)
            if kind is None:
                kind = spoken[classes] = _spoken(classes)
            if kind == "byline":
                marks.bylines.append(i)
            elif kind == "dated":
                marks.dated.append(i)
        if tag == "a":
            if "rel" in attrs:
                marks.rels.append(i)
        elif tag == "script" and "ld+json" in attrs.get("type", "").lower():
            marks.json.append(i)
    return marks


def _spoken(classes: str) -> str:
    """What an element's classes say it is: ``byline``, ``dated``, or nothing."""
    if len(classes) > 200 or _ASIDE.search(classes):
        return ""
    return "byline" if _BYLINE.search(classes) else "dated" if _DATED.search(classes) else ""


def aside(tree: Tree, i: int) -> bool:
    """Whether an element stands in something that speaks of other pages or other people."""
    for above in tree.ancestors(i):
        if tree.tags[above] in ("aside", "footer", "nav", "form"):
            return True
        attrs = tree.attrs[above]
        if tree.tags[above] in ("body", "html", "main", "article"):
            return False  # their classes name every feature of the page
        if attrs and _ASIDE.search(attrs.get("class", "")[:200] + " " + attrs.get("id", "")[:60]):
            return True
    return False
