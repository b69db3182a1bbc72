"""A comparison as two pictures in SVG, without script: F1 against CPU, and bars by set.

Places are computed here, in user units (pixels at the size it was drawn for); the templates beside this module draw
them. Each picture brings its own ground and its own light and dark colours, so it reads on any page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2

from bench.compare.judge import OURS, WHOLE
from bench.compare.standing import Comparison

_LETTER = 6.6  # a letter's mean width at 12 px
_LINE = 14

_JINJA = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Box:
    """A rectangle that no other mark should touch."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


@dataclass(frozen=True)
class Dot:
    """A tool's place, its label's, and the number of its colour."""

    name: str
    value: str
    colour: int
    x: float
    y: float
    label_x: float = 0.0
    label_y: float = 0.0


# ------------------------------------------------------------ F1 against CPU

_PLOT = Box(64, 64, 640, 332)


def against_cpu(comparison: Comparison) -> str:
    """F1 (macro over the sets) against CPU a page (logarithmic) of each tool; up and to the left is better."""
    shown = {name: standing for name, standing in comparison.tools.items() if name != WHOLE}
    low, high = _decades([standing.cpu_ms for standing in shown.values()])
    least, most = _span([standing.f1 for standing in shown.values()])

    def x(ms: float) -> float:
        return _PLOT.left + _PLOT.width * math.log(max(ms, low) / low) / math.log(high / low)

    def y(f1: float) -> float:
        return _PLOT.top + _PLOT.height * (most - f1) / (most - least)

    dots = [
        Dot(name, f"{each.f1:.3f} at {each.cpu_ms:.1f} ms", number, x(each.cpu_ms), y(each.f1))
        for number, (name, each) in enumerate(shown.items())
    ]
    across = [n * 10**p for p in range(-2, 4) for n in (1, 2, 5) if low <= n * 10**p <= high]
    up = [n / 50 for n in range(51) if least <= n / 50 <= most]
    return _JINJA.get_template("against_cpu.svg").render(
        plot=_PLOT,
        dots=labelled(dots, _PLOT),
        across=[(x(ms), f"{ms:g}") for ms in across],
        up=[(y(f1), f"{f1:.2f}") for f1 in up],
        pages=sum(comparison.pages.values()),
        sets=len(comparison.pages),
    )


def _decades(values: list[float]) -> tuple[float, float]:
    """Round ends of a logarithmic axis that leave room about the values."""
    rounds = [n * 10.0**p for p in range(-2, 5) for n in (1, 2, 5)]
    low, high = min(values) / 1.2, max(values) * 1.2
    return max((r for r in rounds if r <= low), default=rounds[0]), min(r for r in rounds if r >= high)


def _span(values: list[float]) -> tuple[float, float]:
    """Ends of an F1 axis in steps of 0.02, with room about the values."""
    return max(0.0, math.floor((min(values) - 0.01) * 50) / 50), min(1.0, math.ceil((max(values) + 0.01) * 50) / 50)


def labelled(dots: list[Dot], plot: Box) -> list[Dot]:
    """Each dot with the nearest place for its two-line label that is in the plot and meets no dot and no label."""
    taken = [Box(dot.x - 7, dot.y - 7, 14, 14) for dot in dots]
    placed = []
    for dot in dots:
        boxes = _about(dot)
        box = next((b for b in boxes if _inside(b, plot) and not any(b.meets(t) for t in taken)), boxes[0])
        taken.append(box)
        placed.append(replace(dot, label_x=box.left, label_y=box.top + _LINE - 3))
    return placed


def _about(dot: Dot) -> list[Box]:
    """Places for a dot's label: to its right, to its left, and over or under it; the nearest first."""
    width, tall = _LETTER * max(len(dot.name), len(dot.value)), 2 * _LINE
    return [
        Box(left, dot.y - tall / 2 + way * aside, width, tall)
        for aside in range(0, 120, 4)
        for way in (1, -1)
        for left in (dot.x + 11, dot.x - 11 - width, dot.x - width / 2)
    ]


def _inside(box: Box, plot: Box) -> bool:
    return (
        box.left >= plot.left
        and box.top >= plot.top
        and box.left + box.width <= plot.left + plot.width
        and box.top + box.height <= plot.top + plot.height
    )


# -------------------------------------------------------------- bars by set

_BAR, _GAP = 9, 16  # a bar's height with the space under it, and the space between two sets
_LEFT, _WIDTH = 150, 520
_KEYS_END = 700  # where a line of the legend is full


@dataclass(frozen=True)
class Bar:
    colour: int
    name: str
    y: float
    width: float
    value: str


@dataclass(frozen=True)
class Group:
    """A set's bars, ours first."""

    name: str
    pages: int
    y: float
    bars: tuple[Bar, ...]


def by_set(comparison: Comparison) -> str:
    """F1 of each tool by set, a group of bars a set; the axis starts at zero."""
    tools = [OURS, *comparison.peers]
    keys = _keys(tools)
    top = keys[-1][2] + 44
    tall = len(tools) * _BAR
    groups = []
    for number, (dataset, pages) in enumerate(comparison.pages.items()):
        y = top + number * (tall + _GAP)
        f1s = [comparison.tools[name].sets[dataset] for name in tools]
        bars = [
            Bar(colour, name, y + colour * _BAR, _WIDTH * f1, f"{f1:.3f}")
            for colour, (name, f1) in enumerate(zip(tools, f1s, strict=True))
        ]
        groups.append(Group(dataset, pages, y, tuple(bars)))
    bottom = top + len(groups) * (tall + _GAP)
    return _JINJA.get_template("by_set.svg").render(
        groups=groups,
        keys=keys,
        left=_LEFT,
        top=top - 8,
        bottom=bottom,
        tall=tall,
        ticks=[(_LEFT + _WIDTH * n / 5, f"{n / 5:.1f}") for n in range(6)],
    )


def _keys(tools: list[str]) -> list[tuple[str, float, float]]:
    """The legend: names with their places, in the order of the colours, in as many lines as they need."""
    keys, x, y = [], 24.0, 46.0
    for name in tools:
        width = 30 + _LETTER * len(name)
        if x + width > _KEYS_END:
            x, y = 24.0, y + 20
        keys.append((name, x, y))
        x += width
    return keys
