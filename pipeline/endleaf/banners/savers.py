"""The programs that save pages or mirror sites, and leave a comment or attributes of their own in each page."""

from __future__ import annotations

import re

from endleaf.banners.clues import Clues
from endleaf.banners.dates import moment_in
from endleaf.banners.layers import Layer, Rank
from endleaf.banners.marked import comments
from endleaf.parse import TEXT

_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{1,6}\)(?P<url>\S+)\s*\Z")
_MAIL = frozenset({"http://internet.e-mail", "http://internet.e-mail/"})
"""What a browser wrote for a page that came by mail."""
_SINGLEFILE = re.compile(r"\s*(?:Page saved with SingleFile|Archive processed by SingleFile)")
_SINGLEFILE_URL = re.compile(r"^[ \t]*url:[ \t]*(?P<url>\S+)", re.MULTILINE)
_SINGLEFILE_DATE = re.compile(r"^[ \t]*saved date:[ \t]*(?P<date>.{4,100}?)[ \t]*$", re.MULTILINE)
_MIRRORED = re.compile(
    r"\s*Mirrored from (?P<url>.{1,4000}?) by HTTrack Website Copier(?:/\S{0,20})?(?: \[[^\]]{0,60}\])?,"
    r" *(?P<date>.{4,60}?)\s*\Z"
)
_COPIED = re.compile(r"\s*Copied from (?P<url>\S{1,4000}) by Cyotek WebCopy(?: [\d.]{1,20})?, *(?P<date>.{4,80}?)\s*\Z")
_CLOCK = re.compile(r",? *\d{1,2}:\d\d.*")
"""WebCopy writes its user's own time and names no zone: the day is all that is known."""
_HTTRACK_ADDED = "Added by HTTrack"
_HOST = re.compile(r"(?:(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18}|\d{1,3}(?:\.\d{1,3}){3})(?:[:+]\d{1,5})?", re.IGNORECASE)
"""A folder that wget names after a host; Windows has no colon in names."""
_TWIN = ".orig"
_ADDED = re.compile(r"(\.(?:php\d?|aspx?|jsp|cgi|pl|cfm|shtml)(?:[?@].*)?)\.html\Z", re.IGNORECASE)
"""What ``-E`` puts behind a name that is no HTML's."""
_LINKING = {
    "img": "src", "input": "src", "frame": "src", "iframe": "src", "script": "src",
    "body": "background", "table": "background", "td": "background", "form": "action",
}  # fmt: skip
"""The attribute that holds an element's link; ``href`` for all others."""


def browser(clues: Clues) -> Layer | None:
    """A browser's mark of the web: ``<!-- saved from url=(LENGTH)URL -->`` above the page's text."""
    tree = clues.tree
    for i in comments(clues, "saved from url="):
        found = _SAVED_FROM.match(tree.texts[i])
        if found and not after_text(clues, i):
            layer = Layer("browser", nodes={i})
            url = found["url"]
            if url.lower() in _MAIL:
                layer.says(Rank.COMMENT, "url", url, "the comment saved from url, no address")
            else:
                layer.says_url(Rank.COMMENT, url, "the comment saved from url")
            return layer
    return None


def singlefile(clues: Clues) -> Layer | None:
    """SingleFile's comment, first in the document."""
    tree = clues.tree
    for i in comments(clues, "SingleFile"):
        text = tree.texts[i]
        if not _SINGLEFILE.match(text) or after_text(clues, i):
            continue
        layer = Layer("singlefile", nodes={i})
        if found := _SINGLEFILE_URL.search(text):
            layer.says_url(Rank.COMMENT, found["url"], "SingleFile's comment")
        if found := _SINGLEFILE_DATE.search(text):
            layer.says_time(Rank.COMMENT, found["date"], "SingleFile's comment", moment_in(found["date"]))
        layer.nodes.update(tree.find_all("single-file-infobar"))
        return layer
    return None


def httrack(clues: Clues) -> Layer | None:
    """HTTrack's comments, near the head and at the end."""
    tree = clues.tree
    layer = Layer("httrack")
    for i in comments(clues, "HTTrack"):
        text = tree.texts[i]
        if found := _MIRRORED.match(text):
            url = found["url"].strip()
            layer.says_url(Rank.COMMENT, url if "://" in url else "http://" + url, "HTTrack's comment")
            if "://" not in url:
                layer.says(Rank.COMMENT, "url", url, "HTTrack's comment, scheme assumed")
            layer.says_time(Rank.COMMENT, found["date"], "HTTrack's comment", moment_in(found["date"]))
            layer.nodes.add(i)
        elif _HTTRACK_ADDED in text:
            layer.nodes.add(i)
    return layer if layer.claims else None


def webcopy(clues: Clues) -> Layer | None:
    """WebCopy's comments, in the head and at the end."""
    layer = Layer("webcopy")
    for i in comments(clues, "Cyotek WebCopy"):
        if found := _COPIED.match(clues.tree.texts[i]):
            layer.says_url(Rank.COMMENT, found["url"], "WebCopy's comment")
            day = _CLOCK.sub("", found["date"])
            layer.says_time(Rank.COMMENT, found["date"], "WebCopy's comment", moment_in(day))
            layer.nodes.add(i)
    return layer if layer.claims else None


def wget(clues: Clues) -> Layer | None:
    """Wget leaves no comment: its mark is an emptied ``base`` (``-k``), its folder's name the host.

    Either alone is anybody's. The twin that ``-K`` keeps has the page as it came, and ``.orig`` at its name's end.
    """
    path = re.split(r"[/\\!]", clues.capture.provenance.source)
    hosts = [at for at, part in enumerate(path[:-1]) if _HOST.fullmatch(part)]
    if not hosts or not (clues.emptied or path[-1].endswith(_TWIN)):
        return None
    host, *rest = path[hosts[-1] :]
    name = _ADDED.sub(r"\1", rest[-1].removesuffix(_TWIN))
    rest[-1] = "" if name == "index.html" else name
    layer = Layer("wget", nodes=set(clues.emptied))
    layer.says(Rank.LINKS, "archive", "an emptied base" if clues.emptied else _TWIN, "the page, and its file's name")
    layer.says_url(Rank.LINKS, f"http://{host.replace('+', ':')}/{'/'.join(rest)}", "the file's path, scheme assumed")
    return layer


def teleport(clues: Clues) -> Layer | None:
    """Teleport's ``tppabs`` attributes hold the links as they were: they are put back."""
    tree = clues.tree
    layer = Layer("teleport")
    for i, attrs in enumerate(tree.attrs):
        if "tppabs" in attrs:
            name = _LINKING.get(tree.tags[i], "href")
            whole = {key: value for key, value in attrs.items() if key != "tppabs"}
            layer.attrs[i] = {**whole, name: attrs["tppabs"]} if attrs["tppabs"] else whole
    if not layer.attrs:
        return None
    layer.says(Rank.VARIABLE, "archive", "tppabs", f"the attributes of {len(layer.attrs)} elements")
    return layer


def after_text(clues: Clues, comment: int) -> bool:
    """Whether a reader has seen words before this comment: then it is no mark of the whole file."""
    tree = clues.tree
    return any(
        tree.tags[k] == TEXT
        and tree.texts[k].strip()
        and tree.tags[tree.parents[k]] not in ("title", "style", "script")
        for k in range(1, comment)
    )
