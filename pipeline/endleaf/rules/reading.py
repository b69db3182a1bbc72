"""The text of what a selector found, as a person means it: an element's own, or the attribute that says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from endleaf.parse import TEXT, Tree
from endleaf.rules.selector import Found

_SAID_IN: Final[Mapping[str, Mapping[str, str]]] = {
    "": {"meta": "content", "img": "alt", "data": "value", "input": "value"},
    "date": {"time": "datetime"},
    "next": {"a": "href", "area": "href", "link": "href"},
}
"""By key, the empty one for all: the attribute that says what an element means."""
_SILENT: Final = frozenset({"script", "style", "template", "noscript"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
     "sub", "sup", "time", "tt", "u"}
)  # fmt: skip
"""Elements whose edges part no words."""
_LONGEST: Final = 2000
"""Characters of a value: what is longer is the text of a page, and no title, name or date."""


def texts(tree: Tree, found: Found, key: str) -> Iterator[str]:
    """The text of each node found, or of the value."""
    if isinstance(found, str):
        yield found[:_LONGEST]
        return
    for node in found:
        text = tree.attrs[node.owner][node.name] if not isinstance(node, int) else _said(tree, node, key)
        yield text[:_LONGEST]


def _said(tree: Tree, i: int, key: str) -> str:
    tag = tree.tags[i]
    name = _SAID_IN.get(key, {}).get(tag) or _SAID_IN[""].get(tag)
    if name and name in tree.attrs[i]:
        return tree.attrs[i][name]
    if key == "next":  # the link that the element holds, or is in
        around = (k for k in (*tree.find_all("a", i), *tree.ancestors(i)) if tree.tags[k] == "a")
        return next((tree.attrs[k]["href"] for k in around if "href" in tree.attrs[k]), "")
    return _shown(tree, i)


def _shown(tree: Tree, i: int) -> str:
    """The text in an element, its words parted where its elements part them."""
    parts: list[str] = []
    at, end, length = i, tree.ends[i], 0
    while at < end and length < _LONGEST:
        tag = tree.tags[at]
        if tag in _SILENT and at != i:
            at = tree.ends[at]
            continue
        if tag == TEXT:
            parts.append(tree.texts[at])
            length += len(tree.texts[at])
        elif tag not in _INLINE:
            parts.append(" ")
        at += 1
    return "".join(parts)
