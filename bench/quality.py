"""Extraction quality on real pages, held above a floor.

    python bench/quality.py [--shared ../shared] [--cmd 'endleaf extract --jsonl'] [--keep DIR]

Unpacks the dev pages of shared/bench, runs its judge over the command, prints a
line a set and the headline of its README: the mean over the eleven sets of the
mean 4-gram shingle F1 a page, and the share of pages under 0.5. Exits 1 where a
floor is not held. A floor may rise, never fall.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from statistics import fmean

MACRO_FLOOR = 0.92
BAD_CEILING = 0.035
NOT_IN_MACRO = {"readability", "trafilatura"}
"""Sets whose gold is a tool's own output, or snippets alone (the bench's README)."""


def scores(shared: Path, command: str, work: Path) -> dict[str, dict[str, float]]:
    """The judge's summary a set: ``{"dragnet": {"sh_f": 0.9, "bad": 0.05, …}, …}``."""
    with tarfile.open(shared / "bench" / "dev.tar.xz") as tar:
        tar.extractall(work / "dev", filter="data")
    judge = [
        sys.executable,
        str(shared / "bench" / "bench.py"),
        "--data",
        str(work / "dev"),
        "--out",
        str(work / "out"),
    ]
    judge += ["--name", "ours", "--cmd", command, "--no-facts", "--json", str(work / "scores.json")]
    subprocess.run(judge, check=True, stdout=subprocess.DEVNULL)
    summaries = json.loads((work / "scores.json").read_text())
    return {name: by_tool["ours"] for name, by_tool in summaries.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--cmd", default=f"{Path(sys.executable).parent / 'endleaf'} extract --jsonl")
    parser.add_argument("--keep", type=Path, help="a folder to keep the answers and scores in")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not there: no pages to measure on", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        sets = scores(options.shared, options.cmd, options.keep or Path(folder))
    for name, row in sorted(sets.items()):
        print(
            f"{name:<18} pages {row['pages']:>4.0f}  F1 {row.get('sh_f', 0):.3f}  bad {row.get('bad', 0):.3f}"
            f"  errors {row['err']:.0f}  empty {row['empty']:.0f}  cpu {row['cpu']:.1f} ms"
        )
    counted = [row for name, row in sets.items() if name not in NOT_IN_MACRO]
    macro, bad = fmean(row["sh_f"] for row in counted), fmean(row["bad"] for row in counted)
    print(f"macro{len(counted)} F1 {macro:.4f} (floor {MACRO_FLOOR})  bad {bad:.4f} (ceiling {BAD_CEILING})")
    return 0 if macro >= MACRO_FLOOR and bad <= BAD_CEILING else 1


if __name__ == "__main__":
    sys.exit(main())
