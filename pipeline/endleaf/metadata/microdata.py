"""Microdata (HTML, section 5): the properties of the page's own article, and of the page itself."""

from __future__ import annotations

from endleaf.metadata import kinds, words
from endleaf.metadata.declared import Declared
from endleaf.metadata.markup import Marks
from endleaf.model import Field
from endleaf.parse import Tree

# Properties that hold the page's text or its pictures: read by other rooms.
_TEXT = frozenset({
    "articlebody", "reviewbody", "text", "image", "thumbnailurl", "logo", "commentcount", "interactioncount"
})  # fmt: skip

_PERSON = frozenset({"author", "creator", "editor", "publisher", "contributor", "copyrightholder"})

# The standard gives a link's address for any property; pages mark names up on links, so here only for these.
_ADDRESSES = frozenset({"url", "sameas", "license", "mainentityofpage"})

_LONGEST = 500
"""Characters of a property that is written as an element's text: longer is a passage, not a property."""


def read(tree: Tree, marks: Marks, title: str, found: Declared) -> None:
    """The fields of the top items whose type says something of the page. Of several articles, the one of its title."""
    owners = _owners(tree, marks)
    nested = set(marks.props)
    tops = [i for i in marks.items if i not in nested and kinds.group(tree.attrs[i].get("itemtype", ""))]
    groups: dict[str, list[int]] = {}
    for i in tops:
        groups.setdefault(kinds.group(tree.attrs[i]["itemtype"]), []).append(i)
    _declare_unowned(tree, marks, found)
    for group, items in groups.items():
        item = items[0] if len(items) == 1 or group not in ("article", "work") else _titled(tree, items, owners, title)
        if item is not None:
            _declare(tree, item, owners, group, found)


def _declare_unowned(tree: Tree, marks: Marks, found: Declared) -> None:
    """Dates in meta elements that stand outside any item: of no use to the standard, and written by a large host."""
    for i in marks.metas:
        name = tree.attrs[i].get("itemprop", "").strip()
        if (
            name.lower() in ("datepublished", "datemodified")
            and tree.attrs[i].get("content")
            and not any("itemscope" in tree.attrs[above] for above in tree.ancestors(i))
        ):
            field = Field(name=name, value=_value(tree, i), source="microdata")
            found.add(field, f"microdata:article.{name.lower()}")


def _owners(tree: Tree, marks: Marks) -> dict[int, list[int]]:
    """Item -> its properties: those whose nearest item above it is."""
    owners: dict[int, list[int]] = {}
    open_items: list[int] = []
    items = set(marks.items)
    for i in sorted(items.union(marks.props)):
        while open_items and tree.ends[open_items[-1]] <= i:
            open_items.pop()
        if open_items and "itemprop" in tree.attrs[i]:
            owners.setdefault(open_items[-1], []).append(i)
        if i in items:
            open_items.append(i)
    return owners


def _titled(tree: Tree, items: list[int], owners: dict[int, list[int]], title: str) -> int | None:
    """The item whose headline is in the page's title."""
    wanted = words.key(title)
    for item in items:
        for i in owners.get(item, ()):
            if not {"headline", "name"}.isdisjoint(tree.attrs[i]["itemprop"].lower().split()):
                head = words.key(_value(tree, i))
                if head and head in wanted:
                    return item
    return None


def _declare(tree: Tree, item: int, owners: dict[int, list[int]], group: str, found: Declared) -> None:
    kind = kinds.short(tree.attrs[item]["itemtype"].split()[0])
    for i in owners.get(item, ()):
        for name in tree.attrs[i]["itemprop"].split():
            lower = name.lower()
            if lower in _TEXT:
                continue
            value = _name(tree, i, owners) if lower in _PERSON else _value(tree, i)
            if value and (len(value) <= _LONGEST or "content" in tree.attrs[i]):
                field = Field(name=f"{kind}.{name}", value=value, source="microdata")
                found.add(field, f"microdata:{group}.{lower}")


def _name(tree: Tree, i: int, owners: dict[int, list[int]]) -> str:
    """Who a person or an organisation is: the item's name, else its text."""
    if "itemscope" in tree.attrs[i]:
        for k in owners.get(i, ()):
            if "name" in tree.attrs[k]["itemprop"].lower().split():
                return _value(tree, k)
    return words.clean(tree.attrs[i].get("content") or tree.text(i))


def _value(tree: Tree, i: int) -> str:
    """A property's value (HTML, section 5.2.4): an attribute of elements that have one for it, else the text."""
    attrs, tag = tree.attrs[i], tree.tags[i]
    if "content" in attrs:
        return words.clean(attrs["content"])
    if tag == "time" and attrs.get("datetime"):
        return words.clean(attrs["datetime"])
    if tag == "link" or (tag == "a" and attrs["itemprop"].lower() in _ADDRESSES):
        return words.clean(attrs.get("href", ""))
    return words.clean(tree.text(i))
