"""Perma.cc: a frame page around the copy; the copy itself is at perma-archives.org or in a replay frame."""

from __future__ import annotations

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import take_frame
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import parse_replay

_WORDS = "Perma.cc record"
_FRAME_WORDS = 600
"""Characters: the record's header and details. More than that is a page."""


def recognise(clues: Clues) -> Layer | None:
    """The layer of a Perma.cc record, or None: a page of its own words, not one that shows a record in a frame."""
    tree = clues.tree
    source = clues.ids.get("source_url")
    if _WORDS not in clues.opening(_FRAME_WORDS) and archive_of(clues.capture.url or "") != "perma":
        return None
    layer = Layer("perma")
    frame = _frame(clues)
    if frame is not None:
        _read_frame(layer, tree.attrs[frame].get("src", ""))
    if source is not None:
        url = tree.attrs[source].get("href") or tree.attrs[source].get("value") or visible(tree, source)
        layer.says_url(Rank.VARIABLE, url, "#source_url")
    created = next((i for i, attrs in enumerate(tree.attrs) if "creation" in attrs.get("class", "").split()), None)
    if created is not None:
        text = visible(tree, created)
        layer.says_time(Rank.NOTICE, text, ".creation", moment_in(text))
    if not layer.claims:
        return None
    take_frame(clues, layer, frame, _FRAME_WORDS)
    return layer


def _frame(clues: Clues) -> int | None:
    tree = clues.tree
    for i in tree.find_all("iframe"):
        src = tree.attrs[i].get("src", "")
        if "perma-archives.org/" in src or "perma.cc/" in src:
            return i
    return None


def _read_frame(layer: Layer, source: str) -> None:
    layer.content_at = "https:" + source if source.startswith("//") else source
    if replay := parse_replay(layer.content_at):
        layer.says_replay(Rank.REPLAY_URL, replay, "the frame's source")
