"""What seeing the whole site adds to the single page, on the bench's pages.

    python bench/site.py --data DEV [--data TRAIN] [--net WEIGHTS] [--sites]

Two passes over the pages: one fills a survey, one asks it. Prints, for each set, the mean 4-gram shingle F1 (as
bench.py counts it, over the kept blocks) of the whole page, the single page, and with the site; then the same for
the sites of three pages and more, in two halves: constants were chosen on half A, half B is the proof. A page whose
gold text is not in it (an error page saved in its place) counts in the first number of a pair, not in the second.

The shipped model has seen most of these sites: only those of the held-out fifth (marked *) are new to it. ``--net``
takes weights for all others, trained without them (train_chrome.py, with chrome_data.held the other way round).
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from bench.chrome_data import Example, Judge, aligned, block_texts, examples, read

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.decide import kept_blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import Floats, rows_of
from endleaf.chrome.model import Groups, Net, shipped
from endleaf.chrome.site import Survey, dump, leaf_of

ABSENT = 0.6
"""F1 of a page's truly aligned blocks, below which its gold text is not in it."""


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
        return f"http://{self.example.site}/{self.example.id}"

    def f1(self, likely: Floats) -> float:
        return self.judge.f1(kept_blocks(self.facts, likely))


def page_of(example: Example, net: Net) -> Page | None:
    blocks = Blocks(read(example))
    if not len(blocks):
        return None
    facts = Facts(blocks)
    _, rows = rows_of(facts, None)
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


def told(name: str, pages: Iterable[Page]) -> None:
    every = list(pages)
    good = [page for page in every if page.best >= ABSENT]
    both = ["/".join(f"{fmean(getattr(p, which) for p in some):.4f}" for some in (every, good) if some)
            for which in ("whole", "single", "site", "best")]  # fmt: skip
    print(f"{name:<28} {len(every):>5}  whole {both[0]}  single {both[1]}  site {both[2]}  best {both[3]}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, action="append", required=True, help="a folder of sets; may be repeated")
    ask.add_argument("--net", type=Path, help="weights other than the shipped ones")
    ask.add_argument("--sites", action="store_true", help="a line a site too")
    ask.add_argument("--save", type=Path, help="where to write what was learned")
    args = ask.parse_args()
    other = Net.load(args.net.read_bytes()) if args.net else shipped()
    nets = [(example, shipped() if example.held else other) for example in examples(args.data)]
    found = [page for each in nets if (page := page_of(*each)) is not None]
    survey = surveyed(found)
    if args.save:
        args.save.write_bytes(dump(survey))
    sets, sites = defaultdict(list), defaultdict(list)
    for page in found:
        sets[page.example.dataset].append(page)
        sites[page.example.site].append(page)
    for name, pages in sorted(sets.items()):
        told(name, pages)
    several = {name: pages for name, pages in sites.items() if len(pages) >= 3}
    for half in (0, 1):
        names = [name for name in several if hashlib.sha256(b"h" + name.encode()).digest()[0] & 1 == half]
        change = [fmean(p.site - p.single for p in several[name]) for name in names]
        print(f"half {'AB'[half]}: {len(names)} sites, mean change {fmean(change):+.4f}, "
              f"better {sum(c > .002 for c in change)}, worse {sum(c < -.002 for c in change)}")  # fmt: skip
    for name, pages in sorted(several.items(), key=lambda each: -len(each[1])) if args.sites else ():
        told(name + "*" * pages[0].example.held, pages)


if __name__ == "__main__":
    main()
