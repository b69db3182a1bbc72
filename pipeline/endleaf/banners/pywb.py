"""pywb and the archives that run it: Arquivo.pt, Stanford, the Australian Web Archive, the British Library, UKGWA …

The copy itself carries a block of scripts (``WB Insert``) with its facts in
variables; a top frame carries the banner and no content at all.
"""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues
from endleaf.banners.javascript import quoted, unescaped
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import blocks, comments, take_block, take_element, take_frame, take_scripts
from endleaf.model import Moment
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import parse_replay

_SOURCES = re.compile(
    r"(?:^|/)(?:wombat(?:Workers|ProxyMode)?|wb_frame|default_banner|vueui|loading-spinner|loadWabac|autoFetchWorker)\.js"
)
_CODE = re.compile(
    r"\bwbinfo\s*=|\bwbinfo\.|_WBWombat|new ContentFrame\(|VueUI\.main\(|\bARQUIVO\.\w+\(|window\.banner_info\s*="
)
_VARIABLE = re.compile(
    r"wbinfo\.(?P<name>top_url|url|capture_url|timestamp|prefix|coll)\s*=\s*(?:decodeURI(?:Component)?\()?\s*"
    + quoted("value")
)
_FIELD = re.compile(r"""["']?\b(?P<name>url|prefix|request_ts|timestamp)["']?\s*:\s*""" + quoted("value"))
_FRAME_CALLS = ("new ContentFrame(", "VueUI.main(")
_BANNERS = ("_wb_frame_top_banner", "_wb_plain_banner", "_wb_capture_info")
_FRAME_WORDS = 400
"""Characters: a frame page shows a banner and a warning or two; more than that is a page."""


def recognise(clues: Clues) -> Layer | None:
    """The layer of a pywb, named after the archive whose prefix it states, or None."""
    layer = Layer("pywb")
    for begin, end in blocks(clues, "WB Insert", "End WB Insert"):
        take_block(clues, layer, begin, end)
    scripts = take_scripts(clues, layer, _SOURCES, _CODE)
    facts = _facts(clues, scripts)
    if not facts.get("url"):
        return None
    layer.nodes.update(comments(clues, "NLA extras"))
    for name in _BANNERS:
        if name in clues.ids:
            take_element(clues, layer, clues.ids[name])
    _read(layer, facts)
    if _is_frame(clues, scripts):
        _take_frame(clues, layer, facts)
    return layer


def _facts(clues: Clues, scripts: set[int]) -> dict[str, str]:
    """What the scripts state, under the names of wbinfo; the first statement counts."""
    facts: dict[str, str] = {}
    for i, _, code in clues.scripts:
        if i not in scripts:
            continue
        for found in _VARIABLE.finditer(code[:20_000]):
            facts.setdefault(found["name"], unescaped(found["value"]))
        for call in _FRAME_CALLS:
            at = code.find(call)
            if at >= 0:
                for found in _FIELD.finditer(code, at, at + 1500):
                    facts.setdefault(found["name"], unescaped(found["value"]))
    facts.setdefault("url", facts.get("capture_url", ""))
    facts.setdefault("timestamp", facts.get("request_ts", ""))
    return facts


def _read(layer: Layer, facts: dict[str, str]) -> None:
    url, stamp, prefix = facts["url"], facts["timestamp"], facts.get("prefix", "")
    layer.says_url(Rank.VARIABLE, url, "wbinfo.url")
    if stamp:
        layer.says_time(Rank.VARIABLE, stamp, "wbinfo.timestamp", Moment.from_timestamp(stamp))
    top = facts.get("top_url", "")
    if replay := parse_replay(top):
        layer.says(Rank.VARIABLE, "replay_url", top, "wbinfo.top_url", replay.view)
    elif "//" in prefix:
        view = f"{prefix}{stamp or '*'}/{url}"
        layer.says(Rank.VARIABLE, "replay_url", view, "wbinfo.prefix", view)
    layer.archive_id = archive_of(prefix or top) or "pywb"


def _is_frame(clues: Clues, scripts: set[int]) -> bool:
    return "replay_iframe" in clues.ids or any(
        call in code for i, _, code in clues.scripts if i in scripts for call in _FRAME_CALLS
    )


def _take_frame(clues: Clues, layer: Layer, facts: dict[str, str]) -> None:
    """A frame holds no content: all of its body is the archive's, if it is as short as a frame's."""
    if facts.get("prefix"):
        layer.content_at = f"{facts['prefix']}{facts['timestamp']}mp_/{facts['url']}"
    take_frame(clues, layer, clues.ids.get("replay_iframe"), _FRAME_WORDS)
