"""endleaf learn and --site, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from endleaf.cli import commands
from endleaf.errors import EndleafError
from tests.making import warc
from tests.site.test_lessons import BOILERPLATE, TOPICS, article, rows, shown, texts


def run(*words: object) -> int:
    """A command, run here: its exit status. Errors are raised, as ``main`` gets them."""
    return int(commands(list(map(str, words)), standalone_mode=False) or 0)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    half = len(TOPICS) // 2
    return [
        warc(tmp_path / "a.warc.gz", rows(range(half))),
        warc(tmp_path / "b.warc.gz", rows(range(half, len(TOPICS)))),
    ]


def test_what_is_learned_in_parts_is_what_is_learned_at_once(parts: list[Path], tmp_path: Path) -> None:
    a, b, both, merged, mixed = (tmp_path / f"{name}.json" for name in ("a", "b", "both", "merged", "mixed"))
    assert run("learn", parts[0], "-o", a) == 0
    assert run("learn", parts[1], "-o", b) == 0
    assert run("learn", *parts, "-o", both) == 0
    assert run("learn", b, a, "-o", merged) == 0
    assert run("learn", a, parts[1], a, "-o", mixed) == 0
    assert both.read_bytes() == merged.read_bytes() == mixed.read_bytes()
    (told,) = json.loads(both.read_bytes())["sites"]["bees.example"]["years"].values()
    assert (told["pages"], told["blocks"][0]["words"]) == (30, BOILERPLATE.casefold())


def test_a_learned_file_takes_the_place_of_the_first_pass(parts: list[Path], tmp_path: Path) -> None:
    site, out = tmp_path / "site.json", tmp_path / "out"
    one = warc(tmp_path / "one.warc.gz", rows([0]))
    run("learn", *parts, "-o", site)
    run("convert", one, "-o", out, "--to", "text", "-q")
    assert shown(*texts(out)), "a page has no site"
    run("convert", one, "-o", out, "--to", "text", "-q", "--site", site)
    assert not shown(*texts(out))
    assert json.loads((out / "report.json").read_bytes())["site"] == {"learned": False, "sites": 1, "pages": 30}


def test_several_files_are_one(parts: list[Path], tmp_path: Path, capfdbinary: Any) -> None:
    files = []
    for part in parts:
        files.append(part.with_suffix(".json"))
        run("learn", part, "-o", files[-1])
    one = warc(tmp_path / "one.warc.gz", rows([0]))
    run("extract", one, "--site", files[0], "--site", files[1])
    assert not shown(capfdbinary.readouterr().out.decode())
    run("extract", one)
    assert shown(capfdbinary.readouterr().out.decode())


def test_no_site_takes_each_page_by_itself(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", *parts, "-o", out, "--to", "text", "-q", "--no-site")
    assert all(map(shown, texts(out)))
    assert "site" not in json.loads((out / "report.json").read_bytes())


def test_a_hand_s_rule_in_the_file_holds(parts: list[Path], tmp_path: Path) -> None:
    site, out = tmp_path / "site.json", tmp_path / "out"
    run("learn", *parts, "-o", site)
    told = json.loads(site.read_bytes())
    told["sites"]["bees.example"]["rules"] = [{"words": BOILERPLATE.upper(), "verdict": "keep"}]
    site.write_text(json.dumps(told), "utf-8")
    run("convert", *parts, "-o", out, "--to", "text", "-q", "--site", site)
    assert all(map(shown, texts(out)))
    run("learn", site, *parts, "-o", site)
    assert json.loads(site.read_bytes())["sites"]["bees.example"]["rules"][0]["words"] == BOILERPLATE.casefold()


GOOD = '{"endleaf": "site", "version": 1, "sites": {"a.org": {"rules": [], "years": {"2004": {"leaves": {}}}}}}'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD.replace('{"a.org"', '\n{"a.org" x'), "line 2, column 10: "),
        (GOOD.replace('"site"', '"house"'), "`$.endleaf`"),
        (GOOD.replace("[]", '[{"words": "home", "verdict": "burn"}]'), "the site a.org: .*`$.rules[0].verdict`"),
        (GOOD.replace("[]", '[{"verdict": "drop"}]'), "the site a.org: a rule names neither words nor a key"),
        (GOOD.replace("{}", '{"00": ["", "", ""]}'), "the site a.org, year 2004: "),
        (
            GOOD.replace("{}", '{"00000000000000a1": ["", "AAAA", ""]}'),
            "the site a.org, year 2004, page 00000000000000a1: ",
        ),
        ("", "line 1, column 1|truncated"),
        ("[]", "Expected `object`"),
    ],
)
def test_a_wrong_file_is_told_in_a_line_with_its_place(text: str, place: str, tmp_path: Path) -> None:
    import re

    file, page = tmp_path / "site.json", tmp_path / "page.html"
    file.write_text(text, "utf-8")
    page.write_bytes(article("wax"))
    for words in (("learn", file, "-o", tmp_path / "out.json"), ("extract", page, "--site", file)):
        with pytest.raises(EndleafError) as error:
            run(*words)
        said = str(error.value)
        assert error.value.exit_status == 2
        assert said.startswith(f"{file} is not a site file of endleaf: ") and "\n" not in said
        assert re.search(place.replace("$", r"\$").replace("[0]", r"\[0\]"), said), said
    assert not (tmp_path / "out.json").exists()


def test_exit_status_is_as_elsewhere(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(parts[0].read_bytes()[:-30])
    assert run("learn", broken, "-o", out, "-q") == 1
    assert out.exists()
    for words in (["no-such-file.warc"], ["no-such-file.json"]):
        with pytest.raises(EndleafError) as error:
            run("learn", *words, "-o", out)
        assert error.value.exit_status == 2
    picture = warc(tmp_path / "p.warc.gz", [{"url": "http://a.org/", "payload": b"GIF89a", "media_type": "image/gif"}])
    with pytest.raises(EndleafError, match="nothing was learned") as error:
        run("learn", picture, "-o", tmp_path / "none.json")
    assert error.value.exit_status == 2 and not (tmp_path / "none.json").exists()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EndleafError, match="cannot write there") as error:
        run("learn", parts[0], "-o", tmp_path / "file" / "out.json")
    assert error.value.exit_status == 3
    with pytest.raises(EndleafError, match="give one of them") as error:
        run("convert", parts[0], "-o", tmp_path / "x", "--no-site", "--site", out)
    assert error.value.exit_status == 2


def test_the_file_may_go_to_standard_output(parts: list[Path], capfdbinary: Any) -> None:
    run("learn", parts[0], "-o", "-", "-q")
    assert json.loads(capfdbinary.readouterr().out)["endleaf"] == "site"
