"""The learned part: how likely each block is content, by a small network over the blocks and what groups them.

A row of features becomes a vector; twice, each block then looks at a shorter
form of the vectors around it: of the blocks beside it, at the means of the three elements around it, of its family (the
blocks of its shape), and of the page, and at the most that any block above it
has, and any below ("has there been a heading of comments?").
``bench/train_chrome.py`` makes the weights, and runs this same code forward.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from endleaf.chrome.columns import Floats
from endleaf.chrome.facts import Facts
from endleaf.chrome.telling import PLACES, Telling

Ints = npt.NDArray[np.int64]

LAYERS: Final = 2
LOOKS: Final = 11
"""Vectors that a block sees in a layer: :func:`looks`."""
HOLDERS: Final = (1, 2, 3)
"""Which of the elements around a block it looks at: the innermost mostly holds the block alone."""
REACH: Final = (2, 4)
"""How far each layer looks beside its neighbours, in blocks."""
CLIP: Final = 5.0
"""Standard deviations: what lies further out tells no more."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Which rows go together. Rows of several pages may stand one after another."""

    page: Ints
    family: Ints
    low: tuple[Ints, ...]
    high: tuple[Ints, ...]

    @classmethod
    def of(cls, facts: Facts) -> Groups:
        """One page's groups."""
        ranges = [facts.holders[step] for step in HOLDERS]
        return cls(
            np.zeros(len(facts.blocks), np.int64),
            facts.family,
            tuple(low for _, low, _ in ranges),
            tuple(high for _, _, high in ranges),
        )


def looks(h: Floats, groups: Groups, reach: int) -> list[Floats]:
    """What a layer sees: the vectors beside each block, the means of its groups, and the most above and below it."""
    beside = [shift(h, step, groups.page) for step in (1, -1, reach, -reach)]
    running = np.zeros((len(h) + 1, h.shape[1]), np.float32)
    np.cumsum(h, axis=0, out=running[1:])
    around = [
        (running[high] - running[low]) / np.maximum(high - low, 1)[:, None].astype(np.float32)
        for low, high in zip(groups.low, groups.high, strict=True)
    ]
    means = [mean_of(h, groups.family), mean_of(h, groups.page)]
    return [*beside, *around, *means, most_above(h, groups.page), most_above(h[::-1], groups.page[::-1])[::-1]]


def most_above(h: Floats, page: Ints) -> Floats:
    """The most that any row of the page up to each, itself too, has in each column."""
    if page[0] == page[-1]:
        return np.maximum.accumulate(h, axis=0)
    starts = np.flatnonzero(np.append(True, page[1:] != page[:-1]))
    parts = np.split(h, starts[1:])
    return np.concatenate([np.maximum.accumulate(part, axis=0) for part in parts])


def shift(h: Floats, step: int, page: Ints) -> Floats:
    """Each row replaced by the one ``step`` places before it, nought where that is another page's."""
    out = np.zeros_like(h)
    if abs(step) >= len(h):
        return out
    to, come = (slice(step, None), slice(None, -step)) if step > 0 else (slice(None, step), slice(-step, None))
    out[to] = h[come]
    if page[0] != page[-1]:
        out[to][page[to] != page[come]] = 0
    return out


def mean_of(h: Floats, group: Ints) -> Floats:
    """Each row replaced by the mean of its group."""
    if group[0] == group[-1] and not (group != group[0]).any():
        return np.broadcast_to(h.mean(0, dtype=np.float32), h.shape)
    sums = sum_by(h, group)
    size = np.maximum(np.bincount(group), 1).astype(np.float32)
    return np.asarray((sums / size[:, None])[group], np.float32)


def sum_by(values: Floats, index: Ints, size: int | None = None) -> Floats:
    """The sum of the rows of each index."""
    order = np.argsort(index, kind="stable")
    ordered = index[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    out = np.zeros((size or int(index.max()) + 1, values.shape[1]), np.float32)
    out[ordered[starts]] = np.add.reduceat(values[order], starts, axis=0)
    return out


@dataclass(frozen=True, slots=True)
class Net:
    """The weights, and how a feature is scaled before it enters."""

    names: tuple[str, ...]
    middle: Floats
    spread: Floats
    weights: dict[str, Floats]
    telling: Telling

    def scale(self, rows: Floats) -> Floats:
        """Features in standard deviations from their mean."""
        out = rows - self.middle
        out /= self.spread
        return np.clip(out, -CLIP, CLIP, out=out)

    def likely(self, rows: Floats, groups: Groups) -> Floats:
        """(B) How likely each block is content."""
        with _threads().limit(limits=1, user_api="blas"):
            return self._forward(rows, groups)

    def _forward(self, rows: Floats, groups: Groups) -> Floats:
        w = self.weights
        h = np.maximum(self.scale(rows) @ w["in.w"] + w["in.b"], 0)
        for layer in range(LAYERS):
            glance = h @ w[f"glance{layer}.w"]
            seen = np.concatenate(looks(glance, groups, REACH[layer]), axis=1)
            h = h + np.maximum(seen @ w[f"look{layer}.w"] + h @ w[f"self{layer}.w"] + w[f"look{layer}.b"], 0)
        z = (h @ w["out.w"] + w["out.b"])[:, 0]
        return np.asarray(1 / (1 + np.exp(-np.clip(z, -30, 30))), np.float32)

    def save(self) -> bytes:
        """The weights as a file's bytes, half precision: the same bytes for the same weights."""
        out = io.BytesIO()
        small = {f"w.{name}": value.astype(np.float16) for name, value in sorted(self.weights.items())}
        told = _packed("called", self.telling.names)
        for place in PLACES:
            told |= _packed(place, self.telling.words[place])
        names = np.array(self.names)
        np.savez_compressed(
            out, allow_pickle=False, names=names, middle=self.middle, spread=self.spread, **small, **told
        )
        return out.getvalue()

    @classmethod
    def load(cls, data: bytes) -> Net:
        """The weights of a file's bytes."""
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            weights = {name[2:]: found[name].astype(np.float32) for name in found.files if name.startswith("w.")}
            telling = Telling({place: _unpacked(place, found) for place in PLACES}, _unpacked("called", found))
            return cls(tuple(found["names"].tolist()), found["middle"], found["spread"], weights, telling)


_GRAIN: Final = 24.0
"""Weights of words are kept as whole numbers of this part of one: they reach from some -4 to 4."""


def _packed(kind: str, weights: Mapping[str, float]) -> dict[str, npt.NDArray[Any]]:
    values = np.clip(np.rint(np.array(list(weights.values())) * _GRAIN), -127, 127)
    text = np.frombuffer("\n".join(weights).encode(), np.uint8)
    return {f"{kind}.text": text, f"{kind}.weight": values.astype(np.int8)}


def _unpacked(kind: str, found: Mapping[str, npt.NDArray[Any]]) -> dict[str, float]:
    text = found[f"{kind}.text"].tobytes().decode()
    weights = (found[f"{kind}.weight"] / _GRAIN).tolist()
    return dict(zip(text.split("\n"), weights, strict=True)) if text else {}


@functools.cache
def _threads() -> ThreadpoolController:
    # A page's matrices are small: threads would wait for one another for longer than they work, and burn CPU so.
    return ThreadpoolController()


@functools.cache
def shipped() -> Net:
    """The network that comes with the package."""
    return Net.load((resources.files("endleaf.chrome") / "weights.npz").read_bytes())
