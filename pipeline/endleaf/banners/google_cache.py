"""Google's cache: a header above the page, with an id ending in ``google-cache-hdr``; before 2008 words alone."""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import is_bulk
from endleaf.banners.notices import notice_at_start, verbatim

_HEADER = "google-cache-hdr"
_LONGEST = 2000
"""Characters: the header with its tips and its list of search words."""
_URL = re.compile(r"cache of\s+(?P<url>\S+?)\.?(?=\s|$)")
_DATE = re.compile(r"(?:as it appeared on|as retrieved on)\s+(?P<date>[^.]+)")
_OLD = re.compile(
    r"This\s+is\s+(?:the\s+)?(?:G\s?o\s?o\s?g\s?l\s?e\s*'s\s+)?cache\s+of\s+(?P<url>\S+?)\.?"
    r"(?:\s+(?:as\s+retrieved\s+on|as\s+it\s+appeared\s+on)\s+(?P<date>[^.]+?GMT))?\s*\.(?=\s)",
)
_MORE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"G\s?o\s?o\s?g\s?l\s?e\s*'s\s+cache\s+is\s+the\s+snapshot\s+that\s+we\s+took\s+of\s+the\s+page\s+as\s+we\s+crawled\s+the\s+web\s*\.",
        r"It\s+is\s+a\s+snapshot\s+of\s+the\s+page\s+as\s+it\s+appeared\s+on\s+[^.]{6,40}\.",
        r"The\s+(?:current\s+)?page\s+(?:may|could)\s+have\s+changed\s+(?:since\s+that\s+time|in\s+the\s+meantime)\s*\.(?:\s*Click\s+here\s+for\s+the\s+current\s+page\s+without\s+highlighting\s*\.)?",
        r"This\s+cached\s+page\s+may\s+reference\s+images\s+which\s+are\s+no\s+longer\s+available\s*\.(?:\s*Click\s+here\s+for\s+the\s+cached\s+text\s+only\s*\.)?",
        r"To\s+link\s+to\s+or\s+bookmark\s+this\s+page,\s+use\s+the\s+following\s+url:\s*\S+",
        r"Google\s+is\s+(?:not|neither)\s+affiliated\s+with\s+the\s+authors\s+of\s+this\s+page\s+nor\s+responsible\s+for\s+its\s+content\s*\.",
        r"These\s+(?:search\s+)?terms\s+(?:have\s+been|are)\s+highlighted:[^\n]{0,200}",
        r"Learn\s+more\s*\.?",
    )
)


def recognise(clues: Clues) -> Layer | None:
    """The layer of Google's cache, or None."""
    header = next((i for name, i in clues.ids.items() if name.endswith(_HEADER)), None)
    if header is not None:
        text = visible(clues.tree, header)
        if len(text) <= _LONGEST and not is_bulk(clues, header, text):
            return _of_header(clues, header)
    notice = notice_at_start(clues, _OLD, _MORE)
    if notice is None:
        return None
    layer = Layer("google-cache")
    layer.notice, layer.nodes, layer.texts = notice.paragraphs, set(notice.nodes), notice.texts
    _say(layer, notice.match["url"], notice.match["date"] or _later_date(notice.paragraphs))
    return layer


def _of_header(clues: Clues, header: int) -> Layer:
    tree = clues.tree
    layer = Layer("google-cache")
    layer.nodes.add(header)
    text = visible(tree, header)
    layer.notice = tuple(words for i in tree.children(header) if (words := verbatim(tree, i)))
    link = next((tree.attrs[i].get("href", "") for i in tree.find_all("a", header)), "")
    url, date = _URL.search(text), _DATE.search(text)
    _say(layer, link or (url["url"] if url else ""), date["date"] if date else "")
    return layer


def _later_date(paragraphs: tuple[str, ...]) -> str:
    found = _DATE.search(" ".join(paragraphs))
    return found["date"] if found else ""


def _say(layer: Layer, url: str, date: str) -> None:
    layer.says_url(Rank.NOTICE, url, "the header")
    if date:
        layer.says_time(Rank.NOTICE, date, "the header", moment_in(date))
