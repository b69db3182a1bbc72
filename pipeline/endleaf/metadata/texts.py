"""A page's short texts as one string, so that they are searched at once: a search a node costs ten times as much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from endleaf.parse import TEXT, Tree

UNREAD = frozenset({"script", "style", "title", "textarea", "option", "noscript", "template"})
"""Elements whose text no reader sees, or that only offer a choice."""

_LONGEST = 600
"""Characters, white space of the source included: longer is running text."""

_MARK = "\x00"
"""Parts the nodes; HTML knows no such character (WHATWG HTML, section 13.2.3.5)."""


class Texts:
    """The texts of a tree that a reader sees and that are short, searched as one."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    @cached_property
    def _joined(self) -> str:
        joined = _MARK.join([text if len(text) <= _LONGEST else "" for text in self._tree.texts])
        if joined.count(_MARK) == len(self._tree) - 1:
            return joined
        return _MARK.join([text.replace(_MARK, " ") if len(text) <= _LONGEST else "" for text in self._tree.texts])

    def nodes(self, *patterns: re.Pattern[str]) -> list[int]:
        """The nodes in whose text one of the patterns is found, in document order. A pattern that begins with letters
        of its own costs least.
        """
        joined, tree = self._joined, self._tree
        found: list[int] = []
        node = at = 0
        for place in sorted({place for pattern in patterns for place in self._places(pattern)}):
            node += joined.count(_MARK, at, place)
            at = place
            if tree.tags[node] == TEXT and tree.tags[tree.parents[node]] not in UNREAD:
                found.append(node)
        return list(dict.fromkeys(found))

    def _places(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Where a pattern is found first in each text that has it."""
        at = 0
        while found := pattern.search(self._joined, at):
            yield found.start()
            at = self._joined.find(_MARK, found.end())
            if at < 0:
                return
