"""The HTML parser's tree made flat. Only this module knows the HTML parser.

turbohtml builds the tree a browser would (WHATWG HTML, section 13.2, scripting
off), stops nesting at 512 levels as browsers do (what is deeper becomes
siblings, with its text), and is linear in all but one thing, see :data:`BODIES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    try:
        document = _parse(text)
    except UnicodeEncodeError:
        document = _parse(_SURROGATES.sub("\ufffd", text))
        notes.append("lone surrogates in the text were replaced")
    tree = _flatten(document)
    tree.notes[:0] = notes
    return tree, frozenset({error.code for error in document.errors} & EOF_CODES)


def _parse(text: str) -> turbohtml.Document:
    return turbohtml.parse(text, positions=False, allow_declarative_shadow_roots=False)


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
    deep = False
    stack = [(iter(document.children), 0, "")]
    while stack:
        nodes, above, prefix = stack[-1]
        for node in nodes:
            if isinstance(node, element):
                tag = node.tag
                within = prefix
                if prefix and node.namespace is turbohtml.Namespace.HTML:
                    within = ""  # an integration point: foreignObject, annotation-xml
                elif prefix:
                    tag = prefix + tag
                elif tag in ("svg", "math"):
                    within = tag + ":"
                stack.append((iter(node.children), len(tags), within))
                if len(stack) > DEPTH:
                    deep = True
                parents.append(above)
                tags.append(tag)
                texts.append("")
                attrs.append(_attributes(node, tree.notes))
                break
            if isinstance(node, turbohtml.DocumentFragment):  # what a <template> holds
                stack.append((iter(node.children), above, prefix))
                break
            parents.append(above)
            tags.append(TEXT if isinstance(node, text) else _OTHER.get(type(node), COMMENT))
            texts.append(getattr(node, "data", ""))
            attrs.append(NO_ATTRS)
        else:
            stack.pop()
    tree.ends = ends_of(parents)
    if deep:
        tree.notes.append(f"elements nested more than {DEPTH} deep stand beside each other instead")
    return tree


_OTHER: dict[type, str] = {turbohtml.Doctype: DOCTYPE, turbohtml.CData: TEXT}


def _attributes(node: turbohtml.Element, notes: list[str]) -> Mapping[str, str]:
    found: Mapping[str, str | list[str] | None] = node.attrs
    if not found:
        return NO_ATTRS
    if len(found) > ATTRIBUTES:
        notes.append(f"a tag with {len(found)} attributes keeps the first {ATTRIBUTES}")
        found = dict(list(found.items())[:ATTRIBUTES])
    # The parser splits class, rel and the like into lists, and gives None for a name with no value.
    return {
        name: value if isinstance(value, str) else " ".join(value) if value else "" for name, value in found.items()
    }
