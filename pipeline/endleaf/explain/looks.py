"""How text looked, from the tags around it: sizes, weight, colours, as old pages gave them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from endleaf.explain.told import Colour


class Look(NamedTuple):
    """The look of a text."""

    size: int = 0
    bold: bool = False
    italic: bool = False
    fixed: bool = False
    link: bool = False
    colour: Colour = ""
    pre: bool = False
    """Whether white space counts."""


PLAIN: Final = Look()

_BASE: Final = 3
"""HTML's font size that ``+1`` and ``-1`` count from, and that ``big`` and ``small`` do."""

_BOLD: Final = frozenset(("b", "strong", "th"))
_ITALIC: Final = frozenset(("i", "em", "cite", "var", "dfn", "address"))
_FIXED: Final = frozenset(("tt", "code", "kbd", "samp"))
_PRE: Final = frozenset(("pre", "xmp", "listing", "plaintext"))
_STEPS: Final = {"big": 1, "small": -1}

_SIZE: Final = re.compile(r"\s*([+-]?)(\d)")


def within(look: Look, tag: str, attrs: Mapping[str, str]) -> Look:
    """The look of text in an element, given the look around it.

    >>> within(PLAIN, "font", {"size": "+2", "color": "#CC0000"})
    Look(size=5, bold=False, italic=False, fixed=False, link=False, colour='red', pre=False)
    """
    if tag == "font":
        return look._replace(size=_size(attrs.get("size", "")) or look.size, colour=_colour(attrs, look.colour))
    if tag in _STEPS:
        return look._replace(size=_bounded((look.size or _BASE) + _STEPS[tag]))
    if tag == "a":
        return look._replace(link=True) if "href" in attrs else look
    if tag in _BOLD:
        return look._replace(bold=True)
    if tag in _ITALIC:
        return look._replace(italic=True)
    if tag in _FIXED:
        return look._replace(fixed=True)
    return look._replace(fixed=True, pre=True) if tag in _PRE else look


def _size(said: str) -> int:
    found = _SIZE.match(said)
    if not found:
        return 0
    sign, size = found[1], int(found[2])
    return _bounded(_BASE + size if sign == "+" else _BASE - size if sign else size)


def _bounded(size: int) -> int:
    return min(max(size, 1), 7)


# ------------------------------------------------------------------ colours

_NAMES: Final = {
    "red": "ff0000", "maroon": "800000", "green": "008000", "lime": "00ff00", "olive": "808000", "navy": "000080",
    "blue": "0000ff", "teal": "008080", "aqua": "00ffff", "purple": "800080", "fuchsia": "ff00ff", "orange": "ffa500",
    "brown": "a52a2a",
}  # fmt: skip
"""HTML's names of colours that have a hue, and two that browsers always knew."""

_HEX: Final = re.compile(r"\s*#?([0-9a-fA-F]{6})\s*\Z")

_HUES: Final[tuple[tuple[float, Colour], ...]] = (
    (0.04, "red"), (0.18, "brown"), (0.47, "green"), (0.70, "blue"), (0.93, "purple"), (1.0, "red")
)  # fmt: skip
"""Where each colour ends on the circle of hues: few enough that each can be read on every ground, light and dark."""

_GREY: Final = 0.25
"""Saturation below which a colour is a grey."""


def _colour(attrs: Mapping[str, str], around: Colour) -> Colour:
    said = attrs.get("color", "")
    found = _HEX.match(_NAMES.get(said.strip().lower(), said))
    if not found:
        return around
    red, green, blue = (int(found[1][i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return "" if saturation < _GREY else next(name for end, name in _HUES if hue <= end)
