"""SVG and MathML: which elements are theirs, and which are HTML again within them.

An element's namespace follows from its parent's and its own name (WHATWG HTML, section 13.2.6.5).
"""

from __future__ import annotations

from endleaf.parse.tree import Tree

_ROOTS = ("svg", "math")
_HTML_IN_SVG = frozenset({"svg:foreignObject", "svg:desc", "svg:title"})
_HTML_IN_MATH = frozenset({"math:mi", "math:mo", "math:mn", "math:ms", "math:mtext"})
_MATH_STILL = frozenset({"mglyph", "malignmark"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def prefixed(tree: Tree) -> Tree:
    """The tree, its names within SVG and MathML with their prefixes put in: ``svg:title``."""
    prefixes: dict[int, str] = {}
    """What stands before the names of a foreign element's children."""
    renamed: set[str] = set()
    end = 0
    for root in sorted(i for name in _ROOTS for i in tree.find_all(name)):
        if root < end:
            continue  # within the one before
        end = tree.ends[root]
        for i in range(root, end):
            tag = tree.tags[i]
            prefix = _prefix(tree, i, prefixes) if tag[0] != "#" else ""
            if prefix:
                prefixes[i] = prefix
                if tree.parents[i] in prefixes:
                    tree.tags[i] = prefix + tag
                    renamed.add(tag)
    tree.renamed(renamed)
    return tree


def _prefix(tree: Tree, i: int, prefixes: dict[int, str]) -> str:
    """The prefix of an element's namespace; none for HTML's."""
    tag, above = tree.tags[i], tree.parents[i]
    outer = prefixes.get(above, "")
    if not outer or _holds_html(tree, above, tag):
        return tag + ":" if tag in _ROOTS else ""
    if tag == "svg" and tree.tags[above] == "math:annotation-xml":
        return "svg:"
    return outer


def _holds_html(tree: Tree, above: int, tag: str) -> bool:
    """Whether the parent is an integration point for a child of that tag."""
    parent = tree.tags[above]
    if parent in _HTML_IN_SVG:
        return True
    if parent in _HTML_IN_MATH:
        return tag not in _MATH_STILL
    return parent == "math:annotation-xml" and tree.attrs[above].get("encoding", "").lower() in _HTML_TYPES
