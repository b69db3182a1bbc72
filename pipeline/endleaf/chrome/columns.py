"""Columns of numbers, a row a block, put together as a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Columns:
    """Feature columns as they are made, each with its name."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.names: list[str] = []
        self._parts: list[npt.NDArray[Any]] = []

    def add(self, name: str, column: npt.NDArray[Any]) -> None:
        """One column."""
        self.names.append(name)
        self._parts.append(column.reshape(1, self.rows))

    def add_all(self, prefix: str, made: Mapping[str, npt.NDArray[Any]]) -> None:
        """Several by name, under one prefix."""
        for name, column in made.items():
            self.add(f"{prefix}.{name}", column)

    def add_stack(self, prefixes: Sequence[str], made: Mapping[str, npt.NDArray[Any]]) -> None:
        """Several by name, each a stack of columns (P, B), one under each prefix."""
        for name, stack in made.items():
            self.add_many([f"{prefix}.{name}" for prefix in prefixes], stack)

    def add_under(self, prefix: str, names: Iterable[str], columns: npt.NDArray[Any]) -> None:
        """Columns (P, B) by their names under one prefix."""
        self.add_many([f"{prefix}.{name}" for name in names], columns)

    def add_many(self, names: Iterable[str], columns: npt.NDArray[Any]) -> None:
        """Columns (P, B) by their names."""
        self.names += names
        self._parts.append(columns)

    def matrix(self) -> Floats:
        """All of them, a row a block (in memory a column after the other: that is how they come)."""
        return np.concatenate(self._parts, axis=0, dtype=np.float32, casting="unsafe").T


def log(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The logarithm of counts and one more: what is twice as much is one step more."""
    return np.asarray(np.log1p(values))


def ratio(a: npt.NDArray[Any], b: npt.NDArray[Any] | float) -> npt.NDArray[Any]:
    """Counts as a share of others; of none, all that there are."""
    return a / np.maximum(b, 1)
