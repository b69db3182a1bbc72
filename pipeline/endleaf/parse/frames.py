"""Frameset pages: what ``noframes`` holds becomes part of the tree, and text beside the frames is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from endleaf.parse.tree import TEXT, Tree, ends_of

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(noframes|script|style|title)(?=[\s/>]).*?(?:</\1\s*>|\Z)|<[^>]*>?", re.DOTALL | re.IGNORECASE
)
_FRAMESET = re.compile(r"</?frameset(?=[\s/>])[^>]*>", re.IGNORECASE)
_FRAME = re.compile(r"<frame(?=[\s/>])", re.IGNORECASE)
_STAND_IN = "data-endleaf-frame"


def text_beside(text: str) -> str | None:
    """The source without its framesets, where text stands beside them, which the parser drops; else None.

    Its frames come back as elements by :func:`restored`.
    """
    first = _FRAMESET.search(text)
    if not first or not _HIDDEN.sub(" ", text[first.start() :]).strip():
        return None
    return _FRAME.sub(f"<embed {_STAND_IN} ", _FRAMESET.sub(" ", text))


def restored(tree: Tree) -> None:
    """Name the frames again that stood in for themselves."""
    for i in tree.find_all("embed"):
        if _STAND_IN in tree.attrs[i]:
            tree.tags[i] = "frame"
            tree.attrs[i] = {name: value for name, value in tree.attrs[i].items() if name != _STAND_IN}
    tree.renamed(["embed"])


def with_noframes(tree: Tree, read: Callable[[str], Tree]) -> Tree:
    """The tree with the markup that each ``noframes`` holds as characters read as markup."""
    if tree.find("noframes") is None:
        return tree
    new = Tree()
    new.notes = tree.notes
    where: dict[int, int] = {}
    for i in range(len(tree)):
        above = tree.parents[i]
        if i:
            _copy(tree, i, new, where[above])
        where[i] = len(new) - 1
        if tree.tags[i] == TEXT and tree.tags[above] == "noframes":
            _graft(read(tree.texts[i]), new, where[above])
    new.ends = ends_of(new.parents)
    return new


def _graft(part: Tree, new: Tree, above: int) -> None:
    """Put what a part's body holds under a node, in place of the text it was read from."""
    for nodes in (new.tags, new.texts, new.attrs, new.parents):
        nodes.pop()
    body = part.find("body")
    if body is None:
        return
    where = {body: above}
    for i in range(body + 1, part.ends[body]):
        _copy(part, i, new, where[part.parents[i]])
        where[i] = len(new) - 1


def _copy(tree: Tree, i: int, new: Tree, above: int) -> None:
    new.tags.append(tree.tags[i])
    new.texts.append(tree.texts[i])
    new.attrs.append(tree.attrs[i])
    new.parents.append(above)
