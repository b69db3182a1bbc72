"""What every test may use: the shared data beside the checkout, and goldens."""

from __future__ import annotations

import json
import logging
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("landing", derandomize=True, print_blob=True)
if os.environ.get("CI"):  # a landing does not hang on what chance draws: everyone's own runs look for what is new
    hypothesis.settings.load_profile("landing")

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--save-golden", action="store_true", help="write what the code gives over the goldens")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where a machine is set up for all of it (.ci/run), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("ENDLEAF_NO_SKIP") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _messages_go_where_they_went() -> Iterator[None]:
    """A command that a test runs within the process sends messages to its own standard error: not so the next test."""
    log = logging.getLogger("endleaf")
    was = log.handlers, log.propagate, log.level
    yield
    log.handlers, log.propagate = was[0], was[1]
    log.setLevel(was[2])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and archive files beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: this test needs the real pages in it")
    return SHARED


def _unpacked(archive: Path, factory: pytest.TempPathFactory) -> Path:
    into = factory.mktemp(archive.name.partition(".")[0])
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into


@pytest.fixture(scope="session")
def archives_dev(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real archive files with manifest.jsonl."""
    return _unpacked(shared / "corpus" / "archives-dev.tar.xz", tmp_path_factory)


@pytest.fixture(scope="session")
def banners_dev(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real replayed and saved pages with manifest.jsonl."""
    return _unpacked(shared / "corpus" / "banners-dev.tar.xz", tmp_path_factory)


@pytest.fixture(scope="session")
def bench_dev(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bench's dev pages, a folder a set."""
    return _unpacked(shared / "bench" / "dev.tar.xz", tmp_path_factory)


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The rows of a corpus's manifest.jsonl."""
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_bytes().splitlines()]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with a golden file; with --save-golden, write it there instead."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--save-golden"):
            path.write_text(text, "utf-8")
        assert path.is_file(), f"no golden {path}: read the output, then run pytest --save-golden"
        assert text == path.read_text("utf-8")

    return check
