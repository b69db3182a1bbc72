"""From nodes to nodes along an axis (XPath 1.0, section 2.2), for all the nodes of a step at once.

What is reached from several nodes is reached once: a descendant's range inside another's is no work.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator

from endleaf.parse import COMMENT, DOCTYPE, TEXT
from endleaf.rules.selecting import Elements, Steps
from endleaf.rules.xpath.expressions import Axis, Test
from endleaf.rules.xpath.values import Attribute, Node, in_order


class Axes:
    """The axes of a tree; work is counted down in ``steps``."""

    def __init__(self, elements: Elements, steps: Steps) -> None:
        self.elements = elements
        self.tree = elements.tree
        self.steps = steps
        self._ways: dict[str, Callable[[list[Node], Test], list[int]]] = {
            "self": self._self,
            "child": self._child,
            "descendant": self._descendant,
            "descendant-or-self": self._descendant_or_self,
            "parent": self._parent,
            "ancestor": self._ancestor,
            "ancestor-or-self": self._ancestor_or_self,
            "following-sibling": self._following_sibling,
            "preceding-sibling": self._preceding_sibling,
            "following": self._following,
            "preceding": self._preceding,
        }

    def reach(self, axis: Axis, nodes: Iterable[Node], test: Test) -> list[Node]:
        """The nodes that stand so to any of these, in document order, each once. ``nodes`` are in document order."""
        if axis == "attribute":
            return [each for node in nodes if isinstance(node, int) for each in self._attributes(node, test)]
        if axis in ("self", "descendant-or-self", "ancestor-or-self"):
            attributes: list[Node] = [node for node in nodes if not isinstance(node, int) and test.kind == "node"]
        else:
            attributes = []
        found = self._ways[axis](list(nodes), test)
        return sorted([*found, *attributes], key=in_order) if attributes else list(found)

    def leads(self, axis: Axis, i: int, test: Test) -> bool:
        """Whether any node stands so to this one: looked for no further than the first."""
        if axis == "child":
            ahead: Iterable[int] = self.tree.children(i)
        elif axis == "following-sibling":
            ahead = self._siblings(self.tree.ends[i], self.tree.ends[max(self.tree.parents[i], 0)])
        elif axis in ("descendant", "descendant-or-self"):
            ahead = self._candidates(i + (axis == "descendant"), self.tree.ends[i], test)
        else:
            return bool(self.reach(axis, [i], test))
        for k in ahead:
            self.steps.take(1)
            if self.passes(k, test):
                return True
        return False

    def passes(self, i: int, test: Test) -> bool:
        """Whether a node of the tree passes a node test."""
        tag = self.tree.tags[i]
        if test.kind == "name":
            if tag[0] == "#":
                return False
            name = test.name
            return name == "*" or tag.lower() == name or (name[-2:] == ":*" and tag.startswith(name[:-1]))
        if test.kind == "node":
            return tag != DOCTYPE
        return (test.kind == "text" and tag == TEXT) or (test.kind == "comment" and tag == COMMENT)

    def _attributes(self, i: int, test: Test) -> Iterator[Attribute]:
        attrs = self.tree.attrs[i]
        self.steps.take(1 + len(attrs))
        if test.kind not in ("name", "node"):
            return
        names = sorted(attrs) if test.kind == "node" or test.name == "*" else [test.name] * (test.name in attrs)
        for name in names:
            yield Attribute(i, name)

    def _passing(self, found: Iterable[int], test: Test) -> list[int]:
        looked_at = list(found)
        self.steps.take(len(looked_at))
        return [i for i in looked_at if self.passes(i, test)]

    def _range(self, start: int, end: int, test: Test) -> list[int]:
        """The nodes of a range that pass."""
        return self._passing(self._candidates(start, end, test), test)

    def _candidates(self, start: int, end: int, test: Test) -> Iterator[int]:
        """The nodes of a range that may pass: elements of one name from their list."""
        if test.kind != "name" or ":" in test.name:
            return iter(range(start, end))
        named = self.elements.all if test.name == "*" else self.elements.of_tag.get(test.name, [])
        at, after = bisect.bisect_left(named, start), bisect.bisect_left(named, end)
        return map(named.__getitem__, range(at, after))

    # ------------------------------------------------------------- the axes

    def _self(self, nodes: list[Node], test: Test) -> list[int]:
        return self._passing(_own(nodes), test)

    def _child(self, nodes: list[Node], test: Test) -> list[int]:
        children = (i for node in _own(nodes) for i in self.tree.children(node))
        return sorted(self._passing(children, test))

    def _descendant(self, nodes: list[Node], test: Test) -> list[int]:
        starts, ends = self.elements.ranges(_own(nodes))
        self.steps.take(len(nodes))
        return [i for a, b in zip(starts, ends, strict=True) for i in self._range(a + 1, b, test)]

    def _descendant_or_self(self, nodes: list[Node], test: Test) -> list[int]:
        starts, ends = self.elements.ranges(_own(nodes))
        self.steps.take(len(nodes))
        return [i for a, b in zip(starts, ends, strict=True) for i in self._range(a, b, test)]

    def _parent(self, nodes: list[Node], test: Test) -> list[int]:
        return self._passing(sorted({above for node in nodes if (above := self._above(node)) >= 0}), test)

    def _ancestor(self, nodes: list[Node], test: Test) -> list[int]:
        return self._passing(sorted(self._climbed(self._above(node) for node in nodes)), test)

    def _ancestor_or_self(self, nodes: list[Node], test: Test) -> list[int]:
        climbed = self._climbed(node if isinstance(node, int) else node.owner for node in nodes)
        return self._passing(sorted(climbed), test)

    def _climbed(self, starts: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for i in starts:
            self.steps.take(1)
            while i >= 0 and i not in found:
                found.add(i)
                i = self.tree.parents[i]
        return found

    def _above(self, node: Node) -> int:
        return self.tree.parents[node] if isinstance(node, int) else node.owner

    def _following_sibling(self, nodes: list[Node], test: Test) -> list[int]:
        first: dict[int, int] = {}
        for i in _own(nodes):
            first.setdefault(self.tree.parents[i], i)
        found: list[int] = []
        for parent, i in first.items():
            if parent >= 0:
                found += self._passing(self._siblings(self.tree.ends[i], self.tree.ends[parent]), test)
        return sorted(found)

    def _siblings(self, start: int, end: int) -> Iterator[int]:
        while start < end:
            yield start
            start = self.tree.ends[start]

    def _preceding_sibling(self, nodes: list[Node], test: Test) -> list[int]:
        last: dict[int, int] = {}
        for i in _own(nodes):
            last[self.tree.parents[i]] = i
        found: list[int] = []
        for parent, i in last.items():
            if parent >= 0:
                found += self._passing(self._siblings(parent + 1, i), test)
        return sorted(found)

    def _following(self, nodes: list[Node], test: Test) -> list[int]:
        starts = [self.tree.ends[node] if isinstance(node, int) else node.owner + 1 for node in nodes]
        return self._range(min(starts), len(self.tree), test) if starts else []

    def _preceding(self, nodes: list[Node], test: Test) -> list[int]:
        end = max((node if isinstance(node, int) else node.owner for node in nodes), default=0)
        ends = self.tree.ends
        return [i for i in self._range(0, end, test) if ends[i] <= end]


def _own(nodes: Iterable[Node]) -> list[int]:
    return [node for node in nodes if isinstance(node, int)]
