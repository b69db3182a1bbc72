"""A table laid out as a grid: every cell in its place, whatever its spans claim."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from endleaf.model import Block, Cell, Paragraph, Table
from endleaf.plain import bare

WIDEST_SPAN = 100
"""Columns one cell may claim. HTML allows 1,000; an archived table that wide is a layout, not data."""


class Placed(NamedTuple):
    """A cell in its place, its spans within the grid and over no other cell."""

    blocks: tuple[Block, ...]
    column: int
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    """What a header cell heads: ``col`` or ``row``; empty for a data cell."""


class Grid(NamedTuple):
    """A table's head rows and its other rows, and how many columns there are."""

    head: tuple[tuple[Placed, ...], ...]
    body: tuple[tuple[Placed, ...], ...]
    columns: int


def lay(table: Table) -> Grid:
    """Lay a table out as HTML does (section 4.9.12), and mend what its checker refuses.

    A span ends where the table or its head ends, or where another cell stands; a
    column in which no cell begins goes; a short row is filled with empty cells.

    >>> from endleaf.model import Row
    >>> wide, plain = Cell(colspan=9, rowspan=9), Cell()
    >>> grid = lay(Table(rows=(Row(cells=(wide,)), Row(cells=(plain, plain)))))
    >>> [[(cell.column, cell.colspan, cell.rowspan) for cell in row] for row in grid.body]
    [[(0, 1, 2), (1, 1, 1), (2, 1, 1)], [(1, 1, 1), (2, 1, 1)]]
    """
    rows = [row.cells for row in table.rows if row.cells]
    heads = 0
    while heads < len(rows) and all(cell.header for cell in rows[heads]):
        heads += 1
    if heads == len(rows):
        heads = 0
    headed = any(not cell.header for cells in rows for cell in cells)  # heads of nothing are no heads
    marked = [
        [Placed(cell.blocks, 0, cell.colspan, cell.rowspan, _scope(cell, headed, r < heads)) for cell in cells]
        for r, cells in enumerate(rows)
    ]
    placed = [*_place(marked[:heads]), *_place(marked[heads:])]
    spanned = any(cell.colspan != 1 or cell.rowspan != 1 for cells in placed for cell in cells)
    if spanned:
        placed = _narrowed(placed)
    columns = max((cells[-1].column + cells[-1].colspan for cells in placed if cells), default=0)
    filled = [*_filled(placed[:heads], columns), *_filled(placed[heads:], columns)]
    return Grid(tuple(filled[:heads]), tuple(filled[heads:]), columns)


def _place(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Each cell at the first free column of its row (the algorithm of HTML 4.9.12), spans cut to what is free."""
    placed: list[list[Placed]] = []
    taken: dict[int, int] = {}  # column -> the row at which a cell from above ends
    for r, cells in enumerate(rows):
        column, row = 0, []
        for cell in cells:
            while taken.get(column, 0) > r:
                column += 1
            end, widest = column + 1, column + min(max(cell.colspan, 1), WIDEST_SPAN)
            while end < widest and taken.get(end, 0) <= r:
                end += 1
            rowspan = min(max(cell.rowspan, 1), len(rows) - r)
            if rowspan > 1:
                taken.update(dict.fromkeys(range(column, end), r + rowspan))
            row.append(cell._replace(column=column, colspan=end - column, rowspan=rowspan))
            column = end
        placed.append(row)
    return placed


def _narrowed(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Without the columns in which no cell begins."""
    starts = sorted({cell.column for cells in rows for cell in cells})
    return [
        [
            cell._replace(
                column=bisect_left(starts, cell.column),
                colspan=bisect_left(starts, cell.column + cell.colspan) - bisect_left(starts, cell.column),
            )
            for cell in cells
        ]
        for cells in rows
    ]


def _filled(rows: list[list[Placed]], columns: int) -> list[tuple[Placed, ...]]:
    """Each row with an empty cell wherever it has none and none from above stands."""
    filled: list[tuple[Placed, ...]] = []
    taken: dict[int, int] = {}
    for r, cells in enumerate(rows):
        row: list[Placed] = []
        column = 0
        for cell in (*cells, Placed((), columns)):
            row.extend(Placed((), gap) for gap in range(column, cell.column) if taken.get(gap, 0) <= r)
            column = cell.column + cell.colspan
            if cell.column < columns:
                row.append(cell)
            if cell.rowspan > 1:
                taken.update(dict.fromkeys(range(cell.column, column), r + cell.rowspan))
        filled.append(tuple(row))
    return filled


def _scope(cell: Cell, headed: bool, in_head: bool) -> str:
    if not (cell.header and headed) or _is_empty(cell.blocks):
        return ""
    return "col" if in_head else "row"


def _is_empty(blocks: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Paragraph) and not bare(block.content).strip() for block in blocks)
