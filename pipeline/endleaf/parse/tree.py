"""The flat tree: parallel lists in document order, so that a subtree is a range.

Every later stage is a loop with no recursion, and depth costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

TEXT = "#text"
COMMENT = "#comment"
DOCTYPE = "#doctype"
ROOT = "#document"

NO_ATTRS: Mapping[str, str] = MappingProxyType({})


class Tree:
    """A parsed document as parallel lists, one place a node, in document order; node 0 is the document.

    ``tags[i]``     lower-case element name (``svg:title`` inside foreign content), or TEXT, COMMENT, DOCTYPE, ROOT
    ``texts[i]``    the characters of a text or comment; "" for elements
    ``attrs[i]``    attributes, names lower-case; an empty mapping for what is no element
    ``parents[i]``  the parent's index; -1 for the root
    ``ends[i]``     one past the last descendant: the subtree of i is ``range(i, ends[i])``

    ``places``      every node but texts by its tag, in document order; None until it is asked for

    Do not change the lists: :meth:`without` gives a tree with subtrees left out.
    """

    __slots__ = ("attrs", "ends", "notes", "parents", "places", "tags", "texts")

    def __init__(self) -> None:
        self.tags: list[str] = [ROOT]
        self.texts: list[str] = [""]
        self.attrs: list[Mapping[str, str]] = [NO_ATTRS]
        self.parents: list[int] = [-1]
        self.ends: list[int] = [1]
        self.notes: list[str] = []
        self.places: dict[str, list[int]] | None = None

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
        """The first element (or comment) of that tag in the subtree, or None."""
        found = self._placed().get(tag, ())
        at = bisect_left(found, within)
        return found[at] if at < len(found) and found[at] < self.ends[within] else None

    def find_all(self, tag: str, within: int = 0) -> Iterator[int]:
        """Every element (or comment) of that tag in the subtree, in document order."""
        found: Sequence[int] = self._placed().get(tag, ())
        if within:
            found = found[bisect_left(found, within) : bisect_left(found, self.ends[within])]
        return iter(found)

    def renamed(self, tags: Iterable[str]) -> None:
        """Find the elements again that had these tags and may have others."""
        for tag in tags:
            for i in self._placed().pop(tag, ()):
                self._placed().setdefault(self.tags[i], []).append(i)

    def _placed(self) -> dict[str, list[int]]:
        if self.places is None:
            self.places = {}
            for i, tag in enumerate(self.tags):
                if tag != TEXT:
                    self.places.setdefault(tag, []).append(i)
        return self.places

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
                steps.append(tag + _named(attrs) if attrs else tag)
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
        new.ends = ends_of(new.parents)
        return new


def _named(attrs: Mapping[str, str]) -> str:
    """An element's id, or else its first class, as CSS writes it."""
    name = attrs.get("id", "").split(" ")[0]
    if name:
        return "#" + name[:40]
    classes = attrs.get("class", "").split(maxsplit=1)
    return "." + classes[0][:40] if classes else ""


def ends_of(parents: list[int]) -> list[int]:
    """One past each node's last descendant, from the nodes' parents."""
    ends = list(range(1, len(parents) + 1))
    for i in range(len(parents) - 1, 0, -1):
        above = parents[i]
        if ends[above] < ends[i]:
            ends[above] = ends[i]
    return ends


class Grower:
    """Builds a tree from the top down.

    >>> grower = Grower()
    >>> with grower.element("p", {"class": "a"}):
    ...     grower.text("One")
    >>> tree = grower.tree()
    >>> tree.tags, tree.parents, tree.ends
    (['#document', 'p', '#text'], [-1, 0, 1], [3, 3, 3])
    """

    def __init__(self) -> None:
        self._tree = Tree()
        self._open = [0]

    def open(self, tag: str, attrs: Mapping[str, str] = NO_ATTRS) -> None:
        """Open an element."""
        self._add(tag, "", attrs)
        self._open.append(len(self._tree) - 1)

    def close(self) -> None:
        """Close the element that was opened last."""
        self._open.pop()

    @contextmanager
    def element(self, tag: str, attrs: Mapping[str, str] = NO_ATTRS) -> Iterator[None]:
        """An element, open while the block runs."""
        self.open(tag, attrs)
        yield
        self.close()

    def text(self, text: str, tag: str = TEXT) -> None:
        """A text; or a comment, by its tag."""
        self._add(tag, text, NO_ATTRS)

    def tree(self) -> Tree:
        """The tree, finished."""
        self._tree.ends = ends_of(self._tree.parents)
        return self._tree

    def _add(self, tag: str, text: str, attrs: Mapping[str, str]) -> None:
        tree = self._tree
        tree.tags.append(tag)
        tree.texts.append(text)
        tree.attrs.append(attrs)
        tree.parents.append(self._open[-1])
