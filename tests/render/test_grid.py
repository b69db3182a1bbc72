"""Any table becomes a full grid: each place is one cell's, and each cell has its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from endleaf.model import Cell, Paragraph, Row, Table, Text
from endleaf.render.grid import lay

spans = st.sampled_from((1, 1, 2, 3, 1000, 0, -7))
cells = st.builds(Cell, header=st.booleans(), colspan=spans, rowspan=spans, blocks=st.just(()))
tables = st.lists(st.lists(cells, max_size=4).map(lambda row: Row(cells=tuple(row))), max_size=5).map(
    lambda rows: Table(rows=tuple(rows))
)


@given(tables)
def test_every_place_is_one_cells(table: Table) -> None:
    grid = lay(table)
    for group in (grid.head, grid.body):
        places = [
            (r + down, cell.column + across)
            for r, row in enumerate(group)
            for cell in row
            for down in range(cell.rowspan)
            for across in range(cell.colspan)
        ]
        assert sorted(places) == [(r, c) for r in range(len(group)) for c in range(grid.columns)]
        assert all(row for row in group)


@given(tables)
def test_a_column_has_a_cell_that_begins_in_it(table: Table) -> None:
    grid = lay(table)
    assert {cell.column for row in (*grid.head, *grid.body) for cell in row} == set(range(grid.columns))


def test_heads_head_columns_above_and_rows_beside() -> None:
    def cell(text: str, header: bool = False) -> Cell:
        return Cell(blocks=(Paragraph(content=(Text(text=text),)),), header=header)

    grid = lay(Table(rows=(Row(cells=(cell("a", True), cell("b", True))), Row(cells=(cell("c", True), cell("d"))))))
    assert [each.scope for each in grid.head[0]] == ["col", "col"]
    assert [each.scope for each in grid.body[0]] == ["row", ""]


def test_a_table_of_heads_alone_heads_nothing() -> None:
    grid = lay(Table(rows=(Row(cells=(Cell(header=True), Cell(header=True))),)))
    assert grid.head == ()
    assert not any(cell.scope for cell in grid.body[0])
