"""Image maps: an image's areas are links, and a browser of their time showed their words on the image."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.parse import Tree


def maps_of(tree: Tree) -> dict[str, list[int]]:
    """The areas that have words of each map of a page, by its name as :func:`name_of` gives it.

    >>> from endleaf.parse import parse
    >>> tree = parse("<map name=M><area alt=Sea href=a><area href=b><area title=Hill href=c></map>")
    >>> [words(tree, i) for i in maps_of(tree)[name_of("#m")]]
    ['Sea', 'Hill']
    """
    found: dict[str, list[int]] = {}
    open_: list[tuple[int, list[int]]] = []
    for i in sorted([*tree.find_all("map"), *tree.find_all("area")]):
        while open_ and i >= open_[-1][0]:
            open_.pop()
        if tree.tags[i] == "map":
            open_.append((tree.ends[i], []))
            for name in _names(tree, i):
                found.setdefault(name, open_[-1][1])
        elif open_ and words(tree, i):
            open_[-1][1].append(i)
    return {name: areas for name, areas in found.items() if areas}


def _names(tree: Tree, i: int) -> Iterator[str]:
    """HTML section 4.8.13: an image map goes by its name; browsers took its id as well, and any case."""
    for attribute in ("name", "id"):
        if name := name_of(tree.attrs[i].get(attribute, "")):
            yield name


def name_of(usemap: str) -> str:
    """The name of the map that an image's ``usemap`` means."""
    return usemap.strip().removeprefix("#").lower()


def words(tree: Tree, i: int) -> str:
    """What an area says."""
    attrs = tree.attrs[i]
    return (attrs.get("alt") or attrs.get("title") or "").strip()
