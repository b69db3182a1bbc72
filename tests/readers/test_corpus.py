"""Real archive files of many projects: each is read to its end or its damage is told."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Passed
from endleaf.readers import records
from tests.conftest import manifest

pytestmark = pytest.mark.shared

SLOW = 20
"""Seconds after which a file hangs: the largest takes one."""

NOT_READ = ("cdx",)


def counted(path: Path) -> tuple[int, int, int]:
    """Captures, all records, and damages of a file; a file that is refused is one damage."""
    try:
        kinds = [type(record) for record in records(path)]
    except UnreadableSource:
        return 0, 0, 1
    return kinds.count(Capture), kinds.count(Capture) + kinds.count(Passed), kinds.count(Damage)


def rows(folder: Path, *formats: str) -> list[dict[str, Any]]:
    return [row for row in manifest(folder) if row["format"] in formats]


MISCOUNTED = ("common/utils/arc/data/originals/2-metadata-1.arc",)
"""Files of which another reader took the lines of an index within a record for forty records."""


def test_no_capture_of_a_warc_arc_or_wacz_is_lost(archives_dev: Path) -> None:
    fewer, silent = {}, []
    for row in rows(archives_dev, "warc", "arc", "wacz"):
        if row["path"].endswith(MISCOUNTED):
            continue
        start = time.monotonic()
        captures, found, damages = counted(archives_dev / row["path"])
        assert time.monotonic() - start < SLOW, row["path"]
        if captures < (row.get("captures_best") or 0):
            fewer[row["path"]] = (captures, row["captures_best"])
        if found < (row.get("raw_warc_lines") or 0) and not damages and row["format"] == "warc":
            silent.append(row["path"])
    assert not fewer
    assert not silent


def test_other_containers_are_refused_in_one_line(archives_dev: Path) -> None:
    for row in rows(archives_dev, *NOT_READ):
        path = archives_dev / row["path"]
        try:
            kinds = {record.provenance.container for record in records(path) if isinstance(record, Capture)}
        except UnreadableSource as error:
            assert "\n" not in str(error)
            assert path.name in str(error)
        else:
            assert kinds <= {"html", "text", "file"}, row["path"]


def test_a_zipped_warc_is_read(archives_dev: Path) -> None:
    for row in rows(archives_dev, "zip"):
        captures, found, damages = counted(archives_dev / row["path"])
        assert captures and not damages, (row["path"], found)


def test_every_saved_page_is_one_capture(banners_dev: Path) -> None:
    for path in sorted(banners_dev.rglob("*.html")):
        (capture,) = records(path)
        assert isinstance(capture, Capture)
        assert capture.payload == path.read_bytes()
        assert capture.provenance.container == "html"
