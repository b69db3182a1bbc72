"""Names of folders: safe everywhere, inside the output, and apart where URLs are apart."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.model import Moment
from endleaf.names import page_folder
from endleaf.output import OutputTree

WHEN = Moment.from_timestamp("20040628050632")
WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def assert_safe(folder: PurePosixPath) -> None:
    assert not folder.is_absolute()
    assert folder.parts[0] == "pages"
    for part in folder.parts:
        assert part not in (".", "..")
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', part), part
        assert not part.endswith((".", " ")) and not part.startswith("."), part
        assert not WINDOWS_DEVICE.match(part), part
        assert len(part.encode()) <= 255, part
        assert part == unicodedata.normalize("NFC", part)
    assert len(str(folder)) <= 900


@given(st.text(max_size=300))
def test_any_text_as_url(url: str) -> None:
    assert_safe(page_folder(url, WHEN, "a.warc"))
    assert_safe(page_folder(None, None, url))


@given(st.lists(st.text(min_size=1, max_size=40), max_size=12), st.text(max_size=30))
def test_any_path_and_query(steps: list[str], query: str) -> None:
    assert_safe(page_folder("http://site.example/" + "/".join(steps) + "?" + query, WHEN, "a.warc"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "http://a.example/X"),
        ("http://a.example/x", "http://a.example/x?y"),
        ("http://a.example/x?a=1&b=2", "http://a.example/x?b=2&a=1"),
        ("http://a.example/caf\u00e9", "http://a.example/cafe\u0301"),
        ("http://a.example/a/page.html", "http://a.example/a"),
        ("http://a.example/con", "http://a.example/con."),
        ("http://a.example/" + "x" * 300, "http://a.example/" + "x" * 301),
        ("http://a.example/../etc", "http://a.example/etc"),
        ("http://a.example/", "http://b.example/"),
        ("http://a.example/x", "http://a.example:8080/x"),
    ],
)
def test_distinct_urls_have_distinct_folders(one: str, other: str) -> None:
    folders = [str(page_folder(url, WHEN, "a.warc")) for url in (one, other)]
    folded = {unicodedata.normalize("NFD", folder.casefold()) for folder in folders}
    assert len(folded) == 2, folders


def test_a_page_may_not_take_the_place_of_the_tree_s_own_files() -> None:
    inner = page_folder("http://a.example/20040628050632/page.html", WHEN, "a.warc")
    outer = page_folder("http://a.example/", WHEN, "a.warc")
    assert outer / "page.html" not in (inner, *inner.parents)


def test_two_captures_of_one_second_stay_apart(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with OutputTree(tmp_path) as tree:
        folder = page_folder("http://a.example/", WHEN, "a.warc")
        claims = [tree.claim(folder) for _ in range(3)] + [tree.claim(PurePosixPath(str(folder).upper()))]
    assert len({str(claim).casefold() for claim in claims}) == 4
