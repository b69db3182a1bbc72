"""The tables of a drawing, each cell in its place: spans that HTML's checker and a screen reader can follow."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from endleaf.explain.told import Close, Open, Part
from endleaf.model import Cell, Row, Rule, Table
from endleaf.render.grid import Placed, lay

_OURS = (Rule(),)
"""What the grid is given for a cell's content, to tell the page's cells from those that it fills gaps with."""

Spans = dict[int, Open]


def settled(parts: Sequence[Part]) -> list[Part]:
    """The parts with every cell's spans within its table, over no other cell, and gaps filled with empty cells.

    Rows with no cell go.
    """
    out: list[Part] = list(parts)
    spans: Spans = {}
    gaps: dict[int, list[Open]] = {}
    for rows in _tables(parts):
        _settle(parts, rows, spans, gaps)
    settled: list[Part] = []
    dropped = _bare_rows(parts)
    for i, part in enumerate(out):
        for gap in gaps.get(i, ()):
            settled += (gap, Close())
        if i not in dropped:
            settled.append(spans.get(i, part))
    return settled


def _tables(parts: Sequence[Part]) -> list[list[list[int]]]:
    """Each table's rows: the places of their cells, and last the place where the row closes."""
    tables: list[list[list[int]]] = []
    open_tables: list[list[list[int]]] = []
    boxes: list[str] = []
    for i, part in enumerate(parts):
        if isinstance(part, Open):
            boxes.append(part.box)
            if part.box == "table":
                open_tables.append([])
                tables.append(open_tables[-1])
            elif part.box == "row":
                open_tables[-1].append([])
            elif part.box == "cell":
                open_tables[-1][-1].append(i)
        elif isinstance(part, Close):
            box = boxes.pop()
            if box == "table":
                open_tables.pop()
            elif box == "row":
                open_tables[-1][-1].append(i)
    return tables


def _settle(parts: Sequence[Part], rows: list[list[int]], spans: Spans, gaps: dict[int, list[Open]]) -> None:
    rows = [row for row in rows if len(row) > 1]
    table = Table(rows=tuple(Row(cells=tuple(_cell(parts[i]) for i in row[:-1])) for row in rows))
    for row, placed in zip(rows, lay(table).body, strict=True):
        places = iter(row)
        at = next(places)
        for cell in placed:
            if cell.blocks:
                spans[at] = _spanned(parts[at], cell)
                at = next(places)
            else:
                gaps.setdefault(at, []).append(Open(box="cell"))


def _cell(part: Part) -> Cell:
    if not isinstance(part, Open):
        raise TypeError(part)
    return Cell(blocks=_OURS, colspan=part.colspan, rowspan=part.rowspan)


def _spanned(part: Part, cell: Placed) -> Open:
    if not isinstance(part, Open):
        raise TypeError(part)
    return msgspec.structs.replace(part, colspan=cell.colspan, rowspan=cell.rowspan)


def _bare_rows(parts: Sequence[Part]) -> set[int]:
    """The places where rows with no cell open and close."""
    return {
        place
        for i, part in enumerate(parts[:-1])
        if isinstance(part, Open) and part.box == "row" and isinstance(parts[i + 1], Close)
        for place in (i, i + 1)
    }
