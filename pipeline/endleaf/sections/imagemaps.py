"""The areas of an image map as the links they are: a browser of their time showed their words on the image."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.model import Inline, Link, ListItem, Paragraph, Text
from endleaf.parse import Tree
from endleaf.sections.inlines import Resolver, collapsed


def items(tree: Tree, keep: bytearray, links: Resolver, usemap: str) -> tuple[ListItem, ...]:
    """The kept areas of the map that an image names, each one once; areas without words show nothing."""
    wanted = usemap.strip().removeprefix("#").lower()
    found = next((i for i in tree.find_all("map") if wanted and wanted in _names(tree, i)), None)
    if found is None:
        return ()
    entries = dict.fromkeys(_entry(tree, links, i) for i in tree.find_all("area", found) if keep[i])
    return tuple([ListItem(blocks=(Paragraph(content=(entry,)),)) for entry in entries if entry])


def _names(tree: Tree, i: int) -> Iterator[str]:
    """HTML section 4.8.13: an image map goes by its name; browsers took its id as well, and any case."""
    attrs = tree.attrs[i]
    yield attrs.get("name", "").strip().lower()
    yield attrs.get("id", "").strip().lower()


def _entry(tree: Tree, links: Resolver, i: int) -> Inline | None:
    attrs = tree.attrs[i]
    words = collapsed(attrs.get("alt") or attrs.get("title") or "").strip()
    if not words:
        return None
    target = links.resolve(attrs.get("href", ""))
    if target is None:
        return Text(text=words)
    return Link(content=(Text(text=words),), href=target.href, replay_href=target.replay_href)
