"""Bags: complete and valid are two things, and nothing outside is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from endleaf.verify import CODES, Finding, Inspection, Summary
from endleaf.verify.findings import BagState
from tests.verify.made import bag, info, record, retagged


def checked(root: Path) -> tuple[set[str], BagState]:
    every = [*Inspection([str(root)])]
    states = [each.bag for each in every if isinstance(each, Summary) and each.bag]
    return {each.code for each in every if isinstance(each, Finding)}, states[0]


def _listed(root: Path, line: str) -> None:
    with (root / "manifest-sha256.txt").open("a") as file:
        file.write(line)
    retagged(root)


def _rewritten(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text)
    retagged(root)


ZEROS = "0" * 64

MADE: dict[str, tuple[Callable[[Path], object], bool, bool]] = {
    "bag-declaration": (lambda root: _rewritten(root, "bagit.txt", "BagIt-Version: 1.0\n"), False, False),
    "bag-line": (lambda root: _listed(root, "no checksum\n"), False, False),
    "bag-escape": (lambda root: _listed(root, f"{ZEROS}  ../../etc/passwd\n"), False, False),
    "bag-missing": (lambda root: _listed(root, f"{ZEROS}  data/not-there.warc\n"), False, False),
    "bag-extra": (lambda root: (root / "data" / ".hidden").write_bytes(b""), False, False),
    "bag-checksum": (lambda root: (root / "data" / "notes.txt").write_bytes(b"seven.."), True, False),
    "bag-oxum": (lambda root: _rewritten(root, "bag-info.txt", "Payload-Oxum: 3.1\n"), False, False),
    "bag-form": (lambda root: _rewritten(root, "bag-info.txt", "a line of no label\n"), True, True),
    "bag-algorithm": (lambda root: (root / "tagmanifest-tiger.txt").write_text(""), True, True),
}
"""By code: what is done to a good bag, whether it is complete then, and whether it is valid."""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return bag(tmp_path / "bag", {"a.warc": info() + record(), "notes.txt": b"a note."})


def test_a_good_bag_is_complete_and_valid_and_its_files_are_checked_too(good: Path) -> None:
    assert checked(good) == (set(), BagState(complete=True, valid=True, files=2))
    files = [each for each in Inspection([str(good)]) if isinstance(each, Summary)]
    assert [(Path(each.source).name, each.container) for each in files] == [
        ("bag", "bag"),
        ("a.warc", "warc"),
        ("notes.txt", "text"),
    ]


@pytest.mark.parametrize("code", MADE)
def test_a_fault_is_found_by_its_code(code: str, good: Path) -> None:
    damage, complete, valid = MADE[code]
    damage(good)
    codes, state = checked(good)
    also = {"bag-form"} if code == "bag-algorithm" else {"bag-oxum"} if code == "bag-extra" else set()
    assert code in codes
    assert codes <= {code} | ({"bag-oxum"} if code == "bag-extra" else also)
    assert (state.complete, state.valid) == (complete, valid)
    assert CODES[code].level == ("error" if not valid else "warning")


def test_a_bag_with_no_payload_manifest_or_no_data_is_none(good: Path) -> None:
    (good / "manifest-sha256.txt").unlink()
    codes, state = checked(good)
    assert "bag-structure" in codes
    assert not state.complete


def test_a_file_still_to_be_fetched_is_told_and_not_fetched(good: Path) -> None:
    (good / "fetch.txt").write_text("http://harbour.example/b.warc - data/b.warc\n")
    _listed(good, f"{ZEROS}  data/b.warc\n")
    assert checked(good)[0] == {"bag-unfetched"}


def test_a_link_out_of_the_bag_is_told_and_not_read(good: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("not of the bag")
    (good / "data" / "link.txt").symlink_to(tmp_path / "outside.txt")
    _listed(good, f"{ZEROS}  data/link.txt\n")
    assert checked(good)[0] == {"bag-escape"}


def test_names_of_two_spellings_and_with_escapes_are_found(tmp_path: Path) -> None:
    root = bag(tmp_path / "bag", {"ho\u0308fn.txt": b"a", "100%.txt": b"b"})
    text = (root / "manifest-sha256.txt").read_text().replace("100%", "100%25")
    _rewritten(root, "manifest-sha256.txt", text)
    assert checked(root)[0] == set()


def test_a_tag_file_that_was_changed_is_found(good: Path) -> None:
    with (good / "bag-info.txt").open("a") as file:
        file.write("Contact-Name: The keeper\n")
    assert checked(good) == ({"bag-checksum"}, BagState(complete=True, valid=False, files=2))
