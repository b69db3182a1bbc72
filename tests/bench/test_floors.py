"""Floors: what is below one is named; they rise and never fall; the command's status tells."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import msgspec
import pytest

from bench.chrome_data import held
from bench.compare import __main__ as command
from bench.compare import floors
from bench.compare.floors import Floors
from bench.compare.judge import load
from bench.compare.pages import chosen
from tests.bench.made import COMPARISON, standing

REACHED = COMPARISON.ours
LEFT_OPEN = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the judge closes no file itself
LOW = Floors(f1=0.9, bad=0.05, sets={"dragnet": 0.9}, kinds={"forum": 0.4}, structure={"cells": 0.6})


def test_nothing_is_below() -> None:
    assert list(floors.below(REACHED, LOW)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"f1": 0.93}, "f1: 0.9200, floor 0.93"),
        ({"bad": 0.03}, "bad: 0.0400, ceiling 0.03"),
        ({"sets": {"dragnet": 0.92}}, "sets dragnet: 0.9100, floor 0.92"),
        ({"kinds": {"forum": 0.5}}, "kinds forum: 0.4600, floor 0.5"),
        ({"structure": {"cells": 0.71}}, "structure cells: 0.7000, floor 0.71"),
        ({"sets": {"gone": 0.1}}, "sets gone: 0.0000, floor 0.1"),
    ],
)
def test_each_floor_is_held(change: dict[str, object], said: str) -> None:
    assert list(floors.below(REACHED, msgspec.structs.replace(LOW, **change))) == [said]


@pytest.mark.parametrize("change", [{"errors": 1}, {"empty": 2}])
def test_an_error_or_an_empty_page_is_below(change: dict[str, int]) -> None:
    (line,) = floors.below(msgspec.structs.replace(REACHED, **change), LOW)
    assert "none is allowed" in line


def test_floors_rise_and_never_fall() -> None:
    higher = floors.raised(REACHED, LOW)
    assert [higher.f1, higher.bad] == pytest.approx([0.915, 0.045])
    assert higher.sets == {"dragnet": 0.9, "wcxb-dev": 0.92}
    assert list(floors.below(REACHED, higher)) == []
    assert floors.raised(standing(0.5, 5.0, 0.5), higher) == higher


def test_floors_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(floors.to_toml(LOW))
    assert floors.read(path) == LOW
    path.write_text(floors.to_toml(LOW) + "\n[pages]\na = 1\n")
    with pytest.raises(msgspec.ValidationError):
        floors.read(path)


def test_the_committed_floors_are_floors() -> None:
    known = floors.read(floors.FILE)
    assert floors.to_toml(known) == floors.FILE.read_text("utf-8")
    assert 0.5 < known.f1 < 1
    assert set(tomllib.loads(floors.FILE.read_text("utf-8"))) == {"f1", "bad", "sets", "kinds", "structure"}


# ------------------------------------------------------- the command, on pages made here

_KNOWN, _UNSEEN = (next(f"{n}.example" for n in range(99) if held(f"{n}.example") is way) for way in (False, True))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets of pages, of a site that is held out and of one that is not."""
    for dataset in ("dragnet", "wcxb-dev"):
        folder = tmp_path / "data" / dataset
        (folder / "html").mkdir(parents=True)
        rows = []
        for number, site in enumerate((_KNOWN, _UNSEEN, _UNSEEN)):
            lines = [
                f"Paragraph {n} of page {number} tells how the tide mill was worked in year {n}." for n in range(9)
            ]
            body = "".join(f"<p>{line}</p>" for line in lines)
            page = f"<html><head><title>Mill</title></head><body><h1>The mill</h1>{body}</body></html>"
            (folder / "html" / f"{number}.html").write_text(page)
            rows.append({"id": str(number), "url": f"http://{site}/{number}", "site": site, "text": "\n".join(lines)})
            rows[-1] |= {"kind": "article"}
        (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path / "data"


@pytest.mark.shared
@LEFT_OPEN
def test_pages_are_the_held_ones_in_one_order(shared: Path, data: Path) -> None:
    code = load(shared)
    every = chosen(code, [data], held=False)
    unseen = chosen(code, [data], held=True)
    assert {name: len(rows) for name, rows in every.items()} == {"dragnet": 3, "wcxb-dev": 3}
    assert all(row["site"] == _UNSEEN for rows in unseen.values() for row in rows)
    for name, rows in chosen(code, [data], held=True, most=1).items():
        assert rows == unseen[name][:1]


@pytest.mark.shared
@LEFT_OPEN
def test_a_run_writes_its_record(shared: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = ["--shared", str(shared), "--data", str(data), "--out", str(out), "--held", "--tool", "resiliparse"]
    assert command.main(words) == 0
    assert capsys.readouterr().out == (out / "compare.md").read_text("utf-8") + "\n"
    record = json.loads((out / "compare.json").read_bytes())
    assert record["comparison"]["pages"] == {"dragnet": 2, "wcxb-dev": 2}
    assert record["comparison"]["tools"]["endleaf"]["f1"] > 0.9
    assert {path.name for path in out.glob("*.svg")} == {"extraction-cpu.svg", "extraction-sets.svg"}


@pytest.mark.shared
@LEFT_OPEN
@pytest.mark.parametrize(("floor", "status"), [(0.5, 0), (1.0, 1)])
def test_the_status_tells_of_the_floors(
    floor: float, status: int, shared: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.toml")
    (tmp_path / "floors.toml").write_text(floors.to_toml(Floors(f1=floor, bad=0.5)))
    assert command.main(["--shared", str(shared), "--data", str(data), "--floors"]) == status


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--shared", str(tmp_path)]) == 2
    assert "nothing can judge" in capsys.readouterr().err
