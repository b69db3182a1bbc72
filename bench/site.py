"""What seeing the whole site adds to the single page, on the bench's pages.

    python -m bench.site --data DEV [--data TRAIN] [--folds DIR] [--sites]

Two passes over the pages: one fills a survey, one asks it. Prints, for each set and for its sites of the held-out
fifth alone (marked *), the mean 4-gram shingle F1 (as bench.py counts it, over the kept blocks) of the whole page,
the single page, with the site, and of the truly aligned blocks; then the change on the sites of three pages and more,
in two halves: constants were chosen on half A, half B is the proof. A page whose gold text is not in it (an error
page saved in its place) counts in the first number of a pair, not in the second. Exits 1 where a set falls below its
single pages by more than .002.

The shipped model has seen most of these sites, so that little is left to add. ``--folds`` takes a folder with
fold0.npz, fold1.npz and fold2.npz, weights each trained without the sites of its third (:func:`fold`).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

from bench.chrome_data import Example, Judge, aligned, block_texts, examples, fold, read
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.columns import Floats
from endleaf.chrome.decide import kept_blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.model import Groups, Net, shipped
from endleaf.chrome.site import Survey, dump, leaf_of

ABSENT = 0.6
"""F1 of a page's truly aligned blocks, below which its gold text is not in it."""
ALLOWED = 0.002
"""How far a set with its sites may fall below its single pages."""


@dataclass
class Page:
    example: Example
    facts: Facts
    likely: Floats
    judge: Judge
    best: float
    single: float
    site: float = 0.0
    lines: float = 0.0

    @property
    def whole(self) -> float:
        return self.judge.f1(np.ones(len(self.likely), np.bool_))

    @property
    def url(self) -> str:
        return f"http://{self.example.site.replace('/', '-')}/{self.example.id}"

    def f1(self, likely: Floats) -> float:
        return self.judge.f1(kept_blocks(self.facts, likely))


def page_of(example: Example, net: Net) -> Page | None:
    blocks = Blocks(read(example))
    if not len(blocks):
        return None
    facts = Facts(blocks)
    _, rows = rows_of(facts, None, shipped().telling)
    texts = block_texts(blocks)
    sizes, common = aligned(texts, example.gold)
    judge = Judge(texts, example.gold)
    page = Page(
        example, facts, net.likely(rows, Groups.of(facts)), judge, judge.f1(np.asarray(common * 2 > sizes)), 0.0
    )
    page.single = page.f1(page.likely)
    return page


def surveyed(pages: list[Page]) -> Survey:
    """Both passes; the CPU that each adds is printed."""
    survey = Survey()
    began = time.process_time()
    for page in pages:
        if survey.wants(page.url, ""):
            survey.add(page.url, leaf_of(page.facts.blocks))
    learned = time.process_time()
    for page in pages:
        witness = survey.witness(page.url, "")
        page.site = page.judge.f1(witness.kept(page.facts, page.likely)) if witness else page.single
    began_again = time.process_time()
    for page in pages:
        page.f1(page.likely)
    spent = (learned - began, began_again - learned - (time.process_time() - began_again))
    print(
        "CPU ms a page, besides reading it: learning {:.2f}, asking {:.2f}".format(
            *(1000 * s / len(pages) for s in spent)
        )
    )
    return survey


def half(site: str) -> int:
    """0 for the half of the sites that constants were chosen on."""
    return hashlib.sha256(b"h" + site.encode()).digest()[0] & 1


def told(name: str, pages: Iterable[Page]) -> None:
    every = list(pages)
    good = [page for page in every if page.best >= ABSENT]
    both = ["/".join(f"{fmean(getattr(p, which) for p in some):.4f}" for some in (every, good) if some)
            for which in ("whole", "single", "site", "best")]  # fmt: skip
    print(f"{name:<28} {len(every):>5}  whole {both[0]}  single {both[1]}  site {both[2]}  best {both[3]}")


def halves(sites: dict[str, list[Page]]) -> None:
    """The change on sites of three pages and more, by site and by page, for those whose gold text is there."""
    several = {name: [page for page in pages if page.best >= ABSENT] for name, pages in sites.items() if len(pages) > 2}
    for which in (0, 1):
        chosen = [pages for name, pages in several.items() if pages and half(name) == which]
        change = [fmean(p.site - p.single for p in pages) for pages in chosen]
        by_page = [p.site - p.single for pages in chosen for p in pages]
        told_of = f"{len(chosen)} sites, mean change {fmean(change):+.4f}, of their {len(by_page)} pages"
        better, worse = sum(c > ALLOWED for c in change), sum(c < -ALLOWED for c in change)
        print(f"half {'AB'[which]}: {told_of} {fmean(by_page):+.4f}; better {better}, worse {worse}")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, action="append", required=True, help="a folder of sets; may be repeated")
    ask.add_argument("--folds", type=Path, help="a folder of weights, each of which has not seen a third of the sites")
    ask.add_argument("--sites", action="store_true", help="a line a site too")
    ask.add_argument("--save", type=Path, help="where to write what was learned")
    args = ask.parse_args()
    nets = [Net.load((args.folds / f"fold{n}.npz").read_bytes()) for n in range(3)] if args.folds else [shipped()] * 3
    found = [page for each in examples(args.data) if (page := page_of(each, nets[fold(each.site)])) is not None]
    survey = surveyed(found)
    if args.save:
        args.save.write_bytes(dump(survey))
    sets, sites = defaultdict(list), defaultdict(list)
    for page in found:
        sets[page.example.dataset].append(page)
        sites[page.example.site].append(page)
    low: list[str] = []
    for name, pages in sorted(sets.items()):
        told(name, pages)
        if held := [page for page in pages if page.example.held]:
            told(f"{name}*", held)
        if fmean(p.site for p in pages) < fmean(p.single for p in pages) - ALLOWED:
            low.append(name)
    halves(sites)
    for name, pages in sorted(sites.items(), key=lambda each: -len(each[1])) if args.sites else ():
        if len(pages) > 2:
            told(name + "*" * pages[0].example.held, pages)
    print(f"below the single page: {', '.join(low) or 'no set'}")
    return bool(low)


if __name__ == "__main__":
    sys.exit(main())
