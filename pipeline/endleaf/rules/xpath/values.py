"""Strings, numbers and truth, and how each becomes the other (XPath 1.0, section 4)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Final, NamedTuple


class Attribute(NamedTuple):
    """An attribute as a node: the element it is of, and its name."""

    owner: int
    name: str


Node = int | Attribute
Value = list[Node] | str | float | bool
"""Nodes stand in document order, each once."""

_NUMBER: Final = re.compile(r"[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+))[ \t\r\n]*")


def in_order(node: Node) -> tuple[int, int, str]:
    """Where a node stands in the document: an element's attributes come after it, before what is in it."""
    return (node, 0, "") if isinstance(node, int) else (node.owner, 1, node.name)


def number(text: str) -> float:
    """A string's number; NaN where it is none (section 4.4).

    >>> number(" -3.50 "), number("1e3")
    (-3.5, nan)
    """
    read = _NUMBER.fullmatch(text)
    return float(read[1]) if read else math.nan


def written(value: str | float | bool) -> str:
    """A value as a string (section 4.2): of a number no exponent, and no point where it is whole.

    >>> written(3.0), written(-0.25), written(1e21), written(math.inf)
    ('3', '-0.25', '1000000000000000000000', 'Infinity')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def rounded(value: float) -> float:
    """To the nearest whole number, halves up (section 4.4)."""
    return value if math.isnan(value) or math.isinf(value) else float(math.floor(value + 0.5))
