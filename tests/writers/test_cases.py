"""Whole pages in every format, as a reader gets them: a folder a case, ``source.json`` and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.model import Page, from_json
from endleaf.plain import plain_text
from endleaf.render import environment
from endleaf.writers import WRITERS

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
Golden = Callable[[Path, str], None]


def page_of(case: Path) -> Page:
    return from_json((case / "source.json").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("name", ["html", "text", "markdown"])
def test_case(case: Path, name: str, golden: Golden) -> None:
    writer = WRITERS[name]
    golden(case / f"expected{writer.suffix}", without_style(writer.write(page_of(case), environment()).decode()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_plain_text(case: Path, golden: Golden) -> None:
    golden(case / "expected.plain", plain_text(page_of(case)) + "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_json_is_one_line_that_comes_back(case: Path) -> None:
    page = page_of(case)
    written = WRITERS["json"].write(page, environment())
    assert written.count(b"\n") == 1 and written.endswith(b"\n")
    assert from_json(written) == page


def without_style(text: str) -> str:
    """The page without its style sheet, so that a change of colour is no change of every case."""
    before, style, rest = text.partition("<style>")
    policy, _, after = before.partition("&#39;sha256-")
    return policy + "…" + after.partition("&#39;")[2] + style + rest[rest.find("</style>") :] if style else text
