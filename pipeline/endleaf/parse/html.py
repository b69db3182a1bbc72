"""The HTML parser's tree made flat. Only this module knows the HTML parser.

turbohtml builds the tree a browser would (WHATWG HTML, section 13.2, scripting
off), stops nesting at 512 levels as browsers do (what is deeper becomes
siblings, with its text), and is linear in all but one thing, see :data:`BODIES`.
Its tree is taken as events (:mod:`endleaf.parse.grown`): a walk over its nodes costs more.
"""

from __future__ import annotations

import re

import turbohtml
from turbohtml.saxparse import sax_parse

from endleaf.parse import foreign
from endleaf.parse.grown import Grown
from endleaf.parse.tree import NO_ATTRS, Tree

BODIES = 100
"""``<body>`` and ``<html>`` tags in one page. The parser merges the attributes of each into the first, in memory that
grows with the square of their number: 20,000 fill 6 GB. Past this many the tags, which hold no text, are left out."""

EOF_CODES = frozenset({"eof-in-tag", "eof-in-comment", "eof-in-script-html-comment-like-text"})
"""The parse errors (WHATWG HTML, section 13.2.2) that swallow the rest of the page."""

# The tags that are looked for before the parser reads a page: body, html (and the like of them), template. Sets of
# letters are quicker here than a pattern without case.
_TOLD = re.compile(r"<(?:[bBhH][oOtT][dDmM][yYlL]|[tT][eE][mM][pP][lL][aA][tT][eE])(?=[\s/>])")
_BODY_TAG = re.compile(r"<(?:body|html)(?=[\s/>])[^>]*>?", re.IGNORECASE)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SPACES = 100
"""Characters of white space between an equals sign and a value: no author writes so many."""


def read(text: str) -> tuple[Tree, frozenset[str]]:
    """The tree, and those of :data:`EOF_CODES` that were met."""
    notes: list[str] = []
    told = _TOLD.findall(text)
    if len(told) > BODIES and (fewer := _fewer_bodies(text)) != text:
        text = fewer
        notes.append(f"more than {BODIES} body and html tags: the attributes of the others are left out")
    shadowed = any(tag[1] in "tT" for tag in told) and "shadowrootmode" in text.lower()
    tree = _with_shadow_roots(text) if shadowed else _flat(text)
    tree.notes[:0] = notes
    return tree, _eof_codes(text) if may_end_inside(text) else frozenset()


def may_end_inside(text: str) -> bool:
    """Whether a text may end within a tag or a comment. False for nearly every page, and False is certain.

    A comment that runs to the end has no ``-->`` after its start, nor has a script in a comment. A tag that does has
    no ``>`` after its last quoted value; or it ends in a quoted value, and then nothing but white space stands between
    an equals sign and the last quote of its kind.

    >>> [may_end_inside(text) for text in ("<p>a</p>", "<p>a<!-- b", "<p title='a", "<p title='a' b", "<p>it's")]
    [False, True, True, True, True]
    """
    comment = text.rfind("<!--")
    if comment >= 0 and text.find("-->", comment + 2) < 0:  # <!--> is a whole comment
        return True
    quotes = (text.rfind('"'), text.rfind("'"))
    if text.rfind(">") < max(text.rfind("<"), *quotes):
        return True
    before = (text[max(0, at - _SPACES) : at].rstrip(" \t\n\r\f") for at in quotes if at > 0)
    return any(not words or words.endswith("=") for words in before)


def _flat(text: str) -> Tree:
    grown = Grown()
    try:
        sax_parse(text, grown)
    except UnicodeDecodeError:  # a lone surrogate in a name
        return _flat(_SURROGATES.sub("\ufffd", text))
    return foreign.prefixed(grown.finished())


def _eof_codes(text: str) -> frozenset[str]:
    document = turbohtml.parse(text, positions=False, allow_declarative_shadow_roots=False)
    return frozenset({error.code for error in document.errors} & EOF_CODES)


def _fewer_bodies(text: str) -> str:
    seen = 0

    def thinned(tag: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return tag.group() if seen <= BODIES else ""

    return _BODY_TAG.sub(thinned, text)


# ------------------------------------------------------------ shadow roots

_SHADOW = re.compile(r"(shadowroot)(mode)", re.IGNORECASE)
_VEIL = "\ufdd0"
"""A character that Unicode gives to no text. Within the attribute's name it keeps the parser from taking the
template, whose content a browser shows, out of the tree."""


def _with_shadow_roots(text: str) -> Tree:
    """The tree, a template that would become a shadow root in its place like any other."""
    tree = _flat(_SHADOW.sub(rf"\1{_VEIL}\2", text))
    tree.texts[:] = [text.replace(_VEIL, "") for text in tree.texts]
    tree.attrs[:] = [
        {name.replace(_VEIL, ""): value.replace(_VEIL, "") for name, value in attrs.items()} or NO_ATTRS
        for attrs in tree.attrs
    ]
    return tree
