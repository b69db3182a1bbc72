"""The whole way on real pages: the user's first one, replayed and saved ones, and real archive files."""

from __future__ import annotations

from pathlib import Path

import pytest

import endleaf
from endleaf.model import List, Page
from endleaf.plain import plain_text
from endleaf.provenance import _folded
from tests.conftest import manifest

pytestmark = pytest.mark.shared

MARKS = (
    "web content acquired for preservation by The National Archives", "WAYBACK TOOLBAR", "FILE ARCHIVED ON",
    "Wayback Machine", "playback timings", "Mirrored from", "Added by HTTrack", "Page saved with SingleFile",
    "This is Google's cache of", "WB Insert",
)  # fmt: skip
"""What only an archive or a saver writes. A page that speaks of them itself is in QUOTES."""

UNSTATED = {("time", "archive.today/archive.is-pSSpa.raw-zip-index.html")}
"""Facts that the page does not hold: archive.today's download names its page, and no time."""


def page_of(path: Path) -> Page:
    (capture,) = endleaf.read(path)
    return endleaf.page_from(capture)


def test_the_user_s_first_page(shared: Path) -> None:
    page = page_of(shared / "corpus" / "seed-ukgwa-2004.txt")
    assert page.title == "The Response to International Crime"
    assert [(banner.archive_id, banner.captured_at) for banner in page.banners] == [("ukgwa", page.captured_at)]
    assert page.captured_at is not None
    assert (page.captured_at.iso, page.captured_at.precision) == ("2004-06-28", "day")
    headings = [section for section in page.walk() if section.heading]
    assert len(headings) + 1 == 13, "the title is the first of the page's thirteen headings"
    assert {section.level for section in headings} == {1, 2}
    lists = [len(block.items) for section in page.walk() for block in section.blocks if isinstance(block, List)]
    assert lists == [5, 3]
    text = plain_text(page)
    for menu in ("Sitemap", "Text Only", "Global Opportunities Fund", "AbouttheFCO", "Subscribe"):
        assert menu not in text
    for content in ("Falcone", "Strasbourg", "Lyon Group", "UNCJIN", "MAMOUs", "seizure of £51 million"):
        assert content in text
    removed = " ".join(removal.text for removal in page.removals)
    assert "Sitemap" in removed and "28/06/2004" in removed


def test_banners_give_archive_time_and_url(banners_dev: Path) -> None:
    found: dict[tuple[str, str], bool] = {}
    for row in manifest(banners_dev):
        if row["kind"] in ("metadata snippet (head elements only)", "generated") or row.get("role") == "original":
            continue
        path = row["path"]
        page = page_of(banners_dev / path)
        if row.get("capture") and row["archive_id"] != "ukgwa":
            found["time", path] = page.captured_at is not None and page.captured_at.iso[:19] == row["capture"][:19]
        if row.get("capture") and row["archive_id"] == "ukgwa":  # its notice states the day
            found["time", path] = page.captured_at is not None and page.captured_at.iso == row["capture"][:10]
        if row.get("original_url") and row["archive_id"] != "ukgwa":
            found["url", path] = page.url is not None and _folded(page.url) == _folded(row["original_url"])
        text = plain_text(page)
        assert not [mark for mark in MARKS if mark in text], path
    assert len(found) > 70
    assert {fact for fact, is_right in found.items() if not is_right} == UNSTATED


def test_real_archive_files_are_read_to_the_end_or_reported(archives_dev: Path, tmp_path: Path) -> None:
    report = endleaf.convert([str(archives_dev)], tmp_path / "out", ["text"])
    totals = report.totals
    assert {failure.reason.partition(" of ")[0] for failure in report.failures if failure.reason} <= {"a page"}, (
        "a page larger than is converted is the only one that fails"
    )
    assert totals["written"] > 600
    assert totals["sources"] == len(manifest(archives_dev)) + 1, "every file, and the manifest beside them"
    for damage in report.damages:
        assert damage.source and damage.reason
    assert all(message and "\n" not in message for message in report.unreadable)
