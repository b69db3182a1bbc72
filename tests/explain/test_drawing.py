"""A page drawn again: its boxes, its texts, its looks, and the whole of what its blocks say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.explain.spans import settled
from endleaf.explain.told import Close, Open, Part, Place
from tests.explain.drawn import lines_of
from tests.explain.making import PROSE, explained

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Callable[[Path, str], None]) -> None:
    source = next(case.glob("source.*"))
    media_type = "text/plain" if source.suffix == ".txt" else "text/html"
    made = explained(source.read_text("utf-8"), media_type=media_type)
    golden(case / "drawn.txt", "\n".join(lines_of(made, settled(made.layout))) + "\n")


def test_every_block_stands_once_and_in_order() -> None:
    made = explained(f"<p>One<table><tr><td>{PROSE}<td>Three</table>Four<p hidden>Unseen<select><option>No</select>")
    assert [part.block for part in made.layout if isinstance(part, Place)] == [0, 1, 2, 3]
    assert [told.text[:5] for told in made.blocks] == ["One", "The m", "Three", "Four"]


def test_depth_costs_nothing_and_is_bounded() -> None:
    made = explained("<div align=right><blockquote>" * 5000 + "Deep")
    assert sum(isinstance(part, Open) for part in made.layout) <= 40
    assert [told.text for told in made.blocks] == ["Deep"]


def test_a_drawing_cut_short_keeps_its_tables_whole() -> None:
    """A row that no cell of its own begins goes; a span ends where the table does."""
    cell, wide = Open(box="cell"), Open(box="cell", rowspan=9, colspan=9)
    row, end = Open(box="row"), Close()
    parts: list[Part] = [
        Open(box="table"), row, wide, end, end, row, end, row, cell, end, cell, end, end, row, cell, end, end, end
    ]  # fmt: skip
    rows: list[list[tuple[int, int]]] = []
    for part in settled(parts):
        if isinstance(part, Open) and part.box == "row":
            rows.append([])
        elif isinstance(part, Open) and part.box == "cell":
            rows[-1].append((part.colspan, part.rowspan))
    assert rows == [[(1, 3), (1, 1), (1, 1)], [(1, 1), (1, 1)], [(1, 1), (1, 1)]]
