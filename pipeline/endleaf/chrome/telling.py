"""Words that tell content from navigation, learned: of what a block says, and of what the elements above are called.

Each word has a weight: the log odds that a block with it is content, over the
odds of any block, counted by site, so that no site's own words rule. A block's
weights become a few numbers of its row. Which words, and their weights, is
what ``bench/train_chrome.py`` counts; none is of fewer than some ten sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from endleaf.chrome.names import PARTS

OPENING: Final = 60
"""Characters of a block that are looked at; a block no longer is short, and its words have weights of their own."""
ENDING: Final = 30
"""Characters at the end of a longer block whose last word is looked at."""
WORDS: Final = 8
"""Words of the opening that are looked at."""
LABEL: Final = 4
"""Words that a short block may have to be looked at as a whole."""

# Scripts that part no words are taken two characters at a time.
_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD: Final = re.compile(f"[{_CJK}]{{1,2}}|[^\\W\\d_{_CJK}]+|\\d+")
_ASCII_WORD: Final = re.compile("[a-z]+|[0-9]+")
"""The same for lower-case ASCII, in half the time: most pages' words are."""

SAID: Final = ("first", "least", "most", "mean", "whole", "last", "sum")
"""The numbers of what a block says."""
CALLED: Final = ("least", "most", "sum")
"""The numbers of what an element is called."""
_SEEN: Final = 4 * OPENING
"""Characters of a longer text that are looked at, its beginning and its end: white space takes some."""
_MOST: Final = 8.0
"""A sum of weights further from nought tells no more."""

Said = tuple[float, float, float, float, float, float, float]
Called = tuple[float, float, float]
_SILENT: Final[Said] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_UNNAMED: Final[Called] = (0.0, 0.0, 0.0)
_REMEMBERED: Final = 20_000  # texts and names: menus and classes come again on every page of a site


PLACES: Final = ("short", "short first", "label", "long", "long first", "long last")
"""Where a word may stand: each place has weights of its own. A label is all that a short block says."""


def spoken(text: str) -> tuple[list[str], bool, str | None]:
    """The words of a block's text that are looked at, whether it is short, and its label or last word, if it has one.

    >>> spoken("Leave a  Reply")
    (['leave', 'a', 'reply'], True, 'leave a reply')
    >>> spoken("Bees are kept for their honey, which is sold in the village shop in May 2004")[1:]
    (False, '#')
    """
    if len(text) > _SEEN:
        text = text[: _SEEN - OPENING] + text[-OPENING:]
    text = " ".join(text.split()).lower()
    found = (_ASCII_WORD if text.isascii() else _WORD).findall
    words = [w if w.isalpha() else "#" for w in found(text[:OPENING])[:WORDS]]
    if len(text) <= OPENING:
        return words, True, " ".join(words) if 0 < len(words) <= LABEL else None
    tail = found(text[-ENDING:])[1:]  # the first may be cut in two
    return words, False, (tail[-1] if tail[-1].isalpha() else "#") if tail else None


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Every place of a text with its word: what is counted in training."""
    words, short, end = spoken(text)
    if not words:
        return
    kind = "short" if short else "long"
    for word in words:
        yield kind, word
    yield f"{kind} first", words[0]
    if end is not None:
        yield "label" if short else "long last", end


def parts(names: str) -> list[str]:
    """The words of a class, id and role string: each name, and its parts.

    >>> parts("mainNav box")
    ['box', 'main', 'mainnav', 'nav']
    """
    found: set[str] = set()
    for name in names.split()[:20]:
        found.update(_parts_of(name[:60]))
    return sorted(found)


@lru_cache(maxsize=_REMEMBERED)
def _parts_of(name: str) -> tuple[str, ...]:
    several = PARTS.findall(name)
    return (name.lower(), *(part.lower() for part in several)) if len(several) > 1 else (name.lower(),)


class Telling:
    """The weights of words by place (:data:`PLACES`), and of names."""

    def __init__(self, words: Mapping[str, Mapping[str, float]], names: Mapping[str, float]) -> None:
        self.words = words
        self.names = names
        self._short = tuple(words[place].get for place in PLACES[:3])
        self._long = tuple(words[place].get for place in PLACES[3:])
        self._said: dict[str, Said] = {}
        self._called: dict[str, Called] = {}

    def said(self, text: str) -> Said:
        """The numbers of a block's text, by :data:`SAID`."""
        if len(text) > OPENING:
            return self._weigh(text)
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
        words, short, end = spoken(text)
        if not words:
            return _SILENT
        weight, first, whole = self._short if short else self._long
        several = [weight(word, 0.0) for word in words]
        total = sum(several)
        ending = 0.0 if end is None else whole(end, 0.0)
        return (
            first(words[0], 0.0), min(several), max(several), total / len(several),
            ending if short else 0.0, 0.0 if short else ending, max(-_MOST, min(_MOST, total)),
        )  # fmt: skip
