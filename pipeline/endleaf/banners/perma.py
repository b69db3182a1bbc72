"""Perma.cc: a frame page around the copy; the copy itself is at perma-archives.org or in a replay frame."""

from __future__ import annotations

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.replay_urls import parse_replay

_WORDS = "Perma.cc record"
_FRAME_WORDS = 1500
"""Characters: the record's header and details. More than that is a page."""


def recognise(clues: Clues) -> Layer | None:
    """The layer of a Perma.cc record, or None."""
    frame = _frame(clues)
    source = clues.ids.get("source_url")
    says_so = source is not None or _WORDS in clues.opening(400)
    if frame is None and not (source is not None and _WORDS in visible(clues.tree, clues.body)):
        return None
    if not says_so and frame is None:
        return None
    layer = Layer("perma")
    tree = clues.tree
    if frame is not None:
        _read_frame(layer, tree.attrs[frame].get("src", ""))
    if source is not None:
        url = tree.attrs[source].get("href") or tree.attrs[source].get("value") or visible(tree, source)
        layer.says_url(Rank.VARIABLE, url, "#source_url")
    for i, attrs in enumerate(tree.attrs):
        if "creation" in attrs.get("class", "").split():
            text = visible(tree, i)
            layer.says_time(Rank.NOTICE, text, ".creation", moment_in(text))
            break
    _take(clues, layer, frame)
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


def _take(clues: Clues, layer: Layer, frame: int | None) -> None:
    tree = clues.tree
    if tree.tags[clues.body] == "body" and len(visible(tree, clues.body)) <= _FRAME_WORDS:
        layer.nodes.update(tree.children(clues.body))
    elif frame is not None:
        layer.nodes.add(frame)
