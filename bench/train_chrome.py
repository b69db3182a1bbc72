"""Train the chrome room's network on the bench's pages, in plain numpy: the same data give the same bytes.

    python bench/train_chrome.py --data DEV --data TRAIN [--out weights.npz] [--leave N]

The sites of the held-out fifth (chrome_data.held) are never trained on; at the
end every number is printed for them. ``--leave`` leaves a third of the sites out
as well (chrome_data.fold), for measures that need a model that never saw a
site. One thread, a fixed seed, a fixed order.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, whatever the machine's cores

import argparse
import collections
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.chrome_data import Example, Judge, aligned, block_texts, examples, fold, read
from bench.chrome_telling import Ballot, Counts
from bench.chrome_variants import variant
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.columns import Floats
from endleaf.chrome.decide import choose
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.model import LAYERS, LOOKS, REACH, Groups, Ints, Net, looks, mean_of, most_above, shift, sum_by
from endleaf.chrome.telling import Telling

WIDTH = 48
GLANCE = 16  # of a vector's numbers, those that other blocks see
EPOCHS = 12
RATE = 2e-3
PAGES_A_STEP = 20
ROWS_A_STEP = 6000
LONGEST = 3000  # blocks of a page that are trained on
MASK = 0.15  # features and looks left out at random, page by page
UNNAMED = 0.1  # pages that lose all class and id features: many old pages have none
OF_NAMES = {"named", "near", "next", "called0", "called1", "called2"}
DOUBTFUL = 0.6  # F1 of a page's truly aligned blocks, below which its gold is of another page, or its text is missing
DECAY = 5e-2
SEED = 7


@dataclass
class Page:
    """A page made ready: features, groups, tokens, and how many of them the gold text has."""

    example: Example
    rows: Floats
    groups: Groups
    sizes: Ints
    common: Ints
    words: Ints
    judge: Judge
    best: float  # F1 of the truly aligned blocks
    weight: float = 1.0


Taught = Callable[[Example], bool]
"""Whether a page is trained on."""


def ballot_of(folders: list[Path], taught: Taught) -> Ballot:
    """What the words of the training pages tell."""
    counts = Counts()
    for example in examples(folders):
        blocks = Blocks(read(example))
        if len(blocks) and taught(example):
            sizes, common = aligned(block_texts(blocks), example.gold)
            counts.add(example.site, blocks, common * 2 > sizes)
    return counts.votes()


def pages(folders: list[Path], ballot: Ballot, taught: Taught) -> tuple[list[str], list[Page]]:
    """Every page made ready, each with the words' weights by the votes of other sites than its own."""
    names: list[str] = []
    found: list[Page] = []
    for example in examples(folders):
        blocks = Blocks(read(example))
        if not len(blocks):
            continue
        facts = Facts(blocks)
        names, rows = rows_of(facts, None, ballot.without(example.site))
        texts = block_texts(blocks)
        sizes, common = aligned(texts, example.gold)
        judge = Judge(texts, example.gold)
        best = judge.f1(common * 2 > sizes)
        found.append(Page(example, rows, Groups.of(facts), sizes, common, facts.words, judge, best))
        if taught(example):
            found.append(changed(found[-1], blocks, ballot.without(example.site)))
    count = collections.Counter(page.example.dataset for page in found)
    for page in found:  # sets weigh by the root of their size: a small one counts, and does not rule
        page.weight = count[page.example.dataset] ** -0.5 * (0.2 if page.best < DOUBTFUL else 1)
    mean = sum(page.weight for page in found) / len(found)
    for page in found:
        page.weight /= mean
    return names, found


def changed(page: Page, blocks: Blocks, telling: Telling) -> Page:
    """A variant of a page, its blocks labelled as they were."""
    random = np.random.default_rng([SEED, *page.example.id.encode()])
    tree, was = variant(blocks, page.common * 2 > page.sizes, random)
    new = Blocks(tree)
    if not len(new):
        return page
    facts = Facts(new)
    _, rows = rows_of(facts, None, telling)
    block_of = np.full(len(blocks.codes), -1)
    block_of[blocks.nodes] = blocks.of
    at = block_of[was[new.first]]
    sizes, common = (np.where(at >= 0, each[at], 0) for each in (page.sizes, page.common))
    return Page(page.example, rows, Groups.of(facts), sizes, common, facts.words, page.judge, page.best)


@dataclass
class Batch:
    rows: Floats
    groups: Groups
    sizes: Floats
    common: Floats
    weight: Floats  # by page


def batch_of(chosen: list[Page]) -> Batch:
    sizes = [min(len(p.rows), LONGEST) for p in chosen]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    page = np.repeat(np.arange(len(chosen)), sizes)
    families: list[Ints] = []
    past = 0
    for p, n in zip(chosen, sizes, strict=True):
        families.append(p.groups.family[:n] + past)
        past += int(p.groups.family.max()) + 1

    def ranges(which: str) -> tuple[Ints, ...]:
        each = [
            [np.minimum(r[:n], n) + s for r in getattr(p.groups, which)]
            for p, n, s in zip(chosen, sizes, starts[:-1], strict=True)
        ]
        return tuple(np.concatenate(column) for column in zip(*each, strict=True))

    groups = Groups(page, np.concatenate(families), ranges("low"), ranges("high"))

    def join(which: str) -> Floats:
        return np.concatenate([getattr(p, which)[:n].astype(np.float32) for p, n in zip(chosen, sizes, strict=True)])

    weight = np.array([p.weight for p in chosen], np.float32)
    return Batch(join("rows"), groups, join("sizes"), join("common"), weight)


def looks_back(h: Floats, grads: list[Floats], groups: Groups, reach: int) -> Floats:
    """The gradient of :func:`looks`: what each block's vector gets from all that saw it."""
    total = np.zeros_like(h)
    for grad, step in zip(grads[:4], (1, -1, reach, -reach), strict=True):
        total += shift(grad, -step, groups.page)
    steps = np.zeros((len(total) + 1, total.shape[1]), np.float32)
    for grad, low, high in zip(grads[4:7], groups.low, groups.high, strict=True):
        part = grad / np.maximum(high - low, 1)[:, None].astype(np.float32)
        steps += sum_by(part, low, len(steps)) - sum_by(part, high, len(steps))
    total += np.cumsum(steps, axis=0)[:-1]
    total += mean_of(grads[7], groups.family) + mean_of(grads[8], groups.page)
    total += most_back(h, grads[9], groups.page)
    return total + most_back(h[::-1], grads[10][::-1], groups.page[::-1])[::-1]


def most_back(h: Floats, grad: Floats, page: Ints) -> Floats:
    """The gradient of :func:`most_above`: all goes to the row that had the most."""
    most = most_above(h, page)
    row = np.where(h == most, np.arange(len(h))[:, None], 0)
    index = np.maximum.accumulate(row, axis=0) * h.shape[1] + np.arange(h.shape[1])  # pages stand in order
    sums = np.bincount(index.ravel(), grad.ravel(), h.size)
    return sums.reshape(h.shape).astype(np.float32)


class Trainer:
    """Adam with a cosine rate and a running mean of the weights, which is what is shipped."""

    def __init__(self, names: list[str], data: list[Page], telling: Telling) -> None:
        self.random = np.random.default_rng(SEED)
        every = np.concatenate([p.rows for p in data])
        self.net = Net(tuple(names), every.mean(0), every.std(0) + 1e-3, {}, telling)
        self.unnamed = np.array([n.split(".")[0] in OF_NAMES for n in names])
        w = self.net.weights
        self._layer(w, "in", len(names), 1.0)
        for layer in range(LAYERS):
            w[f"glance{layer}.w"] = self._weights(WIDTH, GLANCE, 0.7)
            w[f"self{layer}.w"] = self._weights(WIDTH, WIDTH, 0.2)
            self._layer(w, f"look{layer}", GLANCE * LOOKS, 0.5)
        w["out.w"] = (self.random.standard_normal((WIDTH, 1)) / WIDTH**0.5).astype(np.float32)
        w["out.b"] = np.zeros(1, np.float32)
        self.first = {k: np.zeros_like(v) for k, v in w.items()}
        self.second = {k: np.zeros_like(v) for k, v in w.items()}
        self.mean = {k: v.copy() for k, v in w.items()}
        self.step = 0

    def _layer(self, w: dict[str, Floats], name: str, size: int, scale: float) -> None:
        w[f"{name}.w"] = self._weights(size, WIDTH, scale)
        w[f"{name}.b"] = np.zeros(WIDTH, np.float32)

    def _weights(self, size: int, width: int, scale: float) -> Floats:
        drawn = scale * (2 / size) ** 0.5 * self.random.standard_normal((size, width))
        return np.asarray(drawn, np.float32)

    def learn(self, batch: Batch, rate: float) -> float:
        w, groups = self.net.weights, batch.groups
        page, many = groups.page, len(batch.weight)
        mask = self.random.random((many, batch.rows.shape[1])) >= MASK
        mask &= ~((self.random.random((many, 1)) < UNNAMED) & self.unnamed)
        x = self.net.scale(batch.rows) * mask[page]
        first = x @ w["in.w"] + w["in.b"]
        hs = [np.maximum(first, 0)]
        glances, seen, masks, pre = [], [], [], []
        for layer in range(LAYERS):
            glances.append(hs[-1] @ w[f"glance{layer}.w"])
            u = np.concatenate(looks(glances[-1], groups, REACH[layer]), axis=1)
            m = ((self.random.random((many, u.shape[1])) >= MASK) / (1 - MASK)).astype(np.float32)[page]
            u *= m
            z = u @ w[f"look{layer}.w"] + hs[-1] @ w[f"self{layer}.w"] + w[f"look{layer}.b"]
            seen.append(u)
            masks.append(m)
            pre.append(z)
            hs.append(hs[-1] + np.maximum(z, 0))
        z = (hs[-1] @ w["out.w"] + w["out.b"])[:, 0]
        loss, dz = loss_of(z, batch)
        grads = {"out.w": hs[-1].T @ dz[:, None], "out.b": dz.sum(keepdims=True)}
        dh = dz[:, None] @ w["out.w"].T
        for layer in reversed(range(LAYERS)):
            d = dh * (pre[layer] > 0)
            grads[f"look{layer}.w"], grads[f"look{layer}.b"] = seen[layer].T @ d, d.sum(0)
            du = (d @ w[f"look{layer}.w"].T) * masks[layer]
            dg = looks_back(glances[layer], np.split(du, LOOKS, axis=1), groups, REACH[layer])
            grads[f"self{layer}.w"], grads[f"glance{layer}.w"] = hs[layer].T @ d, hs[layer].T @ dg
            dh = dh + d @ w[f"self{layer}.w"].T + dg @ w[f"glance{layer}.w"].T
        d = dh * (first > 0)
        grads["in.w"], grads["in.b"] = x.T @ d, d.sum(0)
        self._move(grads, rate)
        return loss

    def _move(self, grads: dict[str, Floats], rate: float) -> None:
        self.step += 1
        norm = float(np.sqrt(sum(float((g.astype(np.float64) ** 2).sum()) for g in grads.values())))
        scale = min(1.0, 1 / max(norm, 1e-9))
        for k, w in self.net.weights.items():
            g = grads[k] * np.float32(scale)
            self.first[k] = 0.9 * self.first[k] + 0.1 * g
            self.second[k] = 0.99 * self.second[k] + 0.01 * g * g
            move = self.first[k] / (1 - 0.9**self.step)
            move = move / (np.sqrt(self.second[k] / (1 - 0.99**self.step)) + 1e-8)
            w -= (rate * (move + (DECAY * w if k.endswith(".w") else 0))).astype(np.float32)
            keep = 0.99 if self.step > 100 else 0.0
            self.mean[k] = (keep * self.mean[k] + (1 - keep) * w).astype(np.float32)


def loss_of(z: Floats, batch: Batch) -> tuple[float, Floats]:
    """Cross entropy a page (blocks weigh by the root of their tokens) plus one less the expected F1 a page."""
    page = batch.groups.page
    many = len(batch.weight)
    t, q = batch.sizes, batch.common
    y = (q * 2 > t).astype(np.float32)
    p = (1 / (1 + np.exp(-np.clip(z, -30, 30)))).astype(np.float32)

    def sums(values: Floats) -> npt.NDArray[np.float64]:
        return np.asarray(np.bincount(page, values, many), np.float64)

    weight = batch.weight / batch.weight.sum()
    b = np.sqrt(t + 0.5)
    b = b / sums(b)[page] * weight[page]
    entropy = float((b * (np.logaddexp(0, z) - z * y)).sum())
    all_q = sums(q)
    bottom = np.maximum(sums(p * t) + all_q, 1e-3)
    top = sums(p * q)
    has = (all_q > 0) * weight
    loss = entropy + float(((1 - 2 * top / bottom) * has).sum())
    df = 2 * q / bottom[page] - (2 * top / bottom**2)[page] * t
    return loss, (b * (p - y) - has[page] * df * p * (1 - p)).astype(np.float32)


def batches(data: list[Page], random: np.random.Generator) -> Iterator[Batch]:
    chosen: list[Page] = []
    rows = 0
    for i in random.permutation(len(data)):
        n = min(len(data[i].rows), LONGEST)
        if chosen and (len(chosen) >= PAGES_A_STEP or rows + n > ROWS_A_STEP):
            yield batch_of(chosen)
            chosen, rows = [], 0
        chosen.append(data[i])
        rows += n
    yield batch_of(chosen)


def report(net: Net, data: list[Page]) -> dict[str, Any]:
    """Macro F1 over the sets and the share of bad pages, by the blocks chosen."""
    by: dict[str, list[float]] = collections.defaultdict(list)
    kinds: dict[str, list[float]] = collections.defaultdict(list)
    for page in data:
        f = page.judge.f1(choose(net.likely(page.rows, page.groups), page.words))
        by[page.example.dataset].append(f)
        if page.example.kind:
            kinds[page.example.kind].append(f)
    scores = [f for each in by.values() for f in each]
    return {
        "macro": round(float(np.mean([np.mean(v) for v in by.values()])), 4),
        "bad": round(float(np.mean(np.array(scores) < 0.5)), 4),
        "pages": len(scores),
        "sets": {k: round(float(np.mean(v)), 3) for k, v in by.items()},
        "kinds": {k: (round(float(np.mean(v)), 3), len(v)) for k, v in kinds.items()},
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, action="append", required=True, help="a folder of sets; may be repeated")
    ask.add_argument("--out", type=Path, default=Path("weights.npz"))
    ask.add_argument("--epochs", type=int, default=EPOCHS)
    ask.add_argument("--leave", type=int, choices=range(3), help="a third of the sites that is left out too")
    args = ask.parse_args()
    began = time.time()

    def taught(example: Example) -> bool:
        return not example.held and fold(example.site) != args.leave

    ballot = ballot_of(args.data, taught)
    names, data = pages(args.data, ballot, taught)
    train = [p for p in data if taught(p.example)]
    unseen = [p for p in data if p.example.held]
    print(f"{len(data)} pages, {len(train)} trained on, {len(names)} features, {time.time() - began:.0f} s", flush=True)
    trainer = Trainer(names, train, ballot.weights())
    steps = args.epochs * sum(1 for _ in batches(train, np.random.default_rng(0)))
    for epoch in range(args.epochs):
        losses = []
        for batch in batches(train, trainer.random):
            done = min(1.0, trainer.step / steps)
            rate = RATE * min(1, (trainer.step + 1) / 100) * (0.02 + 0.49 * (1 + np.cos(np.pi * done)))
            losses.append(trainer.learn(batch, rate))
        mean = Net(trainer.net.names, trainer.net.middle, trainer.net.spread, trainer.mean, trainer.net.telling)
        told = report(mean, unseen) if epoch % 4 == 3 else {}
        note = f"held macro {told['macro']} bad {told['bad']}" if told else ""
        print(f"epoch {epoch} loss {np.mean(losses):.4f} {time.time() - began:.0f} s {note}", flush=True)
    args.out.write_bytes(mean.save())
    net = Net.load(args.out.read_bytes())
    for line in report(net, unseen).items():
        print(*line)


if __name__ == "__main__":
    main()
