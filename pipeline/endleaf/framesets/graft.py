"""One tree put into another: a frame's page in the place of its frame."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from endleaf.links import Links
from endleaf.parse import COMMENT, DOCTYPE, ROOT, Tree
from endleaf.parse.tree import ends_of

_ADDRESSES: Final = ("href", "src", "cite", "data-src", "data-original", "data-lazy-src")
"""Attributes that hold one address each, of those that any room reads."""
_LISTS: Final = ("srcset", "data-srcset")
"""Attributes that hold addresses with sizes: left out, for ``src`` has the picture as well."""
_ABSOLUTE: Final = re.compile(r"\s*(?:#|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_SHELL: Final = frozenset({ROOT, "html", "body"})
_LEFT: Final = frozenset({DOCTYPE, COMMENT, "head", "base"})


class Part(NamedTuple):
    """A frame's page, to be put in the place of its frame."""

    tree: Tree
    links: Links
    attrs: Mapping[str, str]
    """Of the element that will hold it."""


def grafted(tree: Tree, parts: Mapping[int, Part], without: Collection[int], links: Links) -> Tree:
    """The tree with parts in the places of nodes, and some subtrees left out.

    The outermost frameset becomes the body that it stands for, those within it ``div`` elements. What is relative in
    a part's addresses is made absolute, as ``links``, those of the page that takes it, will read it again.
    """
    new, where = Tree(), {0: 0}
    new.notes = tree.notes
    i = 1
    while i < len(tree):
        if i in without:
            i = tree.ends[i]
            continue
        above, tag = where[tree.parents[i]], tree.tags[i]
        part = parts.get(i)
        if tag == "frameset":
            tag = "div" if "frameset" in (tree.tags[k] for k in tree.ancestors(i)) else "body"
        where[i] = _add(new, "div" if part else tag, tree.texts[i], part.attrs if part else tree.attrs[i], above)
        if part:
            _fill(new, part, where[i], links)
        i = tree.ends[i] if part else i + 1
    new.ends = ends_of(new.parents)
    return new


def _fill(new: Tree, part: Part, above: int, links: Links) -> None:
    tree, where = part.tree, {0: above}
    i = 1
    while i < len(tree):
        tag = tree.tags[i]
        if tag in _LEFT:
            i = tree.ends[i]
            continue
        at = where[tree.parents[i]]
        where[i] = at if tag in _SHELL else _add(new, tag, tree.texts[i], _moved(tree.attrs[i], part.links, links), at)
        i += 1


def _add(new: Tree, tag: str, text: str, attrs: Mapping[str, str], above: int) -> int:
    new.tags.append(tag)
    new.texts.append(text)
    new.attrs.append(attrs)
    new.parents.append(above)
    return len(new) - 1


def _moved(attrs: Mapping[str, str], own: Links, outer: Links) -> Mapping[str, str]:
    """Attributes whose addresses mean the same in another page; what led nowhere leads nowhere."""
    changed: dict[str, str | None] = {}
    for name in _ADDRESSES:
        text = attrs.get(name)
        if text is None:
            continue
        target = own.resolve(text)
        if target:
            replay = target.replay_href
            changed[name] = replay if replay and outer.resolve(replay) == target else target.href
        elif not _ABSOLUTE.match(text):
            changed[name] = None
    changed |= dict.fromkeys(name for name in _LISTS if name in attrs)
    if not changed:
        return attrs
    both = {**attrs, **changed}
    return {name: value for name, value in both.items() if value is not None}
