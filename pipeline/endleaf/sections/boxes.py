"""The containers a page's blocks stand in, each of which knows what it becomes when it closes.

A box gathers a flow. ``close(outer)`` adds what it became to the flow around it;
a box that proves to be layout (a list that only indents, a quote that holds the
whole page) adds its flow as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from endleaf.model import (
    Block,
    Definition,
    Definitions,
    Figure,
    Image,
    Inline,
    List,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Text,
)
from endleaf.pictures import wordless
from endleaf.sections.captions import captioned, images_of, joined, pictured
from endleaf.sections.flow import Flow, Head, solid
from endleaf.sections.inlines import plain, safe, unwrapped


class Box:
    """A container that only gathers; the page's root is one."""

    __slots__ = ("flow",)

    heads = True
    """Whether a line in it may be looked at as a heading."""

    def __init__(self) -> None:
        self.flow: Flow = []

    def target(self) -> Flow:
        """The flow that what is read next goes to."""
        return self.flow

    def words_under(self, words: Flow) -> None:
        """Take a block that its class calls a caption."""
        captioned(self.target(), words)

    def close(self, outer: Box) -> None:
        """Add what the box became to the box around it."""
        outer.target().extend(self.flow)


class ItemBox(Box):
    """``li``; ``silenced`` tells whether words of its own were not kept."""

    __slots__ = ("silenced",)

    def __init__(self, silenced: Callable[[], bool]) -> None:
        super().__init__()
        self.silenced = silenced

    def close(self, outer: Box) -> None:
        """Become an item of the list around it; a list alone is no item: its items are of the list it stood in.

        Where the item never had words, the list in it belongs under the item before, as a list nested wrongly does.
        """
        if not self.flow:
            return
        if not isinstance(outer, ListBox):
            outer.target().extend(self.flow)
        elif not all(isinstance(block, List) and block.ordered == outer.ordered for block in self.flow):
            outer.items.append(self.flow)
        elif outer.items and not self.silenced():
            outer.items[-1].extend(self.flow)
        else:
            lists = [block for block in self.flow if isinstance(block, List)]
            outer.items.extend([list(item.blocks) for inner in lists for item in inner.items])


class ListBox(Box):
    """``ul``, ``ol``, ``dir``, ``menu``, and ``li`` with no list around it."""

    __slots__ = ("items", "ordered", "start")

    def __init__(self, *, ordered: bool = False, start: int = 1) -> None:
        super().__init__()
        self.items: list[Flow] = []
        self.ordered = ordered
        self.start = start

    def target(self) -> Flow:
        """Text outside any item belongs to the item before it, as a list nested wrongly does."""
        return self.items[-1] if self.items else self.flow

    def close(self, outer: Box) -> None:
        """Become a list; or the flow itself where no item has words of its own, or each is a heading and its text."""
        flow = outer.target()
        flow.extend(self.flow)
        headed = sum(len(item) > 1 and any(isinstance(block, Head) and block.rank for block in item)
                     for item in self.items)  # fmt: skip
        bare = all(isinstance(block, List) for item in self.items for block in item)
        if headed * 2 > len(self.items) or bare:
            for item in self.items:
                flow.extend(item)
        elif self.items:
            flow.append(self._list())

    def _list(self) -> List:
        items = tuple([ListItem(blocks=self._blocks(item)) for item in self.items])
        return List(items=items, ordered=self.ordered, start=self.start)

    @staticmethod
    def _blocks(item: Flow) -> tuple[Block, ...]:
        if len(item) == 1 and isinstance(item[0], Head):
            return (Paragraph(content=unwrapped(item[0].content) if item[0].rank else item[0].content),)
        return solid(item)


class LooseListBox(ListBox):
    """``li`` with no list around it, the last of which nothing closes: it ends with its paragraph."""

    __slots__ = ()

    def close(self, outer: Box) -> None:
        """Become a list, and what stood after it."""
        after: Flow = []
        if self.items and all(_with_lists(item) == len(item) for item in self.items[:-1]):
            last = self.items[-1]
            at = _with_lists(last)
            after = last[at:]
            del last[at:]
        super().close(outer)
        outer.target().extend(after)


def _with_lists(item: Flow) -> int:
    """Where a first paragraph ends, and the lists right under it."""
    at = 1
    while at < len(item) and isinstance(item[at], List):
        at += 1
    return min(at, len(item))


class QuoteBox(Box):
    """``blockquote``."""

    __slots__ = ("cite",)

    def __init__(self, cite: str | None) -> None:
        super().__init__()
        self.cite = cite

    def close(self, outer: Box) -> None:
        """Become a quote; or the flow itself where headings stand in it, for then it only indented the page."""
        if any(isinstance(item, Head) and item.rank for item in self.flow):
            outer.target().extend(self.flow)
        elif self.flow:
            outer.target().append(Quote(blocks=solid(self.flow), cite=self.cite))


class FigureBox(Box):
    """``figure``."""

    heads = False
    __slots__ = ("at", "caption")

    def __init__(self) -> None:
        super().__init__()
        self.caption: Flow = []
        self.at = 0
        """How many items stood before the caption."""

    def words_under(self, words: Flow) -> None:
        """Take them as the figure's caption, unless images are among them."""
        if any(images_of(item) for item in words) or pictured(words):
            self.flow.extend(words)
        else:
            self.at = self.at if self.caption else len(self.flow)
            self.caption.extend(words)

    def close(self, outer: Box) -> None:
        """Become a figure where it holds images; any other content comes as it is, before it or instead."""
        flow = outer.target()
        found = [(item, images_of(item)) for item in self.flow]
        images = [image for _, some in found for image in some]
        if not images or not all(some for _, some in found[self.at :] if self.caption):
            flow.extend((*self.flow[: self.at], *self.caption, *self.flow[self.at :]))
            return
        flow.extend(item for item, some in found if not some)
        flow.append(Figure(images=tuple(images), caption=inline(self.caption)))


class FloatBox(Box):
    """A table at the side of the text that holds an image."""

    __slots__ = ()

    def close(self, outer: Box) -> None:
        """Become a figure where the words under its images are few, else what it holds."""
        figure = pictured(self.flow)
        outer.target().extend(self.flow if figure is None else [figure])


class CaptionBox(Box):
    """``figcaption``."""

    heads = False

    def close(self, outer: Box) -> None:
        """Become the figure's caption, or flow where there is no figure."""
        if isinstance(outer, FigureBox):
            outer.words_under(self.flow)
        else:
            outer.target().extend(self.flow)


class DefinitionsBox(Box):
    """``dl``."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[tuple[list[tuple[Inline, ...]], Flow]] = []

    def target(self) -> Flow:
        """The description that was read last."""
        return self.entries[-1][1] if self.entries else self.flow

    def close(self, outer: Box) -> None:
        """Become definitions; or the flow itself where nothing is defined: it only indented."""
        flow = outer.target()
        flow.extend(self.flow)
        if any(terms for terms, _ in self.entries):
            items = tuple([Definition(terms=tuple(terms), blocks=solid(blocks)) for terms, blocks in self.entries])
            flow.append(Definitions(items=items))
        else:
            for _, blocks in self.entries:
                flow.extend(blocks)


class TermBox(Box):
    """``dt``."""

    heads = False

    def close(self, outer: Box) -> None:
        """Become a term; what is no paragraph goes to the description."""
        if not isinstance(outer, DefinitionsBox):
            outer.target().extend(self.flow)
            return
        blocks = solid(self.flow)
        if not blocks:
            return
        if not outer.entries or outer.entries[-1][1]:
            outer.entries.append(([], []))
        terms, description = outer.entries[-1]
        for block in blocks:
            if isinstance(block, Paragraph) and not description:
                terms.append(block.content)
            else:
                description.append(block)


class DescriptionBox(Box):
    """``dd``."""

    def close(self, outer: Box) -> None:
        """Become a term's description."""
        if not isinstance(outer, DefinitionsBox):
            outer.target().extend(self.flow)
            return
        if not self.flow:
            return
        if not outer.entries:
            outer.entries.append(([], []))
        outer.entries[-1][1].extend(self.flow)


class HeadBox(Box):
    """``h1`` to ``h6`` and ``role=heading``."""

    heads = False
    __slots__ = ("anchor", "rank")

    def __init__(self, rank: int, anchor: str) -> None:
        super().__init__()
        self.rank = rank
        self.anchor = anchor

    def close(self, outer: Box) -> None:
        """Become a heading of its paragraphs; an unclosed one that swallowed the page keeps only the first."""
        flow = outer.target()
        blocks = solid(self.flow)
        leading: list[Paragraph] = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                break
            leading.append(block)
        if sum(len(plain(block.content)) for block in leading) > SWALLOWED:
            del leading[1:]
        content = joined([unwrapped(block.content) for block in leading])
        text = " ".join(plain(content).split())
        drawn = " ".join(_drawn_words(blocks))
        if text:
            flow.append(Head(content, text, self.rank, self.anchor))
            flow.extend(blocks[len(leading) :])
        elif drawn:
            flow.append(Head(images_of(blocks[0]), drawn, self.rank, self.anchor))
        else:
            flow.extend(blocks)


def _drawn_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of the images that are all of a heading."""
    if len(blocks) == 1 and isinstance(blocks[0], Figure) and not blocks[0].caption:
        yield from (image.alt for image in blocks[0].images if not wordless(image.alt))


SWALLOWED = 400
"""Characters: more than this is no heading but a page inside a heading that was never closed."""


def inline(flow: Flow) -> tuple[Inline, ...]:
    """A flow where only inlines may stand, such as a caption: its paragraphs, a line each, and the rest's words."""
    contents: list[tuple[Inline, ...]] = []
    for block in solid(flow):
        if isinstance(block, Paragraph):
            contents.append(block.content)
        elif isinstance(block, Figure):
            contents.append(block.images)
            contents.append(block.caption)
        else:
            contents.append((Text(text=" ".join(words(block))),))
    return joined([content for content in contents if content])


def words(block: Block) -> Iterator[str]:
    """The words of a block, in order."""
    stack: list[object] = [block]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple | list):
            stack.extend(reversed(one))
        elif isinstance(one, Paragraph):
            yield from plain(one.content).split()
        elif isinstance(one, Preformatted | Text):
            yield from one.text.split()
        elif isinstance(one, str):
            yield from one.split()
        elif not isinstance(one, Rule | Image) and hasattr(one, "__struct_fields__"):
            stack.extend(reversed([getattr(one, name) for name in one.__struct_fields__ if name in _HOLDERS]))


_HOLDERS = frozenset({"blocks", "items", "rows", "cells", "caption", "terms", "content", "images", "text"})


def preformatted(parts: list[str]) -> Preformatted | None:
    """Verbatim text as a block: the first newline is the markup's, blank lines at the end say nothing."""
    text = safe("".join(parts).replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return Preformatted(text="\n".join(lines)) if lines else None
