"""Programs that keep one page in one file and write where it is from into its head."""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import comments
from endleaf.banners.savers import after_text
from endleaf.model import Moment

_MONOLITH = re.compile(
    r"\s*Saved from (?:(?P<url>\S{1,4000})|local source) at (?P<date>\d{4}-\d\d-\d\dT\S{5,20}) using monolith"
)
_SAVEPAGE = "savepage-"
_CREATED = re.compile(r"(?P<stamp>\d{14})(?P<thousandths>\d{3})?")
_TABLE, _TABLE_WORDS = 12, 600
"""Rows and characters, at most, of the table that Evernote sets above a note."""


def monolith(clues: Clues) -> Layer | None:
    """monolith's comment, first in the document."""
    for i in comments(clues, "using monolith"):
        found = _MONOLITH.match(clues.tree.texts[i])
        if found and not after_text(clues, i):
            layer = Layer("monolith", nodes={i})
            layer.says_url(Rank.COMMENT, found["url"] or "", "monolith's comment")
            layer.says_time(Rank.COMMENT, found["date"], "monolith's comment", Moment.from_iso(found["date"]))
            return layer
    return None


def savepage(clues: Clues) -> Layer | None:
    """Save Page WE's ``meta`` elements, ``savepage-url`` among them, and the links it kept beside its own."""
    tree = clues.tree
    metas = {i: name for i in tree.find_all("meta") if (name := tree.attrs[i].get("name", "")).startswith(_SAVEPAGE)}
    facts = {name: tree.attrs[i].get("content", "") for i, name in metas.items()}
    if "savepage-url" not in facts and "savepage-version" not in facts:
        return None
    layer = Layer("savepage", nodes=set(metas))
    layer.says_url(Rank.VARIABLE, facts.get("savepage-url", ""), "meta savepage-url")
    date = facts.get("savepage-date", "")
    layer.says_time(Rank.VARIABLE, date, "meta savepage-date", Moment.from_iso(date) or moment_in(date))
    layer.nodes.update(i for i, _, code in clues.scripts if "savepage" in tree.attrs[i].get("id", "") or _own(code))
    for i, attrs in enumerate(tree.attrs):
        if "data-savepage-href" in attrs:
            layer.attrs[i] = {**attrs, "href": attrs["data-savepage-href"]}
        elif "data-savepage-src" in attrs:
            layer.attrs[i] = {**attrs, "src": attrs["data-savepage-src"]}
    return layer


def _own(code: str) -> bool:
    return "savepage_ShadowLoader" in code[:400] or "savepage_PageLoader" in code[:400]


def scrapbook(clues: Clues) -> Layer | None:
    """WebScrapBook's attributes of the ``html`` element, and the elements it put in."""
    tree = clues.tree
    html = tree.find("html")
    attrs = tree.attrs[html] if html is not None else {}
    if "data-scrapbook-source" not in attrs and "data-scrapbook-create" not in attrs:
        return None
    layer = Layer("scrapbook")
    layer.says_url(Rank.VARIABLE, attrs.get("data-scrapbook-source", ""), "html data-scrapbook-source")
    created = attrs.get("data-scrapbook-create", "")
    found = _CREATED.fullmatch(created)
    layer.says_time(
        Rank.VARIABLE, created, "html data-scrapbook-create", Moment.from_timestamp(found["stamp"]) if found else None
    )
    layer.nodes.update(
        i
        for i, attrs in enumerate(tree.attrs)
        if attrs.get("data-scrapbook-elem") and tree.tags[i] in ("script", "style", "link", "meta")
    )
    return layer


def evernote(clues: Clues) -> Layer | None:
    """A note exported from Evernote that was clipped from the web: ``meta`` elements, or the table above the note."""
    tree = clues.tree
    metas = {tree.attrs[i].get("name", "").lower(): tree.attrs[i].get("content", "") for i in tree.find_all("meta")}
    if not metas.get("exporter-version", "").startswith(("Evernote", "YXBJ")):
        return None
    layer = Layer("evernote")
    layer.says(Rank.VARIABLE, "archive", metas["exporter-version"], "meta exporter-version")
    layer.says_url(Rank.VARIABLE, metas.get("source-url", ""), "meta source-url")
    created = metas.get("created", "")
    layer.says_time(Rank.VARIABLE, created, "meta created", moment_in(created))
    _read_table(clues, layer)
    return layer


def _read_table(clues: Clues, layer: Layer) -> None:
    """Windows' exports have their facts in a table below the title, with no zone: the day is all that is known."""
    tree = clues.tree
    table = tree.find("table")
    if table is None or "Created:" not in tree.text(table):
        return
    cells = [(i, " ".join(tree.text(i).split())) for i in tree.find_all("td", table)]
    if len(cells) > 2 * _TABLE or len(visible(tree, table)) > _TABLE_WORDS:
        return
    for (_, label), (cell, value) in zip(cells[::2], cells[1::2], strict=False):
        if label == "Source:":
            link = next((tree.attrs[i].get("href", "") for i in tree.find_all("a", cell)), value)
            layer.says_url(Rank.NOTICE, link, "the table above the note")
        elif label == "Created:":
            layer.says(Rank.NOTICE, "captured_at", value, "the table above the note")
    layer.nodes.add(table)
