"""Words that tell content from navigation, learned: of what a block says, and of what the elements above are called.

Each word has a weight: the log odds that a block with it is content, over the
odds of any block, counted by site, so that no site's own words rule. A block's
weights become a few numbers of its row. Which words, and their weights, is
what ``bench/train_chrome.py`` counts; none is of fewer than some ten sites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from endleaf.chrome.names import PARTS

OPENING: Final = 60
"""Characters of a block that are looked at; a block no longer is short, and its words are counted apart."""
ENDING: Final = 30
"""Characters at the end of a longer block whose last word is looked at."""
WORDS: Final = 8
"""Words of the opening that are looked at."""
LABEL: Final = 4
"""Words that a short block may have to be looked at as a whole."""

# Scripts that part no words are taken two characters at a time.
_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD: Final = re.compile(f"[{_CJK}]{{1,2}}|[^\\W\\d_{_CJK}]+|\\d+")

SAID: Final = ("first", "least", "most", "mean", "whole", "last", "sum")
"""The numbers of what a block says."""
CALLED: Final = ("least", "most", "sum")
"""The numbers of what an element is called."""
_MOST: Final = 8.0
"""A sum of weights further from nought tells no more."""

Said = tuple[float, float, float, float, float, float, float]
Called = tuple[float, float, float]
_SILENT: Final[Said] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_UNNAMED: Final[Called] = (0.0, 0.0, 0.0)
_REMEMBERED: Final = 20_000  # texts and names: menus and classes come again on every page of a site


def spoken(text: str) -> list[str]:
    """The words of a block's text, each marked by where it stands.

    Of a short block ``s``, its first ``S``, all of it ``W``; of a longer one ``l``, its first ``L``, its last ``E``.

    >>> spoken("Leave a  Reply")
    ['sleave', 'sa', 'sreply', 'Sleave', 'Wleave a reply']
    """
    text = " ".join(text.split()).lower()
    words = ["#" if w[0].isdigit() else w for w in _WORD.findall(text[:OPENING])[:WORDS]]
    if not words:
        return []
    if len(text) <= OPENING:
        found = ["s" + w for w in words]
        found.append("S" + words[0])
        if len(words) <= LABEL:
            found.append("W" + " ".join(words))
        return found
    found = ["l" + w for w in words]
    found.append("L" + words[0])
    tail = _WORD.findall(text[-ENDING:])[1:]
    if tail:
        found.append("E" + ("#" if tail[-1][0].isdigit() else tail[-1]))
    return found


def parts(names: str) -> list[str]:
    """The words of a class, id and role string: each name, and its parts.

    >>> parts("mainNav box")
    ['box', 'main', 'mainnav', 'nav']
    """
    found: set[str] = set()
    for name in names.split()[:20]:
        name = name[:60]
        found.add(name.lower())
        several = PARTS.findall(name)
        if len(several) > 1:
            found.update(part.lower() for part in several)
    return sorted(found)


class Telling:
    """The weights of words (marked as :func:`spoken` gives them) and of names."""

    def __init__(self, words: Mapping[str, float], names: Mapping[str, float]) -> None:
        self.words = words
        self.names = names
        self._said: dict[str, Said] = {}
        self._called: dict[str, Called] = {}

    def said(self, text: str) -> Said:
        """The numbers of a block's text, by :data:`SAID`."""
        if len(text) > 4 * OPENING:  # all that is looked at, and a key that is soon compared
            text = text[: 3 * OPENING] + text[-OPENING:]
        found = self._said.get(text)
        if found is None:
            if len(self._said) > _REMEMBERED:
                self._said.clear()
            found = self._said[text] = self._weigh(text)
        return found

    def called(self, names: str) -> Called:
        """The numbers of an element's class, id and role, by :data:`CALLED`."""
        found = self._called.get(names)
        if found is None:
            if len(self._called) > _REMEMBERED:
                self._called.clear()
            weight = self.names.get
            weights = [weight(name, 0.0) for name in parts(names)]
            found = self._called[names] = (min(weights), max(weights), sum(weights)) if weights else _UNNAMED
        return found

    def _weigh(self, text: str) -> Said:
        words = spoken(text)
        if not words:
            return _SILENT
        weight = self.words.get
        first = whole = last = 0.0
        several: list[float] = []
        for word in words:
            place, value = word[0], weight(word, 0.0)
            if place in "sl":
                several.append(value)
            elif place in "SL":
                first = value
            elif place == "W":
                whole = value
            else:
                last = value
        total = sum(several)
        return (
            first, min(several), max(several), total / len(several), whole, last, max(-_MOST, min(_MOST, total)),
        )  # fmt: skip
