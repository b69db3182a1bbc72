"""A WACZ: the package, its index and its page list, each against what is in it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from endleaf.verify import CODES, Finding, Inspection
from tests.verify.made import URL, info, record, zipped

WARC = zipped(info()) + zipped(record())


def _index(**said: Any) -> bytes:
    stated: dict[str, Any] = {"url": URL, "status": "200", "filename": "a.warc.gz"}
    stated |= {"offset": str(len(zipped(info()))), "length": str(len(zipped(record()))), **said}
    return f"example,harbour)/ 20040628050632 {json.dumps(stated)}\n".encode()


def _pages(*lines: str) -> bytes:
    head = '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}'
    return "\n".join([head, *lines, ""]).encode()


GOOD: dict[str, bytes] = {
    "archive/a.warc.gz": WARC,
    "indexes/index.cdxj": _index(),
    "pages/pages.jsonl": _pages(json.dumps({"url": f"{URL}#top", "ts": "2004-06-28T05:06:32Z"})),
}


def wacz(path: Path, files: dict[str, bytes], listed: dict[str, bytes] | None = None) -> Path:
    """A package of files; ``listed`` is what its datapackage.json says is in it, where that is another thing."""
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in (listed or files).items()
    ]
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources})
    with zipfile.ZipFile(path, "w") as made:
        for name, data in {**files, "datapackage.json": package.encode()}.items():
            made.writestr(name, data)
    return path


MADE: dict[str, tuple[dict[str, bytes], dict[str, bytes] | None]] = {
    "wacz-hash": (GOOD, GOOD | {"archive/a.warc.gz": WARC[::-1]}),
    "wacz-missing": (GOOD, GOOD | {"archive/b.warc.gz": b""}),
    "wacz-extra": (GOOD | {"notes.txt": b"a note"}, GOOD),
    "wacz-pages": (GOOD | {"pages/pages.jsonl": _pages("{no json")}, None),
    "wacz-page-absent": (GOOD | {"pages/pages.jsonl": _pages(json.dumps({"url": "http://mill.example/"}))}, None),
    "wacz-index": ({name: data for name, data in GOOD.items() if not name.startswith("indexes")}, None),
    "cdx-offset": (GOOD | {"indexes/index.cdxj": _index(offset="3")}, None),
    "cdx-length": (GOOD | {"indexes/index.cdxj": _index(length="3")}, None),
}
"""By code, the files of a package that has it, and what is listed."""


def found(path: Path) -> list[Finding]:
    return [each for each in Inspection([str(path)]) if isinstance(each, Finding)]


def test_a_good_package_has_no_finding(tmp_path: Path) -> None:
    assert found(wacz(tmp_path / "a.wacz", GOOD)) == []


@pytest.mark.parametrize("code", MADE)
def test_a_fault_is_found_by_its_code_once_and_no_other_is(code: str, tmp_path: Path) -> None:
    every = found(wacz(tmp_path / "a.wacz", *MADE[code]))
    assert [each.code for each in every] == [code]
    assert every[0].level == CODES[code].level


def test_a_package_that_lists_nothing_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as made:
        for name, data in GOOD.items():
            made.writestr(name, data)
    assert [each.code for each in found(tmp_path)] == ["wacz-package"]


def test_a_warc_that_the_zip_packed_again_is_told(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", GOOD)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.wacz", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert [each.code for each in found(tmp_path / "b.wacz")] == ["wacz-stored"]
