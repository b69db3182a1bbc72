"""What a page declares of itself, each value with where it was found.

The declarations are gathered by :mod:`head`, :mod:`jsonld` and :mod:`microdata` into one
:class:`~endleaf.metadata.declared.Declared`; the tables of :mod:`precedence` say which wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from endleaf.metadata import (
    head,
    headings,
    jsonld,
    languages,
    microdata,
    precedence,
    published,
    titles,
    words,
    written,
)
from endleaf.metadata.authors import authors_of, distinct
from endleaf.metadata.declared import Declared, value_of
from endleaf.metadata.precedence import Row
from endleaf.metadata.sheet import Sheet
from endleaf.model import Field, Http, Metadata, Moment, Value
from endleaf.parse import Tree

if TYPE_CHECKING:
    from endleaf.links import Links

__all__ = ["read"]

_Table = tuple[Row, ...]

_MOST_HEADINGS = 5
"""Headings of the first rank that are looked at: more are a listing's."""


def read(tree: Tree, http: Http | None, links: Links, captured: Moment | None = None) -> Metadata:
    """The metadata of a page (its banners lifted), from its tree, its HTTP head and its links. Never raises on a page.

    Dates are W3CDTF where the declared form could be read, else as declared; none is later than the capture, where
    that is known. Languages are BCP 47 tags. Addresses are original URLs. ``declared`` holds every field as the page
    spells it.
    """
    sheet = Sheet(tree)
    found = Declared()
    head.read_http(http, found)
    head.read_elements(sheet, found)
    first = _headings(sheet, links)
    declared = [text for key in ("title", "meta:og:title") for field in found.get(key) if (text := _title_text(field))]
    about = " ".join(declared + [text for _, text in first])
    jsonld.read(tree, sheet.tags["script"], about, found)
    microdata.read(sheet, about, found)
    head.read_body(sheet, found)

    site_name = _first(found, precedence.SITE_NAME, _text)
    publisher = _first(found, precedence.PUBLISHER, _name)
    canonical = _first(found, precedence.CANONICAL, lambda field: _canonical(field, links))
    language = _language(tree, found, about)
    page = Value(value=links.page, source="url") if links.page else None
    host = _host(page or canonical)
    names = [value.value for value in (site_name, publisher) if value] + [text for mast, text in first if mast]
    site = titles.Site(names, host)
    heads = cache(lambda: headings.own(sheet, declared, titles.pieces(declared)))  # most pages never ask
    reading = published.Reading(published.day_first(found, language, host), captured.iso[:10] if captured else "")
    addresses = [address for address in (canonical, page) if address]
    came_out, changed = published.dates_of(sheet, found, addresses, heads, reading)
    return Metadata(
        title=_title(sheet, found, [text for mast, text in first if not mast], declared, site),
        description=_first(found, precedence.DESCRIPTION, _text),
        authors=authors_of(sheet, found, heads),
        published=came_out,
        modified=changed,
        publisher=publisher,
        site_name=site_name,
        subjects=_subjects(found),
        language=language,
        rights=_first(found, precedence.RIGHTS, lambda field: _rights(field, links)),
        canonical=canonical,
        declared=found.kept(),
    )


def _headings(sheet: Sheet, links: Links) -> list[tuple[bool, str]]:
    """The texts of the headings of the first rank, each with whether it is a mast: the site's name, linked home."""
    tree = sheet.tree
    found = [(i, words.plain(tree.text(i))) for i in sheet.tags["h1"][:_MOST_HEADINGS]]
    return [(_leads_home(tree, i, links), text) for i, text in found if text]


def _leads_home(tree: Tree, i: int, links: Links) -> bool:
    """Whether an element's words are a link to the site's first page, which this page is not."""
    for k in tree.find_all("a", i):
        target = links.resolve(tree.attrs[k].get("href", ""))
        home = target is not None and target.href.count("/") == 3 and target.href.endswith("/")
        if home and target is not None and target.href != links.page:
            return words.key(tree.text(k)) == words.key(tree.text(i))
    return False


def _first(found: Declared, table: _Table, reading: Callable[[Field], str | None]) -> Value | None:
    """The value of the first field of a table that can be read."""
    for key, _ in table:
        for field in found.get(key):
            text = reading(field)
            if text:
                return value_of(field, text)
    return None


def _language(tree: Tree, found: Declared, about: str) -> Value | None:
    """The declared language, unless the page's titles and its text are in another script; else the text's."""
    declared = _first(found, precedence.LANGUAGE, lambda field: languages.tag(field.value))
    if declared and ((about and about.isascii()) or not written.contradicted(declared.value, tree)):
        return declared
    language = written.language_of(tree)
    return Value(value=language, source="text") if language else declared


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


def _host(address: Value | None) -> str:
    """The page's host, by its address, else by what it declares; "" where nobody says."""
    url = address.value if address else ""
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]


# -------------------------------------------------------------------- title


def _title(sheet: Sheet, found: Declared, first: list[str], declared: list[str], site: titles.Site) -> Value | None:
    heading = _word_title(sheet.tree, found) or titles.heading(first, declared, site)
    wanted = heading
    if heading is None and declared:
        shown = [piece for _, piece in headings.shown(sheet, titles.pieces(declared)) if not site.is_named(piece)]
        wanted = shown[-1] if shown else None  # the last: mastheads come first
    for key, _ in precedence.TITLE:
        if key == "heading" and heading:
            return Value(value=heading, source="heading")
        for field in found.get(key):
            text = _title_text(field)
            if text:
                section = wanted and titles.before(text, wanted)
                own = section and headings.in_menu(sheet, section)
                return value_of(field, text if own else titles.bare(text, site, wanted))
    return None


def _word_title(tree: Tree, found: Declared) -> str | None:
    """What a word processor's page calls its title: its title element holds the file's first words, or a template's."""
    made_by = " ".join(field.value.lower() for key in _MADE_BY for field in found.get(key))
    return headings.word_title(tree) if _WORD.search(made_by) else None


_WORD = re.compile(r"\bword\b")  # Microsoft's; its ProgId is Word.Document
_MADE_BY = ("meta:generator", "meta:progid")


def _title_text(field: Field) -> str | None:
    text = _text(field)
    return None if text is None or titles.is_placeholder(text) else text


# ----------------------------------------------------------------- subjects


def _subjects(found: Declared) -> tuple[Value, ...]:
    """All subjects of all rows, each once."""
    return distinct(
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
