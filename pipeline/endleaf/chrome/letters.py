"""Kinds of characters, as a table: what a block's text is made of, counted without reading it in Python."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
import numpy.typing as npt

KINDS: Final = (
    "space", "small", "capital", "digit", "ideograph", "end", "pause", "quote", "money", "separator", "dash", "other",
)  # fmt: skip
SPACE, SMALL, CAPITAL, DIGIT, IDEOGRAPH, END, PAUSE, QUOTE, MONEY, SEPARATOR, DASH, OTHER = range(len(KINDS))

_MARKS: Final[dict[int, str]] = {
    END: ".!?。！？…؟।。",  # end a sentence
    PAUSE: ",;:，、；：،؛",
    QUOTE: "\"'()[]{}“”‘’«»„‹›「」『』《》（）【】",
    MONEY: "$€£¥%₹₽￥",
    SEPARATOR: "|/\\>*•·●■►▶→←▪¦†‡§©®™#@+=~^_<&",  # menus, crumbs, bullets, notices
    DASH: "-–—‒―‐",
}
# Scripts whose words are not parted by spaces: each character counts as a word.
_IDEOGRAPHS: Final = ((0x0E00, 0x0EFF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


@functools.cache
def table() -> npt.NDArray[np.uint8]:
    """The kind of each character of the Basic Multilingual Plane, by code point."""
    kinds = np.full(0x10000, OTHER, np.uint8)
    for code in range(0x10000):
        c = chr(code)
        if c.isspace():
            kinds[code] = SPACE
        elif c.isdigit():
            kinds[code] = DIGIT
        elif c.isupper() or c.istitle():
            kinds[code] = CAPITAL
        elif c.isalpha():
            kinds[code] = SMALL
    for first, last in _IDEOGRAPHS:
        kinds[first : last + 1] = IDEOGRAPH
    for kind, marks in _MARKS.items():
        kinds[[ord(c) for c in marks]] = kind
    kinds[[ord(c) for c in _INVISIBLE]] = SPACE
    return kinds


def kinds_of(text: str) -> npt.NDArray[np.uint8]:
    """The kind of each character of a text.

    >>> [KINDS[k] for k in kinds_of("Aé 7.")]
    ['capital', 'small', 'space', 'digit', 'end']
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return table()[np.minimum(codes, 0xFFFF)]
