"""A selector as a rules file writes it, CSS or XPath, and what it finds on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from endleaf.rules import css, xpath
from endleaf.rules.selecting import BadSelector, Elements, Steps
from endleaf.rules.xpath import Attribute
from endleaf.rules.xpath.expressions import ends_in_attribute

Found = list[int | Attribute] | str
"""Nodes of the tree in document order, or the text that an XPath gives."""

_XPATH: Final = re.compile(r"/|\.{1,2}/|\(")
"""How an XPath begins that needs no ``xpath:`` before it. No CSS selector begins so."""
_LIKE_XPATH: Final = re.compile(r"//|^[\w-]+\(|^[@$]")
"""What no CSS selector has, for a hint."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector that was read: its text, and what it asks."""

    text: str
    asks: css.Css | xpath.Expression

    def find(self, elements: Elements) -> Found:
        """What it finds. Raises :class:`~endleaf.rules.selecting.TooCostly`.

        >>> from endleaf.parse import parse
        >>> elements = Elements(parse("<title>Bees</title><p>One"))
        >>> elements.tree.text(selector_of("p").find(elements)[0]), selector_of("xpath: string(//title)").find(elements)
        ('One', 'Bees')
        """
        steps = Steps()
        if isinstance(self.asks, css.Css):
            nodes = sorted(css.matching(self.asks.selectors, elements, steps))
            name = self.asks.attribute
            if name is None:
                return [*nodes]
            return [Attribute(i, name) for i in nodes if name in elements.tree.attrs[i]]
        value = xpath.evaluate(self.asks, elements, steps)
        return value if isinstance(value, list) else xpath.written(value)

    @property
    def finds_elements(self) -> bool:
        """Whether what it finds are elements or texts, and never attributes or a value."""
        if isinstance(self.asks, css.Css):
            return self.asks.attribute is None
        return xpath.kind_of(self.asks) == "nodes" and not ends_in_attribute(self.asks)


def selector_of(text: str) -> Selector:
    """A selector from its text: XPath where it begins with ``/``, ``./``, ``../``, ``(`` or ``xpath:``, else CSS.

    Raises :class:`~endleaf.rules.selecting.BadSelector`, its message naming the language.
    """
    bare = text.strip()
    language = "XPath" if _XPATH.match(bare) or bare.startswith("xpath:") else "CSS selector"
    bare = bare.removeprefix("xpath:").removeprefix("css:").strip()
    if not bare:
        raise BadSelector(f"bad {language}: there is nothing in it")
    try:
        return Selector(text, xpath.parse(bare) if language == "XPath" else css.parse(bare))
    except BadSelector as error:
        hint = "; an XPath that begins otherwise needs xpath: before it" if _LIKE_XPATH.search(bare) else ""
        raise BadSelector(f"bad {language}: {error}{hint * (language != 'XPath')}") from error
