"""Emphasis in Markdown, written only where it can be read back (CommonMark 0.31, section 6.2).

Whether a mark may stand depends on its neighbours on both sides, so a run of
inlines is first written with stand-ins, and these are settled when all of it
is known. Where a mark cannot stand, the words stand without it.
"""

from __future__ import annotations

import re
import string
import unicodedata

# Control characters, which are in no text that is written.
OPEN_EM, CLOSE_EM, OPEN_STRONG, CLOSE_STRONG = "\x01", "\x02", "\x03", "\x04"
STAND_INS = re.compile("[\x01-\x04]")

_MARKS = {OPEN_EM: "*", CLOSE_EM: "*", OPEN_STRONG: "**", CLOSE_STRONG: "**"}
_CLOSING = (CLOSE_EM, CLOSE_STRONG)
_AROUND_NOTHING = re.compile("\x01\x02|\x03\x04")
_SPACE_WITHIN = re.compile("([\x01\x03])(\\s+)|(\\s+)([\x02\x04])")

_ASCII_APART = string.punctuation + "\n"
_APART = frozenset(("Zs", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"))


def settled(text: str) -> str:
    """Stand-ins become marks where those can be read back, and nothing elsewhere."""
    text = touching(text).strip()
    kept: set[int] = set()
    opened: list[tuple[int, bool]] = []
    within: list[str] = []
    for found in STAND_INS.finditer(text):
        at, mark = found.start(), found[0]
        if mark in (OPEN_EM, OPEN_STRONG):
            inner = any(within)
            stands = mark not in within and _may_open(text, at) and (not inner or _stands_apart(text, at, -1))
            opened.append((at, stands))
            within.append(mark if stands else "")
        else:
            start, stands = opened.pop()
            within.pop()
            if stands and _may_close(text, at) and (not any(within) or _stands_apart(text, at, 1)):
                kept |= {start, at}
    return STAND_INS.sub(lambda found: _MARKS[found[0]] if found.start() in kept else "", text)


def touching(text: str) -> str:
    """White space moved out of the marks, since they must touch the words they mark; marks of nothing gone."""
    while (moved := _AROUND_NOTHING.sub("", _SPACE_WITHIN.sub(r"\2\1\4\3", text))) != text:
        text = moved
    return text


def _may_open(text: str, at: int) -> bool:
    before = at - 1
    while before >= 0 and text[before] in _MARKS:
        if text[before] in _CLOSING:  # *a**b* would read as one run of marks
            return False
        before -= 1
    return _flanks(_neighbour(text, at, -1), _neighbour(text, at, 1))


def _may_close(text: str, at: int) -> bool:
    return _flanks(_neighbour(text, at, 1), _neighbour(text, at, -1))


def _stands_apart(text: str, at: int, outward: int) -> bool:
    """Whether a mark within other marks can be read one way only: it meets white space or the outer mark itself."""
    outside = text[at + outward : at + outward + 1]
    return outside in _MARKS or _neighbour(text, at, outward).isspace()


def _neighbour(text: str, at: int, step: int) -> str:
    """The next character in that direction that is no stand-in; empty at the end of the run."""
    at += step
    while 0 <= at < len(text):
        if text[at] not in _MARKS:
            return text[at]
        at += step
    return ""


def _flanks(outside: str, inside: str) -> bool:
    """Whether a mark between the two reads as one: words inside, or a space or punctuation outside."""
    return unicodedata.category(inside)[0] in "LNM" or not outside or _sets_apart(outside)


def _sets_apart(character: str) -> bool:
    """White space or punctuation, as CommonMark 2.1 defines them (U+2028 is neither)."""
    return character in _ASCII_APART or unicodedata.category(character) in _APART
