"""Text to tree: the one place that knows the HTML parser, and its limits.

The tree is flat: parallel lists in document order, so that a subtree is a
range, every later stage is a loop with no recursion, and depth costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import turbohtml

TEXT = "#text"
COMMENT = "#comment"
DOCTYPE = "#doctype"
ROOT = "#document"

_NO_ATTRS: Mapping[str, str] = MappingProxyType({})


class Tree:
    """A parsed document as parallel lists, one place a node, in document order; node 0 is the document.

    ``tags[i]``     lower-case element name (``svg:title`` inside foreign content), or TEXT, COMMENT, DOCTYPE, ROOT
    ``texts[i]``    the characters of a text or comment; "" for elements
    ``attrs[i]``    attributes, names lower-case; an empty mapping for what is no element
    ``parents[i]``  the parent's index; -1 for the root
    ``ends[i]``     one past the last descendant: the subtree of i is ``range(i, ends[i])``

    Do not change the lists: :meth:`without` gives a tree with subtrees left out.
    """

    __slots__ = ("attrs", "ends", "notes", "parents", "tags", "texts")

    def __init__(self) -> None:
        self.tags: list[str] = [ROOT]
        self.texts: list[str] = [""]
        self.attrs: list[Mapping[str, str]] = [_NO_ATTRS]
        self.parents: list[int] = [-1]
        self.ends: list[int] = [1]
        self.notes: list[str] = []

    def __len__(self) -> int:
        return len(self.tags)

    def children(self, i: int) -> Iterator[int]:
        """The direct children of i, in order."""
        child, end = i + 1, self.ends[i]
        while child < end:
            yield child
            child = self.ends[child]

    def ancestors(self, i: int) -> Iterator[int]:
        """The parent of i, its parent, and so on to the root."""
        i = self.parents[i]
        while i >= 0:
            yield i
            i = self.parents[i]

    def find(self, tag: str, within: int = 0) -> int | None:
        """The first element of that tag in the subtree, or None."""
        try:
            return self.tags.index(tag, within, self.ends[within])
        except ValueError:
            return None

    def find_all(self, tag: str, within: int = 0) -> Iterator[int]:
        """Every element of that tag in the subtree, in document order."""
        at, end = within - 1, self.ends[within]
        while True:
            try:
                at = self.tags.index(tag, at + 1, end)
            except ValueError:
                return
            yield at

    def text(self, i: int) -> str:
        """All text of the subtree, as it stands (comments left out)."""
        tags, texts = self.tags, self.texts
        return "".join(texts[k] for k in range(i, self.ends[i]) if tags[k] == TEXT)

    def path(self, i: int) -> str:
        """Where a node stands, for people: ``body/div#menu/ul.nav``. The deepest eight steps."""
        steps: list[str] = []
        while i > 0 and len(steps) < 8:
            tag, attrs = self.tags[i], self.attrs[i]
            if tag not in ("html", TEXT):
                name = attrs.get("id", "").split(" ")[0]
                classes = attrs.get("class", "").split()
                steps.append(tag + (f"#{name[:40]}" if name else f".{classes[0][:40]}" if classes else ""))
            i = self.parents[i]
        return "/".join(reversed(steps))

    def without(self, subtrees: Iterable[int]) -> Tree:
        """A tree with these subtrees left out. Indices change; a subtree inside another counts once."""
        new = Tree()
        new.notes = self.notes
        drop = sorted(set(subtrees))
        if not drop:
            return self
        if drop[0] == 0:
            return new
        kept: list[int] = []
        at = 0
        for i in drop:
            if i >= at:
                kept.extend(range(at, i))
                at = self.ends[i]
        kept.extend(range(at, len(self.tags)))
        where = dict(zip(kept, range(len(kept)), strict=True))
        new.tags = [self.tags[i] for i in kept]
        new.texts = [self.texts[i] for i in kept]
        new.attrs = [self.attrs[i] for i in kept]
        new.parents = [where.get(self.parents[i], -1) for i in kept]
        new.ends = _ends(new.parents)
        return new


def _ends(parents: list[int]) -> list[int]:
    ends = list(range(1, len(parents) + 1))
    for i in range(len(parents) - 1, 0, -1):
        above = parents[i]
        if ends[above] < ends[i]:
            ends[above] = ends[i]
    return ends


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
            attrs.append(_NO_ATTRS)
        else:
            stack.pop()
    tree.ends = _ends(parents)
    return tree


_OTHER: dict[type, str] = {turbohtml.Doctype: DOCTYPE, turbohtml.CData: TEXT}


def _attributes(node: turbohtml.Element) -> Mapping[str, str]:
    found = node.attrs
    if not found:
        return _NO_ATTRS
    # The parser splits class, rel and the like into lists, and gives None for a name with no value.
    return {
        name: value if isinstance(value, str) else " ".join(value) if value else "" for name, value in found.items()
    }
