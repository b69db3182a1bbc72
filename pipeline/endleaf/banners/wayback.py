"""The Internet Archive's Wayback Machine, all its generations; and OpenWayback, which grew from it.

Both put the same toolbar and the same kinds of comment into a page. Whose it
is, the host of the replay says, or the archive that the comment names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from endleaf.banners.clues import Clues, visible
from endleaf.banners.dates import moment_in
from endleaf.banners.javascript import quoted, unescaped
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import blocks, comments, take_block, take_element, take_frame, take_scripts, take_sheets
from endleaf.model import Moment
from endleaf.replay_hosts import archive_of
from endleaf.replay_urls import parse_replay

_SOURCES = re.compile(
    r"archive\.org/includes/|/_?static/js/(?:ait-client-rewrite|wbhack|playback\.bundle|bundle-playback|wombat|timestamp"
    r"|graph-calc|auto-complete|toolbar|disclaim|ruffle|jwplayer|client-rewrite)|/js/(?:disclaim-element|graph-calc"
    r"|client-rewrite)\.js|(?:^|_files/)(?:bundle-playback|playback\.bundle|ait-client-rewrite|wbhack|ruffle)[^/]*\.js"
)
_CODE = re.compile(
    r"\b__wm\.|__wbhack\.init|WB_wombat_Init|archive_analytics\.|sWayBackCGI|\bwbCurrentUrl\b|\bwmNotice\b|RufflePlayer\s*="
)
_STATIC = re.compile(r"^(?:(?:https?:)?//web(?:-static)?\.archive\.org)?/_?static/")
"""The root of the archive's own files: a page's own are rewritten to stand under a timestamp."""
_SHEETS = re.compile(r"(?:/_?static/css/|_files/|^)(?:banner-styles|iconochive|styles\.wayback)[^/]*\.css")

_WOMBAT = re.compile(
    rf"__wm\.wombat\(\s*{quoted('url')}\s*,\s*{quoted('ts')}(?:\s*,\s*{quoted('base')}\s*,\s*{quoted('coll')})?"
)
_TOOLBAR_CALL = re.compile(rf"__wm\.bt\([\d\s,]*{quoted('coll')},\s*{quoted('url')},\s*{quoted('ts')}")
_INIT = re.compile(rf"WB_wombat_Init\(\s*{quoted('prefix')}\s*,\s*{quoted('ts')}")
_CGI = re.compile(r"""sWayBackCGI\s*=\s*["'](?P<prefix>[^"'\s]*?/)(?P<ts>\d{4,14})/["']""")
_CURRENT = re.compile(rf"\bwbCurrentUrl\s*=\s*{quoted('url')}")
_CALLS = {"__wm.wombat": _WOMBAT, "__wm.bt": _TOOLBAR_CALL, "WB_wombat_Init": _INIT, "sWayBackCGI": _CGI}
_READ = 20_000
"""Characters of a script that are read: the archive's own are short."""
_NOTICE = re.compile(rf"\bwmNotice\s*=\s*{quoted('notice')}")
_NOTICE_FACTS = re.compile(r"Url:\s*(?P<url>\S+?),?\s+time:\s*(?P<time>[^<\"']+)", re.IGNORECASE)
_ARCHIVED = re.compile(
    r"FILE ARCHIVED ON (?P<taken>.{4,60}?) AND RETRIEVED FROM (?P<who>.{4,60}?) ON (?P<got>.{4,60}?)\.(?:\s|$)"
)
_INSERTED = ("wm-ipp-base", "wm-ipp", "wm-ipp-print", "wm-ipp-disclaimer")
_INSERTED_TOO = ("donato",)
"""Ids that are the archive's only where other marks are."""
_REDIRECT = re.compile(r"Got an HTTP 3\d\d response at crawl time")
_REDIRECTED = re.compile(r"(?P<url>https?://\S+) \| (?P<time>[^|]*?\d{4})\b")
_REDIRECT_WORDS = 800
"""Characters: what the page of a redirect says, the two URLs among it."""
_COMMENTS = ("End Wayback Rewrite JS Include", "FILE ARCHIVED ON", "playback timings")


def recognise(clues: Clues) -> Layer | None:
    """The layer of a Wayback Machine or an OpenWayback, or None."""
    layer = Layer("openwayback")
    if not _take(clues, layer) and not _read_redirect(clues, layer):
        return None
    hosts = [*_read_scripts(clues, layer), *_read_toolbar(clues, layer), *_read_comments(clues, layer)]
    layer.archive_id = next((host for host in hosts if host), "openwayback")
    _read_disclaimer(clues, layer)
    _name_copy(layer)
    return layer


def _read_redirect(clues: Clues, layer: Layer) -> bool:
    """The page that stands for a redirect: no content here, a link to where it is."""
    words = clues.opening(_REDIRECT_WORDS)
    if not layer.nodes or clues.size > _REDIRECT_WORDS or not _REDIRECT.search(words):
        return False
    target = next((replay for href in clues.links if (replay := parse_replay(href))), None)
    if target is None:
        return False
    layer.archive_id = "wayback"
    if found := _REDIRECTED.search(words):
        layer.says_url(Rank.NOTICE, found["url"], "the redirect's page")
        layer.says_time(Rank.NOTICE, found["time"], "the redirect's page", moment_in(found["time"]))
    layer.content_at = target.view if target.host else "https://web.archive.org" + target.view
    take_frame(clues, layer, None, _REDIRECT_WORDS)
    return True


def _take(clues: Clues, layer: Layer) -> bool:
    """Take what the archive put in; whether any of it is the archive's alone.

    Pages of archive.org itself load its analytics too, so scripts alone prove
    nothing unless they state a capture.
    """
    for begin, end in blocks(clues, "BEGIN WAYBACK TOOLBAR INSERT", "END WAYBACK TOOLBAR INSERT"):
        take_block(clues, layer, begin, end)
    for name in _INSERTED:
        if name in clues.ids:
            take_element(clues, layer, clues.ids[name])
    for words in _COMMENTS:
        layer.nodes.update(comments(clues, words))
    certain = bool(layer.nodes)
    scripts = take_scripts(clues, layer, _SOURCES, _CODE)
    stated = (_WOMBAT, _INIT, _CGI, _CURRENT, _NOTICE)
    certain = certain or any(form.search(code) for i, _, code in clues.scripts if i in scripts for form in stated)
    if certain:
        take_scripts(clues, layer, _STATIC)
        take_sheets(clues, layer, _SHEETS)
        for name in _INSERTED_TOO:
            if name in clues.ids:
                take_element(clues, layer, clues.ids[name])
    return certain


def _read_scripts(clues: Clues, layer: Layer) -> list[str | None]:
    """What the replay's own variables say; the archives that their prefixes stand on."""
    hosts: list[str | None] = []
    for i, source, code in clues.scripts:
        if i not in layer.nodes:
            continue
        if "archive.org/includes" in source or "archive_analytics" in code:
            hosts.append("wayback")
        for name, form in _CALLS.items():
            hosts += [_read_call(layer, call.groupdict(), name) for call in form.finditer(code[:_READ])]
        if found := _CURRENT.search(code[:_READ]):
            layer.says_url(Rank.VARIABLE, unescaped(found["url"]), "wbCurrentUrl")
    return hosts


def _read_call(layer: Layer, parts: dict[str, str | None], name: str) -> str | None:
    url, stamp = unescaped(parts.get("url") or ""), parts["ts"] or ""
    prefix = unescaped(parts.get("prefix") or "")
    if parts.get("base"):
        prefix = f"{unescaped(parts['base'] or '')}{parts['coll']}/"
    if url:
        layer.says_url(Rank.VARIABLE, url, name)
    layer.says_time(Rank.VARIABLE, stamp, name, Moment.from_timestamp(stamp))
    if not prefix:
        return None
    if url:
        view = f"{prefix}{stamp}/{url}"
        layer.says(Rank.VARIABLE, "replay_url", view, name, view)
    else:
        layer.says(Rank.VARIABLE, "archive", prefix, name)
    return archive_of(prefix)


def _read_toolbar(clues: Clues, layer: Layer) -> list[str | None]:
    """What the toolbar's own form and links say."""
    hosts: list[str | None] = []
    tree = clues.tree
    for top in sorted(layer.nodes):
        if tree.attrs[top].get("id") == "wm-ipp-base":
            layer.says(Rank.VARIABLE, "archive", visible(tree, top)[:200], "the toolbar's words")
        for i in range(top, tree.ends[top]):
            if tree.tags[i] == "input":
                _read_field(layer, tree.attrs[i])
            elif tree.attrs[i].get("id") == "wm-ipp-print":
                replay = parse_replay(tree.text(i).rpartition(" ")[2].strip())
                if replay:
                    layer.says_replay(Rank.VARIABLE, replay, "the toolbar's line for print")
                    hosts.append(replay.archive_id)
            elif tree.tags[i] == "a" and (link := parse_replay(tree.attrs[i].get("href", ""))):
                hosts.append(link.archive_id)
    return hosts


def _read_field(layer: Layer, attrs: Mapping[str, str]) -> None:
    value = attrs.get("value", "")
    if attrs.get("name") == "url":
        layer.says_url(Rank.VARIABLE, value, "the toolbar's field wmtbURL")
    elif attrs.get("name") == "date":
        layer.says_time(Rank.VARIABLE, value, "the toolbar's field date", Moment.from_timestamp(value))


def _read_comments(clues: Clues, layer: Layer) -> list[str | None]:
    """The archive's comment; before about 2010 it stood within the archive's script."""
    hosts: list[str | None] = []
    texts = [clues.tree.texts[i] for i in comments(clues, "FILE ARCHIVED ON")]
    texts += [code for i, _, code in clues.scripts if i in layer.nodes and "FILE ARCHIVED ON" in code]
    for text in texts:
        found = _ARCHIVED.search(re.sub(r"\s*\n\s*(?://)?\s*", " ", text[:_READ]))
        if found:
            taken, got = found["taken"], found["got"]
            layer.says_time(Rank.COMMENT, taken, "the comment FILE ARCHIVED ON", moment_in(taken))
            layer.says(Rank.COMMENT, "retrieved_at", got, "the comment FILE ARCHIVED ON", moment_in(got))
            hosts.append("wayback" if "INTERNET ARCHIVE" in found["who"] else None)
    return hosts


def _read_disclaimer(clues: Clues, layer: Layer) -> None:
    """OpenWayback's disclaimer, which its script writes into the page; a saved page may hold it written."""
    texts = [found["notice"] for i, _, code in clues.scripts if i in layer.nodes and (found := _NOTICE.search(code))]
    texts += [clues.tree.text(clues.ids[name]) for name in ("wm-ipp-disclaimer", "wmNotice") if name in clues.ids]
    for text in texts:
        plain = " ".join(re.sub(r"<[^>]*>", " ", unescaped(text)).split())
        layer.notice = layer.notice or (plain,)
        if found := _NOTICE_FACTS.search(plain):
            layer.says_url(Rank.NOTICE, found["url"], "the disclaimer")
            layer.says_time(Rank.NOTICE, found["time"], "the disclaimer", moment_in(found["time"]))


def _name_copy(layer: Layer) -> None:
    """The Wayback Machine's address for the copy, where the page states its parts and not the whole."""
    if layer.archive_id != "wayback" or layer.replay_url:
        return
    url, moment = layer.url, layer.captured_at
    if url and moment and moment.precision == "second":
        view = f"https://web.archive.org/web/{moment.timestamp}/{url}"
        layer.says(Rank.LINKS, "replay_url", view, "made from the URL and the time", view)
