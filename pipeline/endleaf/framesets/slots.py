"""Which frames a page has, and under which keys their captures are known."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin

from endleaf.links import Target
from endleaf.model import Capture, Provenance
from endleaf.opened import Opened
from endleaf.parse import TEXT, Tree
from endleaf.provenance import seen
from endleaf.urls import absolute

_HEAD: Final = 64 << 10
"""Bytes of a page in which its frameset opens: before it stand a head and its scripts."""
_BARE: Final = 16 << 10
"""Bytes: a page that is larger than this has words of its own, or a script that makes them."""
_MARKUP: Final = re.compile(
    rb"<!--.*?-->|<(script|style|title|noscript|iframe)[\s>].*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_WORDLESS: Final = frozenset({"script", "style", "title", "noscript", "iframe"})
_SAVED: Final = frozenset({"html", "text"})
"""Containers in which a capture is a file, whose place among other files is an address as well."""
_MESSAGE: Final = "mhtml"
"""The container in which frames are parts beside their page, of names that mean nothing elsewhere (RFC 2557)."""
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_NO_PLACE: Final = re.compile(r"\s*(?:\Z|#|about:|javascript:|data:)", re.IGNORECASE)
_HIDES: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Slot(NamedTuple):
    """A frame of a page."""

    node: int
    name: str
    title: str
    target: Target | None
    """Where it leads; None where its address is lost, or no address of the web."""
    keys: tuple[str, ...]
    """What its captures are known by, the best first."""
    stem: str
    """Its file's name, without an ending: what the author calls what is in it."""


def may_frame(payload: bytes) -> bool:
    """Whether a page may have frames that :func:`slots` finds, told from its bytes.

    >>> may_frame(b"<title>A</title><FRAMESET cols=20,*>"), may_frame(b"<p>A page <iframe src=b.html></iframe>")
    (True, False)
    """
    head = payload[:_HEAD].lower()
    if b"<frameset" in head:
        return True
    return len(payload) <= _BARE and b"<iframe" in head and not _MARKUP.sub(b"", payload).strip()


def slots(page: Opened) -> Iterator[Slot]:
    """A page's frames in document order; its ``iframe`` elements where it has neither frames nor words."""
    tree, known = page.tree, page.provenance
    frames = list(tree.find_all("frame"))
    for i in frames or _only_iframes(tree):
        attrs = tree.attrs[i]
        src = attrs.get("src", "")
        if _NO_PLACE.match(src):
            continue
        target = page.links.resolve(src)
        beside = _beside(known.source, src) if known.container in _SAVED else _within(known, src)
        keys = (_key(target.href) if target else None, beside)
        name, title = (" ".join(attrs.get(each, "").split()) for each in ("name", "title"))
        yield Slot(i, name, title, target, tuple(filter(None, keys)), _stem(src))


def keys_of(capture: Capture) -> Iterator[str]:
    """What a capture is known by: its original URL in its normal form, without a fragment; and its place as a file."""
    known = capture.provenance
    url = key_of(known)
    if url:
        yield url
    if known.container in _SAVED:
        yield _file(known.source)
    elif known.container == _MESSAGE:
        yield from (_part(known, each) for each in (known.record_id, known.url) if each)


def key_of(known: Provenance) -> str | None:
    """The key that a capture's original URL gives."""
    url, _ = seen(known)
    return _key(url) if url else None


def _key(url: str) -> str | None:
    whole = absolute(url, None)
    return whole.partition("#")[0] if whole else None


def _beside(source: str, src: str) -> str | None:
    """The key of a file that stands where a saved page says, beside its own file."""
    path = unquote(src.partition("#")[0].partition("?")[0]).strip()
    if not path or _SCHEME.match(path):
        return None
    container, mark, inner = source.replace("\\", "/").rpartition("!")
    return _file(container + mark + posixpath.normpath(posixpath.join(posixpath.dirname(inner), path)))


def _file(path: str) -> str:
    return "file:" + posixpath.normpath(path.replace("\\", "/"))


def _within(known: Provenance, src: str) -> str | None:
    """The key of a part of the message that a page came in: by its identifier, or its address of whatever scheme."""
    if known.container != _MESSAGE:
        return None
    try:
        return _part(known, urljoin(known.url or "", src.strip()))
    except ValueError:  # a bracket in the host that is none
        return None


def _part(known: Provenance, name: str) -> str:
    return f"part:{known.source} {name.partition('#')[0]}"


def _stem(src: str) -> str:
    return src.partition("#")[0].partition("?")[0].rpartition("/")[2].partition(".")[0].strip()[:40]


def _only_iframes(tree: Tree) -> Iterator[int]:
    found = [i for i in tree.find_all("iframe") if not _unseen(tree, i)]
    if found and not _has_words(tree):
        yield from found


def _has_words(tree: Tree) -> bool:
    i = 0
    while i < len(tree):
        if tree.tags[i] in _WORDLESS:
            i = tree.ends[i]
            continue
        if tree.tags[i] == TEXT and not tree.texts[i].isspace():
            return True
        i += 1
    return False


def _unseen(tree: Tree, i: int) -> bool:
    """Whether an ``iframe`` is there for scripts alone: in a noscript, or of no size."""
    return any(tree.tags[k] == "noscript" for k in tree.ancestors(i)) or _sizeless(tree.attrs[i])


def _sizeless(attrs: Mapping[str, str]) -> bool:
    sides = (attrs.get(side, "").strip().removesuffix("px") for side in ("width", "height"))
    return any(side in ("0", "1") for side in sides) or bool(_HIDES.search(attrs.get("style", "")))
