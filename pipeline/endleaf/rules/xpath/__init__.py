"""XPath 1.0 over a flat tree, with a limit of work.

expressions  what an XPath asks, as typed parts
tokens       the text cut into its words
grammar      the words to the parts
values       strings, numbers and truth, and how each becomes the other
axes         from nodes to nodes
functions    the functions of XPath 1.0 (section 4): no other can be called, and no variable has a value
evaluation   the parts asked of a page
"""

from endleaf.rules.xpath.evaluation import evaluate
from endleaf.rules.xpath.expressions import Expression, kind_of
from endleaf.rules.xpath.grammar import parse
from endleaf.rules.xpath.values import Attribute, Value, written

__all__ = ["Attribute", "Expression", "Value", "evaluate", "kind_of", "parse", "written"]
