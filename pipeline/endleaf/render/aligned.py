"""Characters in columns: how wide a text is, and a table's cells one below the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

GAP = 2
"""Spaces between two columns."""


class Told(NamedTuple):
    """A cell as text, its column, and the columns it spans."""

    text: str
    column: int
    span: int


def display_width(text: str) -> int:
    """Columns a text takes on a terminal: wide East Asian characters are two, combining marks none (UAX 11).

    >>> display_width("abc"), display_width("日本")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def widths_of(rows: Sequence[Sequence[Told]], columns: int) -> list[int]:
    """How wide each column must be; what a spanning cell needs beyond its columns goes to the last of them."""
    widths = [0] * columns
    for cell in sorted((cell for row in rows for cell in row), key=lambda cell: cell.span):
        last = cell.column + cell.span - 1
        lacking = display_width(cell.text) - _across(widths, cell)
        if lacking > 0:
            widths[last] += lacking
    return widths


def aligned(row: Sequence[Told], widths: Sequence[int]) -> str:
    """A row of cells, each at its column.

    >>> aligned((Told("a", 0, 1), Told("b", 2, 1)), (3, 4, 1))
    'a          b'
    """
    line, at = "", 0
    for cell in row:
        line += " " * sum(width + GAP for width in widths[at : cell.column])
        at = cell.column + cell.span
        line += cell.text + " " * (_across(widths, cell) - display_width(cell.text) + GAP)
    return line.rstrip()


def _across(widths: Sequence[int], cell: Told) -> int:
    return sum(widths[cell.column : cell.column + cell.span]) + GAP * (cell.span - 1)


def underline(text: str, character: str) -> str:
    """A line of the character as wide as the text."""
    return character * display_width(text)
