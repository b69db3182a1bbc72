"""Menus in a text: asterisks where images stood, rows of bars, runs of short lines above the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from endleaf.plaintext.lines import RULE, Line

MENU_LINE = 40
"""Characters: what a menu's line is shorter than."""

MENU_STARS = 3
"""Lines of bare asterisks (a text browser's image without words) that tell a menu."""

MENU_RUN = 4
"""Short lines in a block above the page's first sentence that tell a menu."""

_STARS = re.compile(r"(?:\*[\s\xa0]*)+\Z")
_STARRED = re.compile(r".{1,60}?[\s\xa0]\*[\s\xa0]*\Z")
_BARS = re.compile(r"[\s\xa0](?:\||•|·|»|>|::)[\s\xa0]")
_LEAD = re.compile(r"(?:[•·●○◦▪■‣►*+-][ \t\xa0]+)?(?:\[\d{1,4}\])?")
"""A menu line's bullet, and a text browser's number of a link."""

_MENU_WORDS = frozenset({
    "home", "print", "print this page", "printer friendly", "printer friendly version", "text only", "sitemap",
    "text only version", "site map", "search", "help", "contact us", "contact", "feedback", "feedback page",
    "skip to content", "skip to main content", "skip navigation", "back to top", "top of page", "go", "login",
    "log in", "register", "subscribe", "accessibility", "a-z", "a to z", "index",
})  # fmt: skip


def menus_in(lines: Sequence[Line]) -> dict[int, int]:
    """Where menus start and end."""
    menus: dict[int, int] = {}
    at, sentences = 0, 0
    while at < len(lines):
        end = at
        while end < len(lines) and not lines[end].prose and not RULE.match(lines[end].raw):
            end += 1
        if end > at:
            found = _menu(lines[at:end], above=not sentences)
            for start, stop in found:
                menus[at + start] = at + stop
            at = end
        else:
            sentences += 1
            at += 1
    return menus


def _menu(lines: Sequence[Line], *, above: bool) -> list[tuple[int, int]]:
    """The menus in a run of lines that are no sentences; ``above`` the page's first sentence more is a menu."""
    starred = [n for n, line in enumerate(lines) if _STARS.match(line.text) or _STARRED.match(line.text)]
    if len(starred) >= MENU_STARS and sum(_STARS.match(lines[n].text) is not None for n in starred) * 2 > len(starred):
        return [(starred[0], starred[-1] + 1)]
    found: list[tuple[int, int]] = []
    start = 0
    for n in range(1, len(lines) + 1):
        if n < len(lines) and not lines[n].gap:
            continue
        block = lines[start:n]
        if _is_menu(block, above=above):
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], n)
            else:
                found.append((start, n))
        start = n
    return found


def _is_menu(block: Sequence[Line], *, above: bool) -> bool:
    bare = [_LEAD.sub("", line.text, count=1) for line in block]
    if all(
        text.casefold().strip(" []|*") in _MENU_WORDS or _STARS.match(text) or len(_BARS.findall(text)) >= 2
        for text in bare
    ):
        return True
    short = all(len(text) <= MENU_LINE and len(text.split()) <= 5 and text[-1:] not in ".,;:!?" for text in bare)
    return above and len(block) >= MENU_RUN and short
