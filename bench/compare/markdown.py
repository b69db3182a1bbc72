"""A record as Markdown tables, in the form of shared/bench's README."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import Path

from bench.compare.judge import OURS, WHOLE, NotMeasured
from bench.compare.record import Record, Run
from bench.compare.standing import Comparison, Standing

RATIO_TO = "trafilatura"
BEST = "best peer, page by page"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def page(record: Record) -> str:
    """The whole record: how it was measured, then its tables."""
    run, comparison = record.run, record.comparison
    parts = [
        how(run, comparison),
        "### Quality by set\n\n" + by_set(comparison),
        *(["### Each set's best peer\n\n" + best_peers(comparison)] if comparison.peers else []),
        "### By kind of page\n\n" + shares(comparison, "kinds", comparison.kinds),
        "### Structure kept\n\n" + shares(comparison, "structure", comparison.elements),
    ]
    return "\n\n".join(parts) + "\n"


def into(path: Path, text: str) -> None:
    """Put the text between the two marks of a page, in place of what stood there."""
    before, after = about(path)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", "utf-8")


def about(path: Path) -> tuple[str, str]:
    """What stands before and after the two marks of a page. Raises :class:`NotMeasured` where it has none."""
    before, begun, rest = path.read_text("utf-8").partition(BEGIN) if path.is_file() else ("", "", "")
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise NotMeasured(f"{path} has no place for tables: {BEGIN} and {END}")
    return before, after


def how(run: Run, comparison: Comparison) -> str:
    """What was measured, with what and when, in a paragraph."""
    total, absent = sum(comparison.pages.values()), sum(comparison.absent.values())
    which = "of the held-out fifth of the sites (the model was trained on none of them)" if run.held else "of all sites"
    most = f", at most {run.most} of a set" if run.most else ""
    tools = ", ".join(f"{name} {release}".strip() for name, release in run.releases.items() if name != WHOLE)
    lines = [f"Measured on {run.date} by `{run.command}` on Python {run.python}: {total} pages {which}{most}; {tools}."]
    if run.missing:
        lines.append(f"Not installed, so not measured: {', '.join(run.missing)}.")
    if absent:
        where = ", ".join(f"{count} of {name}" for name, count in comparison.absent.items())
        lines.append(
            f"{absent} pages ({where}) do not hold their gold text, so that no tool can find it; they count in every "
            "number but those of the columns *within*."
        )
    return "\n".join(lines)


def by_set(comparison: Comparison) -> str:
    """F1 of every tool by set, and over all."""
    sets = list(comparison.pages)
    head = ["tool", *sets, f"macro{len(sets)}", "bad", "macro within", "bad within", "empty", "errors", "cpu ms", "CPU"]
    rows = [[name, *_numbers(standing, sets, comparison)] for name, standing in _all(comparison)]
    pages = ["*pages*", *(str(comparison.pages[name]) for name in sets), *[""] * (len(head) - 1 - len(sets))]
    return table(head, [*rows, pages]) + (
        f"\n\nF1 is that of 4-gram shingles a page; *bad* is the share of pages under 0.5; *empty* counts pages with "
        f"nothing where the gold text has something; *CPU* is the ratio to {RATIO_TO}."
    )


def _numbers(standing: Standing, sets: list[str], comparison: Comparison) -> Iterator[str]:
    yield from (_three(standing.sets[name]) for name in sets)
    yield f"**{standing.f1:.3f}**"
    yield _three(standing.bad)
    yield from map(_three, standing.within)
    yield str(standing.empty)
    yield str(standing.errors)
    yield f"{standing.cpu_ms:.1f}"
    measure = comparison.tools.get(RATIO_TO)
    yield f"{standing.cpu_ms / measure.cpu_ms:.2f}" if measure else "–"


def best_peers(comparison: Comparison) -> str:
    """Each set's best peer, and our difference to it."""
    f1s: dict[str, Callable[[Standing], float]] = {name: partial(_f1_of, name) for name in comparison.pages}
    f1s[f"**macro{len(f1s)}**"] = attrgetter("f1")
    rows = []
    for name, f1 in f1s.items():
        best = comparison.best_peer(f1)
        mine, theirs = f1(comparison.ours), f1(comparison.peers[best])
        rows.append([name, _three(mine), best, _three(theirs), f"{mine - theirs:+.3f}"])
    return table(["set", OURS, "best peer", "its F1", "difference"], rows)


def _f1_of(dataset: str, standing: Standing) -> float:
    return standing.sets[dataset]


def shares(comparison: Comparison, part: str, counts: dict[str, int]) -> str:
    """A part of every tool's standing (``kinds`` or ``structure``), with the counts under it."""
    rows = [
        [name, *(_three(getattr(standing, part)[each]) if count else "–" for each, count in counts.items())]
        for name, standing in _all(comparison)
    ]
    return table(["tool", *counts], [*rows, ["*count*", *map(str, counts.values())]])


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table; the first column is text, the others numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _all(comparison: Comparison) -> Iterator[tuple[str, Standing]]:
    yield f"**{OURS}**", comparison.ours
    yield from comparison.peers.items()
    if comparison.best and len(comparison.peers) > 1:
        yield f"*{BEST}*", comparison.best
    if whole := comparison.tools.get(WHOLE):
        yield "*the whole page*", whole


def _three(number: float) -> str:
    return f"{number:.3f}"
