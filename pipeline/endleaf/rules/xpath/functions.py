"""The functions of XPath 1.0 (section 4). There is none that reads a file, an address, or a pattern of text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from endleaf.rules.xpath.values import Node, Value, in_order, rounded

if TYPE_CHECKING:
    from endleaf.rules.xpath.evaluation import Evaluation, Place

_WHITE: Final = re.compile(r"[ \t\r\n]+")

Function = Callable[["Evaluation", "Place", list[Value]], Value]


def _own(page: Evaluation, at: Place, given: list[Value]) -> str:
    """The argument as a string; without one, the node's."""
    return page.string(given[0]) if given else page.text(at.node)


def _first(at: Place, given: list[Value]) -> Node | None:
    """The first node of the argument; without one, the node."""
    if not given:
        return at.node
    return given[0][0] if isinstance(given[0], list) and given[0] else None


def _id(page: Evaluation, _: Place, given: list[Value]) -> Value:
    value = given[0]
    names = " ".join(map(page.text, value)) if isinstance(value, list) else page.string(value)
    of_id = page.elements.of_id
    return sorted({of_id[name][0] for name in names.split() if name in of_id}, key=in_order)


def _name(page: Evaluation, at: Place, given: list[Value]) -> str:
    node = _first(at, given)
    if node is None:
        return ""
    if not isinstance(node, int):
        return node.name
    tag = page.tree.tags[node]
    return "" if tag[0] == "#" else tag


def _local_name(page: Evaluation, at: Place, given: list[Value]) -> str:
    return _name(page, at, given).rpartition(":")[2]


def _substring(page: Evaluation, _: Place, given: list[Value]) -> str:
    """Section 4.2: places are counted from 1 and rounded; NaN takes nothing."""
    text, start = page.string(given[0]), rounded(page.number(given[1]))
    end = start + rounded(page.number(given[2])) if len(given) > 2 else math.inf
    if math.isnan(start) or math.isnan(end):
        return ""
    first = max(1, min(start, len(text) + 1))
    last = max(first, min(end, len(text) + 1))
    return text[int(first) - 1 : int(last) - 1]


def _around(page: Evaluation, given: list[Value]) -> tuple[str, str]:
    before, found, after = page.string(given[0]).partition(page.string(given[1]) or "\0")
    if not page.string(given[1]):
        return "", page.string(given[0])
    return (before, after) if found else ("", "")


def _translate(page: Evaluation, _: Place, given: list[Value]) -> str:
    text, old, new = map(page.string, given)
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


def _lang(page: Evaluation, at: Place, given: list[Value]) -> bool:
    asked = page.string(given[0]).lower()
    node = at.node if isinstance(at.node, int) else at.node.owner
    for i in (node, *page.tree.ancestors(node)):
        page.steps.take(1)
        said = page.tree.attrs[i].get("xml:lang") or page.tree.attrs[i].get("lang")
        if said is not None:
            return said.lower() == asked or said.lower().startswith(asked + "-")
    return False


def _sum(page: Evaluation, _: Place, given: list[Value]) -> float:
    nodes = given[0] if isinstance(given[0], list) else []
    return math.fsum(page.number([node]) for node in nodes)


def _whole(round_to: Callable[[float], float]) -> Function:
    def function(page: Evaluation, _: Place, given: list[Value]) -> float:
        value = page.number(given[0])
        return float(round_to(value)) if math.isfinite(value) else value

    return function


FUNCTIONS: Final[dict[str, Function]] = {
    "last": lambda _page, at, _given: float(at.size),
    "position": lambda _page, at, _given: float(at.position),
    "count": lambda _page, _at, given: float(len(given[0])) if isinstance(given[0], list) else 0.0,
    "id": _id,
    "local-name": _local_name,
    "namespace-uri": lambda _page, _at, _given: "",
    "name": _name,
    "string": _own,
    "concat": lambda page, _at, given: "".join(map(page.string, given)),
    "starts-with": lambda page, _at, given: page.string(given[0]).startswith(page.string(given[1])),
    "contains": lambda page, _at, given: page.string(given[1]) in page.string(given[0]),
    "substring-before": lambda page, _at, given: _around(page, given)[0],
    "substring-after": lambda page, _at, given: _around(page, given)[1],
    "substring": _substring,
    "string-length": lambda page, at, given: float(len(_own(page, at, given))),
    "normalize-space": lambda page, at, given: _WHITE.sub(" ", _own(page, at, given).strip(" \t\r\n")),
    "translate": _translate,
    "boolean": lambda page, _at, given: page.truth(given[0]),
    "not": lambda page, _at, given: not page.truth(given[0]),
    "true": lambda _page, _at, _given: True,
    "false": lambda _page, _at, _given: False,
    "lang": _lang,
    "number": lambda page, at, given: page.number(given[0]) if given else page.number([at.node]),
    "sum": _sum,
    "floor": _whole(math.floor),
    "ceiling": _whole(math.ceil),
    "round": _whole(rounded),
}
