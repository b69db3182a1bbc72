"""The inlines of the model as HTML: nothing reaches the markup but escaped text and safe addresses.

Blocks are macros of the template ``blocks.html``, for users to override; the
inlines, of which a page has hundreds, are written here for speed.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from endleaf.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Moment,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from endleaf.plain import clean
from endleaf.render.addresses import file_name, safe
from endleaf.replay_urls import parse_replay

Inlines = tuple[Inline, ...]


def inlines(content: Inlines) -> Markup:
    """A run of inlines as HTML.

    >>> print(inlines((Text(text="R&D at "), Link(href="http://a.example/", content=(Text(text="A"),)))))
    R&amp;D at <a href="http://a.example/" rel="noreferrer">A</a>
    """
    out: list[str] = []
    _write(content, out.append, _link)
    return Markup("".join(out))  # noqa: S704 - every part is escaped below


def unlinked(content: Inlines) -> Markup:
    """A run of inlines without its links, for where HTML allows none (in a link)."""
    out: list[str] = []
    _write(content, out.append, _unlinked)
    return Markup("".join(out))  # noqa: S704 - every part is escaped below


Put = Callable[[str], None]
WriteLink = Callable[[Link | Image, Put], None]


def _write(content: Inlines, put: Put, link: WriteLink) -> None:
    for inline in content:
        kind = type(inline)
        if kind is Text:
            put(escaped(inline.text))  # type: ignore[union-attr]
        elif kind is Link or kind is Image:
            link(inline, put)  # type: ignore[arg-type]
        elif kind is LineBreak:
            put("<br>\n")
        elif kind is Code:
            put(f"<code>{escaped(inline.text)}</code>")  # type: ignore[union-attr]
        else:
            tag = _TAGS[kind]
            put(f"<{tag}>")
            _write(inline.content, put, link)  # type: ignore[union-attr]
            put(f"</{tag}>")


_TAGS: dict[type, str] = {Emphasis: "em", Strong: "strong", Superscript: "sup", Subscript: "sub"}


def _link(inline: Link | Image, put: Put) -> None:
    href = safe(inline.src if isinstance(inline, Image) else inline.href)
    if href is None:
        _unlinked(inline, put)
        return
    replayed = inline.replay_src if isinstance(inline, Image) else inline.replay_href
    kind = ' class="image"' if isinstance(inline, Image) else ""
    put(f'<a{kind} href="{attribute(href)}"{_robust(href, replayed)} rel="noreferrer">')
    if isinstance(inline, Image):
        put(escaped(image_words(inline)))
    elif says_something(inline.content):
        _write(inline.content, put, _unlinked)
    else:
        put(escaped(href))  # a link of no words would be lost to every reader
    put("</a>")


def _unlinked(inline: Link | Image, put: Put) -> None:
    if isinstance(inline, Image):
        put(f'<span class="image">{escaped(image_words(inline))}</span>')
    else:
        _write(inline.content, put, _unlinked)


def _robust(href: str, replayed: str | None) -> str:
    """The attributes of Robust Links: where the archive's copy of a link's target is, and its date."""
    copy = safe(replayed) if replayed else None
    if copy is None:
        return ""
    replay = parse_replay(copy)
    moment = Moment.from_timestamp(replay.timestamp) if replay else None
    dated = f' data-versiondate="{moment.iso}"' if moment else ""
    return f' data-originalurl="{attribute(href)}" data-versionurl="{attribute(copy)}"{dated}'


def says_something(content: Inlines) -> bool:
    """Whether a run of inlines has anything to see: words, or an image."""
    for inline in content:
        if isinstance(inline, Text | Code):
            if clean(inline.text).strip():
                return True
        elif isinstance(inline, Image) or (not isinstance(inline, LineBreak) and says_something(inline.content)):
            return True
    return False


def image_words(image: Image) -> str:
    """What stands for an image that is not shown: its own words, else its file's name."""
    return clean(image.alt).strip() or file_name(image.src)


def escaped(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text as it stands between the double quotes of an attribute."""
    return escaped(text).replace('"', "&#34;")
