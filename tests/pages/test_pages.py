"""A case is a folder: a page in the manner of 1996-2005, and the clean page that a careful archivist wants of it.

``expected.txt`` was written by hand before the page was ever converted, and no
option refreshes it: where the two differ, the code is to change.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import endleaf
from tests.pages.outline import outline

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.txt"))

NOT_YET: dict[str, str] = {}
"""The cases that endleaf does not give exactly, and why. A case that becomes exact must leave the list."""


def given(case: Path) -> str:
    (source,) = case.glob("source.*")
    (capture,) = endleaf.read(str(source))
    provenance = msgspec.structs.replace(capture.provenance, url=f"http://www.pages.example/{case.name}.html")
    return outline(endleaf.page_from(msgspec.structs.replace(capture, provenance=provenance)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: Path) -> None:
    expected = (case / "expected.txt").read_text("utf-8")
    if case.name in NOT_YET:
        assert given(case) != expected, f"{case.name} is exact: take it out of NOT_YET"
    else:
        assert given(case) == expected


def test_the_set_is_whole() -> None:
    assert len(CASES) >= 30
    assert set(NOT_YET) <= {case.name for case in CASES}
