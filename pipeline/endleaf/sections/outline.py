"""Blocks and headings become the section tree: levels, anchors, and no empty sections."""

from __future__ import annotations

import re
import unicodedata

from endleaf.model import Block, Quote, Rule, Section
from endleaf.sections.captions import tied
from endleaf.sections.flow import Head
from endleaf.sections.inlines import folded, safe

ANCHOR_LENGTH = 64
"""Characters of an anchor made from a heading's words."""

_SAFE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_:.-]{0,99}\Z")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class Draft:
    """A section while it is open."""

    __slots__ = ("anchor", "blocks", "head", "rank", "sections")

    def __init__(self, rank: int, head: Head | None, anchor: str) -> None:
        self.rank = rank
        self.head = head
        self.anchor = anchor
        self.blocks: list[Block] = []
        self.sections: list[Section] = []

    def section(self, level: int) -> Section:
        """The section, closed."""
        return Section(
            level=level,
            heading=self.head.content if self.head else (),
            anchor=self.anchor,
            blocks=tuple(self.blocks),
            sections=tuple(self.sections),
        )


def sections(items: list[Block | Head]) -> tuple[Section, ...]:
    """The section tree of a settled flow."""
    anchors = Anchors()
    page = Draft(0, None, "")
    open_: list[Draft] = [page]
    for item in tied(_unindented(_tidy(items))):
        if isinstance(item, Head):
            _close_to(item.rank, open_)
            open_.append(Draft(item.rank, item, anchors.of(item)))
        else:
            open_[-1].blocks.append(item)
    _close_to(0, open_)
    lead = (Section(blocks=tuple(page.blocks)),) if page.blocks else ()
    return (*lead, *page.sections)


def _close_to(rank: int, open_: list[Draft]) -> None:
    while len(open_) > 1 and open_[-1].rank >= rank:
        draft = open_.pop()
        open_[-1].sections.append(draft.section(len(open_)))


def without_title(items: list[Block | Head], title: str | None) -> list[Block | Head]:
    """The flow without the first heading that says the title.

    A heading right above that one, such as a date or the name of a column, heads the page no more than the title does.
    """
    wanted = folded(title or "")
    if wanted:
        for number, item in enumerate(items):
            if isinstance(item, Head) and folded(item.text) == wanted:
                return [*_headless(items[:number]), *items[number + 1 :]]
    return items


def _headless(items: list[Block | Head]) -> list[Block | Head]:
    """A flow whose last headings are paragraphs."""
    end = len(items)
    while end and isinstance(items[end - 1], Head):
        end -= 1
    return [*items[:end], *(item.paragraph() if isinstance(item, Head) else item for item in items[end:])]


def _tidy(items: list[Block | Head]) -> list[Block | Head]:
    """Without rules that part nothing, and without headings that head nothing (they stay as paragraphs)."""
    out: list[Block | Head] = []
    below: Block | Head | None = None
    for number in range(len(items) - 1, -1, -1):
        item = items[number]
        if isinstance(item, Rule):
            above = items[number - 1] if number else None
            if below is None or isinstance(below, Head) or above is None or isinstance(above, Head | Rule):
                continue
            out.append(item)
            continue
        empty = isinstance(item, Head) and (below is None or (isinstance(below, Head) and below.rank <= item.rank))
        out.append(item.paragraph() if empty and isinstance(item, Head) else item)
        below = item
    out.reverse()
    return out


def _unindented(items: list[Block | Head]) -> list[Block | Head]:
    """Without the quotes that only indent what stands under a heading: two or more that each are a whole section."""
    ends = [*items[1:], None]
    indents = {
        number
        for number, (above, item) in enumerate(zip([None, *items], items, strict=False))
        if isinstance(item, Quote) and isinstance(above, Head) and isinstance(ends[number], Head | Rule | None)
    }
    if len(indents) < 2:
        return items
    out: list[Block | Head] = []
    for number, item in enumerate(items):
        out.extend(item.blocks if number in indents and isinstance(item, Quote) else (item,))
    return out


class Anchors:
    """Gives each heading an id of its own."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.count = 0

    def of(self, head: Head) -> str:
        """The heading's own id where it is safe, else its words as ASCII, else its number.

        >>> anchors = Anchors()
        >>> [anchors.of(Head((), text)) for text in ("The Café", "The Café", "日本")]
        ['the-cafe', 'the-cafe-2', 'section-3']
        """
        self.count += 1
        name = head.anchor.strip()
        if not _SAFE_ID.match(name):
            name = slug(head.text) or f"section-{self.count}"
        return self._unique(name)

    def _unique(self, name: str) -> str:
        # Ids are compared as written, but some readers fold their case.
        key = name.lower()
        if key not in self.used:
            self.used[key] = 1
            return name
        while True:
            self.used[key] += 1
            candidate = f"{name}-{self.used[key]}"
            if candidate.lower() not in self.used:
                self.used[candidate.lower()] = 1
                return candidate


def slug(text: str) -> str:
    """A heading's words as an id: ASCII letters, digits and hyphens, a letter first; "" where none are left.

    >>> slug("1. What's new in Zürich?")
    'section-1-what-s-new-in-zurich'
    """
    ascii_ = unicodedata.normalize("NFKD", safe(text[:200])).encode("ascii", "ignore").decode().lower()
    words = _NOT_SLUG.sub("-", ascii_).strip("-")[:ANCHOR_LENGTH].rstrip("-")
    if words and not words[0].isalpha():
        words = f"section-{words}"
    return words
