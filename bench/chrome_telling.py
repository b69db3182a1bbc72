"""Counts which words tell content from navigation, for :mod:`endleaf.chrome.telling`.

Every site of the training pages has one vote a word: the share of its blocks
with the word that are content. A page that is trained on is given weights
without its own site's votes, so that the network learns to trust them as much
as they deserve on a site that was never counted.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.facts import openings
from endleaf.chrome.telling import PLACES, Telling, parts, tokens
from endleaf.chrome.told import climb

FEWEST_WORDS = 10
"""Sites that must say a word."""
FEWEST_NAMES = 8
"""Sites that must use a name."""
DOUBT = 3.0
"""Sites without the word that a word's votes are mixed with: what few sites say tells little."""

Shares = dict[str, dict[str, float]]
"""token -> site -> the share of its blocks with the token that are content."""


class Counts:
    """The votes of the sites: token -> site -> (blocks of content, blocks)."""

    def __init__(self) -> None:
        self._words = {place: _counter() for place in PLACES}
        self._names = _counter()

    def add(self, site: str, blocks: Blocks, content: npt.NDArray[np.bool_]) -> None:
        """Count a page in."""
        for text, is_content in zip(openings(blocks), content.tolist(), strict=True):
            for place, word in tokens(text):
                _count(self._words[place][word][site], is_content)
        called = dict(zip(blocks.named, map(parts, blocks.called), strict=True))
        above = np.stack(climb(blocks), 1).tolist()
        for elements, is_content in zip(above, content.tolist(), strict=True):
            for element in elements:
                for name in called.get(element, ()):
                    _count(self._names[name][site], is_content)

    def votes(self) -> Ballot:
        """All votes, for the words and names of enough sites."""
        words = {place: _shares(counts, FEWEST_WORDS) for place, counts in self._words.items()}
        return Ballot(words, _shares(self._names, FEWEST_NAMES))


Counter = defaultdict[str, defaultdict[str, list[int]]]


def _counter() -> Counter:
    return defaultdict(lambda: defaultdict(lambda: [0, 0]))


def _count(entry: list[int], is_content: bool) -> None:
    entry[0] += is_content
    entry[1] += 1


def _shares(counts: Mapping[str, Mapping[str, list[int]]], fewest: int) -> Shares:
    return {
        token: {site: content / blocks for site, (content, blocks) in sites.items()}
        for token, sites in sorted(counts.items())
        if len(sites) >= fewest and "\n" not in token
    }


class Ballot:
    """The shares by token and site, and the weights that follow."""

    def __init__(self, words: Mapping[str, Shares], names: Shares) -> None:
        self._words = {place: Column(shares) for place, shares in words.items()}
        self._names = Column(names)

    def weights(self) -> Telling:
        """The weights by all sites: what is shipped."""
        words = {place: dict(Weights(column, "")) for place, column in self._words.items()}
        return Telling(words, dict(Weights(self._names, "")))

    def without(self, site: str) -> Telling:
        """The weights without a site's votes."""
        words = {place: Weights(column, site) for place, column in self._words.items()}
        return Telling(words, Weights(self._names, site))


class Column:
    """One kind of token: its shares and their sums."""

    def __init__(self, shares: Shares) -> None:
        self.shares = shares
        self.sums = {token: (sum(sites.values()), len(sites)) for token, sites in shares.items()}
        self.mean = sum(total / many for total, many in self.sums.values()) / max(1, len(self.sums))

    def weight(self, token: str, site: str) -> float:
        """The log odds of a token over the mean's, without a site."""
        total, many = self.sums[token]
        own = self.shares[token].get(site)
        if own is not None:
            total, many = total - own, many - 1
        mean = self.mean
        odds = (total + DOUBT * mean) / (many - total + DOUBT * (1 - mean))
        return math.log(odds) - math.log(mean / (1 - mean))


class Weights(Mapping[str, float]):
    """The weights of a column without a site, worked out as they are asked for."""

    def __init__(self, column: Column, site: str) -> None:
        self._column, self._site = column, site

    def __getitem__(self, token: str) -> float:
        if token not in self._column.sums:
            raise KeyError(token)
        return self._column.weight(token, self._site)

    def __iter__(self) -> Iterator[str]:
        return iter(self._column.sums)

    def __len__(self) -> int:
        return len(self._column.sums)
