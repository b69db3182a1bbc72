"""Superscripts and subscripts in formats of plain characters: ``m²``, ``H₂O``."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def raised(text: str) -> str:
    """Text with raised characters, where Unicode has all of them; else as it is.

    >>> raised("2"), raised("th")
    ('²', 'th')
    """
    return _all(text, _RAISED)


def lowered(text: str) -> str:
    """Text with lowered characters, where Unicode has all of them; else as it is."""
    return _all(text, _LOWERED)


def _all(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(character) in table for character in text) else text
