"""What in a page may be an archive's or a saver's, gathered in one quick look.

Most pages hold nothing of the kind, so the look is cheap: comments, the heads
of scripts, frames, links, the document's first words, and the record. Where it
finds nothing, no recogniser is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from endleaf.links import own_replays
from endleaf.model import Capture, Evidence, Http
from endleaf.parse import COMMENT, TEXT, Tree
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import Replay, parse_replay

INVISIBLE = frozenset({"script", "style", "template", "link", "meta", "base", "title"})
"""Elements whose text no reader of the page sees."""
_NOT_FIRST = INVISIBLE | {"noscript", "iframe"}
"""Elements that a notice may stand below and yet be the first that a reader sees."""

_COMMENT_MARKS = re.compile(
    r"\s*(?:BEGIN |END |End |/)?(?:W(?:AYBACK|ayback|B Insert)|SOLRWAYBACK|FILE ARCHIVED ON|playback timings|NLA extras"
    r"|saved from url=|Page saved with SingleFile|Archive processed by SingleFile|Mirrored from |Added by HTTrack"
    r"|Copied from |Saved from )"
)
_SCRIPT_MARKS = (
    "wbinfo", "__wm.", "WB_wombat_Init", "__wbhack", "archive_analytics", "WayBackCGI", "ContentFrame(", "VueUI.main(",
    "ARQUIVO.", "wmNotice", "wbCurrentUrl", "/services/web/", "downloadRaw?",
)  # fmt: skip
_SOURCE_MARKS = ("wombat", "wb_frame", "archive.org/", "/_static/js/", "client-rewrite", "downloadRaw?")
FIRST_WORDS = re.compile(
    r"This (?:snapshot|is )|The (?:National Archives|Wayback Machine)|UK Government Web Archive|You are viewing"
    r"|Close|Hide|\[?[xX×]\]?\s"
)
"""What every notice that is known by its words begins with."""
_FRAMES = frozenset({"theWebpage", "replay_iframe"})
_IDS = re.compile(r"wm-ipp|HEADER\Z|.*google-cache-hdr\Z|tegModal|_wb_|wb_", re.DOTALL)
_OWN_NAMES = frozenset({"canonical", "bookmark", "og:url"})
_SAVERS_NAMES = frozenset({"savepage-url", "savepage-version", "exporter-version"})
_HEAD_OF_SCRIPT = 400
"""Characters: a replay's own scripts show their mark within the first lines."""
_LOOK = 200
"""Nodes of the body within which an archive's own words or elements begin."""
_SAMPLE = 30
"""Links that are looked at: where a rewriter was at work it rewrote them all."""


class Clues:
    """A page, its capture, and what a recogniser looks at."""

    def __init__(self, tree: Tree, capture: Capture) -> None:
        self.tree = tree
        self.capture = capture
        self.gone: set[int] = set()
        """Subtrees that belong to layers found so far."""
        texts = tree.texts
        self.comments = [i for i in tree.find_all(COMMENT) if _COMMENT_MARKS.match(texts[i])]
        """Comments with an archive's or a saver's words."""
        self.body = tree.find("body") or 0

    @cached_property
    def any(self) -> bool:
        """Whether there is anything to recognise: False for nearly every page of a crawl."""
        return bool(
            self.comments
            or self._marked_scripts()
            or self._marked_opening()
            or self._marked_frame()
            or self._marked_links()
            or self._marked_root()
            or self.emptied
            or self.capture.provenance.source.endswith(".orig")
            or self._marked_record()
        )

    def _marked_scripts(self) -> bool:
        tree = self.tree
        sources: list[str] = []
        codes: list[str] = []
        for i in tree.find_all("script"):
            source = tree.attrs[i].get("src")
            if source:
                sources.append(source[:200])
            elif tree.ends[i] > i + 1:
                codes.append(tree.texts[i + 1][:_HEAD_OF_SCRIPT])
        codes += [tree.texts[i + 1][:_HEAD_OF_SCRIPT] for i in tree.find_all("style") if tree.ends[i] > i + 1]
        source, code = "\n".join(sources), "\n".join(codes)
        return any(mark in source for mark in _SOURCE_MARKS) or any(mark in code for mark in _SCRIPT_MARKS)

    def _marked_opening(self) -> bool:
        """Whether the body begins with an element or with words of an archive's."""
        tags, texts, attrs = self.tree.tags, self.tree.texts, self.tree.attrs
        first: list[str] = []
        i, end = self.body, min(self.body + _LOOK, len(tags))
        while i < end and len(first) < 3:
            tag = tags[i]
            if tag == TEXT:
                if not texts[i].isspace():
                    first.append(texts[i][:80])
            elif tag in _NOT_FIRST:
                i = self.tree.ends[i]
                continue
            elif "id" in attrs[i] and _IDS.match(attrs[i]["id"]):
                return True
            i += 1
        return FIRST_WORDS.match(" ".join(" ".join(first).split())) is not None

    def _marked_frame(self) -> bool:
        attrs = self.tree.attrs
        return any(
            attrs[i].get("id") in _FRAMES or "perma" in attrs[i].get("src", "") for i in self.tree.find_all("iframe")
        )

    def _marked_links(self) -> bool:
        attrs = self.tree.attrs
        for i in islice(self.tree.find_all("a"), _SAMPLE):
            href = attrs[i].get("href", "")
            if "/http" in href and parse_replay(href):
                return True
            if "tppabs" in attrs[i]:
                return True
        return any("tppabs" in attrs[i] for i in islice(self.tree.find_all("img"), _SAMPLE)) or any(
            self._names_archive(i) for i in (*self.tree.find_all("link"), *self.tree.find_all("meta"))
        )

    def _names_archive(self, i: int) -> bool:
        """Whether a head element gives an address of an archive as the page's own, or is a saver's."""
        attrs = self.tree.attrs[i]
        name = (attrs.get("rel") or attrs.get("property") or attrs.get("name") or "").lower()
        if name in _SAVERS_NAMES:
            return True
        if name not in _OWN_NAMES:
            return False
        url = attrs.get("href") or attrs.get("content") or ""
        return archive_of(url) is not None or parse_replay(url) is not None

    def _marked_record(self) -> bool:
        url, http = self.capture.url, self.capture.http
        told = (url and parse_replay(url)) or self.source or self.saver or (http and self._marked_head(http))
        return bool(told or self.fetched or self.path_replay)

    def _marked_root(self) -> bool:
        html = self.tree.find("html")
        return html is not None and any(name.startswith("data-scrapbook-") for name in self.tree.attrs[html])

    def _marked_head(self, http: Http) -> bool:
        return any(name.lower().startswith(("memento-datetime", "x-archive-orig-")) for name, _ in http.headers)

    # ------------------------------------------------------- what recognisers ask

    @cached_property
    def source(self) -> str:
        """The archive's address that the record says it was fetched from (WARC-Source-URI); empty if it says none."""
        stated = next((value for name, value in self.capture.provenance.crawl if name == "WARC-Source-URI"), "")
        return stated if stated and (archive_of(stated) or parse_replay(stated)) else ""

    @cached_property
    def emptied(self) -> list[int]:
        """The ``base`` elements with an address of no letters."""
        attrs = self.tree.attrs
        return [i for i in self.tree.find_all("base") if attrs[i].get("href") == ""]

    @cached_property
    def saver(self) -> tuple[Evidence, ...]:
        """What a file that holds a page and its parts says of the program that saved them."""
        return tuple(each for each in self.capture.provenance.evidence if each.what == "archive")

    @cached_property
    def fetched(self) -> dict[str, str]:
        """The fields of the warcinfo record of a file that ``endleaf fetch`` wrote, names in lower case; else empty."""
        told = {name.lower(): value for name, value in reversed(self.capture.provenance.warcinfo)}
        return told if told.get("software", "").startswith("endleaf/") and "archive" in told else {}

    @cached_property
    def path_replay(self) -> Replay | None:
        """The replay URL that the file's own path spells, as mirrors of an archive lay files out."""
        parts = re.split(r"[/\\!]", self.capture.provenance.source)
        for at, part in enumerate(parts[:-1]):
            if "." in part and (found := parse_replay("http://" + "/".join(parts[at:]))):
                return found if found.archive_id else None
        return None

    @cached_property
    def scripts(self) -> list[tuple[int, str, str]]:
        """Every script: its index, source, and text."""
        tree = self.tree
        return [(i, tree.attrs[i].get("src", ""), tree.text(i)) for i in tree.find_all("script")]

    @cached_property
    def ids(self) -> dict[str, int]:
        """The first element of each id."""
        found: dict[str, int] = {}
        for i, attrs in enumerate(self.tree.attrs):
            if "id" in attrs:
                found.setdefault(attrs["id"], i)
        return found

    @cached_property
    def own(self) -> list[Replay]:
        """What the page names as its own URL, where that is a replay URL."""
        return list(own_replays(self.tree))

    @cached_property
    def links(self) -> list[str]:
        """Every link of the page but those within itself."""
        attrs = self.tree.attrs
        hrefs = (attrs[i].get("href", "").strip() for i in self.tree.find_all("a"))
        return [href for href in hrefs if href and not href.startswith("#")]

    @cached_property
    def size(self) -> int:
        """Characters that a reader sees."""
        return len(visible(self.tree, self.body))

    def words(self) -> Iterator[tuple[int, str]]:
        """The text nodes that a reader sees, from the start of the body, those of known layers left out."""
        tree, gone = self.tree, self.gone
        i = self.body
        while i < len(tree):
            if i in gone or tree.tags[i] in _NOT_FIRST:
                i = tree.ends[i]
                continue
            if tree.tags[i] == TEXT:
                yield i, tree.texts[i]
            i += 1

    def opening(self, size: int) -> str:
        """About the first ``size`` characters that a reader sees."""
        found: list[str] = []
        for _, text in self.words():
            if text.strip():
                found.append(text[:size])
                size -= len(text)
            if size <= 0:
                break
        return " ".join(" ".join(found).split())


def visible(tree: Tree, i: int) -> str:
    """The words of a subtree that a reader sees, white space collapsed."""
    found: list[str] = []
    k, end = i, tree.ends[i]
    while k < end:
        tag = tree.tags[k]
        if tag in INVISIBLE:
            k = tree.ends[k]
            continue
        if tag == TEXT:
            found.append(tree.texts[k])
        k += 1
    return " ".join(" ".join(found).split())
