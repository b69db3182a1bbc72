"""What pages of some manner always have. A case is a page whose parts marked ``data-lost`` did not stay before."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from endleaf.chrome import strip
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.customs import corrected, phrases
from endleaf.chrome.facts import Facts
from endleaf.chrome.keep import text_of
from endleaf.parse import parse

CASES = sorted(path.parent for path in (Path(__file__).parent / "customs").glob("*/source.html"))


def settled(source: str) -> str:
    """What stays of a page, a line a block."""
    tree = parse(source)
    blocks = Blocks(tree)
    lost = blocks.cover([i for i in range(len(tree)) if "data-lost" in tree.attrs[i]])[blocks.first] > 0
    own = [i for i in range(len(tree)) if "data-own" in tree.attrs[i]]  # its own words, not those of the list in it
    lost |= np.isin(blocks.home[blocks.first], own)
    made = corrected(Facts(blocks), ~lost, None)
    stays = text_of(blocks, made.kept)
    stays[list(made.cut)] = False
    kept = np.flatnonzero(stays).tolist()
    lines = ["".join([tree.texts[i] for i in group]) for _, group in itertools.groupby(kept, lambda i: blocks.keys[i])]
    return "".join(f"{' '.join(line.split())}\n" for line in lines if line.strip())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_custom_settles_what_it_knows_and_no_more(case: Path, golden: Callable[[Path, str], None]) -> None:
    golden(case / "expected.txt", settled((case / "source.html").read_text("utf-8")))


def test_nothing_is_settled_so_that_a_page_is_left_empty() -> None:
    blocks = Blocks(parse("<p>You are here: <a href=/>Home</a> &gt; Oars</p>"))
    kept = np.ones(1, np.bool_)
    assert corrected(Facts(blocks), kept, None).kept.tolist() == [True]


def test_a_custom_is_a_step_of_its_own() -> None:
    tree = parse("<p>You are here: <a href=/>Home</a> &gt; Oars</p>" + "<p>Oars are made of ash, for it bends.</p>" * 3)
    steps = strip(tree, None).judged.steps
    assert list(steps)[:1] == ["network"]
    assert not list(steps.values())[-1][0]


def test_every_phrase_is_found_by_how_it_begins() -> None:
    lines = [
        "Vous êtes ici : Accueil", "Sie sind hier: Start", "Você está em: Início", "您的位置：首页", "当前位置：新闻",
        "(c) 1999 Ann", "This page was last updated in May", "Contemporary messages sorted by: date",
        "Maybe in reply to: Ann", "Next in thread: Ann", "Nachricht", "Сообщение", "作者", "Follow-ups:", "Quelle: Amt",
        "Display posts from previous", "All times are GMT + 1 Hour",
    ]  # fmt: skip
    assert phrases.likely(lines) == list(range(len(lines)))
    assert all(map(phrases.kind_of, lines))
