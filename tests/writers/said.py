"""What a page says, by a second way: the characters every format must show, in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from endleaf.model import Code, Image, Link, Page, Preformatted, Text
from endleaf.plain import clean
from endleaf.render.addresses import safe
from endleaf.render.html import image_words


def said(page: Page) -> str:
    """The characters of a page's sections, white space aside."""
    return squeezed("".join(pieces(page)))


def pieces(page: Page) -> list[str]:
    """The strings that make up a page's sections, in order."""
    return [piece for section in page.walk() for piece in (*_of(section.heading), *_of(section.blocks))]


def squeezed(text: str) -> str:
    """Characters without white space, marks of raising undone, and no slash: what sets parts of a cell apart."""
    plain = unicodedata.normalize("NFKC", clean(text)).replace("\u2212", "-")  # a raised minus
    return "".join(plain.split()).replace("/", "")


def _of(thing: Any, linked: bool = False) -> Iterator[str]:
    if isinstance(thing, tuple):
        for each in thing:
            yield from _of(each, linked)
    elif isinstance(thing, Text | Code | Preformatted):
        yield thing.text
    elif isinstance(thing, Image):
        yield image_words(thing)
    elif isinstance(thing, Link):
        shown = list(_of(thing.content, linked=True))
        yield from shown
        if not linked and not clean("".join(shown)).strip():
            yield safe(thing.href) or ""
    else:
        for name in ("caption", "images", "rows", "terms", "content", "blocks", "items", "cells"):
            if not (name == "caption" and hasattr(thing, "images")):
                yield from _of(getattr(thing, name, ()), linked)
        if hasattr(thing, "images"):
            yield from _of(thing.caption, linked)
