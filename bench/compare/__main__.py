"""Ours and the peers on the same real pages in one run: tables in Markdown, a JSON record, and two pictures.

    python -m bench.compare --held                    the headline: sites that the model was not trained on
    python -m bench.compare --held --pages 40         at most so many pages a set
    python -m bench.compare --data DEV --tool trafilatura --tool resiliparse
    python -m bench.compare --floors                  ours alone, held; exits 1 below a floor (CI)
    python -m bench.compare --floors raise            lifts floors.toml to what is reached

Run it from the checkout. DIR of --data is an unpacked folder of shared/bench (one folder a set), dev and train
without it. Peers that are not installed are named and left out. Nothing is kept from an earlier run but the judge's
facts of the pages, so the CPU times of a table are of one run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import platform
import shlex
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.compare import floors, markdown, plots
from bench.compare.judge import OURS, PEERS, WHOLE, Judge, NotMeasured, Scores, load, release
from bench.compare.pages import chosen, unpacked
from bench.compare.record import Record, Run, to_json
from bench.compare.standing import Comparison, compare

PICTURES = {"extraction-cpu.svg": plots.against_cpu, "extraction-sets.svg": plots.by_set}
_ERRORS = 3  # of a tool that are told


def options(words: list[str]) -> argparse.Namespace:
    ask = argparse.ArgumentParser(
        "python -m bench.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(__file__).resolve().parents[3] / "shared"
    ask.add_argument("--shared", type=Path, default=shared, help="the folder of the judge and its pages")
    ask.add_argument("--data", type=Path, action="append", help="a folder of sets; may be repeated")
    ask.add_argument("--out", type=Path, help="where the tables, record, pictures and answers go")
    ask.add_argument("--tool", action="append", help=f"a peer; may be repeated (default: {', '.join(PEERS)})")
    ask.add_argument("--cmd", default=f"{Path(sys.executable).parent / 'endleaf'} extract --jsonl")
    ask.add_argument("--pages", type=int, help="at most so many pages a set")
    ask.add_argument("--held", action="store_true", help="only the fifth of the sites that is never trained on")
    ask.add_argument("--floors", nargs="?", const="check", choices=("check", "raise"), help="ours alone, held")
    ask.add_argument("--into", type=Path, help="a page that gets the tables between its marks, the pictures beside it")
    asked = ask.parse_args(words)
    if asked.floors and asked.pages:
        ask.error("floors are of the whole held-out fifth: --floors goes without --pages")
    return asked


def main(words: list[str]) -> int:
    asked = options(words)
    try:
        if asked.into:
            markdown.about(asked.into)
        with tempfile.TemporaryDirectory() as work:
            record = measured(asked, words, Path(work))
    except NotMeasured as error:
        print(error, file=sys.stderr)
        return 2
    if asked.floors:
        return held_to(record.comparison, asked.floors)
    print(markdown.page(record))
    if asked.out:
        write(record, asked.out)
    if asked.into:
        markdown.into(asked.into, markdown.page(record))
        draw(record.comparison, asked.into.parent)
    return 0


def measured(asked: argparse.Namespace, words: list[str], work: Path) -> Record:
    """Every tool asked for, run and scored."""
    judge = Judge(load(asked.shared), (asked.out or work) / "answers")
    held = asked.held or bool(asked.floors)
    pages = chosen(judge.code, asked.data or unpacked(asked.shared, work), held=held, most=asked.pages)
    if not pages:
        raise NotMeasured("there is no page with a gold text in the folders of sets")
    here, missing = judge.installed(() if asked.floors else asked.tool or PEERS)
    tools, without = judge.installed((*here, WHOLE))
    if without:
        raise NotMeasured("resiliparse is not installed: the judge reads the pages' structure by it")
    judge.run(pages, tools, asked.cmd)
    scores = judge.scores(pages, (OURS, *tools))
    tell_errors(scores)
    run = Run(
        command=shlex.join(["python", "-m", "bench.compare", *words]),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        python=platform.python_version(),
        held=held,
        most=asked.pages,
        releases={name: release(name) for name in scores},
        missing=missing,
    )
    return Record(run=run, comparison=compare(scores, judge.summary))


def tell_errors(scores: Scores) -> None:
    """What each tool failed on, on standard error: the most frequent errors."""
    for tool, each in scores.items():
        for error, count in Counter(score["err"] for score in each if score["err"]).most_common(_ERRORS):
            print(f"{tool} failed on {count} pages: {error}", file=sys.stderr)


def held_to(comparison: Comparison, what: str) -> int:
    """The status of the floors: 0 where all are held."""
    print(markdown.by_set(comparison))
    for part, counts in (("kinds", comparison.kinds), ("structure", comparison.elements)):
        print("\n" + markdown.shares(comparison, part, counts))
    known = floors.read(floors.FILE)
    if what == "raise":
        floors.FILE.write_text(floors.to_toml(floors.raised(comparison.ours, known)), "utf-8")
    failed = list(floors.below(comparison.ours, known))
    print("\n" + ("\n".join(f"below: {line}" for line in failed) or "every floor is held"))
    return 1 if failed else 0


def write(record: Record, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "compare.md").write_text(markdown.page(record), "utf-8")
    (out / "compare.json").write_bytes(to_json(record))
    draw(record.comparison, out)


def draw(comparison: Comparison, folder: Path) -> None:
    for name, picture in PICTURES.items():
        (folder / name).write_text(picture(comparison), "utf-8")


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)  # the judge's own, for peers that recurse
    logging.disable(logging.CRITICAL)  # what the peers say of each page
    sys.exit(main(sys.argv[1:]))
