"""What may stand around a block in the drawing: our words for HTML's elements, and the numbers we take of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from endleaf.explain.told import Align, Box, Open, Picture

BOXES: Final[Mapping[str, Box]] = {
    "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "ul": "list", "menu": "list", "dir": "list", "ol": "numbered", "dl": "list",
    "li": "item", "dt": "term", "dd": "description",
    "p": "paragraph", "blockquote": "quote", "address": "address", "figure": "figure",
    "pre": "pre", "xmp": "pre", "listing": "pre", "plaintext": "pre",
    "h1": "heading1", "h2": "heading2", "h3": "heading3", "h4": "heading4", "h5": "heading5", "h6": "heading6",
    "form": "form", "header": "header", "footer": "footer", "nav": "nav", "aside": "aside", "main": "main",
    "article": "article",
}  # fmt: skip
"""Elements that are drawn. All others are seen through: what they hold is drawn, they are not."""

_ALIGNED: Final = frozenset(
    ("div", "center", "section", "caption", "td", "th", "p", "h1", "h2", "h3", "h4", "h5", "h6")
)

_ALIGNS: Final[Mapping[str, Align]] = {
    "left": "left", "center": "center", "middle": "center", "right": "right", "justify": "left"
}  # fmt: skip

_FIELDS: Final[Mapping[str, str]] = {
    "text": "text", "search": "search", "submit": "button", "button": "button", "reset": "button", "image": "button",
    "checkbox": "box to tick", "radio": "choice", "password": "password", "file": "file", "email": "text",
    "number": "number", "date": "date",
}  # fmt: skip
"""What to call an ``input``, by its type."""

_SCREEN: Final = 760
"""Pixels that a page of 1996-2005 was laid out for (a window on a screen of 800): widths become shares of it."""

_WIDTH: Final = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(%?)")
_PIXELS: Final = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*\Z")
_SPAN: Final = re.compile(r"\s*(\d{1,4})")
_WIDEST_SPAN: Final = 100
_LARGEST: Final = 9999
"""Pixels a picture is said to have at most."""


def box_of(tag: str, attrs: Mapping[str, str]) -> Open | None:
    """What to draw for an element; None where it is seen through."""
    box = BOXES.get(tag)
    align = _align(tag, attrs)
    if box is None:
        return Open(box="aligned", align=align) if align else None
    if box == "table":
        return Open(box=box, align="center" if align == "center" else "", width=_width(attrs))
    if box == "cell":
        return Open(
            box=box,
            align=align or ("center" if tag == "th" else ""),
            width=_width(attrs),
            colspan=_span(attrs.get("colspan", "")),
            rowspan=_span(attrs.get("rowspan", "")),
        )
    return Open(box=box, align=align)


def _align(tag: str, attrs: Mapping[str, str]) -> Align:
    if tag == "center":
        return "center"
    return _ALIGNS.get(attrs.get("align", "").strip().lower(), "") if tag in _ALIGNED or tag == "table" else ""


def _width(attrs: Mapping[str, str]) -> int:
    """A width as percent, in steps of five.

    >>> [_width({"width": width}) for width in ("50%", "380", "9999", "x", "1")]
    [50, 50, 100, 0, 5]
    """
    found = _WIDTH.match(attrs.get("width", ""))
    if not found or not int(found[1]):
        return 0
    percent = int(found[1]) if found[2] else int(found[1]) * 100 / _SCREEN
    return min(max(round(percent / 5) * 5, 5), 100)


def _span(said: str) -> int:
    found = _SPAN.match(said)
    return min(max(int(found[1]), 1), _WIDEST_SPAN) if found else 1


def picture_of(tag: str, attrs: Mapping[str, str], *, kept: bool) -> Picture | None:
    """The box for an image or a field; None for what nobody sees."""
    if tag == "img":
        width, height = (_pixels(attrs.get(side, "")) for side in ("width", "height"))
        return Picture(words=" ".join(attrs.get("alt", "").split()), width=width, height=height, kept=kept)
    kind = attrs.get("type", "text").strip().lower()
    words = _FIELDS.get(kind) if tag == "input" else {"select": "menu", "textarea": "text"}[tag]
    return Picture(words=words, field=True, kept=kept) if words else None


def _pixels(said: str) -> int | None:
    found = _PIXELS.match(said)
    return min(int(found[1]), _LARGEST) if found else None
