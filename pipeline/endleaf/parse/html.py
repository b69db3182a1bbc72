"""The HTML parser's tree made flat. Only this module knows the HTML parser.

turbohtml builds the tree a browser would (WHATWG HTML, section 13.2, scripting
off), stops nesting at 512 levels as browsers do (what is deeper becomes
siblings, with its text), and is linear in all but one thing, see :data:`BODIES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import turbohtml

from endleaf.parse.tree import COMMENT, DOCTYPE, NO_ATTRS, TEXT, Tree, ends_of

BODIES = 100
"""``<body>`` and ``<html>`` tags in one page. The parser merges the attributes of each into the first, in memory that
grows with the square of their number: 20,000 fill 6 GB. Past this many the tags, which hold no text, are left out."""

ATTRIBUTES = 1000
"""Attributes of one tag. No author writes so many; every later look at one would pay for them."""

DEPTH = 512
"""Where the parser stops nesting."""

_BODY = re.compile(r"<[bBhH][oOtT][dDmM][yYlL](?=[\s/>])")
_BODY_TAG = re.compile(r"<(?:body|html)(?=[\s/>])[^>]*>?", re.IGNORECASE)
_SURROGATES = re.compile(r"[\ud800-\udfff]")

EOF_CODES = frozenset({"eof-in-tag", "eof-in-comment", "eof-in-script-html-comment-like-text"})
"""The parse errors (WHATWG HTML, section 13.2.2) that swallow the rest of the page."""


def read(text: str) -> tuple[Tree, frozenset[str]]:
    """The tree, and those of :data:`EOF_CODES` that were met."""
    notes: list[str] = []
    if len(_BODY.findall(text)) > BODIES:
        text = _fewer_bodies(text)
        notes.append(f"more than {BODIES} body and html tags: the attributes of the others are left out")
    if not text.isascii() and not _encodable(text):
        text = _SURROGATES.sub("\ufffd", text)
        notes.append("lone surrogates in the text were replaced")
    document = turbohtml.parse(text, positions=False, allow_declarative_shadow_roots=False)
    tree = _flatten(document)
    tree.notes[:0] = notes
    return tree, frozenset({error.code for error in document.errors} & EOF_CODES)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fewer_bodies(text: str) -> str:
    seen = 0

    def thinned(tag: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return tag.group() if seen <= BODIES else ""

    return _BODY_TAG.sub(thinned, text)


def _flatten(document: turbohtml.Document) -> Tree:
    tree = Tree()
    tags, texts, attrs, parents = tree.tags, tree.texts, tree.attrs, tree.parents
    element, text = turbohtml.Element, turbohtml.Text
    place: dict[object, int] = {document: 0}
    depths = [0]
    foreign: dict[int, str] = {}
    nodes: Iterator[Any] = document.descendants
    for node in nodes:
        above = place[node.parent]
        kind = type(node)
        if kind is element:
            tag = node.tag
            if foreign or tag in _FOREIGN:
                tag = _foreign(node, tag, above, len(tags), foreign)
            place[node] = len(tags)
            tags.append(tag)
            texts.append("")
            attrs.append(_attributes(node.attrs, tree.notes))
            depths.append(depths[above] + 1)
        elif kind is turbohtml.DocumentFragment:  # what a <template> holds
            place[node] = above
            continue
        else:
            tags.append(TEXT if kind is text else _OTHER.get(kind, COMMENT))
            texts.append(getattr(node, "data", ""))
            attrs.append(NO_ATTRS)
            depths.append(0)
        parents.append(above)
    tree.ends = ends_of(parents)
    if max(depths) >= DEPTH:
        tree.notes.append(f"elements nested more than {DEPTH} deep stand beside each other instead")
    return tree


_FOREIGN = frozenset({"svg", "math"})


def _foreign(node: turbohtml.Element, tag: str, above: int, place: int, foreign: dict[int, str]) -> str:
    """The tag with its prefix, in SVG and MathML; HTML again in foreignObject, annotation-xml and the like."""
    prefix = foreign.get(above, "")
    if prefix and node.namespace is turbohtml.Namespace.HTML:
        return tag
    if prefix:
        foreign[place] = prefix
        return prefix + tag
    if tag in _FOREIGN:
        foreign[place] = tag + ":"
    return tag


_OTHER: dict[type, str] = {turbohtml.Doctype: DOCTYPE, turbohtml.CData: TEXT}


def _attributes(found: Mapping[str, str | list[str] | None], notes: list[str]) -> Mapping[str, str]:
    if not found:
        return NO_ATTRS
    if len(found) > ATTRIBUTES:
        notes.append(f"a tag with {len(found)} attributes keeps the first {ATTRIBUTES}")
        found = dict(list(found.items())[:ATTRIBUTES])
    # The parser splits class, rel and the like into lists, and gives None for a name with no value.
    return {
        name: value if isinstance(value, str) else " ".join(value) if value else "" for name, value in found.items()
    }
