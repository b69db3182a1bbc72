"""Pages of every era and kind, written for this project: what of their text is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.chrome_text import text_of
from endleaf.chrome import strip
from endleaf.parse import parse

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_keeps_the_content(case: Path, golden: Callable[[Path, str], None]) -> None:
    tree = parse((case / "source.html").read_text("utf-8"))
    text = text_of(tree, strip(tree, None).keep)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    golden(case / "expected.txt", "\n".join(line for line in lines if line) + "\n")
