"""The inlines of the model as Markdown: every character that could mean something is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from endleaf.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from endleaf.plain import bare, clean
from endleaf.render.addresses import safe
from endleaf.render.emphasis import (
    CLOSE_EM,
    CLOSE_STRONG,
    OPEN_EM,
    OPEN_STRONG,
    STAND_INS,
    settled,
    touching,
)
from endleaf.render.html import image_words
from endleaf.render.raised import lowered, raised

Inlines = tuple[Inline, ...]
Out = list[str]
Write = Callable[[Any, Out, Any], None]
"""Writes one inline; the last argument is the table of writers for what the inline holds."""

# Where an underscore stands within a word it marks nothing; an ampersand means something only before an entity.
_SPECIAL = re.compile(r"[\\`*\[\]<~|]|(?<![^\W_])_|_(?![^\W_])|!(?=\[|$)|&(?=#?\w*(?:;|$))")
_LINE_START = re.compile(r"^(?:(?=[>+=#-])|(?=:-)|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE)
_HARMLESS_START = re.compile(r"-(?=[^\s=-])|\+(?=\S)|#+(?=[^\s#])")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_AROUND_BREAK = re.compile(r"\s*\n\s*")


def prose(content: Inlines) -> str:
    r"""A run of inlines as the lines of a paragraph; empty if there is nothing to see.

    >>> print(prose((Text(text="# 1 * 2 "), Emphasis(content=(Text(text="so"),)))))
    \# 1 \* 2 *so*
    >>> print(prose((Text(text="1986. A year"), LineBreak(), Text(text="- and more"))))
    1986\. A year\
    \- and more
    """
    return _LINE_START.sub(_escaped_start, run(content)).replace("\n", "\\\n")


def line(content: Inlines) -> str:
    """A run of inlines as one line that stands behind a mark: a heading."""
    return run(content).replace("\n", " ")


def cell(content: Inlines) -> str:
    r"""A run of inlines as it may stand in a cell of a pipe table.

    >>> print(cell((Text(text="a|b"), LineBreak(), Code(text="c|d"))))
    a\|b / c\|d
    """
    return run(content, _code_in_cell).replace("\n", " / ")


def strong_line(content: Inlines) -> str:
    """A run of inlines in strong type, on one line."""
    return line((Strong(content=content),))


def run(content: Inlines, code: Write | None = None) -> str:
    """A run of inlines with its marks; a newline is a line break."""
    out: Out = []
    _write(content, out, {**_MARKED, Code: code} if code else _MARKED)
    text = "".join(out)
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return settled(text.strip()) if STAND_INS.search(text) else text.strip()


def escaped(text: str) -> str:
    r"""Text as Markdown that shows just that text.

    >>> print(escaped("<b>*x*</b> snake_case R&D &amp;"))
    \<b>\*x\*\</b> snake_case R&D \&amp;
    """
    if not text.isprintable():
        text = _BLANKS.sub(" ", clean(text))
    return _SPECIAL.sub(r"\\\g<0>", text)


def _escaped_start(found: re.Match[str]) -> str:
    if _HARMLESS_START.match(found.string, found.start()):
        return ""
    return f"{found[1] or ''}\\"


# ------------------------------------------------------------------ inlines


def _write(content: Inlines, out: Out, table: dict[type, Write]) -> None:
    for inline in content:
        if type(inline) is Text:
            out.append(escaped(inline.text))
        else:
            table[type(inline)](inline, out, table)


def _emphasis(inline: Emphasis, out: Out, table: dict[type, Write]) -> None:
    _around(inline.content, out, table, (OPEN_EM, CLOSE_EM))


def _strong(inline: Strong, out: Out, table: dict[type, Write]) -> None:
    _around(inline.content, out, table, (OPEN_STRONG, CLOSE_STRONG))


def _around(content: Inlines, out: Out, table: dict[type, Write], marks: tuple[str, str]) -> None:
    out.append(marks[0])
    _write(content, out, table)
    out.append(marks[1])


def _parted(text: str) -> tuple[str, str, str]:
    """White space, what it stands around, white space."""
    core = text.strip()
    at = text.find(core)
    return (text[:at], core, text[at + len(core) :]) if core else (text, "", "")


def _link(link: Link, out: Out, table: dict[type, Write]) -> None:
    address = safe(link.href)
    if address is None:
        _unlinked(link, out, {**table, Link: _unlinked})
        return
    inner: Out = []
    _write(link.content, inner, {**table, Link: _unlinked})
    before, words, after = _parted(touching("".join(inner)))
    out += (before, "[", words or escaped(address), "](", _destination(address), ")", after)


def _unlinked(link: Link, out: Out, table: dict[type, Write]) -> None:
    _write(link.content, out, table)


def _destination(address: str) -> str:
    address = re.sub(r"&(?=#?\w+;)", r"\\&", address)
    return f"<{address}>" if "(" in address or ")" in address else address


def _image(inline: Image, out: Out, _: object = None) -> None:
    words = escaped(" ".join(image_words(inline).split()))
    address = safe(inline.src)
    out += ("![", words, "](", _destination(address), ")") if address else (words,)


def _code(inline: Code, out: Out, _: object) -> None:
    text = _BLANKS.sub(" ", clean(inline.text))
    if not text.strip() or _ends_in_backtick(out):  # two fences that touch would be one
        out.append(escaped(text))
        return
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    air = " " if text[0] in "` " or text[-1] in "` " else ""
    out += (fence, air, text, air, fence)


def _code_in_cell(inline: Code, out: Out, table: object) -> None:
    if "|" in inline.text:  # the table would cut the code, or eat the backslash that keeps it whole
        out.append(escaped(inline.text))
    else:
        _code(inline, out, table)


def _ends_in_backtick(out: Out) -> bool:
    last = next((piece for piece in reversed(out) if STAND_INS.sub("", piece)), "")
    return STAND_INS.sub("", last).endswith("`")


def _break(_: LineBreak, out: Out, __: object) -> None:
    out.append("\n")


def _superscript(inline: Superscript, out: Out, table: dict[type, Write]) -> None:
    _raise(inline.content, out, table, raised)


def _subscript(inline: Subscript, out: Out, table: dict[type, Write]) -> None:
    _raise(inline.content, out, table, lowered)


def _raise(content: Inlines, out: Out, table: dict[type, Write], change: Callable[[str], str]) -> None:
    words = bare(content) if all(type(inline) is Text for inline in content) else ""
    changed = change(words)
    if changed == words:
        _write(content, out, table)
    else:
        out.append(changed)


_MARKED: dict[type, Write] = {
    Emphasis: _emphasis,
    Strong: _strong,
    Link: _link,
    Image: _image,
    Code: _code,
    LineBreak: _break,
    Superscript: _superscript,
    Subscript: _subscript,
}


def one_line(text: str) -> str:
    """A string as one line of Markdown that shows just that text, safe at the start of a line."""
    return prose((Text(text=" ".join(text.split())),))


def address_line(address: str) -> str:
    """An address as a link that shows itself, or as text where it may be no link."""
    href = safe(address)
    return f"<{href}>" if href else one_line(address)
