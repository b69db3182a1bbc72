"""Data tables, told from the tables that only laid a page out."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.model import Cell, Paragraph, Row, Strong, Table
from endleaf.parse import TEXT, Tree
from endleaf.pictures import bullet
from endleaf.sections.boxes import Box, inline
from endleaf.sections.flow import MARKS, Flow, solid
from endleaf.sections.inlines import unwrapped

ROWS = 65534
"""HTML's own limit of a rowspan; a table cuts it to the rows it has."""

COLUMNS = 100
"""The widest colspan kept. HTML allows 1,000; nothing that is read has so many columns."""

CELL_PROSE = 220
"""Characters a cell on average: above this a table without header cells lays out prose."""

CELL_SHARE = 0.7
"""A cell that holds more than this share of a table's text is the page, and the others are its margins."""

CELL_LONG = 400
"""Characters: only a cell longer than this can be the page."""

_PROOFS = frozenset({"th", "caption", "thead", "colgroup"})
_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "form", "hr", "article", "section", "header", "footer", "nav"})


class Shape:
    """What a walk over a table's nodes finds."""

    __slots__ = ("blocks", "cells", "empty", "long", "marks", "proofs", "rows", "text", "widths")

    def __init__(self) -> None:
        self.rows = 0
        self.widths: list[int] = []
        self.cells = 0
        self.empty = 0
        self.text = 0
        self.long = 0
        self.marks = 0
        self.proofs = 0
        self.blocks = 0


def is_data(tree: Tree, keep: bytearray, i: int) -> bool:
    """Whether a table holds data: rows and columns that mean something, not a page in cells."""
    attrs, end = tree.attrs[i], tree.ends[i]
    role = attrs.get("role", "")
    if role in ("presentation", "none") or _nested(tree, i):
        return False
    shape = _shape(tree, keep, i, end)
    columns = max(shape.widths, default=0)
    if shape.rows < 2 or columns < 2:
        return bool(shape.proofs) and shape.rows > 1
    if shape.proofs or attrs.get("summary", "").strip() or role in ("table", "grid"):
        return shape.blocks <= shape.cells // 4
    if shape.marks >= shape.rows:  # a list, its bullets in a column
        return False
    if shape.blocks or shape.text > CELL_PROSE * shape.cells or shape.empty * 2 > shape.cells:
        return False
    if shape.long > CELL_LONG and shape.long > CELL_SHARE * shape.text:
        return False
    usual = max(set(shape.widths), key=shape.widths.count)
    return shape.widths.count(usual) * 3 >= shape.rows * 2


def _nested(tree: Tree, i: int) -> bool:
    try:
        tree.tags.index("table", i + 1, tree.ends[i])
    except ValueError:
        return False
    return True


def _shape(tree: Tree, keep: bytearray, i: int, end: int) -> Shape:
    shape = Shape()
    tags, texts = tree.tags, tree.texts
    cell = cell_end = 0
    for k in range(i + 1, end):
        tag = tags[k]
        if tag == TEXT:
            if keep[k] and k < cell_end:
                text = texts[k].strip()
                cell += len(text)
                shape.marks += text in MARKS
            continue
        if tag == "tr":
            shape.rows += 1
            shape.widths.append(0)
        elif tag in ("td", "th"):
            _count(shape, cell, cell_end)
            cell, cell_end = 0, tree.ends[k]
            shape.cells += 1
            if shape.widths:
                shape.widths[-1] += 1
        if tag == "img":
            shape.marks += keep[k] and k < cell_end and bullet(tree.attrs[k])
        elif tag in _PROOFS:
            shape.proofs += 1
        elif tag in _BLOCKS and keep[k]:
            shape.blocks += 1
    _count(shape, cell, cell_end)
    shape.widths = [width for width in shape.widths if width]
    shape.rows = len(shape.widths)
    return shape


def _count(shape: Shape, cell: int, cell_end: int) -> None:
    if not cell_end:
        return
    shape.text += cell
    shape.long = max(shape.long, cell)
    if not cell:
        shape.empty += 1


class TableBox(Box):
    """A data table."""

    heads = False
    __slots__ = ("caption", "rows")

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[CellBox]] = []
        self.caption: Flow = []

    def close(self, outer: Box) -> None:
        """Become a table; text that stood between its cells goes before it."""
        flow = outer.target()
        flow.extend(self.flow)
        rows = [row for row in self.rows if row]
        while rows and not any(cell.flow for cell in rows[-1]):
            rows.pop()
        if not rows:
            flow.extend(self.caption)
            return
        made = [tuple(self._cells(row, len(rows) - number)) for number, row in enumerate(rows)]
        if len(made) > 1 and not any(cell.header for cells in made for cell in cells):
            made[0] = tuple(_bold_as_header(made[0]))
        flow.append(Table(rows=tuple([Row(cells=cells) for cells in made]), caption=inline(self.caption)))

    @staticmethod
    def _cells(row: list[CellBox], below: int) -> Iterator[Cell]:
        for box in row:
            yield Cell(blocks=solid(box.flow), header=box.header, colspan=box.colspan, rowspan=min(box.rowspan, below))


def _bold_as_header(cells: tuple[Cell, ...]) -> Iterator[Cell]:
    """A first row that is wholly bold is the header that no ``th`` says."""
    bold = [_bold(cell) for cell in cells]
    if not any(bold) or not all(is_bold or not cell.blocks for is_bold, cell in zip(bold, cells, strict=True)):
        yield from cells
        return
    for cell in cells:
        blocks = tuple(
            [
                Paragraph(content=unwrapped(block.content)) if isinstance(block, Paragraph) else block
                for block in cell.blocks
            ]
        )
        yield Cell(blocks=blocks, header=True, colspan=cell.colspan, rowspan=cell.rowspan)


def _bold(cell: Cell) -> bool:
    return bool(cell.blocks) and all(
        isinstance(block, Paragraph) and len(block.content) == 1 and isinstance(block.content[0], Strong)
        for block in cell.blocks
    )


class CellBox(Box):
    """``td``, ``th``."""

    heads = False
    __slots__ = ("colspan", "header", "rowspan")

    def __init__(self, *, header: bool, colspan: int, rowspan: int) -> None:
        super().__init__()
        self.header = header
        self.colspan = colspan
        self.rowspan = rowspan

    def close(self, outer: Box) -> None:
        """The row has it already."""


class TableCaptionBox(Box):
    """``caption``."""

    heads = False

    def close(self, outer: Box) -> None:
        """Become the table's caption."""
        if isinstance(outer, TableBox):
            outer.caption.extend(self.flow)
        else:
            outer.target().extend(self.flow)


def span(value: str | None, most: int) -> int:
    """A colspan or rowspan: 1 where it is no number, ``most`` where it is more.

    >>> span("3", 100), span("1000000000", 100), span("0", 100), span("x", 100)
    (3, 100, 1, 1)
    """
    digits = (value or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(most, max(1, int(digits[:7])))
