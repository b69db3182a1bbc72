"""The lists beside the drawing: the outline of the sections, and the regions that were removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from endleaf.explain.told import Explained
from endleaf.model import Frozen, Section
from endleaf.plain import bare, text_of
from endleaf.render.words import spoken

MOST_REGIONS: Final = 300
"""Removed regions listed."""
MOST_HEADINGS: Final = 500
"""Headings listed."""
_BEGINNING: Final = 120
"""Characters of a removed region's text that are listed: enough to know it by."""


class Heading(Frozen, frozen=True):
    """An entry of the outline."""

    text: str
    block: int | None
    """The block it stands in, where it can be told and is drawn."""
    words: int
    """Words of its section, the sections below it left out."""
    below: tuple[Heading, ...]


class Gone(Frozen, frozen=True):
    """A removed region."""

    reason: str
    where: str
    words: int
    beginning: str
    block: int | None
    """Its first block, where it is drawn: what the page never showed has none."""


def outline(explained: Explained, shown: set[int]) -> tuple[Heading, ...]:
    """The headings of the page's sections; ``shown`` are the blocks that are drawn."""
    return _Headings(explained, shown).of(explained.page.sections)


class _Headings:
    """The outline as it is made: headings are looked for among the kept blocks, in order."""

    def __init__(self, explained: Explained, shown: set[int]) -> None:
        self._texts = [
            (b, "".join(told.text.split())) for b, told in enumerate(explained.blocks) if told.state != "removed"
        ]
        self._shown = shown
        self._at = 0
        self.left = MOST_HEADINGS

    def of(self, sections: tuple[Section, ...]) -> tuple[Heading, ...]:
        """The headings of sections, and below them."""
        found: list[Heading] = []
        for section in sections:
            text = " ".join(bare(section.heading).split())
            block = self._block(text) if text and self.left > 0 else None
            words = len(text_of(section.blocks).split())
            below = self.of(section.sections)
            if text and self.left > 0:
                self.left -= 1
                found.append(Heading(text=text, block=block, words=words, below=below))
            else:
                found += below
        return tuple(found)

    def _block(self, text: str) -> int | None:
        wanted = "".join(text.split())
        for at in range(self._at, len(self._texts)):
            b, said = self._texts[at]
            if said.startswith(wanted):
                self._at = at + 1
                return b if b in self._shown else None
        return None


def regions(explained: Explained, shown: set[int]) -> Iterator[Gone]:
    """The first of the removed regions; ``shown`` are the blocks that are drawn."""
    first: dict[int, int] = {}
    for b, told in enumerate(explained.blocks):
        if told.removal is not None and b in shown:
            first.setdefault(told.removal, b)
    for number, removal in enumerate(explained.page.removals[:MOST_REGIONS]):
        text = " ".join(removal.text[: 4 * _BEGINNING].split())
        yield Gone(
            reason=spoken(removal.reason),
            where=removal.where,
            words=len(removal.text.split()),
            beginning=text if len(text) <= _BEGINNING else text[:_BEGINNING].rstrip() + "…",
            block=first.get(number),
        )
