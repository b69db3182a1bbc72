"""Image maps: an image's areas are links, and a browser of their time showed their words on the image."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.parse import Tree


def areas(tree: Tree, usemap: str) -> list[int]:
    """The areas that have words of the map that an image's ``usemap`` names.

    >>> from endleaf.parse import parse
    >>> tree = parse("<img usemap=#M><map name=m><area alt=Sea href=a><area href=b><area title=Hill href=c></map>")
    >>> [words(tree, i) for i in areas(tree, "#M")]
    ['Sea', 'Hill']
    """
    wanted = usemap.strip().removeprefix("#").lower()
    found = next((i for i in tree.find_all("map") if wanted and wanted in _names(tree, i)), None)
    return [] if found is None else [i for i in tree.find_all("area", found) if words(tree, i)]


def _names(tree: Tree, i: int) -> Iterator[str]:
    """HTML section 4.8.13: an image map goes by its name; browsers took its id as well, and any case."""
    attrs = tree.attrs[i]
    yield attrs.get("name", "").strip().lower()
    yield attrs.get("id", "").strip().lower()


def words(tree: Tree, i: int) -> str:
    """What an area says."""
    attrs = tree.attrs[i]
    return (attrs.get("alt") or attrs.get("title") or "").strip()
