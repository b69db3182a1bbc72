"""Scores of pages become a tool's standing: over all, by set, by kind of page, by structure, and its CPU.

The headline is the judge's: the mean over the sets of the mean 4-gram shingle F1 a page; ``bad`` is the mean over
the sets of the share of pages under 0.5. A set counts as much as another, however many pages it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import fmean

import msgspec

from bench.compare.judge import OURS, WHOLE, PageScore, Scores

Summary = Callable[[list[PageScore]], dict[str, float]]

KIND_SETS = ("wcxb-dev", "wcxb-test")
"""The sets whose kinds of page are told by people, in one scheme."""
ELEMENTS = {"heading": "headings", "list": "list items", "cell": "cells", "para": "paragraphs"}
"""The judge's names of the elements that are counted, and ours."""
ABSENT = 0.1
"""Where neither the whole page nor any tool gives so much of the gold text's shingles, the page does not hold it."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a tool stands. Every share and F1 is from 0 to 1."""

    f1: float
    bad: float
    empty: int
    """Pages it gave nothing for, though the gold text has something."""
    errors: int
    cpu_ms: float
    """Mean CPU milliseconds a page."""
    sets: dict[str, float]
    """F1 by set."""
    kinds: dict[str, float]
    """F1 by kind of page, in the sets that tell the kind."""
    structure: dict[str, float]
    """The share of the gold text's elements that are in the output."""
    within: tuple[float, float] = (0.0, 0.0)
    """F1 and ``bad`` over the pages that hold their gold text."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Every tool's standing on the same pages in the same run."""

    tools: dict[str, Standing]
    """Ours, the peers, and the whole page."""
    best: Standing | None
    """The best peer of each page: what choosing among them perfectly would give, at the CPU of them all."""
    pages: dict[str, int]
    """By set."""
    absent: dict[str, int]
    """Pages that do not hold their gold text, by set."""
    kinds: dict[str, int]
    elements: dict[str, int]

    @property
    def ours(self) -> Standing:
        return self.tools[OURS]

    @property
    def peers(self) -> dict[str, Standing]:
        return {name: standing for name, standing in self.tools.items() if name not in (OURS, WHOLE)}

    def best_peer(self, f1: Callable[[Standing], float]) -> str:
        """The peer with the best of some F1: a set's, or that over all. Raises ValueError without peers."""
        return max(self.peers, key=lambda name: f1(self.peers[name]))


def compare(scores: Scores, summary: Summary) -> Comparison:
    """The comparison of tools whose scores are of the same pages; ``summary`` is the judge's."""
    absent = _absent(scores)
    ours = scores[OURS]
    peers = [each for name, each in scores.items() if name not in (OURS, WHOLE)]
    everything = summary(ours)
    return Comparison(
        tools={name: standing(each, absent, summary) for name, each in scores.items()},
        best=standing(_best(peers), absent, summary) if peers else None,
        pages={name: len(each) for name, each in by(ours, "ds").items()},
        absent={name: len(each) for name, each in by((s for s in ours if _page(s) in absent), "ds").items()},
        kinds={name: len(each) for name, each in _kinds(ours).items()},
        elements={ours: int(everything.get(f"eln_{name}", 0)) for name, ours in ELEMENTS.items()},
    )


def standing(scores: list[PageScore], absent: set[tuple[str, str]], summary: Summary) -> Standing:
    """One tool's standing; ``absent`` are the pages that do not hold their gold text."""
    everything = summary(scores)
    sets = {name: summary(each) for name, each in by(scores, "ds").items()}
    present = [summary(each) for each in by((s for s in scores if _page(s) not in absent), "ds").values()]
    return Standing(
        f1=fmean(each["sh_f"] for each in sets.values()),
        bad=fmean(each["bad"] for each in sets.values()),
        empty=int(everything["empty"]),
        errors=int(everything["err"]),
        cpu_ms=everything["cpu"],
        sets={name: each["sh_f"] for name, each in sets.items()},
        kinds={name: summary(each)["sh_f"] for name, each in _kinds(scores).items()},
        structure={ours: everything.get(f"el_{name}", 0.0) for name, ours in ELEMENTS.items()},
        within=(fmean(each["sh_f"] for each in present), fmean(each["bad"] for each in present)) if present else (0, 0),
    )


def by(scores: Iterable[PageScore], field: str) -> dict[str, list[PageScore]]:
    """The scores of each value of a field, in the order of the values."""
    groups: dict[str, list[PageScore]] = defaultdict(list)
    for score in scores:
        groups[score[field]].append(score)
    return dict(sorted(groups.items()))


def _kinds(scores: list[PageScore]) -> dict[str, list[PageScore]]:
    return by((score for score in scores if score["ds"] in KIND_SETS and score["kind"]), "kind")


def _page(score: PageScore) -> tuple[str, str]:
    return score["ds"], score["id"]


def _absent(scores: Scores) -> set[tuple[str, str]]:
    most: dict[tuple[str, str], float] = defaultdict(float)
    for each in scores.values():
        for score in each:
            most[_page(score)] = max(most[_page(score)], score["sh_r"])
    return {page for page, recall in most.items() if recall < ABSENT}


def _best(peers: list[list[PageScore]]) -> list[PageScore]:
    """The best answer of each page, with the CPU of all that had to be asked for it."""
    return [
        max(answers, key=lambda score: score["sh_f"]) | {"cpu": sum(score["cpu"] for score in answers)}
        for answers in zip(*peers, strict=True)
    ]
