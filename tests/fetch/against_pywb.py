"""The same against a real pywb. Not collected by itself: it needs pywb (GPL, 39 packages) in an environment of its own.

python -m venv /tmp/pywb && /tmp/pywb/bin/pip install pywb
ENDLEAF_PYWB=/tmp/pywb/bin/wayback python -m pytest tests/fetch/against_pywb.py
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

import endleaf
from endleaf.fetch import Fetched, Wish, fetch
from tests.fetch.conftest import captures
from tests.making import page, warc

URL = "http://www.harbour.example/"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    wayback = Path(os.environ.get("ENDLEAF_PYWB", ""))
    assert wayback.is_file(), "ENDLEAF_PYWB names no program"
    folder = tmp_path_factory.mktemp("pywb")
    crawl = warc(
        folder / "crawl.warc.gz",
        [
            {
                "url": URL,
                "payload": page("First"),
                "date": "2004-06-28T05:06:32Z",
                "headers": (("Server", "Apache/1.3"),),
            },
            {"url": URL, "payload": page("Second"), "date": "2005-06-28T05:06:32Z"},
            {"url": URL, "payload": page("Second"), "date": "2006-06-28T05:06:32Z"},
            {
                "url": URL + "old",
                "status": "302 Found",
                "headers": (("Location", URL),),
                "date": "2004-06-28T05:06:33Z",
            },
            {"url": URL + "gone", "status": "404 Not Found", "payload": b"gone", "date": "2004-06-28T05:06:34Z"},
        ],
    )
    manager = wayback.with_name("wb-manager")
    for words in (["init", "coll"], ["add", "coll", str(crawl)]):
        subprocess.run([manager, *words], cwd=folder, check=True, capture_output=True)
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    run = subprocess.Popen([wayback, "-p", str(port), "-b", "127.0.0.1"], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/coll/"
    finally:
        run.terminate()
        run.wait()


def got(base: str, path: Path, url: str = URL, **words: Any) -> Fetched:
    return fetch(Wish(**{"url": url, "archive": base, "private": True, **words}), path / "a.warc.gz")


def test_the_nearest(base: str, tmp_path: Path) -> None:
    fetched = got(base, tmp_path, at="2005-01-05")
    assert fetched.path
    (found,) = captures(fetched.path)
    assert (found.url, found.date, found.body) == (URL, "2005-06-28T05:06:32Z", page("Second"))


@pytest.mark.parametrize("words", [{"all": True}, {"from_date": "2004-06-28", "to_date": "2006"}])
def test_all(base: str, tmp_path: Path, words: dict[str, Any]) -> None:
    fetched = got(base, tmp_path, **words)
    assert fetched.path and fetched.exit_status == 0
    found = captures(fetched.path)
    assert [each.kind for each in found] == ["response", "response", "revisit"]
    assert "Server: Apache/1.3" in found[0].head and "X-Archive" not in found[0].head
    assert [capture.payload for capture in endleaf.read(fetched.path)] == [
        page("First"),
        page("Second"),
        page("Second"),
    ]


def test_a_prefix_with_a_redirect_and_an_error(base: str, tmp_path: Path) -> None:
    fetched = got(base, tmp_path, prefix=True)
    assert fetched.path and fetched.exit_status == 0 and fetched.counts["written"] == 5
    heads = {each.url: each.head for each in captures(fetched.path)}
    assert f"Location: {URL}\r\n" in heads[URL + "old"] and heads[URL + "gone"].startswith("HTTP/1.1 404")


def test_a_replay_url_and_a_redirect(base: str, tmp_path: Path) -> None:
    fetched = got(base, tmp_path, f"{base}20040628050633/{URL}old", archive=None)
    assert fetched.path
    assert [each.url for each in captures(fetched.path)] == [URL + "old", URL]


def test_nothing(base: str, tmp_path: Path) -> None:
    assert got(base, tmp_path, URL + "never").exit_status == 2
    assert got(base, tmp_path, URL + "never", all=True).exit_status == 2
