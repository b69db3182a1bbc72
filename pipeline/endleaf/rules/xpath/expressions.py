"""What an XPath asks, as typed parts (XPath 1.0, sections 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Axis = Literal[
    "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
    "following-sibling", "parent", "preceding", "preceding-sibling", "self",
]  # fmt: skip
AXES: Final[frozenset[str]] = frozenset(get_args(Axis))
REVERSE: Final = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
Kind = Literal["nodes", "string", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Test:
    """A node test. ``kind``: ``name`` (``*`` is any), ``node``, ``text``, ``comment`` or ``none``."""

    kind: Literal["name", "node", "text", "comment", "none"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Literally:
    """A string or a number that stands in the expression."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    axis: Axis
    test: Test
    predicates: tuple[Expression, ...] = ()

    @property
    def by_place(self) -> bool:
        """Whether a node's place among the others of its step counts."""
        return any(asks_place(each) for each in self.predicates)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from ``start``: an expression of nodes, ``/`` or the node itself (None)."""

    start: Expression | Literal["/"] | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """Nodes of an expression, filtered in document order."""

    base: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function's call."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """``or and = != < <= > >= + - * div mod |``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus before."""

    operand: Expression


Expression = Literally | Path | Filtered | Call | Operation | Negative

RESULTS: Final[dict[str, Kind]] = {
    "last": "number", "position": "number", "count": "number", "string-length": "number", "number": "number",
    "sum": "number", "floor": "number", "ceiling": "number", "round": "number", "id": "nodes", "local-name": "string",
    "namespace-uri": "string", "name": "string", "string": "string", "concat": "string", "substring": "string",
    "substring-before": "string", "substring-after": "string", "normalize-space": "string", "translate": "string",
    "starts-with": "boolean", "contains": "boolean", "boolean": "boolean", "not": "boolean", "true": "boolean",
    "false": "boolean", "lang": "boolean",
}  # fmt: skip
"""The functions of XPath 1.0, and what each gives."""


def kind_of(expression: Expression) -> Kind:
    """What an expression gives."""
    if isinstance(expression, (Path, Filtered)):
        return "nodes"
    if isinstance(expression, Literally):
        return "string" if isinstance(expression.value, str) else "number"
    if isinstance(expression, Call):
        return RESULTS[expression.name]
    if isinstance(expression, Negative) or expression.operator in ("+", "-", "*", "div", "mod"):
        return "number"
    return "nodes" if expression.operator == "|" else "boolean"


def asks_place(predicate: Expression) -> bool:
    """Whether a predicate depends on a node's place: it is a number, or asks for position() or last()."""
    return kind_of(predicate) == "number" or _mentions_place(predicate)


def _mentions_place(expression: Expression) -> bool:
    if isinstance(expression, Call):
        return expression.name in ("position", "last") or any(map(_mentions_place, expression.arguments))
    if isinstance(expression, Operation):
        return _mentions_place(expression.left) or _mentions_place(expression.right)
    if isinstance(expression, Negative):
        return _mentions_place(expression.operand)
    if isinstance(expression, Filtered):
        return _mentions_place(expression.base)
    return isinstance(expression, Path) and not isinstance(expression.start, str | None)


def ends_in_attribute(expression: Expression) -> bool:
    """Whether the nodes that an expression gives can be attributes."""
    if isinstance(expression, Path) and expression.steps:
        return expression.steps[-1].axis == "attribute"
    if isinstance(expression, Filtered):
        return ends_in_attribute(expression.base)
    if isinstance(expression, Operation):
        return ends_in_attribute(expression.left) or ends_in_attribute(expression.right)
    return False
