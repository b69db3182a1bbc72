"""What a block's words and the names above it tell, and whether the page says the same again, as columns."""

from __future__ import annotations

import numpy as np

from endleaf.chrome.blocks import Blocks, Ints, follow
from endleaf.chrome.columns import Columns, log
from endleaf.chrome.facts import Facts
from endleaf.chrome.telling import CALLED, SAID, Telling


def add_said(columns: Columns, f: Facts, telling: Telling) -> None:
    """What the weights of a block's words tell."""
    found = [telling.said(text) for text in f.openings]
    columns.add_under("said", SAID, np.array(found, np.float32).reshape(len(found), len(SAID)).T)


def add_called(columns: Columns, f: Facts, telling: Telling) -> None:
    """What the weights of the names above a block tell: the nearest, the next, and the four beyond."""
    b = f.blocks
    weights = np.zeros((len(b.codes), len(CALLED)), np.float32)
    if b.named:
        weights[b.named] = [telling.called(names) for names in b.called]
    steps = [weights[at] for at in climb(b)]
    beyond = np.stack(steps[2:])
    rest = np.stack([beyond[:, :, 0].min(0), beyond[:, :, 1].max(0), beyond[:, :, 2].sum(0)], 1)
    for prefix, made in (("called0", steps[0]), ("called1", steps[1]), ("called2", rest)):
        columns.add_under(prefix, CALLED, made.T)


def climb(b: Blocks) -> list[Ints]:
    """(B) each: the nearest element above a block that has a class, id or role, and the five beyond; 0 for none."""
    own = np.arange(len(b.codes))
    stop = own == 0
    stop[b.named] = True
    near = follow(np.where(stop, own, np.maximum(b.parents, 0)))
    at = near[b.first]
    steps = [at]
    for _ in range(_STEPS - 1):
        at = near[np.maximum(b.parents[at], 0)]
        steps.append(at)
    return steps


_STEPS = 6  # named elements above a block that are looked at


def add_again(columns: Columns, f: Facts) -> None:
    """Whether the page says the same once more: told by the counts of the characters, which no two long texts share."""
    b = f.blocks
    n = len(b)
    signs = f.kinds[:, 1:].astype(np.int64) @ _SIGN + f.words * 17
    _, first, which, count = np.unique(signs, return_index=True, return_inverse=True, return_counts=True)
    place = np.arange(n)
    last = np.zeros(len(first), np.int64)
    last[which] = place  # of several, the last stays
    before, after, long = first[which] < place, last[which] > place, f.chars >= _LONG
    made = {
        "before": before & long, "after": after & long,
        "short_before": before & ~long, "short_after": after & ~long, "times": log(count[which]),
    }  # fmt: skip
    columns.add_all("again", made)


_SIGN = np.array([1_000_003**k % (1 << 61) for k in range(1, 12)], np.int64)
_LONG = 25  # characters from which the same counts are the same text
