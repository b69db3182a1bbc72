"""docs/banners.md tells of every archive and every saver, and each has its tests."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from endleaf.banners.layers import SAVERS
from endleaf.replay_hosts import ARCHIVES
from tests.banners.test_cases import CASES

TOLD = (Path(__file__).resolve().parents[2] / "docs" / "banners.md").read_text("utf-8")
ROWS = [line for line in TOLD.splitlines() if line.startswith("|")]


def test_every_archive_and_saver_has_a_row() -> None:
    named = set(re.findall(r"`([^`]+)`", " ".join(row.split("|")[2] for row in ROWS)))
    assert set(ARCHIVES) | set(SAVERS) <= named
    assert {name for name in named if re.fullmatch(r"[a-z.-]+", name)} <= set(ARCHIVES) | set(SAVERS)


def test_the_tests_that_rows_name_are_there() -> None:
    names = [case.name for case in CASES]
    for row in ROWS:
        cells = row.split("|")
        for pattern in re.findall(r"`([^`]+)`", cells[-2]):
            assert pattern.endswith(".py") or any(fnmatch(name, pattern) for name in names), pattern
