"""The words of an XPath to its parts: a function for each production (XPath 1.0, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, cast

from endleaf.rules.selecting import BadSelector
from endleaf.rules.xpath.expressions import (
    AXES,
    RESULTS,
    Axis,
    Call,
    Expression,
    Filtered,
    Literally,
    Negative,
    Operation,
    Path,
    Step,
    Test,
    kind_of,
)
from endleaf.rules.xpath.tokens import Token, tokens_of

MOST_NESTED: Final = 24
"""Expressions within expressions: each is a dozen calls deep."""
MOST_OPERATORS: Final = 100
"""In one expression: each makes it a few calls deeper."""

_LEVELS: Final = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
"""The operators, those that bind least first."""
_ARITY: Final[dict[str, tuple[int, int]]] = {
    "last": (0, 0), "position": (0, 0), "count": (1, 1), "string-length": (0, 1), "number": (0, 1), "sum": (1, 1),
    "floor": (1, 1), "ceiling": (1, 1), "round": (1, 1), "id": (1, 1), "local-name": (0, 1), "namespace-uri": (0, 1),
    "name": (0, 1), "string": (0, 1), "concat": (2, 50), "substring": (2, 3), "substring-before": (2, 2),
    "substring-after": (2, 2), "normalize-space": (0, 1), "translate": (3, 3), "starts-with": (2, 2),
    "contains": (2, 2), "boolean": (1, 1), "not": (1, 1), "true": (0, 0), "false": (0, 0), "lang": (1, 1),
}  # fmt: skip
_OF_NODES: Final = frozenset({"count", "sum", "local-name", "namespace-uri", "name"})
_FOREIGN: Final = ("svg", "math")
_HERE: Final = Step("self", Test("node"))
_EVERYWHERE: Final = Step("descendant-or-self", Test("node"))


def parse(text: str) -> Expression:
    """What an XPath asks. Raises :class:`BadSelector`.

    >>> parse("//h1").steps
    (Step(axis='descendant', test=Test(kind='name', name='h1'), predicates=()),)
    >>> parse("//p[re:test(., 'x')]")
    Traceback (most recent call last):
    endleaf.rules.selecting.BadSelector: re:test() is no function of XPath 1.0
    """
    return _Parser(tokens_of(text)).whole()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.operators = 0

    def whole(self) -> Expression:
        found = self.expression()
        if self.now.kind != "end":
            self.wrong("is out of place")
        return found

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> str | None:
        """The next word, if it is one of these."""
        token = self.now
        if token.kind in ("number", "string", "end") or token.text not in texts:
            return None
        self.at += 1
        return token.text

    def need(self, text: str) -> None:
        if self.take(text) is None:
            raise BadSelector(f"{text!r} is missing {self.place()}")

    def place(self) -> str:
        rest = "".join(
            (" " if a.at + len(a.text) < b.at else "") + b.text
            for a, b in zip(self.tokens[max(self.at - 1, 0) :], self.tokens[max(self.at, 1) :], strict=False)
        ).strip() if self.at else "".join(token.text for token in self.tokens)  # fmt: skip
        return f"before {rest[:20]!r}" if self.now.kind != "end" else "at the end"

    def wrong(self, what: str) -> NoReturn:
        raise BadSelector(f"{self.now.text!r} {what}" if self.now.text else "the expression is not finished")

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise BadSelector(f"expressions are nested more than {MOST_NESTED} deep")
        found = self.level(0)
        self.depth -= 1
        return found

    def level(self, number: int) -> Expression:
        below: Callable[[], Expression] = self.negative
        if number + 1 < len(_LEVELS):
            below = lambda: self.level(number + 1)  # noqa: E731 - a name for the next production
        left = below()
        while (operator := self.take(*_LEVELS[number])) is not None:
            left = self.operation(operator, left, below())
        return left

    def operation(self, operator: str, left: Expression, right: Expression) -> Operation:
        self.operators += 1
        if self.operators > MOST_OPERATORS:
            raise BadSelector(f"more than {MOST_OPERATORS} operators")
        return Operation(operator, left, right)

    def negative(self) -> Expression:
        minuses = 0
        while self.take("-"):
            minuses += 1
        found = self.union()
        return Negative(found) if minuses % 2 else Negative(Negative(found)) if minuses else found

    def union(self) -> Expression:
        left = self.path()
        while self.take("|"):
            right = self.path()
            for side in (left, right):
                if kind_of(side) != "nodes":
                    raise BadSelector("both sides of '|' must give nodes")
            left = self.operation("|", left, right)
        return left

    def path(self) -> Expression:
        if self.filter_begins():
            return self.filtered()
        if self.take("//"):
            return Path("/", self.steps((_EVERYWHERE,)))
        if self.take("/"):
            return Path("/", self.steps(()) if self.step_begins() else ())
        return Path(None, self.steps(()))

    def filter_begins(self) -> bool:
        token, following = self.now, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind == "name":
            return following.text == "(" and token.text not in _NODE_TESTS
        return token.kind in ("number", "string") or token.text in ("(", "$")

    def filtered(self) -> Expression:
        found = self.primary()
        predicates = self.predicates()
        steps_follow = self.now.kind == "sign" and self.now.text in ("/", "//")
        if (predicates or steps_follow) and kind_of(found) != "nodes":
            self.wrong("can follow only what gives nodes")
        if predicates:
            found = Filtered(found, predicates)
        if self.take("//"):
            return Path(found, self.steps((_EVERYWHERE,)))
        return Path(found, self.steps(())) if self.take("/") else found

    def primary(self) -> Expression:
        token = self.now
        if self.take("$"):
            raise BadSelector(f"${self.now.text}: variables have no value here")
        self.at += 1
        if token.kind == "number":
            return Literally(float(token.text))
        if token.kind == "string":
            return Literally(token.text[1:-1])
        if token.text == "(":
            found = self.expression()
            self.need(")")
            return found
        return self.call(token.text)

    def call(self, name: str) -> Call:
        if name not in RESULTS:
            raise BadSelector(f"{name}() is no function of XPath 1.0")
        self.need("(")
        arguments: list[Expression] = []
        if not self.take(")"):
            arguments.append(self.expression())
            while self.take(","):
                arguments.append(self.expression())
            self.need(")")
        least, most = _ARITY[name]
        if not least <= len(arguments) <= most:
            wants = str(least) if least == most else f"{least} to {most}"
            raise BadSelector(f"{name}() takes {wants} arguments and has {len(arguments)}")
        if name in _OF_NODES and arguments and kind_of(arguments[0]) != "nodes":
            raise BadSelector(f"{name}() takes nodes")
        return Call(name, tuple(arguments))

    def steps(self, before: tuple[Step, ...]) -> tuple[Step, ...]:
        found = [*before, self.step()]
        while (sign := self.take("/", "//")) is not None:
            if sign == "//":
                found.append(_EVERYWHERE)
            found.append(self.step())
        return tuple(_joined(found))

    def step_begins(self) -> bool:
        return self.now.kind == "name" or (self.now.kind == "sign" and self.now.text in (".", "..", "@", "*"))

    def step(self) -> Step:
        if self.take("."):
            return _HERE
        if self.take(".."):
            return Step("parent", Test("node"))
        if not self.step_begins():
            self.wrong("stands where a step of the path should be")
        axis: Axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.tokens[self.at + 1].text == "::" and self.now.kind == "name":
            axis = self.axis()
        return Step(axis, self.test(), self.predicates())

    def axis(self) -> Axis:
        name = self.now.text
        if name not in AXES:
            self.wrong("is no axis")
        self.at += 2
        return cast("Axis", name)

    def test(self) -> Test:
        token = self.now
        if token.kind != "name" and token.text != "*":
            self.wrong("stands where a name should be")
        self.at += 1
        if token.text in _NODE_TESTS and self.take("("):
            if token.text == "processing-instruction" and self.now.kind == "string":
                self.at += 1
            self.need(")")
            return _NODE_TESTS[token.text]
        prefix, colon, _ = token.text.partition(":")
        if colon and prefix.lower() not in _FOREIGN:
            raise BadSelector(f"{token.text}: a page's elements have no namespaces here but svg: and math:")
        return Test("name", token.text.lower())

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.take("["):
            found.append(self.expression())
            self.need("]")
        return tuple(found)


_NODE_TESTS: Final = {
    "node": Test("node"),
    "text": Test("text"),
    "comment": Test("comment"),
    "processing-instruction": Test("none"),
}


def _joined(steps: list[Step]) -> list[Step]:
    """``//p`` as one step, where that is the same: no place is asked for; and ``.`` as none, where others are."""
    found: list[Step] = []
    for step in [step for step in steps if step != _HERE] or steps[:1]:
        if found and found[-1] == _EVERYWHERE and step.axis == "child" and not step.by_place:
            found[-1] = Step("descendant", step.test, step.predicates)
        else:
            found.append(step)
    return found
