"""CSS selectors over a flat tree: those of Selectors Level 4 that speak of a document's structure.

grammar   the text of a selector to what it asks
matching  what it asks, of all elements at once: each step costs the page's size, however deep the page
"""

from endleaf.rules.css.grammar import Compound, Css, parse
from endleaf.rules.css.matching import matching

__all__ = ["Compound", "Css", "matching", "parse"]
