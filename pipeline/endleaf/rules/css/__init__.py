"""CSS selectors over a flat tree: those of Selectors Level 4 that speak of a document's structure.

asked     what a selector asks, as typed parts
grammar   the text of a selector to what it asks
matching  what it asks, of all elements at once: each step costs the page's size, however deep the page
"""

from endleaf.rules.css.asked import Css
from endleaf.rules.css.grammar import parse
from endleaf.rules.css.matching import matching

__all__ = ["Css", "matching", "parse"]
