"""Text that a browser's parser swallows, given back: what was never closed is closed where markup goes on.

WHATWG HTML reads an unclosed comment, tag, ``script``, ``style``, ``title``,
``textarea`` and the like to the end of the input, so a page cut or mistyped
there loses its rest. A source is mended only where that happened, and a note
says so; a page that parses well is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from endleaf.parse.tree import COMMENT, TEXT, Tree

RAW = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "iframe", "noframes", "plaintext"})
"""Elements whose content is characters, not markup (WHATWG HTML, sections 13.2.5.2 to 13.2.5.5)."""

_TAGS = (
    "p|div|span|br|hr|a|b|i|em|strong|font|center|table|tbody|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|img|form|input"
    "|body|html|head|article|section|main|header|footer|nav|aside|blockquote|pre|address|noscript|script|style|link|meta"
)
MARKUP = re.compile(rf"</?(?:{_TAGS})(?=[\s/>])", re.IGNORECASE)
"""A tag that tells markup from code or prose with a ``<`` in it."""

_LINE_OF_MARKUP = re.compile(rf"\n[ \t]*(?=</?(?:{_TAGS})(?=[\s/>]))", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:div|p|td|tr|table|body|html|article|section|main|head|center|li|ul)\s*>", re.IGNORECASE)
_SELF_CLOSED = re.compile(
    r"<(script|style|title|textarea|xmp|noembed|iframe|noframes)(?=[\s/])((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)(?<=/)>",
    re.IGNORECASE,
)
# A tag as the tokenizer reads it, quotes only after an equals sign; each part possessive, so that no input makes it
# try twice.
_TAG = re.compile(
    r"<(?:!--.*?(?:--!?>|\Z)|/?[a-zA-Z][^\s/>]*+(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|(\Z)))",
    re.DOTALL,
)


def self_closed(text: str, tree: Tree) -> str | None:
    """The source with ``<script … />`` and its like closed, where one of them swallowed markup; else None."""
    if not any(_swallowed(tree, name) for name in RAW) or "/>" not in text:
        return None
    mended = _SELF_CLOSED.sub(_closed, text)
    return mended if mended != text else None


def _swallowed(tree: Tree, name: str) -> bool:
    """Whether an element of that name holds markup that is not its own: a script with a source holds no code."""
    return any(
        tree.ends[i] > i + 1 and (name != "script" or "src" in tree.attrs[i]) and MARKUP.search(tree.texts[i + 1])
        for i in tree.find_all(name)
    )


def _closed(tag: re.Match[str]) -> str:
    return f"<{tag.group(1)}{tag.group(2).rstrip('/')}></{tag.group(1)}>"


def unswallowed(text: str, tree: Tree, codes: frozenset[str]) -> tuple[str, str] | None:
    """The source mended, and a note; None where nothing was swallowed up to the end of the input."""
    if "eof-in-tag" in codes:
        return _unfinished_tag(text)
    last = _last(tree)
    if last is None:
        return None
    if tree.tags[last] == COMMENT:
        return _unclosed_comment(text, tree.texts[last]) if "eof-in-comment" in codes else None
    name = tree.tags[tree.parents[last]]
    if name not in RAW or not MARKUP.search(tree.texts[last]):
        return None
    return _unclosed_element(text, name, tree.texts[last])


def _last(tree: Tree) -> int | None:
    """The last text or comment: what ran to the end of the input, if anything did."""
    for i in range(len(tree) - 1, 0, -1):
        if tree.tags[i] in (TEXT, COMMENT):
            return i
    return None


def _unfinished_tag(text: str) -> tuple[str, str] | None:
    """A quote that was never closed made the rest of the page an attribute."""
    start = next((tag.start() for tag in _TAG.finditer(text) if tag.group(1) is not None), -1)
    end = text.find(">", start)
    if start < 0 or end < 0:
        return None  # the file ends within a tag: there is no text in it
    name = re.match(r"</?[a-zA-Z][^\s/>]*", text[start : start + 100])
    opened = name.group() if name else ""
    return f"{text[:start]}{opened}>{text[end + 1 :]}", "a tag that was never closed was closed, its attributes lost"


def _unclosed_comment(text: str, data: str) -> tuple[str, str] | None:
    start = len(text) - len(data)
    if text[start - 4 : start] != "<!--":
        start = text.rfind("<!--") + 4
    at = _found(start, text, MARKUP.search, re.compile("\n").search)
    if at is None:
        return None
    return f"{text[:at]}-->{text[at:]}", "a comment that was never closed ends where markup goes on"


def _unclosed_element(text: str, name: str, data: str) -> tuple[str, str] | None:
    start = len(text) - len(data)
    if not text.endswith(data) or name in ("title", "textarea"):  # their character references were decoded
        begins = re.compile(rf"<{name}(?=[\s/>])[^>]*>", re.IGNORECASE)
        closes = [tag.end() for tag in re.finditer(rf"</{name}(?=[\s/>])", text, re.IGNORECASE)]
        found = begins.search(text, closes[-1] if closes else 0)
        if not found:
            return None
        start = found.end()
    note = f"a {name} element that was never closed ends where markup goes on"
    if name == "plaintext":
        tag = text.lower().rfind("<plaintext", 0, start)
        return text[:tag] + text[start:], "plaintext that holds markup is read as markup"
    if name in ("script", "style"):
        at = _found(start, text, _LINE_OF_MARKUP.search, _CLOSING.search, MARKUP.search)
    else:
        at = _found(start, text, MARKUP.search)
    return (f"{text[:at]}</{name}>{text[at:]}", note) if at is not None else None


def _found(start: int, text: str, *searches: Callable[[str, int], re.Match[str] | None]) -> int | None:
    for search in searches:
        found = search(text, start)
        if found:
            return found.start()
    return None
