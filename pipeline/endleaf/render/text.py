"""The model as plain text, a paragraph a line: what grep and a screen reader like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from endleaf.model import (
    Block,
    Code,
    Definitions,
    Emphasis,
    Figure,
    Frozen,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from endleaf.render.addresses import safe
from endleaf.render.aligned import GAP, Told, aligned, underline, widths_of
from endleaf.render.grid import Placed, lay
from endleaf.render.html import image_words
from endleaf.render.raised import lowered, raised

WIDEST_TABLE = 120
"""Columns of characters a table may take and still be aligned; a wider one would be mostly padding."""

UNDERLINES = "-~."
"""What underlines a heading of level 1, 2, 3 and below. (The title has ``=``.)"""

Lines = list[str]


class Body(Frozen, frozen=True):
    """A page's sections as text, and the addresses its links point to: note n is ``links[n - 1]``."""

    text: str
    links: tuple[str, ...] = ()


def body(sections: Sequence[Section]) -> Body:
    """Sections as text: headings underlined, blank lines between blocks, links as numbered notes."""
    notes = Notes()
    lines: Lines = []
    stack = list(reversed(sections))
    while stack:
        section = stack.pop()
        stack.extend(reversed(section.sections))
        heading = " ".join(prose(section.heading, notes).split())
        if heading:
            lines += (heading, underline(heading, UNDERLINES[min(max(section.level, 1), len(UNDERLINES)) - 1]), "")
        told = flow(section.blocks, notes)
        if told:
            lines += (*told, "")
    return Body(text="\n".join(lines).rstrip("\n"), links=tuple(notes.numbers))


class Notes:
    """Numbers for addresses, each the first time it is met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, href: str, words: str) -> str:
        """What follows a link's words: `` [3]``, or nothing where the words are the address itself."""
        address = safe(href)
        if address is None or words.strip() in (address, address.removeprefix("mailto:")):
            return ""
        return f" [{self.numbers.setdefault(address, len(self.numbers) + 1)}]"


# ------------------------------------------------------------------ inlines

_BREAKING = re.compile(r"[\t\n\r\f\v]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_SPACES = re.compile("  +")


def prose(content: tuple[Inline, ...], notes: Notes) -> str:
    """A run of inlines as text; a line break is a newline."""
    out: Lines = []
    _write(content, out, notes)
    text = "".join(out).strip()
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _AROUND_BREAK.sub("\n", text) if "\n" in text else text


def _write(content: tuple[Inline, ...], out: Lines, notes: Notes) -> None:
    for inline in content:
        if isinstance(inline, Text | Code):
            out.append(_BREAKING.sub(" ", inline.text))
        elif isinstance(inline, LineBreak):
            out.append("\n")
        elif isinstance(inline, Emphasis | Strong):
            _write(inline.content, out, notes)
        else:
            out.append(_MARKED[type(inline)](inline, notes))


def _link(link: Link, notes: Notes) -> str:
    out: Lines = []
    _write(link.content, out, notes)
    words = "".join(out)
    if not words.strip():
        return safe(link.href) or words
    core = words.rstrip()
    return core + notes.mark(link.href, core) + words[len(core) :]


def _image(image: Image, _: Notes) -> str:
    return f"[Image: {' '.join(image_words(image).split())}]"


def _superscript(inline: Superscript, notes: Notes) -> str:
    return raised(_inner(inline.content, notes))


def _subscript(inline: Subscript, notes: Notes) -> str:
    return lowered(_inner(inline.content, notes))


def _inner(content: tuple[Inline, ...], notes: Notes) -> str:
    out: Lines = []
    _write(content, out, notes)
    return "".join(out)


_MARKED: dict[type, Callable[[Any, Notes], str]] = {
    Link: _link,
    Image: _image,
    Superscript: _superscript,
    Subscript: _subscript,
}


# ------------------------------------------------------------------- blocks


def flow(blocks: tuple[Block, ...], notes: Notes) -> Lines:
    """Blocks as lines, a blank one between two blocks."""
    lines: Lines = []
    for block in blocks:
        told = _BLOCKS[type(block)](block, notes)
        if told:
            if lines:
                lines.append("")
            lines += told
    return lines


def _paragraph(block: Paragraph, notes: Notes) -> Lines:
    text = prose(block.content, notes)
    return text.split("\n") if text else []


def _list(block: List, notes: Notes) -> Lines:
    items = [flow(item.blocks, notes) for item in block.items]
    loose = any(_is_loose(item.blocks) for item in block.items)
    lines: Lines = []
    for number, item in enumerate(items, block.start):
        marker = f"{number}. " if block.ordered else "* "
        if loose and lines:
            lines.append("")
        if len(items[number - block.start]) and not loose:
            item = [line for line in item if line]  # a nested list follows its item closely
        lines += _hung(item or [""], marker)
    return lines


def _is_loose(blocks: tuple[Block, ...]) -> bool:
    """Whether an item holds more than a paragraph and lists, and so needs air around it."""
    return len(blocks) > 1 and not all(isinstance(block, List) for block in blocks[1:])


def _hung(lines: Lines, marker: str) -> Lines:
    margin = " " * len(marker)
    return [(marker + lines[0]).rstrip(), *(margin + line if line else "" for line in lines[1:])]


def _table(block: Table, notes: Notes) -> Lines:
    caption = prose(block.caption, notes)
    grid = lay(block)
    rows = [[_told(cell, notes) for cell in row] for row in (*grid.head, *grid.body)]
    lines = caption.split("\n") if caption else []
    widths = widths_of(rows, grid.columns)
    if sum(widths) + GAP * len(widths) > WIDEST_TABLE:
        return lines + [" | ".join(cell.text for cell in row) for row in rows]
    told = [aligned(row, widths) for row in rows]
    if grid.head:
        told.insert(len(grid.head), (" " * GAP).join("-" * width for width in widths))
    return lines + told


def _told(cell: Placed, notes: Notes) -> Told:
    lines = (line.strip() for line in flow(cell.blocks, notes))
    return Told(" / ".join(line for line in lines if line), cell.column, cell.colspan)


def _quote(block: Quote, notes: Notes) -> Lines:
    return [f"> {line}".rstrip() for line in flow(block.blocks, notes)]


def _preformatted(block: Preformatted, _: Notes) -> Lines:
    return [f"    {line}".rstrip() for line in block.text.expandtabs().strip("\n").split("\n")] if block.text else []


def _figure(block: Figure, notes: Notes) -> Lines:
    lines = [_image(image, notes) for image in block.images]
    caption = prose(block.caption, notes)
    return lines + (caption.split("\n") if caption else [])


def _definitions(block: Definitions, notes: Notes) -> Lines:
    lines: Lines = []
    for item in block.items:
        for term in item.terms:
            lines += prose(term, notes).split("\n")
        lines += [f"    {line}".rstrip() for line in flow(item.blocks, notes)]
    return lines


def _rule(_: Rule, __: Notes) -> Lines:
    return ["* * *"]


_BLOCKS: dict[type, Callable[[Any, Notes], Lines]] = {
    Paragraph: _paragraph,
    List: _list,
    Table: _table,
    Quote: _quote,
    Preformatted: _preformatted,
    Figure: _figure,
    Definitions: _definitions,
    Rule: _rule,
}
