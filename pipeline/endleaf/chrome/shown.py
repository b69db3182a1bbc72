"""Which images stay: those that the text shows, not the ones that lead elsewhere, adorn, or head the site.

An image has no words to be judged by, so it stays only beside text that stays.
Within a line of that text it is part of it. Alone, it must look like something
to look at, the more so above all text and below it, where sites put their crests,
their buttons and their badges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from endleaf import imagemaps
from endleaf.chrome.blocks import Blocks, Bools, Ints
from endleaf.parse import Tree
from endleaf.pictures import bar, bullet, file_name, icon, sides, spacer, wordless

_BUTTON_SIDE: Final = 80
"""Pixels: a linked image of a lesser side is a button or an icon."""
_PHOTO_SIDE: Final = 100
"""Pixels: an image of a lesser side is no picture above or below all text."""
_STRIP: Final = 3
"""An image this many times as wide as it is high is a strip: a site's head, a row of buttons."""
_STEPS: Final = 6
"""How far up an image's own link or figure is looked for."""
_WORDED: Final = 4
"""Words of an alt text from which it tells what is to be seen."""
_AREAS: Final = 50
"""Areas of a map that are looked at."""
_MAP_WORDS: Final = 3
"""Words a map's areas have on average where they are more than the names of a menu."""

_DRAWN: Final = (".gif", ".png", ".svg", ".ico", ".bmp")
_TO_IMAGE: Final = re.compile(r"\.(?:jpe?g|gif|png|webp|avif|tiff?|bmp)(?:[?#]|\Z)", re.IGNORECASE)
_NOWHERE: Final = ("javascript:", "#", "mailto:")
_TOOL: Final = re.compile(
    r"\b(?:print|e-?mail|mail|home ?page|home|top|back|next|prev(?:ious)?|up|reply|quote|search|menu|help|contact|share"
    r"|bookmark|rss|feed|subscribe|log ?in|register|guest ?book|counter|visitors?|netscape|explorer|viewed|valid|w3c"
    r"|powered|made with|web ?ring|awards?|click here|enter|go)\b", re.IGNORECASE,
)  # fmt: skip
_EMBLEM: Final = re.compile(
    r"logo|crest|banner|masthead|welcome|emblem|\bbadges?\b|coat of arms|page ?header|counter", re.IGNORECASE
)


class Picture(NamedTuple):
    """An image and what stands around it."""

    attrs: Mapping[str, str]
    width: int | None
    height: int | None
    link: str | None
    """Where it leads, if anywhere."""
    figure: bool
    """Whether it is marked up as one."""
    map_words: float
    """How many words each area of its map has; 0 where it has none."""
    edge: bool
    """Whether it stands above all kept text, or below it."""

    @property
    def alt(self) -> str:
        """Its words."""
        return self.attrs.get("alt", "").strip()

    def at_least(self, side: int) -> bool:
        """Whether the sides it states are no less; one that states none may be of any size."""
        return all(stated is None or stated >= side for stated in (self.width, self.height))

    def stated(self) -> bool:
        """Whether it states a side."""
        return self.width is not None or self.height is not None

    def photographed(self) -> bool:
        """Whether it is of a kind that photographs are kept in, not drawings."""
        return not file_name(self.attrs).endswith(_DRAWN)

    def is_emblem(self) -> bool:
        """Whether its words or its name say that it stands for the site."""
        return _EMBLEM.search(self.alt) is not None or _EMBLEM.search(file_name(self.attrs)) is not None

    def is_tool(self) -> bool:
        """Whether its words are a button's."""
        return len(self.alt.split()) <= _WORDED and _TOOL.search(self.alt) is not None


def shown(blocks: Blocks, kept: Bools, pictures: Ints) -> list[int]:
    """Those of some images beside kept text that are content, and the areas of their maps."""
    maps = Maps(blocks.tree)
    keys = blocks.keys[blocks.first]
    at = np.minimum(np.searchsorted(keys, blocks.keys[pictures]), len(keys) - 1)
    beside = (keys[at] == blocks.keys[pictures]) & kept[blocks.first[at]]
    first, last = _span(blocks, kept)
    out: list[int] = []
    alone: dict[int, list[tuple[int, Picture]]] = {}
    for i, key, inline, start in zip(
        pictures.tolist(), blocks.keys[pictures].tolist(), beside.tolist(), blocks.first[at].tolist(), strict=True
    ):
        attrs = blocks.tree.attrs[i]
        if spacer(attrs) or bar(attrs):
            continue
        picture = _picture(maps, i, edge=i < first or i > last)
        if not inline:
            alone.setdefault(key, []).append((i, picture))
        elif _within_line(picture, begins=i < start) and not (picture.edge and picture.is_emblem()):
            out.append(i)
    for row in alone.values():
        out.extend(_of_row(row))
    return maps.with_areas(out)


def _span(blocks: Blocks, kept: Bools) -> tuple[int, int]:
    nodes = blocks.nodes[kept[blocks.nodes]]
    return (int(nodes[0]), int(nodes[-1])) if len(nodes) else (0, 0)


def _picture(maps: Maps, i: int, *, edge: bool) -> Picture:
    tree = maps.tree
    attrs = tree.attrs[i]
    link, figure = None, False
    for _, at in zip(range(_STEPS), tree.ancestors(i), strict=False):
        tag = tree.tags[at]
        if tag == "a" and link is None:
            link = tree.attrs[at].get("href")
        elif tag == "figure":
            figure = True
        elif tag in ("td", "li", "body"):
            break
    return Picture(attrs, *sides(attrs), link, figure, maps.words(attrs), edge)


def _within_line(picture: Picture, *, begins: bool) -> bool:
    """Whether an image in a line of kept text stays: marks where they begin it, no icons, no buttons."""
    if bullet(picture.attrs) or (icon(picture.width, picture.height) and wordless(picture.alt)):
        return begins
    if icon(picture.width, picture.height):
        return False
    return picture.link is None or not (picture.is_tool() or picture.link.lower().startswith(_NOWHERE))


def _of_row(row: list[tuple[int, Picture]]) -> Iterator[int]:
    """The images of a line without words that are content; beside a button the small ones are buttons too."""
    content = [_is_content(picture) for _, picture in row]
    buttons = any(picture.link is not None and not yes for (_, picture), yes in zip(row, content, strict=True))
    for (i, picture), yes in zip(row, content, strict=True):
        if yes and not (buttons and not (picture.stated() and picture.at_least(_BUTTON_SIDE))):
            yield i


def _is_content(picture: Picture) -> bool:
    if bullet(picture.attrs) or icon(picture.width, picture.height):
        return False
    if picture.figure or picture.map_words >= _MAP_WORDS:
        return True
    if picture.map_words:
        return picture.stated() and picture.at_least(_PHOTO_SIDE) and not picture.edge
    if picture.link is not None:
        return _linked_content(picture, picture.link.strip().lower())
    if not picture.edge:
        return True
    return _pictures_something(picture)


def _linked_content(picture: Picture, link: str) -> bool:
    if picture.is_tool() or (picture.edge and not _pictures_something(picture)):
        return False
    if _TO_IMAGE.search(link):
        return True
    if picture.stated():
        return picture.at_least(_BUTTON_SIDE)
    return picture.photographed() and not link.startswith(_NOWHERE)


def _pictures_something(picture: Picture) -> bool:
    """Whether an image that no text stands around is more than a site's emblem or badge."""
    if picture.is_tool() or picture.is_emblem():
        return False
    if not picture.at_least(_PHOTO_SIDE):
        return False
    if picture.width and picture.height:
        return picture.width < _STRIP * picture.height
    return picture.photographed() or len(picture.alt.split()) >= _WORDED


# -------------------------------------------------------------- image maps


class Maps:
    """A page's image maps, read where an image uses one."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._areas: dict[str, list[int]] | None = None

    def areas(self, attrs: Mapping[str, str]) -> list[int]:
        """The areas with words of the map that an image uses."""
        if "usemap" not in attrs:
            return []
        if self._areas is None:
            self._areas = imagemaps.maps_of(self.tree)
        return self._areas.get(imagemaps.name_of(attrs["usemap"]), [])

    def words(self, attrs: Mapping[str, str]) -> float:
        """Words an area, of the first ones of the map that an image uses."""
        areas = self.areas(attrs)[:_AREAS]
        return sum(len(imagemaps.words(self.tree, i).split()) for i in areas) / len(areas) if areas else 0

    def with_areas(self, pictures: list[int]) -> list[int]:
        """Some images, and the areas of their maps."""
        areas = {id(found): found for i in pictures if (found := self.areas(self.tree.attrs[i]))}
        return [*pictures, *(area for found in areas.values() for area in found)]


def told_by_maps(blocks: Blocks) -> list[int]:
    """The images whose maps are a page's only words, and their areas."""
    maps = Maps(blocks.tree)
    attrs = blocks.tree.attrs
    return maps.with_areas([i for i in blocks.tree.find_all("img") if not blocks.unseen[i] and maps.areas(attrs[i])])
