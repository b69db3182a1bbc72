"""What endleaf, warcio and FastWARC read of real archive files, in one run.

    python bench/archives.py DIR [--table]

DIR holds archive files, for example the unpacked `../shared/corpus/archives-dev.tar.xz`; where it has a
manifest.jsonl, what that states as the best count of captures is a tool too. Prints how many captures each
tool found, how many files each read as many of as the best did, and in how many it found fewer and said
nothing. `--table`: a line for each file on which they disagree, as Markdown; what a tool does not read at all (ARC for
FastWARC, WACZ for both) is no disagreement. Exits 1 where endleaf found fewer than another, unless it says that the
place is damaged.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from endleaf import readers
from endleaf.errors import InputError
from endleaf.model import Capture, Damage

TYPES = ("response", "resource", "revisit", "conversion")
TOOLS = ("endleaf", "warcio", "FastWARC")
SUFFIXES = (".warc", ".arc", ".wacz", ".gz", ".open", ".zst", ".wet", ".wat")


@dataclass(slots=True)
class Found:
    """What a tool found in a file: captures, and what it said was wrong."""

    captures: int = 0
    said: str = ""


def by_endleaf(path: Path) -> Found:
    """Captures and the first damage."""
    found = Found()
    try:
        for record in readers.records(path):
            found.captures += isinstance(record, Capture)
            if isinstance(record, Damage) and not found.said:
                found.said = record.reason
    except InputError as error:
        found.said = str(error).removeprefix(str(path)).strip(" :")
    return found


def by_warcio(path: Path) -> Found:
    """Captures up to the first error."""
    found = Found()
    with path.open("rb") as file, _told(found), contextlib.redirect_stderr(io.StringIO()):
        for record in ArchiveIterator(file, arc2warc=True):
            found.captures += record.rec_type in TYPES
            record.content_stream().read()
    return found


def by_fastwarc(path: Path) -> Found:
    """Captures, in the mode that reads most."""
    found = Found()
    with path.open("rb") as file, _told(found):
        for record in FastIterator(file, parse_http=False, quirks_mode=True):
            found.captures += str(record.record_type).rpartition(".")[2] in TYPES
    return found


@contextlib.contextmanager
def _told(found: Found) -> Iterator[None]:
    try:
        yield
    except (ArchiveLoadFailed, OSError, ValueError, AttributeError, KeyError, EOFError, RuntimeError) as error:
        found.said = " ".join(str(error).split()) or type(error).__name__


READS: dict[str, Callable[[Path], Found]] = {"endleaf": by_endleaf, "warcio": by_warcio, "FastWARC": by_fastwarc}


def files_of(folder: Path) -> dict[Path, int]:
    """Archive files, each with the best count that a manifest states of it."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
        return {
            folder / row["path"]: row.get("captures_best") or 0
            for row in rows
            if row["format"] in ("warc", "arc", "wacz")
        }
    return {path: 0 for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES}


def who_reads(path: Path) -> tuple[str, ...]:
    """The tools that read files of its kind."""
    name = path.name.lower()
    return TOOLS[:1] if ".wacz" in name else TOOLS[:2] if ".arc" in name else TOOLS


def main() -> int:
    """Read, count, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--table", action="store_true")
    asked = options.parse_args()
    logging.disable(logging.CRITICAL)
    files = files_of(asked.folder)
    totals, whole, silent, worse = dict.fromkeys(TOOLS, 0), dict.fromkeys(TOOLS, 0), dict.fromkeys(TOOLS, 0), 0
    if asked.table:
        print("| file | endleaf | warcio | FastWARC | what endleaf says of it |\n|---|---|---|---|---|")
    for path, stated in files.items():
        found = {tool: READS[tool](path) for tool in TOOLS}
        best = max(stated, *(each.captures for each in found.values()))
        for tool, each in found.items():
            totals[tool] += each.captures
            whole[tool] += each.captures >= best
            silent[tool] += each.captures < best and not each.said
        worse += found["endleaf"].captures < best and not found["endleaf"].said
        if asked.table and len({found[tool].captures for tool in who_reads(path)}) > 1:
            counts = " | ".join(f"{found[tool].captures}{' !' if found[tool].said else ''}" for tool in TOOLS)
            where = path.relative_to(asked.folder).parts
            said = found["endleaf"].said.replace("|", "/")[:120]
            print(f"| {where[0].replace('+', '/')} `{path.name}` | {counts} | {said} |")
    for tool in TOOLS:
        print(
            f"{tool}: {totals[tool]} captures in {len(files)} files; as many as the best in {whole[tool]};"
            f" fewer, and silent, in {silent[tool]}"
        )
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
