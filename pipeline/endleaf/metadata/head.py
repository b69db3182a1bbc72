"""The declarations of HTML's own elements and of the HTTP head: meta, link, title, html, time, and bylines."""

from __future__ import annotations

import re

from endleaf.metadata import markup, words
from endleaf.metadata.declared import Declared
from endleaf.metadata.sheet import Sheet
from endleaf.model import Field, Http
from endleaf.parse import TEXT, Tree

# Links that fetch what a page is drawn with, or that only help a browser to be quick: no statement about the page.
_MACHINERY = frozenset({
    "stylesheet", "icon", "shortcut", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload",
    "prerender", "manifest", "mask-icon", "apple-touch-icon", "apple-touch-icon-precomposed",
    "apple-touch-startup-image", "fluid-icon", "pingback", "edituri", "wlwmanifest", "search", "import",
    "mw-deduplicated-inline-style", "https://api.w.org/",
})  # fmt: skip

# How vocabularies are spelled: RFC 2731 links them by rel="schema.PREFIX", whose usual prefixes these are.
_PREFIXES = {"dc": "dc", "dcterms": "dcterms", "dct": "dcterms", "dcterm": "dcterms", "dcq": "dcterms", "egms": "egms",
             "e-gms": "egms", "agls": "aglsterms", "aglsterms": "aglsterms"}  # fmt: skip

# The addresses that rel="schema.PREFIX" links give, by a part that all their editions share.
_SCHEMAS = (
    ("purl.org/dc/terms", "dcterms"), ("purl.org/dc/qualifiers", "dcterms"), ("purl.org/dc/elements", "dc"),
    ("purl.org/dc", "dc"), ("agls", "aglsterms"), ("egms", "egms"), ("e-gms", "egms"),
)  # fmt: skip

# Header fields that say something of the page; a replay gives the archived ones a prefix of its own.
_HEADERS = ("last-modified", "content-language", "link")
_REPLAYED = "x-archive-orig-"

_SPLIT_PREFIX = re.compile(r"([a-z][a-z-]{1,9})[.:](.+)")


def read_http(http: Http | None, found: Declared) -> None:
    """What the HTTP head declares (RFC 9110 sections 8.5 and 8.8.2, RFC 8288 for Link)."""
    for name, value in http.headers if http else ():
        plain = name.lower().removeprefix(_REPLAYED)
        if plain in _HEADERS:
            found.add(Field(name=name, value=words.clean(value), source="http"), f"http:{plain}")
            if plain == "link":
                for rel, target in _header_links(value):
                    found.add(Field(name=f"Link rel={rel}", value=target, source="http"), f"http:link {rel}")


_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", re.IGNORECASE)


def _header_links(value: str) -> list[tuple[str, str]]:
    """(relation, target) of a Link header."""
    pairs: list[tuple[str, str]] = []
    for target, parameters in _LINK.findall(value):
        rel = _REL.search(parameters)
        if rel and target.strip():
            pairs.extend((name, target.strip()) for name in (rel[1] or rel[2]).lower().split())
    return pairs


def read_elements(sheet: Sheet, found: Declared) -> None:
    """The elements of HTML that declare: html, title, meta, link (HTML, section 4.2)."""
    tree = sheet.tree
    for i in sheet.tags["html"][:1]:
        for name in ("lang", "xml:lang"):
            if tree.attrs[i].get(name, "").strip():
                found.add(Field(name=name, value=words.clean(tree.attrs[i][name]), source="html"), f"html:{name}")
    for i in sheet.tags["title"]:
        text = words.clean(tree.text(i))
        if text:
            found.add(Field(name="title", value=text, source="title"), "title")
            break  # a second title is an image's or a template's
    prefixes = _prefixes(tree, sheet.tags["link"])
    for i in sorted(sheet.tags["meta"] + sheet.tags["link"]):  # in document order
        if tree.tags[i] == "meta":
            _read_meta(tree, i, prefixes, found)
        else:
            _read_link(tree, i, found)


def _prefixes(tree: Tree, links: list[int]) -> dict[str, str]:
    """Which prefix means which vocabulary on this page."""
    prefixes = dict(_PREFIXES)
    for i in links:
        rel = tree.attrs[i].get("rel", "").lower()
        if rel.startswith("schema."):
            href = tree.attrs[i].get("href", "").lower()
            for part, vocabulary in _SCHEMAS:
                if part in href:
                    prefixes[rel[7:]] = vocabulary
                    break
    return prefixes


def _read_meta(tree: Tree, i: int, prefixes: dict[str, str], found: Declared) -> None:
    attrs = tree.attrs[i]
    content = words.clean(attrs.get("content") or attrs.get("value") or "")
    if not content:
        return
    scheme = words.clean(attrs.get("scheme") or attrs.get("schema") or "") or None  # AGLS pages spell it schema
    for attribute, source in _NAMES.items():
        if attribute in attrs and (name := words.clean(attrs[attribute])):
            field = Field(name=name, value=content, source=source, scheme=scheme)
            found.add(field, f"{source}:{_key(name.lower(), prefixes)}")
            if attribute == "name":
                break  # a meta with both says the same twice


_NAMES = {"name": "meta", "property": "meta", "http-equiv": "http-equiv"}
"""The attributes that name a meta element's field, and the sources they make."""


def _key(name: str, prefixes: dict[str, str]) -> str:
    """A meta's name with its vocabulary spelled one way.

    >>> _key("dcterms:issued", _PREFIXES), _key("e-gms.subject.category", _PREFIXES), _key("og:title", _PREFIXES)
    ('dcterms.issued', 'egms.subject.category', 'og:title')
    """
    found = _SPLIT_PREFIX.match(name) if "." in name or ":" in name else None
    vocabulary = prefixes.get(found[1]) if found else None
    return f"{vocabulary}.{found[2]}" if found and vocabulary else name


def _read_link(tree: Tree, i: int, found: Declared) -> None:
    attrs = tree.attrs[i]
    relations = attrs.get("rel", "").lower().split()
    if not relations or not _MACHINERY.isdisjoint(relations):
        return
    href, rel = words.clean(attrs.get("href", "")), words.clean(attrs["rel"])
    if href:
        field = Field(name=rel, value=href, source="link", scheme=words.clean(attrs.get("hreflang", "")) or None)
        found.add(field, *(f"link:{relation}" for relation in relations))


def read_body(sheet: Sheet, found: Declared) -> None:
    """What the text itself marks: time elements, linked licences and authors."""
    attrs = sheet.tree.attrs
    for i in [i for i in sheet.tags["a"] if "rel" in attrs[i]]:
        _read_rel(sheet.tree, i, found)
    if sheet.tags["time"]:
        _read_times(sheet, found)


def _read_rel(tree: Tree, i: int, found: Declared) -> None:
    relations = tree.attrs[i].get("rel", "").lower().split()
    if "license" in relations and tree.attrs[i].get("href", "").strip():
        href = words.clean(tree.attrs[i]["href"])
        found.add(Field(name="license", value=href, source="a"), "a:license")
    if "author" in relations:
        text = _lines(tree, i)
        if text and not markup.aside(tree, i):
            found.add(Field(name="author", value=text, source="a"), "a:author")


def _read_times(sheet: Sheet, found: Declared) -> None:
    """The time elements. Where several articles have one, each is an article's own, and the page's only where the
    heading stands in the same article."""
    tree, times, headings = sheet.tree, sheet.tags["time"][:40], sheet.tags["h1"]
    articles = [markup.article(tree, i) for i in times]
    own = markup.article(tree, headings[0]) if headings else None
    several = len({article for article in articles if article is not None}) > 1
    for i, article in zip(times, articles, strict=True):
        if not several or article is None or article == own:
            _read_time(tree, i, found)


def _read_time(tree: Tree, i: int, found: Declared) -> None:
    attrs = tree.attrs[i]
    value = words.clean(attrs.get("datetime") or tree.text(i))
    if value and len(value) <= _LONGEST_BYLINE and not markup.aside(tree, i):
        words_of_it = f"{attrs.get('class', '')} {attrs.get('itemprop', '')}".lower()
        name = "pubdate" if "pubdate" in attrs else "updated" if _UPDATED.search(words_of_it) else "datetime"
        found.add(Field(name=name, value=value, source="time"), f"time:{name}")


_UPDATED = re.compile(r"updated|modif")

_LONGEST_BYLINE = 120
"""Characters: longer text with a byline's class is a biography."""

_MOST_BYLINES = 4
"""Different ones: more belong to a list of articles or to a thread, and no one of them to the page."""


def read_bylines(sheet: Sheet, found: Declared) -> None:
    """The bylines that their class names as such; none, where a list has many."""
    tree = sheet.tree
    texts: dict[str, int] = {}
    end = 0
    for i in sheet.named.bylines:
        if i < end or len(texts) > _MOST_BYLINES:
            continue  # inside one that was read
        text = _lines(tree, i)
        if text and not markup.aside(tree, i):
            texts.setdefault(text, i)
            end = tree.ends[i]
    if len(texts) <= _MOST_BYLINES:
        for text, i in texts.items():
            found.add(Field(name=tree.attrs[i]["class"].split()[0], value=text, source="byline"), "byline:class")


def _lines(tree: Tree, i: int) -> str:
    """An element's text, its own elements' texts parted by a bar; "" where it is too long to be a byline."""
    if tree.ends[i] - i > 60:
        return ""
    parts = (words.clean(tree.texts[k]) for k in range(i, tree.ends[i]) if tree.tags[k] == TEXT)
    text = " | ".join(part for part in parts if part)
    return text if len(text) <= _LONGEST_BYLINE else ""
