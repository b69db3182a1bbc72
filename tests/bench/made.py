"""A comparison made by hand: three tools on two sets, and their scores page by page."""

from __future__ import annotations

from typing import Any

from bench.compare.record import Record, Run
from bench.compare.standing import Comparison, Standing


def score(dataset: str, page: str, f1: float, **more: Any) -> dict[str, Any]:
    """A page's score as the judge gives it."""
    known = {"ds": dataset, "id": page, "kind": None, "cpu": 4.0, "err": None, "empty": False}
    shares = {"sh_p": f1, "sh_r": f1, "sh_f": f1, "bag": f1, "lcs": f1, "n_pred": 9, "n_gold": 9}
    return known | shares | more


def standing(f1: float, cpu: float, dragnet: float = 0.9) -> Standing:
    return Standing(
        f1=f1,
        bad=0.04,
        empty=0,
        errors=0,
        cpu_ms=cpu,
        sets={"dragnet": dragnet, "wcxb-dev": 2 * f1 - dragnet},
        kinds={"article": f1, "forum": f1 / 2},
        structure={"headings": 0.9, "list items": 0.8, "cells": 0.7, "paragraphs": 0.95},
        within=(f1 + 0.01, 0.03),
    )


COMPARISON = Comparison(
    tools={
        "endleaf": standing(0.92, 5.0, 0.91),
        "trafilatura": standing(0.88, 20.0, 0.93),
        "resiliparse": standing(0.81, 2.0),
        "resiliparse-all": standing(0.6, 1.0),
    },
    best=standing(0.93, 22.0),
    pages={"dragnet": 120, "wcxb-dev": 80},
    absent={"dragnet": 3},
    kinds={"article": 60, "forum": 20},
    elements={"headings": 100, "list items": 200, "cells": 30, "paragraphs": 400},
)
RUN = Run(
    command="python -m bench.compare --held --pages 120",
    date="2026-01-31",
    python="3.11.7",
    held=True,
    most=120,
    releases={"endleaf": "0.1.0", "trafilatura": "2.3.1", "resiliparse": "2.0.1", "resiliparse-all": "2.0.1"},
    missing=("magic-html",),
)
RECORD = Record(run=RUN, comparison=COMPARISON)
