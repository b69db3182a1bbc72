"""What an image is for, told by its attributes alone: to hold space, to adorn, or to be looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

SPACER_SIDE: Final = 2
"""An image no wider or no higher than this many pixels draws space or a line, or counts a visit."""

ICON: Final = 24
"""Pixels: an image no larger either way is a bullet or an icon."""

LINE: Final = 8
"""An image with no words that is this many times as wide as it is high is a drawn line."""

_NAME_LENGTH: Final = 100
"""Characters of a file's name that are looked at, from its end."""

_SIDE: Final = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*\Z", re.IGNORECASE)
_SPACER: Final = re.compile(
    r"(?:^|[_.-])(?:spacer|blank|clear(?:dot)?|pixel|shim|transparent|trans|dot|1x1)\w?\.(?:gif|png)\Z"
)
"""Names of the one-pixel images that held old layouts apart."""

_COLOUR = r"(?:(?:^|[_-])|red|blue|green|yellow|black|white|gold|gr[ae]y|orange|purple|pink|small|rainbow)"
_BULLET: Final = re.compile(
    rf"{_COLOUR}(?:ball|bullet|bull?|dot|arrow|diamond|square|star|puce|pfeil)s?[\d_-]*[a-z]?\.(?:gif|png)\Z"
)
_BAR: Final = re.compile(
    rf"{_COLOUR}(?:bar|line|rule|hr|divider|separator|rainbow|linie|trenner)[a-z]?[\d_-]*\.(?:gif|png|jpe?g)\Z"
)
_SHAPES: Final = frozenset("*-–—=_~.·•+#<>[](){}|/\\°oO¤»«▪■●►➤→ \xa0")
"""Characters that draw, in an alt text, what the image draws. A colon is none: it is a smiling face's eyes."""

_BULLET_WORDS: Final = frozenset({"bullet", "bullet point", "ball", "dot", "arrow", "red ball", "blue ball", "graphic"})
_BAR_WORDS: Final = frozenset({"bar", "line", "rule", "divider", "separator", "horizontal rule", "horizontal line"})
_BULLET_LENGTH: Final = 3
"""Characters of an alt text that stands for a bullet, such as ``[*]``; more of them draw a line."""


def sides(attrs: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Width and height in pixels, where an ``img`` states them.

    >>> sides({"width": "30px", "height": "50%"})
    (30, None)
    """
    return _side(attrs.get("width")), _side(attrs.get("height"))


@lru_cache(maxsize=1024)
def _side(value: str | None) -> int | None:
    found = _SIDE.match(value) if value else None
    return int(found.group(1)) if found else None


def file_name(attrs: Mapping[str, str]) -> str:
    """The name of an ``img``'s file in small letters; "" where its address holds the image itself.

    >>> file_name({"src": "/pics/Mill.GIF?x=1"})
    'mill.gif'
    """
    source = attrs.get("src", "")
    if source[:5].lower() == "data:":
        return ""
    return source.partition("?")[0].rpartition("/")[2][-_NAME_LENGTH:].strip().lower()


def wordless(alt: str) -> bool:
    """Whether an alt text says nothing: empty, or drawn of marks.

    >>> wordless("-----"), wordless("o"), wordless("Lo"), wordless("7")
    (True, True, False, False)
    """
    return _SHAPES.issuperset(alt) and (len(alt) < 2 or alt.lower().strip("o") != "")


def icon(width: int | None, height: int | None) -> bool:
    """Whether an image is known to be no larger than an icon."""
    return width is not None and height is not None and max(width, height) <= ICON


def spacer(attrs: Mapping[str, str]) -> bool:
    """Whether an image only holds space, or counts visits."""
    width, height = sides(attrs)
    if (width is not None and width <= SPACER_SIDE) or (height is not None and height <= SPACER_SIDE):
        return True
    return wordless(attrs.get("alt", "").strip()) and _SPACER.search(file_name(attrs)) is not None


def bar(attrs: Mapping[str, str]) -> bool:
    """Whether an image draws a line across the page.

    >>> bar({"src": "a.gif", "alt": "----------"}), bar({"src": "rainbowline.gif"}), bar({"src": "outline.gif"})
    (True, True, False)
    """
    alt = attrs.get("alt", "").strip()
    if not wordless(alt):
        return alt.lower() in _BAR_WORDS
    width, height = sides(attrs)
    if width and height:
        return width >= LINE * height and height <= ICON
    return len(alt) > _BULLET_LENGTH or _BAR.search(file_name(attrs)) is not None


def bullet(attrs: Mapping[str, str]) -> bool:
    """Whether an image marks an item or a heading, as a ball or an arrow does.

    >>> bullet({"src": "redball.gif"}), bullet({"src": "x.gif", "alt": "[*]"}), bullet({"src": "football.gif"})
    (True, True, False)
    """
    width, height = sides(attrs)
    if (width or 0) > 2 * ICON or (height or 0) > 2 * ICON:
        return False
    alt = attrs.get("alt", "").strip()
    if not wordless(alt):
        return alt.lower() in _BULLET_WORDS
    if alt:
        return len(alt) <= _BULLET_LENGTH
    return _BULLET.search(file_name(attrs)) is not None
