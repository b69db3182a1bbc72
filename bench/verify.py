"""What each checking tool finds on the same files: reported, missed, false alarms, in one run.

    python bench/verify.py DIR [--wacz COMMAND] [--table]

DIR has a manifest.jsonl: with hostile inputs each row says what must be reported (``exit``), with real files
there is no truth, so the files on which the tools disagree are named (``--table``). ``--wacz`` is the
``wacz`` command, where it is installed; a tool that is not there is left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(sys.executable).parent
LIMIT = 60
"""Seconds for one file."""


class Tool(NamedTuple):
    """A command that checks one file, and the kinds of file that it is for."""

    name: str
    words: tuple[str, ...]
    kinds: frozenset[str]


class Said(NamedTuple):
    """What a tool said of a file."""

    reported: bool
    crashed: bool


def tools(wacz: str | None) -> Iterator[Tool]:
    """The tools that are there."""
    every = frozenset(("warc", "wacz", "arc"))
    yield Tool("endleaf", (str(HERE / "endleaf"), "verify", "-q"), every)
    for name in ("warcio", "fastwarc"):
        if (HERE / name).exists():
            yield Tool(name, (str(HERE / name), "check"), frozenset(("warc", "arc") if name == "warcio" else ("warc",)))
    if wacz and shutil.which(wacz):
        yield Tool("wacz", (wacz, "validate", "-f"), frozenset(("wacz",)))


def asked(tool: Tool, path: Path) -> Said:
    """Ask a tool: anything but exit 0 is a report; a traceback is one too, and a crash."""
    try:
        done = subprocess.run([*tool.words, str(path)], capture_output=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return Said(reported=True, crashed=True)
    words = done.stdout + done.stderr
    crashed = b"Traceback (most recent call last)" in words or done.returncode < 0
    invalid = tool.name == "wacz" and b"invalid" in words  # its exit status says nothing
    return Said(done.returncode != 0 or invalid, crashed)


def rows(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each file with its kind, and its row of the manifest."""
    for line in (folder / "manifest.jsonl").read_bytes().splitlines():
        row = json.loads(line)
        kind = str(row.get("kind") or row.get("format") or "")
        name = str(row.get("file") or row.get("path"))
        if kind in ("warc", "wacz", "arc"):
            yield name, kind, row


def truth(row: dict[str, Any]) -> str:
    """What a hostile input asks for: ``damaged``, ``intact``, or nothing for certain."""
    wanted = row.get("exit")
    if wanted is None:
        return "real"
    return "intact" if wanted == ["clean"] else "either" if "clean" in wanted else "damaged"


def main() -> int:
    """Run, and print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--wacz", help="the wacz command")
    words.add_argument("--table", action="store_true", help="name the files on which the tools disagree")
    words.add_argument("--tools", default="endleaf,warcio,fastwarc,wacz", help="which of them, with commas")
    given = words.parse_args()
    used = [each for each in tools(given.wacz) if each.name in given.tools.split(",")]
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    apart: list[str] = []
    for name, kind, row in rows(given.folder):
        said = {each.name: asked(each, given.folder / name) for each in used if kind in each.kinds}
        for tool, found in said.items():
            counts[tool, kind, truth(row)].update(
                files=1, reported=found.reported, silent=not found.reported, crashed=found.crashed
            )
        if len({each.reported for each in said.values()}) > 1:
            shown = " ".join(f"{tool}={'reports' if each.reported else 'silent'}" for tool, each in said.items())
            apart.append(f"{name}\t{truth(row)}\t{shown}")
    print("| tool | kind | the files are | files | reported | silent | crashed |\n|---|---|---|---|---|---|---|")
    for (tool, kind, what), found_there in sorted(
        counts.items(), key=lambda each: (each[0][2], each[0][1], each[0][0])
    ):
        cells = (found_there[key] for key in ("files", "reported", "silent", "crashed"))
        print(f"| {tool} | {kind} | {what} | {' | '.join(map(str, cells))} |")
    if given.table:
        print("\n".join(apart))
    return 0


if __name__ == "__main__":
    sys.exit(main())
