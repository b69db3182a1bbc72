"""XHTML that an HTML parser would mangle, read as the XML it is.

Read as HTML, ``<script/>`` swallows what follows, ``<a name="x"/>`` never ends,
and a CDATA section is a comment. A page that says it is XHTML, is well-formed and
holds one of these goes through libxml2: with no DTD, no entity but HTML's own
names (put in beforehand), no network, and libxml2's own limits on size and depth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from endleaf.parse.grown import Grown
from endleaf.parse.tree import Tree

HEAD = 2000
"""Characters from the start within which a page says it is XHTML."""

LONGEST_TAG = 20_000
"""Characters: libxml2's time grows with the square of a tag's attributes."""

_SAYS = ("<?xml", "XHTML", "http://www.w3.org/1999/xhtml")
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*\?>\s*)*", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_VOID = "area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|isindex|keygen|link|meta|param|source|track|wbr"
_CLOSED = re.compile(rf"<(?!(?:{_VOID})[\s/])[a-z][\w:.-]*+(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+(?<=/)>", re.IGNORECASE)
"""An element closed in its own tag that HTML would leave open."""
_PREFIXED = re.compile(r"<[a-z]\w*:(?:html|body|p|div)\b", re.IGNORECASE)
_NAME = re.compile(r"<([a-zA-Z][\w:.-]*+)")
_VOID_NAMES = frozenset(_VOID.split("|"))
_CDATA = re.compile(r"<!\[CDATA\[")
_IN_CODE = re.compile(r"(?://|/\*)\s*(?:\*/)?\Z")
"""What stands before a CDATA section of a script: its own language's comment hides it."""
_BEFORE = 100
"""Characters before a CDATA section in which its comment begins."""
_LONG_TAG = re.compile(rf"<[^<>]{{{LONGEST_TAG},}}")
_ENTITY = re.compile(r"&(\w+);")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FOREIGN = {"{http://www.w3.org/2000/svg}": "svg", "{http://www.w3.org/1998/Math/MathML}": "math"}


def read(text: str) -> Tree | None:
    """The tree of a page that only XML reads right; None where it is no XHTML, not well-formed, or HTML reads it."""
    start = text[:HEAD]
    if not any(sign in start for sign in _SAYS) or not _mangled(text) or _LONG_TAG.search(text):
        return None
    prologue = _PROLOGUE.match(text)
    body = text[prologue.end() :] if prologue else text
    doctype = _DOCTYPE.match(body)
    if doctype:
        body = body[doctype.end() :]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(_ENTITY.sub(_character, body).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname.lower() != "html" or root.getroottree().docinfo.internalDTD is not None:
        return None
    return _flat(root, _COMMENT.findall(prologue.group()) if prologue else [])


def _mangled(text: str) -> bool:
    return (
        (_may_be_closed(text) and _CLOSED.search(text) is not None)
        or ("xmlns:" in text and _PREFIXED.search(text) is not None)
        or any(not _IN_CODE.search(text, max(0, at.start() - _BEFORE), at.start()) for at in _CDATA.finditer(text))
    )


def _may_be_closed(text: str) -> bool:
    """A quick look for what :data:`_CLOSED` finds, back from each end of a tag to the end before it."""
    before, at = 0, text.find("/>")
    while at >= 0:
        start = text.rfind("<", before, at)
        tag = _NAME.match(text, start) if start >= 0 else None
        if tag and tag[1].lower() not in _VOID_NAMES:
            return True
        before, at = at, text.find("/>", at + 2)
    return False


def _character(entity: re.Match[str]) -> str:
    name = entity.group(1)
    code = name2codepoint.get(name)
    return chr(code) if code is not None and name not in _PREDEFINED else entity.group()


def _flat(root: etree._Element, before: list[str]) -> Tree:
    """The tree, with the comments outside the root element too: savers and archives leave their marks there."""
    grown = Grown()
    for comment in [*before, *_beside(root, preceding=True)[::-1]]:
        grown.comment(comment)
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            grown.start_element(_name(node.tag), _attributes(node))
            words = node.text
        else:
            if event == "end":
                grown.end_element("")
            else:
                grown.comment(node.text or "")
            words = node.tail if node is not root else None
        if words:
            grown.characters(words)
    for comment in _beside(root, preceding=False):
        grown.comment(comment)
    tree = grown.finished()
    tree.notes.append("XHTML that HTML's rules would mangle was read as XML")
    return tree


def _beside(root: etree._Element, *, preceding: bool) -> list[str]:
    return [node.text or "" for node in root.itersiblings(etree.Comment, preceding=preceding)]


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """``p`` for XHTML and for no namespace, ``svg``, ``svg:g``, and the bare name for any other."""
    space, brace, local = tag.rpartition("}")
    local = local.lower()
    foreign = _FOREIGN.get(space + brace)
    return local if foreign is None or local == foreign else f"{foreign}:{local}"


def _attributes(node: etree._Element) -> tuple[tuple[str, Any], ...]:
    found: Sequence[tuple[Any, Any]] = node.items()
    return tuple([(_bare(name), value) for name, value in found])


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return name.rpartition("}")[2].lower()
