"""Exported pages through the W3C's checker (README.md in this folder says how to get it)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

JAR = Path(os.environ.get("VNU_JAR", "node_modules/vnu-jar/build/dist/vnu.jar"))


def test_pages_are_valid_html(exported: list[Path]) -> None:
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        pytest.skip("no Java or no vnu.jar: tests/browser/README.md says how to get them")
    command = [java, "-Xss8m", "-jar", str(JAR), "--errors-only", "--format", "gnu", *map(str, exported)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
