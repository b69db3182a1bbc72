"""Scores become standings, and standings tables."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench.compare import markdown
from bench.compare.judge import Judge, NotMeasured, load
from bench.compare.record import Record, to_json
from bench.compare.standing import compare
from tests.bench.made import COMPARISON, RECORD, score


@pytest.fixture
def judge(shared: Path, tmp_path: Path) -> Judge:
    return Judge(load(shared), tmp_path)


@pytest.mark.shared
def test_a_set_counts_as_much_as_another(judge: Judge) -> None:
    scores = [score("big", str(n), 1.0) for n in range(9)] + [score("small", "a", 0.4)]
    ours = compare({"endleaf": scores}, judge.summary).ours
    assert [ours.f1, ours.bad] == pytest.approx([0.7, 0.5])


@pytest.mark.shared
def test_kinds_are_of_the_sets_that_tell_them_alike(judge: Judge) -> None:
    scores = [score("wcxb-dev", "a", 0.8, kind="forum"), score("wcxb-test", "b", 0.6, kind="forum"),
              score("magic-html", "c", 0.1, kind="forum"), score("wcxb-dev", "d", 0.9, kind="")]  # fmt: skip
    found = compare({"endleaf": scores}, judge.summary)
    assert found.ours.kinds == {"forum": pytest.approx(0.7)}
    assert found.kinds == {"forum": 2}


@pytest.mark.shared
def test_structure_is_of_all_elements_together(judge: Judge) -> None:
    scores = [score("a", "1", 0.9, el={"list": [1, 9], "pre": [0, 1]}), score("b", "2", 0.9, el={"list": [1, 1]})]
    found = compare({"endleaf": scores}, judge.summary)
    assert found.ours.structure["list items"] == pytest.approx(0.2)
    assert found.elements["list items"] == 10


@pytest.mark.shared
def test_the_best_peer_of_each_page_costs_them_all(judge: Judge) -> None:
    found = compare(
        {
            "endleaf": [score("a", "1", 0.9), score("a", "2", 0.9)],
            "trafilatura": [score("a", "1", 0.8, cpu=20.0), score("a", "2", 0.2, cpu=20.0)],
            "resiliparse": [score("a", "1", 0.3, cpu=2.0), score("a", "2", 0.6, cpu=2.0)],
            "resiliparse-all": [score("a", "1", 1.0), score("a", "2", 1.0)],
        },
        judge.summary,
    )
    assert found.best is not None
    assert [found.best.f1, found.best.cpu_ms] == pytest.approx([0.7, 22.0])
    assert found.best_peer(lambda peer: peer.bad) == "trafilatura"


@pytest.mark.shared
def test_pages_without_their_gold_text_are_told_of(judge: Judge) -> None:
    found = compare(
        {
            "endleaf": [score("a", "1", 0.9), score("a", "2", 0.0), score("a", "3", 0.05)],
            "resiliparse-all": [score("a", "1", 0.5), score("a", "2", 0.05), score("a", "3", 0.7)],
        },
        judge.summary,
    )
    assert found.absent == {"a": 1}
    assert [*found.ours.within] == pytest.approx([0.475, 0.5])
    assert found.ours.f1 == pytest.approx(0.95 / 3)


@pytest.mark.shared
def test_an_error_and_an_empty_answer_are_counted(judge: Judge) -> None:
    scores = [score("a", "1", 0.0, err="KeyError", empty=True), score("a", "2", 0.8)]
    ours = compare({"endleaf": scores}, judge.summary).ours
    assert (ours.errors, ours.empty) == (1, 1)


def test_quality_by_set() -> None:
    head, _, ours, *others = markdown.by_set(COMPARISON).split("\n")
    assert head.startswith("| tool | dragnet | wcxb-dev | macro2 | bad |")
    assert ours == "| **endleaf** | 0.910 | 0.930 | **0.920** | 0.040 | 0.930 | 0.030 | 0 | 0 | 5.0 | 0.25 |"
    assert others[0].endswith("| 20.0 | 1.00 |")
    assert [line.split(" | ")[0] for line in others[1:5]] == [
        "| resiliparse",
        "| *best peer, page by page*",
        "| *the whole page*",
        "| *pages*",
    ]


def test_each_sets_best_peer() -> None:
    lines = markdown.best_peers(COMPARISON).split("\n")
    assert lines[2:] == [
        "| dragnet | 0.910 | trafilatura | 0.930 | -0.020 |",
        "| wcxb-dev | 0.930 | trafilatura | 0.830 | +0.100 |",
        "| **macro2** | 0.920 | trafilatura | 0.880 | +0.040 |",
    ]


def test_kinds_and_structure() -> None:
    assert "| **endleaf** | 0.920 | 0.460 |" in markdown.shares(COMPARISON, "kinds", COMPARISON.kinds)
    assert "| *count* | 100 | 200 | 30 | 400 |" in markdown.shares(COMPARISON, "structure", COMPARISON.elements)


def test_every_table_has_cells_alike() -> None:
    text = markdown.page(RECORD)
    tables = [part.split("\n") for part in text.strip().split("\n\n") if part.startswith("| ")]
    assert len(tables) == 4
    for lines in tables:
        assert len({line.count("|") for line in lines}) == 1


def test_what_was_measured_is_said() -> None:
    text = markdown.page(RECORD)
    assert "on 2026-01-31 by `python -m bench.compare --held --pages 120`" in text
    assert "200 pages of the held-out fifth" in text
    assert "trafilatura 2.3.1" in text
    assert "Not installed, so not measured: magic-html." in text
    assert "3 of dragnet" in text


def test_without_peers_there_is_no_table_of_them() -> None:
    alone = msgspec.structs.replace(COMPARISON, tools={"endleaf": COMPARISON.ours}, best=None)
    text = markdown.page(Record(run=RECORD.run, comparison=alone))
    assert "best peer" not in text
    assert "| 5.0 | – |" in text


def test_json_holds_every_number() -> None:
    read = msgspec.json.decode(to_json(RECORD), type=Record)
    assert read.run == RECORD.run
    assert read.comparison.pages == COMPARISON.pages
    assert read.comparison.ours.sets == {"dragnet": 0.91, "wcxb-dev": 0.93}


def test_tables_go_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{markdown.BEGIN}\nold\n{markdown.END}\nafter\n")
    markdown.into(page, "new")
    markdown.into(page, "newer")
    assert page.read_text() == f"Before\n{markdown.BEGIN}\n\nnewer\n{markdown.END}\nafter\n"


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("words")
    with pytest.raises(NotMeasured, match="no place for tables"):
        markdown.into(page, "new")
    assert page.read_text() == "words"
