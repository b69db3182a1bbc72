"""Text as metadata gives it: clean, plain, and comparable."""

from __future__ import annotations

import html
import re

# C0 and C1 controls, the soft hyphen, zero-width marks, bidirectional overrides and lone surrogates:
# none is seen by a reader, and each breaks searching, sorting or a terminal.
# (The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)

# A tag of the few kinds that content systems leave in titles and descriptions; ``a < b`` is no tag.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|div|em|font|i|img|li|mark|ol|p|q|small|span|strong|sub|sup|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)

# What a content system's template leaves where it was never filled in.
_UNFILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{.*?\}|\[%.*?%\]|^%\w+%$")
_BLANKS = frozenset({"undefined", "null", "none", "n/a", "nan", "[object object]"})


def clean(text: str) -> str:
    r"""White space collapsed, unseen characters dropped, nothing else changed.

    >>> clean("  The\n\tHarbour\xa0 Office\x00 ")
    'The Harbour Office'
    """
    if not text.isprintable():
        return " ".join(_UNSEEN.sub("", text).split())
    return " ".join(text.split()) if "  " in text else text.strip(" ")  # no other white space is printable


def plain(text: str) -> str:
    """A value for people: also double-escaped entities read, and inline tags taken out.

    >>> plain("Tides &amp;amp; moorings &lt;b&gt;2004&lt;/b&gt;")
    'Tides & moorings 2004'
    """
    for _ in range(2):  # as often as content systems escape what is escaped already
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return clean(text)


def filled(text: str) -> bool:
    """Whether a value says anything: not empty, and not a template's blank.

    >>> filled("Tide tables"), filled("{{ page.title }}"), filled("undefined"), filled(" - ")
    (True, False, False, False)
    """
    if not any(map(str.isalnum, text)):
        return False
    if ("{" in text or "%" in text) and _UNFILLED.search(text[:500]):
        return False
    return len(text) > _LONGEST_BLANK or text.lower() not in _BLANKS


_LONGEST_BLANK = max(map(len, _BLANKS))


def key(text: str) -> str:
    """Letters and digits alone, in one case: equal for two spellings of the same words.

    >>> key("The Harbour-Office") == key("the  harbour office")
    True
    """
    return _NO_LETTERS.sub("", text.casefold())


_NO_LETTERS = re.compile(r"[\W_]+")


def is_address(text: str) -> bool:
    """Whether a value is a URL, an e-mail address or a handle, and so no name of anyone.

    >>> [is_address(t) for t in ("http://a.example/", "//a.example/x", "me@a.example", "@me", "Ann Teal")]
    [True, True, True, True, False]
    """
    return bool(_ADDRESS.match(text))


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|//|www\.|@\w+$|mailto:|[^\s@]+@[^\s@]+\.[^\s@]+$|#", re.IGNORECASE)
