"""The parts of an XPath asked of a page (XPath 1.0, sections 2.4 and 3)."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from endleaf.rules.selecting import Elements, Steps
from endleaf.rules.xpath import functions
from endleaf.rules.xpath.axes import Axes
from endleaf.rules.xpath.expressions import (
    REVERSE,
    Call,
    Expression,
    Literally,
    Negative,
    Operation,
    Path,
    Step,
    kind_of,
)
from endleaf.rules.xpath.values import Node, Value, in_order, number, written

_CHARACTERS: Final = 50
"""Characters of text that cost as much as a node."""


class Place(NamedTuple):
    """What an expression is asked of: a node, its place among the others, and how many they are."""

    node: Node
    position: int = 1
    size: int = 1


def evaluate(expression: Expression, elements: Elements, steps: Steps) -> Value:
    """An expression's value for the whole document. Raises :class:`~endleaf.rules.selecting.TooCostly`.

    >>> from endleaf.parse import parse as page
    >>> from endleaf.rules.xpath import parse
    >>> elements = Elements(page("<h1>Bees</h1><p>One<p class=b>Two"))
    >>> evaluate(parse("concat(//h1, ': ', count(//p), ' ', //p[2]/@class)"), elements, Steps())
    'Bees: 2 b'
    """
    return Evaluation(elements, steps).value(expression, Place(0))


class Evaluation:
    """One page's answers."""

    def __init__(self, elements: Elements, steps: Steps) -> None:
        self.tree = elements.tree
        self.elements = elements
        self.steps = steps
        self.axes = Axes(elements, steps)

    def value(self, asked: Expression, at: Place) -> Value:
        """An expression's value at a place."""
        self.steps.take(1)
        if isinstance(asked, Path):
            return self._path(asked, at)
        if isinstance(asked, Literally):
            return asked.value
        if isinstance(asked, Operation):
            return self._operation(asked, at)
        if isinstance(asked, Call):
            return functions.FUNCTIONS[asked.name](self, at, [self.value(each, at) for each in asked.arguments])
        if isinstance(asked, Negative):
            return -self.number(self.value(asked.operand, at))
        return self._filtered(self.nodes(asked.base, at), asked.predicates)

    def nodes(self, asked: Expression, at: Place) -> list[Node]:
        """The nodes that an expression of nodes gives."""
        found = self.value(asked, at)
        return found if isinstance(found, list) else []

    # ---------------------------------------------------------------- paths

    def _path(self, asked: Path, at: Place) -> list[Node]:
        nodes: list[Node]
        if asked.start is None:
            nodes = [at.node]
        elif isinstance(asked.start, str):
            nodes = [0]
        else:
            nodes = self.nodes(asked.start, at)
        for step in asked.steps:
            if not nodes:
                break
            nodes = self._each(step, nodes) if step.by_place else self._all(step, nodes)
        return nodes

    def _all(self, step: Step, nodes: list[Node]) -> list[Node]:
        """A step from all nodes at once: no place is asked for, so it does not matter from which each was reached."""
        found = self.axes.reach(step.axis, nodes, step.test)
        for predicate in step.predicates:
            found = [node for node in found if self.holds(predicate, Place(node))]
        return found

    def _each(self, step: Step, nodes: list[Node]) -> list[Node]:
        """A step from each node by itself."""
        found: set[Node] = set()
        for node in nodes:
            reached = self.axes.reach(step.axis, [node], step.test)
            if step.axis in REVERSE:
                reached.reverse()
            found.update(self._filtered(reached, step.predicates))
        return sorted(found, key=in_order)

    def _filtered(self, nodes: list[Node], predicates: Iterable[Expression]) -> list[Node]:
        for predicate in predicates:
            if isinstance(predicate, Literally) and isinstance(predicate.value, float):
                place = predicate.value
                nodes = [nodes[int(place) - 1]] if place == int(place) and 1 <= place <= len(nodes) else []
                continue
            size = len(nodes)
            nodes = [
                node for position, node in enumerate(nodes, 1) if self._passes(predicate, Place(node, position, size))
            ]
        return nodes

    def _passes(self, predicate: Expression, at: Place) -> bool:
        if kind_of(predicate) == "number":
            return self.value(predicate, at) == at.position
        return self.holds(predicate, at)

    def holds(self, asked: Expression, at: Place) -> bool:
        """The truth of an expression, asked no further than it takes to know it."""
        if isinstance(asked, Path) and asked.start is None and isinstance(at.node, int):
            step = asked.steps[0]
            if len(asked.steps) == 1 and not step.predicates:
                return self.axes.leads(step.axis, at.node, step.test)
        if isinstance(asked, Call) and asked.name == "not":
            return not self.holds(asked.arguments[0], at)
        if isinstance(asked, Operation) and asked.operator in ("or", "and"):
            first = self.holds(asked.left, at)
            return first if first == (asked.operator == "or") else self.holds(asked.right, at)
        return self.truth(self.value(asked, at))

    # --------------------------------------------------------------- values

    def string(self, value: Value) -> str:
        """The string() of a value; of nodes, the first's (section 4.2)."""
        if isinstance(value, list):
            return self.text(value[0]) if value else ""
        return written(value)

    def text(self, node: Node) -> str:
        """A node's string value (section 5)."""
        if not isinstance(node, int):
            return self.tree.attrs[node.owner][node.name]
        self.steps.take(self.tree.ends[node] - node)
        text = self.elements.text(node)
        self.steps.take(len(text) // _CHARACTERS)
        return text

    def number(self, value: Value) -> float:
        """The number() of a value."""
        return float(value) if isinstance(value, (bool, float)) else number(self.string(value))

    def truth(self, value: Value) -> bool:
        """The boolean() of a value (section 4.3)."""
        return bool(value) and value == value  # noqa: PLR0124 - NaN is false

    # ----------------------------------------------------------- operations

    def _operation(self, asked: Operation, at: Place) -> Value:
        sign = asked.operator
        if sign in ("or", "and"):
            return self.holds(asked, at)
        left, right = self.value(asked.left, at), self.value(asked.right, at)
        if sign == "|":
            both = set(left if isinstance(left, list) else ()) | set(right if isinstance(right, list) else ())
            self.steps.take(len(both))
            return sorted(both, key=in_order)
        if sign in _ARITHMETIC:
            return _ARITHMETIC[sign](self.number(left), self.number(right))
        return self._compared(sign, left, right)

    def _compared(self, sign: str, left: Value, right: Value) -> bool:
        """A comparison (section 3.4): of nodes, whether it holds for any of them."""
        if isinstance(left, bool) or isinstance(right, bool):
            if isinstance(left, list) or isinstance(right, list) or sign in ("=", "!="):
                left, right = self.truth(left), self.truth(right)
            return _holds(sign, self.number(left), self.number(right))
        if isinstance(left, list) or isinstance(right, list):
            return self._any(sign, self._atoms(left), self._atoms(right))
        if sign in ("=", "!=") and isinstance(left, str) and isinstance(right, str):
            return (left == right) == (sign == "=")
        return _holds(sign, self.number(left), self.number(right))

    def _atoms(self, value: Value) -> list[str | float]:
        """The different values to compare."""
        return list({self.text(node) for node in value}) if isinstance(value, list) else [value]

    def _any(self, sign: str, left: list[str | float], right: list[str | float]) -> bool:
        """Whether a comparison holds for any pair: told from the sets and their ends, not pair by pair."""
        if not left or not right:
            return False
        if sign in ("=", "!=") and isinstance(left[0], str) and isinstance(right[0], str):
            return not set(left).isdisjoint(right) if sign == "=" else len({*left, *right}) > 1
        numbers = [[self.number(each) for each in side] for side in (left, right)]
        a, b = ([each for each in side if not math.isnan(each)] for side in numbers)
        if sign == "!=":  # NaN differs from all, itself too
            return len(a) < len(left) or len(b) < len(right) or len({*a, *b}) > 1
        if sign == "=":
            return not set(a).isdisjoint(b)
        ends = (min(a, default=math.nan), max(b, default=math.nan))
        if sign in (">", ">="):
            ends = (max(a, default=math.nan), min(b, default=math.nan))
        return _holds(sign, *ends)


def _holds(sign: str, left: float, right: float) -> bool:
    return _COMPARISONS[sign](left, right)


_COMPARISONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    return math.nan if not a or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)


def _rest(a: float, b: float) -> float:
    return math.nan if not b or math.isinf(a) or math.isnan(a + b) else math.fmod(a, b)


_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "div": _divided, "mod": _rest,
}  # fmt: skip
