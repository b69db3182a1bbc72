"""archive.today (.is, .fo, .li, .vn, .md, .ph): its page around a copy, and the bare copy of its download.

It rebuilds a page instead of keeping it: the copy stands in ``#CONTENT``, links
lead through ``/o/HASH/``, and resources are named by their hash alone.
"""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.model import Moment
from endleaf.parse import Tree
from endleaf.replay_hosts import archive_at
from endleaf.replay_urls import parse_replay

_FRAME_WORDS = 2500
"""Characters around the copy: the header's labels, the tab strip, the footer's tools."""
_HEADER_WORDS = 600
"""The same for the header alone."""
_TO_ITSELF = "%23"
_SHORT = re.compile(r"https?://(?P<host>[\w.]+)/(?P<hash>[0-9A-Za-z]{4,10})/?(?:#.*)?")


def recognise(clues: Clues) -> Layer | None:
    """The layer of archive.today, or None."""
    layer = Layer("archive.today")
    content = clues.ids.get("CONTENT")
    if content is not None and "HEADER" in clues.ids and _is_its_page(clues):
        _take_around(clues, layer, content)
    elif not _is_download(clues):
        return None
    _read_head(clues, layer)
    _read_header(clues, layer)
    _read_links(clues, layer)
    return layer


def _is_its_page(clues: Clues) -> bool:
    return "SOLID" in clues.ids or _meta(clues.tree, "og:site_name").startswith("archive.")


def _is_download(clues: Clues) -> bool:
    """The download's page: its canonical link is the short address, and its links lead through /o/HASH/."""
    short = _short_link(clues.tree)
    if not short:
        return False
    code = f"/o/{short.rstrip('/').rpartition('/')[2]}/"
    return any(code in href for href in clues.links) or not clues.links


def _short_link(tree: Tree) -> str:
    for i in tree.find_all("link"):
        href = tree.attrs[i].get("href", "")
        found = _SHORT.fullmatch(href) if tree.attrs[i].get("rel", "").lower() == "canonical" else None
        if found and archive_at(found["host"]) == "archive.today":
            return href
    return ""


def _meta(tree: Tree, name: str) -> str:
    for i in tree.find_all("meta"):
        if (tree.attrs[i].get("property") or tree.attrs[i].get("name", "")) == name:
            return tree.attrs[i].get("content", "")
    return ""


def _take_around(clues: Clues, layer: Layer, content: int) -> None:
    """Everything in the body beside the copy, where that is no longer than the archive's own words."""
    tree = clues.tree
    keep = {content, *tree.ancestors(content)}
    around: set[int] = set()
    k = clues.body + 1
    while k < tree.ends[clues.body]:
        if k in keep and k != content:
            k += 1
            continue
        if k != content:
            around.add(k)
        k = tree.ends[k]
    length = sum(len(visible(tree, i)) for i in around)
    if length <= _FRAME_WORDS and length <= max(_HEADER_WORDS, len(visible(tree, content))):
        layer.nodes |= around
    elif len(visible(tree, clues.ids["HEADER"])) <= _HEADER_WORDS:
        layer.nodes.add(clues.ids["HEADER"])


def _read_head(clues: Clues, layer: Layer) -> None:
    tree = clues.tree
    published = _meta(tree, "article:published_time") or _meta(tree, "article:modified_time")
    if published:
        layer.says_time(
            Rank.VARIABLE, published, "article:published_time", Moment.from_iso(published) or moment_in(published)
        )
    for i in tree.find_all("link"):
        rel, href = tree.attrs[i].get("rel", "").lower(), tree.attrs[i].get("href", "")
        replay = parse_replay(href) if rel in ("bookmark", "canonical") else None
        if replay and replay.archive_id == "archive.today":
            layer.says_replay(Rank.REPLAY_URL, replay, f"link rel={rel}")
        elif rel == "original" and href:
            layer.says_url(Rank.VARIABLE, href, "link rel=original")
    short = _short_link(tree) or _meta(tree, "og:url")
    if _SHORT.fullmatch(short):
        layer.says(Rank.REPLAY_URL, "replay_url", short, "canonical link or og:url", short)


def _read_links(clues: Clues, layer: Layer) -> None:
    """A link to ``#`` comes out as the page's own address and an escaped sign: all that a download says of it."""
    for href in clues.links:
        replay = parse_replay(href) if href.endswith(_TO_ITSELF) else None
        if replay and replay.archive_id == "archive.today":
            layer.says_url(Rank.LINKS, replay.url.removesuffix(_TO_ITSELF), "a link of the page to itself")


def _read_header(clues: Clues, layer: Layer) -> None:
    """The header's search field holds the URL; a row may say where the crawler was redirected from."""
    tree = clues.tree
    header = clues.ids.get("HEADER")
    if header is None:
        return
    words = visible(tree, header)
    layer.says_time(Rank.NOTICE, words[:200], "the header", moment_in(words[:2000]))
    for i in tree.find_all("input", header):
        if tree.attrs[i].get("name") == "q":
            layer.says_url(Rank.VARIABLE, tree.attrs[i].get("value", ""), "the header's field q")
    for i in tree.find_all("time", header):
        stamp = tree.attrs[i].get("datetime", "") or tree.text(i)
        layer.says_time(Rank.VARIABLE, stamp, "the header's time", Moment.from_iso(stamp) or moment_in(stamp))
