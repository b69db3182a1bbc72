"""The pictures are whole, readable and without script."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree as ET

import msgspec
import pytest

from bench.compare import plots
from bench.compare.plots import Box, Dot
from bench.compare.standing import Comparison
from tests.bench.made import COMPARISON, standing

SVG = "{http://www.w3.org/2000/svg}"
MANY = msgspec.structs.replace(
    COMPARISON, tools=COMPARISON.tools | {f"a-rather-long-name-{n}": standing(0.85 + n / 500, 18 + n) for n in range(6)}
)


@pytest.mark.parametrize("picture", [plots.against_cpu, plots.by_set])
@pytest.mark.parametrize("comparison", [COMPARISON, MANY])
def test_is_well_formed_named_and_without_script(picture: Callable[[Comparison], str], comparison: Comparison) -> None:
    root = ET.fromstring(picture(comparison))
    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    assert root.findtext(SVG + "title")
    assert "endleaf" in str(root.findtext(SVG + "desc"))
    assert not [each for each in root.iter() if each.tag in (SVG + "script", SVG + "foreignObject")]
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or name.endswith("href")]
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for text in root.iter(SVG + "text"):
        assert 0 <= float(text.get("x", "")) <= width
        assert 0 <= float(text.get("y", "")) <= height


def test_every_tool_has_a_dot_but_the_whole_page() -> None:
    root = ET.fromstring(plots.against_cpu(COMPARISON))
    said = [text.text for text in root.iter(SVG + "text")]
    assert {"endleaf", "trafilatura", "resiliparse"} <= set(said)
    assert "resiliparse-all" not in said
    ours, theirs, fast = root.iter(SVG + "circle")
    assert float(ours.get("cy", "")) < float(theirs.get("cy", "")) < float(fast.get("cy", "")), "better is higher"
    assert float(fast.get("cx", "")) < float(ours.get("cx", "")) < float(theirs.get("cx", "")), "faster is to the left"


def test_labels_meet_neither_dots_nor_labels() -> None:
    dots = [Dot(f"tool-{n}", "0.850 at 20.0 ms", n, 300 + 12 * n, 200 + 5 * n) for n in range(5)]
    found = plots.labelled(dots, Box(60, 60, 640, 340))
    labels = [Box(dot.label_x, dot.label_y - 11, 6.6 * len(dot.value), 28) for dot in found]
    assert not [pair for pair in combinations(labels, 2) if pair[0].meets(pair[1])]
    assert not [dot for dot in found for label in labels if label.meets(Box(dot.x - 3, dot.y - 3, 6, 6))]


def test_bars_are_as_long_as_their_numbers() -> None:
    root = ET.fromstring(plots.by_set(COMPARISON))
    bars = [each for each in root.iter(SVG + "rect") if each.get("height") == "8"]
    assert len(bars) == 6
    widths = [float(bar.get("width", "")) for bar in bars[:3]]
    assert [width / 520 for width in widths] == pytest.approx([0.91, 0.93, 0.9], abs=0.001)


def test_a_long_legend_takes_another_line() -> None:
    root = ET.fromstring(plots.by_set(MANY))
    keys = [each for each in root.iter(SVG + "rect") if each.get("rx") == "2"]
    assert len({key.get("y") for key in keys}) > 1
    assert max(float(key.get("x", "")) for key in keys) < 700
    bars = [each for each in root.iter(SVG + "rect") if each.get("height") == "8"]
    assert max(float(key.get("y", "")) + 12 for key in keys) < float(bars[0].get("y", ""))
