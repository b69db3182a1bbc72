"""Who wrote a page, by a line that a reader knows as a byline: "By Ann Teal" under the heading, "Posted by Ann"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from endleaf.metadata import markup, people, words
from endleaf.parse import TEXT, Tree

_BY = re.compile(
    r"\s*(?:(?:(?:story|article|text|words|written|reported|report|photos?)\s+)?by|von|par|por|door|authors?\s?:|autor(?:en|e)?\s?:)"
    r"(?=[\s:|]|$)", re.IGNORECASE
)  # fmt: skip
"""What begins a line that names who wrote, where it stands by the heading."""

_POSTED = re.compile(r"\s*(?:posted|submitted|contributed)\s+by(?=[\s:|]|$)", re.IGNORECASE)
"""What begins it in a weblog or on a board, where it stands under the text as well."""

_BEFORE, _AFTER = 20, 60
"""Nodes around a heading that a byline stands within."""

_LONGEST = 150
"""Characters of a line that is a byline."""

_LINE_NODES = 12


def shown(tree: Tree, heads: Sequence[int]) -> list[str]:
    """The names of the byline nearest after a heading, else of the only "Posted by" of the page; none where none is."""
    posted: list[list[str]] = []
    for i, text in enumerate(tree.texts):
        if not text or tree.tags[i] != TEXT or len(text) > 2 * _LONGEST:
            continue
        near = any(head - _BEFORE <= i <= head + _AFTER for head in heads)
        if (near and _BY.match(text)) or _POSTED.match(text):
            names = people.byline(_line(tree, i)) if not markup.aside(tree, i) else []
            if names and near:
                return names
            if names and names not in posted:
                posted.append(names)
    return posted[0] if len(posted) == 1 else []


def _line(tree: Tree, i: int) -> str:
    """A line from a node on, the texts of its elements parted by bars; "" where it is too long for a byline."""
    line = " | ".join(filter(None, map(words.clean, _texts(tree, i))))
    return line if len(line) <= _LONGEST else ""


def _texts(tree: Tree, i: int) -> Iterator[str]:
    for k in range(i, min(i + _LINE_NODES, len(tree))):
        if tree.tags[k] == TEXT:
            yield tree.texts[k]
        elif tree.tags[k] not in markup.INLINE:
            return
