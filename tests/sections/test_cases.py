"""A case is a folder: a page, and the sections it must become. The page's title is its ``title`` element's text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.links import Links
from endleaf.parse import parse
from endleaf.sections import cut
from tests.sections.shape import PAGE, everything, shape

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Callable[[Path, str], None]) -> None:
    tree = parse((case / "source.html").read_text("utf-8"))
    at = tree.find("title")
    title = " ".join(tree.text(at).split()) if at is not None else None
    golden(case / "expected.txt", shape(cut(tree, everything(tree), Links(tree, PAGE, ()), title)))
