"""SolrWayback: a toolbar after the page, links through ``/services/web/TS/``, resources by file and offset."""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import blocks, take_block, take_element
from endleaf.model import Moment
from endleaf.replay_urls import parse_replay

_LINK = re.compile(r"/services/web/(?P<ts>\d{4,14})/https?:/")
_RESOURCE = "downloadRaw?source_file_path="
_VIEW = "/services/view?source_file_path="
_FACT = re.compile(
    r"(?:Harvest date|Harvested):\s*(?P<date>[\d:T.Z -]{8,30})|\bUrl:\s*(?P<url>https?://\S+)", re.IGNORECASE
)
_SOURCES = ("src", "href", "background", "style")


def recognise(clues: Clues) -> Layer | None:
    """The layer of a SolrWayback, or None."""
    tree = clues.tree
    layer = Layer("solrwayback")
    for begin, end in blocks(clues, "BEGIN SOLRWAYBACK", "END SOLRWAYBACK"):
        take_block(clues, layer, begin, end)
    modal = clues.ids.get("tegModal")
    if modal is not None:
        _read(layer, visible(tree, modal))
        take_element(clues, layer, modal)
    links = [href for href in _addresses(clues) if "/services/" in href]
    stamps = {found["ts"] for href in links for found in _LINK.finditer(href)}
    resources = any(_RESOURCE in href or _VIEW in href for href in links)
    if not (layer.nodes or resources or stamps):
        return None
    for stamp in sorted(stamps)[:3] if len(stamps) == 1 else ():
        layer.says_time(Rank.LINKS, stamp, "the links", Moment.from_timestamp(stamp))
    first = next((replay for href in links if (replay := parse_replay(href))), None)
    if first:
        layer.says(Rank.LINKS, "archive", first.prefix, "the links")
    layer.nodes.update(_added_referrers(clues) if layer.nodes else ())
    return layer


def _addresses(clues: Clues) -> list[str]:
    """Every address text of the page, in styles and scripts too."""
    found = [attrs[name] for attrs in clues.tree.attrs if attrs for name in _SOURCES if name in attrs]
    found += [code for _, _, code in clues.scripts]
    found += [clues.tree.text(i) for i in clues.tree.find_all("style")]
    return found


def _read(layer: Layer, text: str) -> None:
    for found in _FACT.finditer(text):
        if found["date"]:
            layer.says_time(Rank.VARIABLE, found["date"].strip(), "the toolbar", moment_in(found["date"]))
        else:
            layer.says_url(Rank.VARIABLE, found["url"], "the toolbar")


def _added_referrers(clues: Clues) -> list[int]:
    tree = clues.tree
    return [i for i in tree.find_all("meta") if tree.attrs[i].get("name") == "referrer"]
