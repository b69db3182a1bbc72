"""Text to tree: the one place that knows the HTML parser, and its limits.

The tree is flat: parallel lists in document order, so that a subtree is a
range, every later stage is a loop with no recursion, and depth costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import turbohtml

from endleaf.parse.tree import COMMENT, DOCTYPE, NO_ATTRS, ROOT, TEXT, Grower, Tree, ends_of

__all__ = ["COMMENT", "DOCTYPE", "ROOT", "TEXT", "Grower", "Tree", "parse"]


def parse(text: str) -> Tree:
    """A document's tree as a browser would build it (WHATWG HTML, section 13.2, scripting off).

    >>> tree = parse("<p>One<p>Two &amp; <b>three")
    >>> [tree.text(i) for i in tree.find_all("p")]
    ['One', 'Two & three']
    """
    document = turbohtml.parse(text, positions=False, allow_declarative_shadow_roots=False)
    return _flatten(document)


def _flatten(document: turbohtml.Document) -> Tree:
    tree = Tree()
    tags, texts, attrs, parents = tree.tags, tree.texts, tree.attrs, tree.parents
    element, text = turbohtml.Element, turbohtml.Text
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
                parents.append(above)
                tags.append(tag)
                texts.append("")
                attrs.append(_attributes(node))
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
    return tree


_OTHER: dict[type, str] = {turbohtml.Doctype: DOCTYPE, turbohtml.CData: TEXT}


def _attributes(node: turbohtml.Element) -> Mapping[str, str]:
    found = node.attrs
    if not found:
        return NO_ATTRS
    # The parser splits class, rel and the like into lists, and gives None for a name with no value.
    return {
        name: value if isinstance(value, str) else " ".join(value) if value else "" for name, value in found.items()
    }
