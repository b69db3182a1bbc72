"""What both kinds of selectors work with: a page's tree with the ways into it, a limit of work, and their errors.

Selectors run over the flat tree itself. libxml2's XPath was tried and set aside: it looks every node found up among
those found before, so that ``//div//p`` takes ten seconds on a page of twenty nested ``div`` with 20,000 ``p`` in
them, and nothing can stop it. Here a selector has a number of steps, the same on every machine.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, TypeVar

from endleaf.parse import Tree

MOST_STEPS: Final = 3_000_000
"""Nodes that one selector may look at on one page: about a second's work. Real selectors on real pages take under a
hundred thousand."""


_Key = TypeVar("_Key")


class BadSelector(ValueError):
    """A selector that cannot be read: what is wrong with it, and where."""


class TooCostly(Exception):
    """A selector that looks at more nodes of a page than :data:`MOST_STEPS`."""


class Elements:
    """A tree with the ways into it that selectors take. Built once a page; each part when it is first asked for.

    >>> from endleaf.parse import parse
    >>> elements = Elements(parse("<p class='a b'>One<p id=two>Two"))
    >>> elements.of_class["b"] == elements.of_tag["p"][:1], elements.of_id["two"] == elements.of_tag["p"][1:]
    (True, True)
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @cached_property
    def all(self) -> list[int]:
        """Every element."""
        return [i for i, tag in enumerate(self.tree.tags) if tag[0] != "#"]

    @cached_property
    def of_tag(self) -> dict[str, list[int]]:
        """Elements by name, in lower case."""
        return _gathered((self.tree.tags[i].lower(), i) for i in self.all)

    @cached_property
    def of_class(self) -> dict[str, list[int]]:
        """Elements by each of their classes."""
        attrs = self.tree.attrs
        return _gathered((name, i) for i in self.all if "class" in attrs[i] for name in set(attrs[i]["class"].split()))

    @cached_property
    def of_id(self) -> dict[str, list[int]]:
        """Elements by id; pages give one id to several."""
        attrs = self.tree.attrs
        return _gathered((attrs[i]["id"], i) for i in self.all if "id" in attrs[i])

    @cached_property
    def siblings(self) -> dict[int, list[int]]:
        """The elements among the children of each node that has any."""
        parents = self.tree.parents
        return _gathered((parents[i], i) for i in self.all)

    @cached_property
    def before(self) -> dict[int, int]:
        """The element just before each element that is not the first of its parent's."""
        return {b: a for siblings in self.siblings.values() for a, b in itertools.pairwise(siblings)}

    @cached_property
    def root(self) -> int | None:
        """The document's element."""
        return next(iter(self.siblings.get(0, ())), None)

    def ranges(self, nodes: Iterable[int]) -> tuple[list[int], list[int]]:
        """The outermost of these nodes, in order, and where their subtrees end."""
        starts: list[int] = []
        ends: list[int] = []
        for i in sorted(nodes):
            if not ends or i >= ends[-1]:
                starts.append(i)
                ends.append(self.tree.ends[i])
        return starts, ends

    def text(self, i: int) -> str:
        """A node's own text, or all the text in an element."""
        return self.tree.texts[i] or self.tree.text(i)


def _gathered(pairs: Iterator[tuple[_Key, int]]) -> dict[_Key, list[int]]:
    found: dict[_Key, list[int]] = {}
    for key, i in pairs:
        found.setdefault(key, []).append(i)
    return found


class Steps:
    """Counts a selector's work down."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.left = most

    def take(self, count: int) -> None:
        """Note that so many nodes were looked at. Raises :class:`TooCostly` where there were too many."""
        self.left -= count
        if self.left < 0:
            raise TooCostly
