"""Real pages: what their manifest states of archive, time and URL is found, the banner gone, the article whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from endleaf.banners import Lifted, lift
from endleaf.links import original_url
from endleaf.model import Capture, Moment, Provenance
from endleaf.parse import Tree, parse
from endleaf.plaintext import tree_of
from tests.conftest import manifest

pytestmark = pytest.mark.shared

IDS = {"ia": "wayback"}
"""Ids of the manifest that differ from ours."""

UNMARKED = {
    "solrwayback/cdata_expected.html": "the rewriter found nothing to rewrite",
    "solrwayback/script_escape_expected.html": "the rewriter found nothing to rewrite",
    "archive.today/archive.is-pSSpa.raw-zip-index.html": "the download states no time",
}
"""Rows whose facts the page does not hold: nobody can read them from it."""

WORDS = (
    "FILE ARCHIVED ON", "WAYBACK TOOLBAR", "wm-ipp", "playback timings", "End Wayback Rewrite", "WB Insert", "wbinfo",
    "__wm.", "saved from url", "Mirrored from", "taken on", "acquired for preservation", "does not use cookies",
    "cache of", "as it appeared on", "ContentFrame", "ARQUIVO.init", "About this capture",
)  # fmt: skip
"""What no page shows once its banner is lifted."""


def rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of pages, not of what the pages were before they were replayed."""
    return [row for row in manifest(folder) if not str(row.get("role", "")).startswith("original")]


@cache
def lifted(path: Path, url: str | None) -> tuple[Tree, Lifted]:
    text = path.read_bytes().decode("utf-8", "replace")
    tree = tree_of(text) if path.suffix == ".txt" else parse(text)
    provenance = Provenance(source=path.name, container="text" if path.suffix == ".txt" else "html", url=url)
    return tree, lift(tree, Capture(provenance=provenance, payload=b""))


def wrong(row: dict[str, Any], result: Lifted) -> dict[str, list[str]]:
    """The facts that the row states, each with what is wrong about it."""
    banners = result.banners
    found: dict[str, list[str]] = {}
    archive = row.get("archive_id")
    if archive:
        ids = [banner.archive_id for banner in banners]
        found["archive"] = [] if IDS.get(archive, archive) in ids else [f"{row['path']}: {ids} for {archive}"]
    if row.get("capture"):
        want = Moment.from_iso(row["capture"])
        times = [banner.captured_at for banner in banners if banner.captured_at]
        right = want is not None and any(time.agrees(want) for time in times)
        found["capture"] = [] if right else [f"{row['path']}: {times} for {want}"]
    if row.get("original_url") and not row["path"].startswith("wget/"):
        url = original_url(banners)
        found["url"] = [] if url == row["original_url"] else [f"{row['path']}: {url} for {row['original_url']}"]
    return found


def test_archive_time_and_url_are_found(banners_dev: Path) -> None:
    facts: list[list[str]] = []
    for row in rows(banners_dev):
        if row["path"] in UNMARKED:
            continue
        _, result = lifted(banners_dev / row["path"], row.get("replay_url"))
        facts += wrong(row, result).values()
    misses = [miss for fact in facts for miss in fact]
    assert len(facts) > 90
    assert not misses


def test_a_notice_alone_gives_the_day(banners_dev: Path) -> None:
    for row in rows(banners_dev):
        if row.get("capture_precision_from_text"):
            _, result = lifted(banners_dev / row["path"], None)
            (banner,) = result.banners
            assert banner.captured_at == Moment(iso=row["capture"][:10], precision="day")
            assert row["capture_date_in_text"] in " ".join(banner.notice)
            assert not "".join(result.tree.texts).strip()


def test_the_article_is_whole_and_the_banner_gone(banners_dev: Path) -> None:
    for row in rows(banners_dev):
        tree, result = lifted(banners_dev / row["path"], row.get("replay_url"))
        before, after = " ".join(tree.text(0).split()), " ".join(result.tree.text(0).split())
        for words in row.get("must_contain") or ():
            wanted = " ".join(words.split())
            assert wanted in after or wanted not in before, row["path"]
        rest = "\n".join(
            text for text, tag in zip(result.tree.texts, result.tree.tags, strict=True) if tag != "#document"
        )
        left = [words for words in WORDS if words in rest and row["path"] not in UNMARKED]
        assert not left, (row["path"], left)


def test_what_was_never_replayed_comes_back_as_it_was(banners_dev: Path) -> None:
    for row in manifest(banners_dev):
        if str(row.get("role", "")).startswith("original") or row["path"].startswith(("metadata/", "wget/")):
            tree, result = lifted(banners_dev / row["path"], None)
            assert result.tree is tree and not result.banners and not result.removals, row["path"]


def test_the_seed_is_a_page_under_its_banner(shared: Path) -> None:
    path = shared / "corpus" / "seed-ukgwa-2004.txt"
    tree, result = lifted(path, None)
    (banner,) = result.banners
    assert (banner.archive_id, banner.captured_at) == ("ukgwa", Moment(iso="2004-06-28", precision="day"))
    assert [paragraph[:24] for paragraph in banner.notice] == ["This snapshot, taken on ", "The UK Government Web Ar"]
    first = next(text for text in result.tree.texts if text.strip())
    assert first.startswith("Home")
    gone = len("".join(tree.text(0).split())) - len("".join(result.tree.text(0).split()))
    assert gone == len("".join("".join(banner.notice).split()))
