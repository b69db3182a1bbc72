"""A flat tree grown from a parser's events.

Each method runs once for every node of its kind, a few thousand times a page, so
they are kept lean: no call within them that a page without that oddity needs.
"""

from __future__ import annotations

from typing import Any

from turbohtml.saxparse import SaxHandler

from endleaf.parse.tree import COMMENT, DOCTYPE, NO_ATTRS, ROOT, TEXT, Tree

ATTRIBUTES = 1000
"""Attributes of one tag. No author writes so many; every later look at one would pay for them."""

DEPTH = 512
"""Where the parser stops nesting."""


class Grown(SaxHandler):
    """A tree in the making: give it to the parser, then take it :meth:`finished`."""

    __slots__ = ("_attrs", "_deep", "_ends", "_parents", "_path", "_places", "_tags", "_texts", "_tree")

    def __init__(self) -> None:
        tree = self._tree = Tree()
        self._tags, self._texts, self._attrs = tree.tags, tree.texts, tree.attrs
        self._parents, self._ends = tree.parents, tree.ends
        self._places = tree.places = {ROOT: [0]}
        self._path = [0]
        """The elements that are open, from the root down."""
        self._deep = False

    def start_element(self, tag: str, attrs: tuple[tuple[str, Any], ...]) -> None:
        """An element begins."""
        tags, path, places = self._tags, self._path, self._places
        at, above = len(tags), path[-1]
        if tag in places:
            places[tag].append(at)
        else:
            places[tag] = [at]
        path.append(at)
        if len(path) > DEPTH:
            self._deep = True
        tags.append(tag)
        self._texts.append("")
        self._parents.append(above)
        self._ends.append(0)
        if not attrs:
            self._attrs.append(NO_ATTRS)
            return
        found = dict(attrs)
        if not all(found.values()):  # a name with no value, or an empty one
            found = {name: value or "" for name, value in attrs}
        if "class" in found:  # a list of words, however they are spaced
            found["class"] = " ".join(found["class"].split())
        if "rel" in found:
            found["rel"] = " ".join(found["rel"].split())
        self._attrs.append(found if len(found) <= ATTRIBUTES else self._fewer(found))

    def end_element(self, tag: str) -> None:  # noqa: ARG002
        """The element that began last ends."""
        self._ends[self._path.pop()] = len(self._tags)

    def characters(self, data: str) -> None:
        """A text."""
        tags = self._tags
        tags.append(TEXT)
        self._texts.append(data)
        self._attrs.append(NO_ATTRS)
        self._parents.append(self._path[-1])
        self._ends.append(len(tags))

    def comment(self, data: str) -> None:
        """A comment."""
        self._leaf(COMMENT, data)

    def processing_instruction(self, target: str, data: str) -> None:  # noqa: ARG002
        """A processing instruction: to any reader, a comment."""
        self._leaf(COMMENT, data)

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:  # noqa: ARG002
        """The document's type."""
        self._leaf(DOCTYPE, "")

    def finished(self) -> Tree:
        """The tree, when the last event has come."""
        tree = self._tree
        tree.ends[0] = len(tree)
        if self._deep:
            tree.notes.append(f"elements nested more than {DEPTH} deep stand beside each other instead")
        return tree

    def _leaf(self, tag: str, data: str) -> None:
        self._places.setdefault(tag, []).append(len(self._tags))
        self.characters(data)
        self._tags[-1] = tag

    def _fewer(self, found: dict[str, str]) -> dict[str, str]:
        self._tree.notes.append(f"a tag with {len(found)} attributes keeps the first {ATTRIBUTES}")
        return dict(list(found.items())[:ATTRIBUTES])
