"""The short texts by a page's heading as one string, so that they are searched at once: node by node costs ten times
as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from endleaf.parse import TEXT, Tree

UNREAD = frozenset({"script", "style", "title", "textarea", "option", "noscript", "template"})
"""Elements whose text no reader sees, or that only offer a choice."""

_LONGEST = 600
"""Characters, white space of the source included: longer is running text."""

_BEFORE, _AFTER, _TAIL = 250, 1200, 300
"""Nodes before and after the first heading, and of the page's end, that are searched. The largest pages have 100,000,
and what stands further off speaks of other pages."""

_MARK = "\x00"
"""Parts the nodes; a page of HTML has no such character (WHATWG HTML, section 13.2.3.5), a text snapshot may."""


class Texts:
    """The texts that a reader sees, that are short, and that stand by the heading or at the page's end."""

    def __init__(self, tree: Tree, heads: Sequence[int]) -> None:
        size = len(tree)
        start = max(0, heads[0] - _BEFORE) if heads else 0
        end = min(size, (heads[0] if heads else _BEFORE) + _AFTER)
        self._tree = tree
        self._spans = (range(start, end), range(max(end, size - _TAIL), size))
        texts = [
            text if len(text) <= _LONGEST else "" for span in self._spans for text in tree.texts[span.start : span.stop]
        ]
        self._joined = _MARK.join(texts)
        if self._joined.count(_MARK) >= len(texts) > 0:
            self._joined = _MARK.join(text.replace(_MARK, " ") for text in texts)

    def nodes(self, *patterns: re.Pattern[str]) -> list[int]:
        """The nodes in whose text one of the patterns is found, in document order. A pattern that begins with letters
        of its own costs least.
        """
        tree, first, last = self._tree, *self._spans
        found: list[int] = []
        slot = at = 0
        for place in sorted({place for pattern in patterns for place in self._places(pattern)}):
            slot += self._joined.count(_MARK, at, place)
            at = place
            node = first[slot] if slot < len(first) else last[slot - len(first)]
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
