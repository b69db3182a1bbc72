"""What a CSS selector asks, asked of all elements at once.

A step goes from the set of elements found so far to the next one: what is inside an element is a range of nodes, so
a page's depth costs nothing, and no selector costs more than its length times the page's size.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable
from typing import Final

from endleaf.parse import TEXT
from endleaf.rules.css.asked import Attribute, Combinator, Complex, Compound, Nested, Nth
from endleaf.rules.selecting import Elements, Steps

Found = set[int]


def matching(selectors: tuple[Complex, ...], elements: Elements, steps: Steps) -> Found:
    """The elements that any of the selectors matches. Raises :class:`~endleaf.rules.selecting.TooCostly`.

    >>> from endleaf.parse import parse as page
    >>> from endleaf.rules.css import parse
    >>> tree = page("<div><p>One<p class=b>Two</div><p>Three")
    >>> [tree.text(i) for i in sorted(matching(parse("div p:not(.b), div + p").selectors, Elements(tree), Steps()))]
    ['One', 'Three']
    """
    return _Matching(elements, steps).any_of(selectors)


class _Matching:
    def __init__(self, elements: Elements, steps: Steps) -> None:
        self.elements = elements
        self.tree = elements.tree
        self.steps = steps

    def any_of(self, selectors: tuple[Complex, ...]) -> Found:
        return set().union(*map(self.forward, selectors))

    def forward(self, selector: Complex) -> Found:
        """The elements at the end of a selector's steps."""
        found = self.compound(selector[0][1])
        for combinator, compound in selector[1:]:
            if not found:
                break
            found = _FORWARD[combinator](self.elements, self.compound(compound), found)
        return found

    def backward(self, selector: Complex) -> Found:
        """The elements from which a relative selector's steps lead somewhere."""
        found: Found | None = None
        for combinator, compound in reversed(selector):
            reached = self.compound(compound)
            found = _BACKWARD[combinator](self.elements, reached if found is None else reached & found)
        return found or set()

    def compound(self, asked: Compound) -> Found:
        """The elements that a compound matches: from the shortest list of them, tested by each of its parts."""
        self.steps.take(len(self.tree))
        elements, attrs = self.elements, self.tree.attrs
        lists: list[list[int]] = [elements.of_id.get(name, []) for name in asked.ids]
        lists += [elements.of_class.get(name, []) for name in asked.classes]
        if asked.tag is not None:
            lists.append(elements.of_tag.get(asked.tag, []))
        shortest: list[int] = min(lists, key=len, default=elements.all)
        found = set(shortest)
        found.intersection_update(*lists)
        for test in asked.attributes:
            holds = _OPERATORS[test.operator]
            found = {i for i in found if test.name in attrs[i] and holds(_value(test, attrs[i][test.name]), test.value)}
        for place in asked.places:
            found &= self.at(place)
        for nested in asked.nested:
            found = self.nested(nested, found)
        for words in asked.contains:
            found = self.containing(words, found)
        if asked.empty:
            found -= self.filled()
        if asked.root:
            found &= {elements.root} - {None}
        return found

    def filled(self) -> Found:
        """The elements that hold an element, or text that is not white space alone (Selectors Level 4, ``:empty``)."""
        tree = self.tree
        return {
            tree.parents[i]
            for i, tag in enumerate(tree.tags)
            if tag[0] != "#" or (tag == TEXT and tree.texts[i].strip(" \t\r\n\f"))
        }

    def nested(self, asked: Nested, found: Found) -> Found:
        if asked.kind == "has":
            return found & set().union(*map(self.backward, asked.selectors))
        others = self.any_of(asked.selectors)
        return found - others if asked.kind == "not" else found & others

    def at(self, asked: Nth) -> Found:
        """The elements at a place among their siblings."""
        self.steps.take(len(self.tree))
        tags = self.tree.tags
        found: Found = set()
        for siblings in self.elements.siblings.values():
            counts: dict[str, int] = {}
            for i in reversed(siblings) if asked.from_end else siblings:
                name = tags[i] if asked.of_type else ""
                counts[name] = place = counts.get(name, 0) + 1
                if _in_series(place, asked):
                    found.add(i)
        return found

    def containing(self, words: tuple[str, ...], found: Found) -> Found:
        """The elements whose text holds any of these words."""
        return {i for i in found if any(word in self.text(i) for word in words)}

    def text(self, i: int) -> str:
        self.steps.take(self.tree.ends[i] - i)
        return self.tree.text(i)


def _in_series(place: int, asked: Nth) -> bool:
    if not asked.step:
        return place == asked.first
    times, rest = divmod(place - asked.first, asked.step)
    return rest == 0 and times >= 0


# ------------------------------------------------- from elements to elements


def _inside(elements: Elements, these: Iterable[int], those: Found) -> Found:
    starts, ends = elements.ranges(those)
    found: Found = set()
    for i in these:
        at = bisect.bisect_left(starts, i) - 1
        if at >= 0 and i < ends[at]:
            found.add(i)
    return found


def _children(elements: Elements, these: Iterable[int], those: Found) -> Found:
    parents = elements.tree.parents
    return {i for i in these if parents[i] in those}


def _next(elements: Elements, these: Iterable[int], those: Found) -> Found:
    before = elements.before
    return {i for i in these if before.get(i) in those}


def _later(elements: Elements, these: Iterable[int], those: Found) -> Found:
    parents = elements.tree.parents
    first: dict[int, int] = {}
    for i in sorted(those, reverse=True):
        first[parents[i]] = i
    return {i for i in these if first.get(parents[i], i) < i}


_FORWARD: Final[dict[Combinator, Callable[[Elements, Iterable[int], Found], Found]]] = {
    " ": _inside, ">": _children, "+": _next, "~": _later,
}  # fmt: skip
"""Which of these elements stand so to any of those."""


def _around(elements: Elements, those: Found) -> Found:
    """A node's ancestors; each is climbed to once."""
    parents = elements.tree.parents
    found: Found = set()
    for i in those:
        above = parents[i]
        while above > 0 and above not in found:
            found.add(above)
            above = parents[above]
    return found


def _parents(elements: Elements, those: Found) -> Found:
    parents = elements.tree.parents
    return {parents[i] for i in those}


def _previous(elements: Elements, those: Found) -> Found:
    before = elements.before
    return {before[i] for i in those if i in before}


def _earlier(elements: Elements, those: Found) -> Found:
    parents = elements.tree.parents
    last: dict[int, int] = {}
    for i in sorted(those):
        last[parents[i]] = i
    return {i for parent, end in last.items() for i in elements.siblings[parent] if i < end}


_BACKWARD: Final[dict[Combinator, Callable[[Elements, Found], Found]]] = {
    " ": _around, ">": _parents, "+": _previous, "~": _earlier,
}  # fmt: skip
"""Which elements have any of those so standing to them."""


# --------------------------------------------------------------- attributes


def _value(asked: Attribute, value: str) -> str:
    return value.lower() if asked.folded else value


_WHITE: Final = re.compile(r"[ \t\r\n\f]+")

_OPERATORS: Final[dict[str, Callable[[str, str], bool]]] = {
    "": lambda _, __: True,
    "=": lambda value, asked: value == asked,
    "~=": lambda value, asked: bool(asked) and asked in _WHITE.split(value),
    "|=": lambda value, asked: value == asked or value.startswith(asked + "-"),
    "^=": lambda value, asked: bool(asked) and value.startswith(asked),
    "$=": lambda value, asked: bool(asked) and value.endswith(asked),
    "*=": lambda value, asked: bool(asked) and asked in value,
}
