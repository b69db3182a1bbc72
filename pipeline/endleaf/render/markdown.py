"""The model as Markdown: CommonMark 0.31 and pipe tables. Text stays text, and there is no raw HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from endleaf.model import (
    Block,
    Definitions,
    Figure,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from endleaf.render.grid import Placed, lay
from endleaf.render.marks import cell, escaped, line, prose, strong_line

Lines = list[str]

DEEPEST_HEADING = 6
MOST_DIGITS = 999_999_999
"""A list's number has nine digits at most (CommonMark 5.2)."""


def body(sections: Sequence[Section]) -> str:
    """Sections as Markdown; the page's title is ``#``, so the top sections are ``##``."""
    lines: Lines = []
    stack = list(reversed(sections))
    while stack:
        section = stack.pop()
        stack.extend(reversed(section.sections))
        told = heading(line(section.heading), section.level + 1)
        if told:
            lines += (told, "")
        blocks = flow(section.blocks)
        if blocks:
            lines += (*blocks, "")
    return "\n".join(lines).rstrip("\n")


def heading(marked: str, level: int) -> str:
    """A line of Markdown as a heading; empty if there is nothing in it."""
    marked = marked.strip()
    if marked.endswith("#"):  # else it would be a closing sequence
        marked = marked[:-1] + "\\#"
    return f"{'#' * min(max(level, 1), DEEPEST_HEADING)} {marked}" if marked else ""


def flow(blocks: Sequence[Block]) -> Lines:
    """Blocks as lines, a blank one between two blocks."""
    lines: Lines = []
    other = False  # two lists in a row need different marks, or they would be one
    before: type | None = None
    for block in blocks:
        other = not other if before is List and isinstance(block, List) else False
        told = _list(block, other) if isinstance(block, List) else _BLOCKS[type(block)](block)
        if told:
            if lines:
                lines.append("")
            lines += told
            before = type(block)
    return lines


def _paragraph(block: Paragraph) -> Lines:
    text = prose(block.content)
    return text.split("\n") if text else []


def _list(block: List, other: bool) -> Lines:
    items = [flow(item.blocks) for item in block.items]
    loose = any(_is_loose(item.blocks) for item in block.items)
    lines: Lines = []
    first = min(max(block.start, 0), MOST_DIGITS - len(items))
    for number, item in enumerate(items, first):
        marker = f"{number}{')' if other else '.'} " if block.ordered else "* " if other else "- "
        if lines and loose:
            lines.append("")
        lines += _hung(item or [""], marker)
    return lines


def _is_loose(blocks: tuple[Block, ...]) -> bool:
    return len(blocks) > 1


def _hung(lines: Lines, marker: str) -> Lines:
    margin = " " * len(marker)
    return [(marker + lines[0]).rstrip(), *(margin + line if line else "" for line in lines[1:])]


def _table(block: Table) -> Lines:
    grid = lay(block)
    if not grid.columns:
        return _captioned(block, [])
    rows = [_row(cells, grid.columns) for cells in (*grid.head, *grid.body)]
    if not grid.head:  # a pipe table has to have a head
        rows.insert(0, "|" + "  |" * grid.columns)
    rows.insert(1, "|" + " --- |" * grid.columns)
    return _captioned(block, rows)


def _captioned(block: Table, rows: Lines) -> Lines:
    caption = prose(block.caption)
    return [*caption.split("\n"), "", *rows] if caption and rows else caption.split("\n") if caption else rows


def _row(cells: Sequence[Placed], columns: int) -> str:
    row = [""] * columns
    for placed in cells:
        row[placed.column] = " / ".join(_flattened(placed.blocks))
    return f"| {' | '.join(row)} |"


def _flattened(blocks: Sequence[Block]) -> Lines:
    """Blocks as runs of inlines: all that a cell of a pipe table can hold."""
    flat: Lines = []
    for block in blocks:
        flat += _FLAT[type(block)](block)
    return [run for run in flat if run]


_FLAT: dict[type, Callable[[Any], Lines]] = {
    Paragraph: lambda block: [cell(block.content)],
    List: lambda block: [run for item in block.items for run in _flattened(item.blocks)],
    Table: lambda block: [
        cell(block.caption),
        *(run for row in block.rows for each in row.cells for run in _flattened(each.blocks)),
    ],
    Quote: lambda block: _flattened(block.blocks),
    Preformatted: lambda block: [escaped(line.strip()) for line in block.text.split("\n")],
    Figure: lambda block: [*(cell((image,)) for image in block.images), cell(block.caption)],
    Definitions: lambda block: [
        run for item in block.items for run in (*map(cell, item.terms), *_flattened(item.blocks))
    ],
    Rule: lambda _: [],
}


def _quote(block: Quote) -> Lines:
    return [f"> {line}".rstrip() for line in flow(block.blocks)]


def _preformatted(block: Preformatted) -> Lines:
    text = block.text.strip("\n")
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]


def _figure(block: Figure) -> Lines:
    images = "\n\n".join(filter(None, (prose((image,)) for image in block.images)))
    caption = prose(block.caption)
    return "\n\n".join(filter(None, (images, caption))).split("\n") if images or caption else []


def _definitions(block: Definitions) -> Lines:
    lines: Lines = []
    for item in block.items:
        if lines:
            lines.append("")
        terms = [line for term in item.terms if (line := strong_line(term))]
        blocks = flow(item.blocks)
        told = [*(terms and "\\\n".join(terms).split("\n")), *([""] if terms and blocks else []), *blocks]
        lines += _hung(told or [""], "- ")
    return lines


def _rule(_: Rule) -> Lines:
    return ["___"]  # of dashes or stars it would read as an item within a list


_BLOCKS: dict[type, Callable[[Any], Lines]] = {
    Paragraph: _paragraph,
    Table: _table,
    Quote: _quote,
    Preformatted: _preformatted,
    Figure: _figure,
    Definitions: _definitions,
    Rule: _rule,
}
