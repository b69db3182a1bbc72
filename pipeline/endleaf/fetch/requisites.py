"""What a page needs to be seen: its images, its styles and its frames, as original URLs, in the page's order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from endleaf.decode import decode
from endleaf.fetch.listed import original
from endleaf.fetch.mementos import Memento
from endleaf.parse import Tree, parse
from endleaf.replay_urls import parse_replay
from endleaf.urls import Base, absolute, base_of

PAGES: Final = frozenset(("text/html", "application/xhtml+xml"))
SHEETS: Final = frozenset(("text/css",))

_SOURCES: Final = (
    ("img", "src"), ("img", "lowsrc"), ("input", "src"), ("frame", "src"), ("iframe", "src"),
    ("body", "background"), ("table", "background"), ("tr", "background"), ("td", "background"), ("th", "background"),
)  # fmt: skip
"""Elements and the attribute that names what is shown in them."""
_RELATIONS: Final = frozenset(("stylesheet", "icon"))
_URL: Final = re.compile(
    r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^)"'\s]*+))|@import\s++(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE
)
_MOST_PAGE: Final = 8 << 20
"""Bytes of a page that are looked at, 8 MiB: no page that a person reads has more."""
_MOST_CSS: Final = 1 << 20
"""Characters of a style sheet that are looked at, 1 MiB."""


def of(memento: Memento) -> list[str]:
    """The original URLs that a capture needs, each once; none for what is no page and no style sheet."""
    kind = memento.media_type
    if memento.status != 200 or not (kind in PAGES or kind in SHEETS) or memento.size > _MOST_PAGE:
        return []
    text, _ = decode(memento.payload()[:_MOST_PAGE], kind)
    if kind in SHEETS:
        base, hrefs = base_of(memento.url), _in_css(text)
    else:
        tree = parse(text)
        base, hrefs = _base(tree, memento.url), _in_page(tree)
    found = (url for href in hrefs if (url := _original(href, base)) and url != memento.url)
    return list(dict.fromkeys(found))


def _base(tree: Tree, url: str) -> Base | None:
    """The page's base: what its base element says, if that is an address (HTML, section 4.2.3)."""
    page = base_of(url)
    for i in tree.find_all("base"):
        if href := tree.attrs[i].get("href"):
            return base_of(_original(href, page)) or page
    return page


def _original(href: str, base: Base | None) -> str | None:
    """The original URL of a reference; in a rewritten page that of the replay URL in it."""
    whole = absolute(href, base)
    replay = parse_replay(whole) or parse_replay(href) if whole else None
    return original(replay.url if replay else whole) if whole else None


def _in_page(tree: Tree) -> Iterator[str]:
    attrs = tree.attrs
    for tag, name in _SOURCES:
        yield from (value for i in tree.find_all(tag) if (value := attrs[i].get(name, "").strip()))
    for i in tree.find_all("link"):
        if _RELATIONS & set(attrs[i].get("rel", "").lower().split()) and attrs[i].get("href"):
            yield attrs[i]["href"]
    for tag in ("img", "source"):
        for i in tree.find_all(tag):
            yield from (part.split()[0] for part in attrs[i].get("srcset", "").split(",") if part.strip())
    for i in tree.find_all("style"):
        yield from _in_css(tree.text(i))
    for each in attrs:
        if "url(" in each.get("style", ""):
            yield from _in_css(each["style"])


def _in_css(text: str) -> Iterator[str]:
    for found in _URL.finditer(text[:_MOST_CSS]):
        href = next((group for group in found.groups() if group), "")
        if href and not href.lower().startswith("data:"):
            yield href
