"""What a page declares of itself, each value with where it was found.

The declarations are gathered by :mod:`head`, :mod:`jsonld` and :mod:`microdata` into one
:class:`~endleaf.metadata.declared.Declared`; the tables of :mod:`precedence` say which wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from endleaf.metadata import (
    datelines,
    dates,
    head,
    jsonld,
    languages,
    markup,
    microdata,
    people,
    precedence,
    titles,
    words,
)
from endleaf.metadata.declared import Declared, value_of
from endleaf.metadata.precedence import Row
from endleaf.model import Field, Http, Metadata, Value
from endleaf.parse import Tree

if TYPE_CHECKING:
    from endleaf.links import Links

__all__ = ["read"]

_Table = tuple[Row, ...]

_MOST_HEADINGS = 5
"""Headings of the first rank that are looked at: more are a listing's."""


def read(tree: Tree, http: Http | None, links: Links) -> Metadata:
    """The metadata of a page (its banners lifted), from its tree, its HTTP head and its links. Never raises on a page.

    Dates are W3CDTF where the declared form could be read, else as declared. Languages are BCP 47 tags.
    Addresses are original URLs. ``declared`` holds every field as the page spells it.
    """
    marks = markup.scan(tree)
    found = Declared()
    head.read_http(http, found)
    head.read_elements(tree, marks, found)
    headings = [text for text in (words.plain(tree.text(i)) for i in marks.headings[:_MOST_HEADINGS]) if text]
    declared = [text for key in ("title", "meta:og:title") for field in found.get(key) if (text := _text(field))]
    about = " ".join(declared + headings)
    jsonld.read(tree, marks.json, about, found)
    microdata.read(tree, marks, about, found)
    head.read_body(tree, marks, found)

    site_name = _first(found, precedence.SITE_NAME, _text)
    publisher = _first(found, precedence.PUBLISHER, _name)
    canonical = _first(found, precedence.CANONICAL, lambda field: _canonical(field, links))
    language = _first(found, precedence.LANGUAGE, lambda field: languages.tag(field.value))
    host = _host(canonical, links)
    day_first = _day_first(found, language, host)
    site = titles.Site((value.value for value in (site_name, publisher) if value), host)
    return Metadata(
        title=_title(found, titles.heading(headings, declared, site), site),
        description=_first(found, precedence.DESCRIPTION, _text),
        authors=_authors(found),
        published=_date(found, precedence.PUBLISHED, day_first) or _shown_date(tree, declared, canonical, day_first),
        modified=_date(found, precedence.MODIFIED, day_first),
        publisher=publisher,
        site_name=site_name,
        subjects=_subjects(found),
        language=language,
        rights=_first(found, precedence.RIGHTS, lambda field: _rights(field, links)),
        canonical=canonical,
        declared=found.kept(),
    )


def _first(found: Declared, table: _Table, reading: Callable[[Field], str | None]) -> Value | None:
    """The value of the first field of a table that can be read."""
    for key, _ in table:
        for field in found.get(key):
            text = reading(field)
            if text:
                return value_of(field, text)
    return None


def _text(field: Field) -> str | None:
    text = words.plain(field.value)
    return text if words.filled(text) else None


def _name(field: Field) -> str | None:
    text = _text(field)
    return None if text is None or words.is_address(text) else text


def _address(value: str, links: Links) -> str | None:
    """A web address, restored and absolute."""
    target = links.resolve(value) if value and not value.isspace() else None
    return target.href if target and target.href.startswith(("http://", "https://")) else None


def _canonical(field: Field, links: Links) -> str | None:
    """A page's own address. Of fields that may hold other things, such as ``ISBN …``, only what is an address whole."""
    whole = field.source in ("link", "http") or field.value.startswith(("http://", "https://", "/"))
    return _address(field.value, links) if whole else None


def _rights(field: Field, links: Links) -> str | None:
    """A statement, or a licence's address; a link's value is an address always."""
    if field.source in ("link", "a") or field.name.startswith("Link ") or words.is_address(field.value):
        return _address(field.value, links)
    return _text(field)


def _host(canonical: Value | None, links: Links) -> str:
    """The page's host, by its address, else by what it declares; "" where nobody says."""
    root = links.resolve("/")
    address = root.href if root else canonical.value if canonical else ""
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]


# -------------------------------------------------------------------- title


def _title(found: Declared, heading: str | None, site: titles.Site) -> Value | None:
    for key, _ in precedence.TITLE:
        if key == "heading" and heading:
            return Value(value=heading, source="heading")
        for field in found.get(key):
            text = _text(field)
            if text:
                return value_of(field, titles.bare(text, site, heading))
    return None


# ------------------------------------------------------------------ authors


def _authors(found: Declared) -> tuple[Value, ...]:
    """The authors of the first table row that names any: rows are not mixed, for they name the same people twice."""
    label = next((field.value.lower() for field in found.get("meta:twitter:label1")), "")
    for key, _ in precedence.AUTHORS:
        if key == "meta:twitter:data1" and label not in precedence.WROTE:
            continue
        reading = _reading(key)
        named = [(name, field) for field in found.get(key) for name in reading(field.value)]
        if named and key == "byline:class":  # the next one is a photographer's, or a teaser's
            named = [(name, field) for name, field in named if field is named[0][1]]
        if named:
            return _distinct(named)
    return ()


def _reading(key: str) -> Callable[[str], list[str]]:
    """How a row's text is read into names."""
    if key in precedence.CATALOGUED:
        return people.catalogued
    return people.byline if key in precedence.BYLINES else people.declared


def _distinct(pairs: Iterable[tuple[str, Field]]) -> tuple[Value, ...]:
    seen: dict[str, Value] = {}
    for text, field in pairs:
        seen.setdefault(words.key(text), value_of(field, text))
    return tuple(seen.values())


# ----------------------------------------------------------------- subjects


def _subjects(found: Declared) -> tuple[Value, ...]:
    """All subjects of all rows, each once."""
    return _distinct(
        (text, field)
        for key, _ in precedence.SUBJECTS
        for field in found.get(key)
        for text in _terms(field.value, "," if key in precedence.COMMA_LISTS else ";")
    )


def _terms(value: str, separator: str) -> Iterator[str]:
    """The terms of a list: parted by semicolons where it has any, else by the separator of its kind."""
    value = words.plain(value)
    for term in value.split(";" if ";" in value else separator):
        term = term.strip(" \"'")
        if words.filled(term) and not words.is_address(term):
            yield term


# -------------------------------------------------------------------- dates

# Where two bare numbers are written month first; every other country's pages write the day first.
_MONTH_FIRST = frozenset({"en-US", "en-PH", "es-US"})
_ENGLISH = "en"  # without a country: British or American, nobody can tell


def _day_first(found: Declared, language: Value | None, host: str) -> bool | None:
    """How this page orders 03/04/2012, or None where nothing says: by its metadata standard, host, then language."""
    if any(True for _ in found.under("meta:egms.")) or any(True for _ in found.under("meta:aglsterms.")):
        return True
    if host.endswith((".uk", ".au", ".ie", ".nz", ".in", ".za")):
        return True
    if host.endswith((".gov", ".mil", ".us")):
        return False
    tag = language.value if language else ""
    if tag in _MONTH_FIRST:
        return False
    return None if tag in ("", _ENGLISH) or tag[:2] in ("ja", "zh", "ko", "hu", "lt") else True


def _date(found: Declared, table: _Table, day_first: bool | None) -> Value | None:
    """The first date of a table: read where it can be, as declared where it is at least about a date."""
    for key, _ in table:
        loose = key in precedence.LOOSE_DATES
        for field in found.get(key):
            text = words.plain(field.value).strip(" |")
            date = dates.w3cdtf(text, day_first=day_first)
            if loose:
                date = date or dates.within(text, day_first=day_first)
            elif date is None and dates.dated(text):
                date = text
            if date:
                return value_of(field, date)
    return None


def _shown_date(tree: Tree, declared: list[str], canonical: Value | None, day_first: bool | None) -> Value | None:
    """When the page was published, by its address or by a line under its heading."""
    date = datelines.in_address(canonical.value) if canonical else None
    if date and canonical:
        return Value(value=date, source=canonical.source)
    for i in datelines.headings(tree, declared):
        date = datelines.near(tree, i, day_first=day_first)
        if date:
            return Value(value=date, source="text")
    return None
