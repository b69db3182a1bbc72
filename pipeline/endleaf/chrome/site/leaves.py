"""A page's blocks as keys: the same words on another page have the same key.

Digits are masked, so that dates, counts and page numbers do not tell apart
what is the same; case and white space count for nothing. Words without a
letter ("12", "|") are the same on every page of the world: their key is of
their place too.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from endleaf.chrome.blocks import Blocks, Bools

Keys = npt.NDArray[np.uint64]

MOST_BLOCKS: Final = 1000
"""Blocks of one page that are counted: what a hostile page may cost. The lowest keys, so any order gives the same."""
CLIP: Final = 80
"""Characters of a block's words that are kept for people to read."""
_MOST_TOLD: Final = 2 << 20
"""Bytes of a page's words and places: more than any page has, so that a file that someone made costs no more."""
_STEPS: Final = 3
"""How many of the elements above a block make its place."""
_DIGITS: Final = re.compile(r"\d+")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One capture of a page, as a survey keeps it."""

    when: str
    """The capture's 14 digits, or as many as are known."""
    keys: Keys
    """Of its blocks, ascending, each once."""
    words: bytes = b""
    """Compressed: a line for each key, in their order, of its words and its place. Empty where nobody will read it."""

    @property
    def rank(self) -> tuple[str, bytes, bytes]:
        """Of several captures of one URL the lowest is kept, whatever the order they come in."""
        return self.when, self.keys.tobytes(), self.words

    def lines(self) -> list[tuple[str, str]]:
        """The words and the place of each key, as far as they were kept."""
        if not self.words:
            return [("", "")] * len(self.keys)
        told = zlib.decompressobj().decompress(self.words, _MOST_TOLD).decode()
        parted = (line.partition("\t") for line in told.split("\n"))
        return [(words, place) for words, _, place in parted] if len(self.keys) else []


def bare_leaf(blocks: Blocks, when: str = "") -> Leaf:
    """A page's leaf without its words: a fifth of the memory, for a survey that is used and not saved."""
    return Leaf(when, np.unique(keys_of(blocks)[0])[:MOST_BLOCKS])


def leaf_of(blocks: Blocks, when: str = "") -> Leaf:
    """A page's leaf, with words for people to read.

    >>> from endleaf.parse import parse
    >>> leaf = leaf_of(Blocks(parse("<ul id=menu><li>Home<li>News  <b>2004</b></ul>")))
    >>> sorted(leaf.lines())
    [('home', 'body/ul#menu/li'), ('news #', 'body/ul#menu/li')]
    """
    words, places = masked(blocks), _places(blocks)
    keys, first = np.unique(_keys(words, places), return_index=True)
    shown = [f"{words[i][:CLIP]}\t{places[i]}" for i in first[:MOST_BLOCKS].tolist()]
    told = "\n".join(shown).encode("utf-8", "replace")
    return Leaf(when, keys[:MOST_BLOCKS], zlib.compress(told, 1))


def keys_of(blocks: Blocks) -> tuple[Keys, Bools]:
    """(B) The key of each block, and whether it has a number in it, and so may be the same by its form alone."""
    words = masked(blocks)
    return _keys(words, _places(blocks)), np.array(["#" in each for each in words], np.bool_)


def key_of(words: str, place: str = "") -> int:
    """The key of one block, from its words (masked or not) and, if they have no letter, its place."""
    return _digest(mask(words), place)


def mask(words: str) -> str:
    """Words as keys see them.

    >>> mask("Posted  on 3 May 2013")
    'posted on # may #'
    """
    return _DIGITS.sub("#", " ".join(words.split()).casefold())


def masked(blocks: Blocks) -> list[str]:
    """(B) The words of each block, masked: all in one go, for a page has hundreds."""
    texts = blocks.tree.texts
    shown = [texts[i] for i in blocks.nodes.tolist()]
    ends = [*blocks.starts[1:].tolist(), len(shown)]
    runs = [" ".join(" ".join(shown[a:z]).split()) for a, z in zip(blocks.starts.tolist(), ends, strict=True)]
    return _DIGITS.sub("#", "\n".join(runs).casefold()).split("\n") if runs else []


def _keys(words: list[str], places: list[str]) -> Keys:
    return np.array([_digest(w, p) for w, p in zip(words, places, strict=True)], np.uint64)


def _digest(words: str, place: str) -> int:
    # The first character mostly is a letter: only where it is none is one looked for.
    text = words if words[:1].isalpha() or _LETTER.search(words) else f"{words}\n{place}"
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _places(blocks: Blocks) -> list[str]:
    """(B) Where each block stands: the nearest three block-level elements, the outermost first."""
    home = blocks.home[blocks.first]
    chain = [home]
    for _ in range(1, _STEPS):
        chain.append(blocks.home[np.maximum(blocks.parents[chain[-1]], 0)])
    steps: dict[int, str] = {0: ""}
    places: dict[int, str] = {}
    told: list[str] = []
    for inner, middle, outer in zip(*(each.tolist() for each in chain), strict=True):
        place = places.get(inner)
        if place is None:
            for i in (inner, middle, outer):
                if i not in steps:
                    steps[i] = _step(blocks.tree.tags[i], blocks.tree.attrs[i])
            place = places[inner] = "".join([steps[outer], steps[middle], steps[inner]]).lstrip("/")
        told.append(place)
    return told


def _step(tag: str, attrs: Mapping[str, str]) -> str:
    if tag == "html":
        return ""
    if not attrs or tag == "body":  # a body's names tell of the page, not of the place
        return f"/{tag}"
    return _named(tag, attrs.get("id", ""), attrs.get("class", ""))


@functools.lru_cache(maxsize=4096)
def _named(tag: str, name: str, classes: str) -> str:
    """One step of a place; pages of a site have the same ones again and again.

    >>> _named("div", "post-27", "a b"), _named("ul", "", "nav main")
    ('/div#post-#', '/ul.nav')
    """
    name, first = "-".join(name[:CLIP].split()), classes[:CLIP].split()[:1]
    return _DIGITS.sub("#", f"/{tag}#{name}" if name else f"/{tag}.{first[0]}" if first else f"/{tag}")
