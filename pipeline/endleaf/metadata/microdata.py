"""Microdata (HTML, section 5): the properties of the page's own article, and of the page itself."""

from __future__ import annotations

from collections.abc import Sequence

from endleaf.metadata import kinds, words
from endleaf.metadata.declared import Declared
from endleaf.metadata.sheet import Sheet
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

_MOST_NODES = 200
"""Nodes of an element whose text is a property; more are a passage."""

_MOST_NAMES = 5
"""Names of one property; real pages give up to three."""


def read(sheet: Sheet, title: str, found: Declared) -> None:
    """The fields of the top items whose type says something of the page. Of several articles, the one of its title."""
    if not sheet.props:
        return
    tree = sheet.tree
    scopes = sheet.scopes()
    owners = _owners(tree, scopes, sheet.props)
    tops = [i for i in scopes if _is_top(tree, i) and kinds.group(tree.attrs[i].get("itemtype", ""))]
    groups: dict[str, list[int]] = {}
    for i in tops:
        groups.setdefault(kinds.group(tree.attrs[i]["itemtype"]), []).append(i)
    _declare_unowned(tree, owners.get(_NO_ITEM, ()), found)
    for group, items in groups.items():
        item = items[0] if len(items) == 1 or group not in ("article", "work") else _titled(tree, items, owners, title)
        if item is not None:
            _declare(tree, item, owners, group, found)


def _is_top(tree: Tree, i: int) -> bool:
    """Whether an item is no property of another, or the one that the page is mainly about."""
    prop = tree.attrs[i].get("itemprop")
    return prop is None or not _MAIN.isdisjoint(prop.lower().split())


_MAIN = frozenset({"mainentity", "mainentityofpage", "blogpost"})


def _owners(tree: Tree, scopes: list[int], props: list[int]) -> dict[int, list[int]]:
    """Item -> its properties: those whose nearest item above it is. Those of no item stand under _NO_ITEM."""
    owners: dict[int, list[int]] = {}
    open_items: list[int] = []
    items = set(scopes)
    for i in sorted(items.union(props)):
        while open_items and tree.ends[open_items[-1]] <= i:
            open_items.pop()
        if "itemprop" in tree.attrs[i]:
            owners.setdefault(open_items[-1] if open_items else _NO_ITEM, []).append(i)
        if i in items:
            open_items.append(i)
    return owners


_NO_ITEM = -1


def _declare_unowned(tree: Tree, properties: Sequence[int], found: Declared) -> None:
    """Dates in meta elements outside any item: no standard knows them, but a large host of blogs writes them."""
    for i in properties:
        name = tree.attrs[i]["itemprop"].strip()
        if name.lower() in ("datepublished", "datemodified") and tree.attrs[i].get("content"):
            field = Field(name=name, value=_value(tree, i), source="microdata")
            found.add(field, f"microdata:article.{name.lower()}")


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
        names = tree.attrs[i]["itemprop"].split()[:_MOST_NAMES]
        lower = [name.lower() for name in names]
        if not _TEXT.isdisjoint(lower):
            continue
        value = _value(tree, i) if _PERSON.isdisjoint(lower) else _name(tree, i, owners)
        if value and (len(value) <= _LONGEST or "content" in tree.attrs[i]):
            for name in names:
                field = Field(name=f"{kind}.{name}", value=value, source="microdata")
                found.add(field, f"microdata:{group}.{name.lower()}")


def _name(tree: Tree, i: int, owners: dict[int, list[int]]) -> str:
    """Who a person or an organisation is: the item's name, else its text."""
    if "itemscope" in tree.attrs[i]:
        for k in owners.get(i, ()):
            if "name" in tree.attrs[k]["itemprop"].lower().split():
                return _value(tree, k)
    return words.clean(tree.attrs[i].get("content") or _text(tree, i))


def _value(tree: Tree, i: int) -> str:
    """A property's value (HTML, section 5.2.4): an attribute of elements that have one for it, else the text."""
    attrs, tag = tree.attrs[i], tree.tags[i]
    if "content" in attrs:
        return words.clean(attrs["content"])
    if tag == "time" and attrs.get("datetime"):
        return words.clean(attrs["datetime"])
    if tag == "link" or (tag == "a" and attrs["itemprop"].lower() in _ADDRESSES):
        return words.clean(attrs.get("href", ""))
    return words.clean(_text(tree, i))


def _text(tree: Tree, i: int) -> str:
    """An element's text; "" where it is a passage of the page."""
    return tree.text(i) if tree.ends[i] - i <= _MOST_NODES else ""
