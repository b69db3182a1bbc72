"""The HTML: bounded, told what was cut, readable by all; and the JSON, as its schema says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

import endleaf
from endleaf.explain import drawing, json_schema, layout, to_html, to_json
from endleaf.explain.page import context
from endleaf.parse import parse
from endleaf.render import TEMPLATES, environment
from tests.explain.making import PROSE, explained
from tests.schemas import text_of

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "explain.schema.json"


def test_the_schema_in_the_docs_is_the_explanation_s(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, text_of(json_schema()))


def test_the_library_explains() -> None:
    capture = next(iter(endleaf.read(ROOT / "archives" / "lighthouse-1997.html")))
    made = endleaf.explain(capture)
    assert made.page == endleaf.page_from(capture)
    assert to_json(made).startswith(b'{"page":')
    assert "The three best walks" in to_html(made)


def test_the_program_in_the_docs_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    program = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "explain.md").read_text("utf-8"), re.DOTALL)
    assert program
    exec(compile(program[1], "explain.md", "exec"), {})
    assert "kept" in capsys.readouterr().out


@pytest.mark.parametrize(
    "source", ["<p>", "<frameset><frame src=a></frameset>", "<img alt=x>", "<table><tr><td></table>"]
)
def test_a_page_of_no_text_is_explained(source: str) -> None:
    html = to_html(explained(source))
    assert "0 words of 0 stay" in html
    assert ("The page shows no text." in html) == ("<img" not in source)


def test_a_page_of_many_blocks_is_bounded_and_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "LARGEST", 500_000)
    made = explained("<table>" + f"<tr><td><p>{PROSE}</td></tr>" * 900 + "</table>")
    seen = context(made)
    drawn = sum(step.kind == "block" for step in seen.steps)
    assert 300 < drawn < 900 == len(made.blocks)
    assert seen.cut[0].startswith(f"The drawing ends after {drawn:,} blocks: {900 - drawn:,} more blocks")
    html = to_html(made)
    assert len(html) < 1_000_000
    tree = parse(html)
    sheet = next(i for i, attrs in enumerate(tree.attrs) if attrs.get("class") == "sheet")
    assert tree.tags[sheet : tree.ends[sheet]].count("table") == 1


def test_a_page_of_very_many_blocks_is_told_of_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_BLOCKS", 3)
    made = explained("<table>" + "<tr><td><p>One <b>two</b> <td> three </tr>" * 4 + "</table>")
    assert len(made.blocks) == 3
    assert (made.sums.blocks, made.sums.words) == (8, 12)
    assert "The drawing ends after 3 blocks: 5 more blocks (7 words) are not drawn." in to_html(made)


def test_a_long_block_and_many_pictures_are_bounded() -> None:
    made = explained("<p>" + "word " * 10_000 + "<img alt=x>" * 3_000 + "end")
    assert len(to_html(made)) < 500_000
    assert "only the beginning" in context(made).cut[0]
    assert len(made.blocks[0].text) > 50_000


def test_the_outline_leads_into_the_drawing() -> None:
    made = explained(
        f"<title>T</title><h1>Mill</h1><p>{PROSE}<h2>Dues &amp; tolls</h2><p>{PROSE}<h2>Hours</h2><p>{PROSE}"
    )
    texts = [told.text for told in made.blocks]
    for heading in context(made).outline:
        for each in (heading, *heading.below):
            assert each.block is not None
            assert texts[each.block] == each.text


def test_what_no_reader_saw_is_listed_and_not_drawn() -> None:
    made = explained(f"<h1>Mill</h1><p>{PROSE}<p hidden>Never seen by a reader")
    gone = [each for each in context(made).regions if each.reason == "hidden"]
    assert [(each.beginning, each.block) for each in gone] == [("Never seen by a reader", None)]


def test_a_user_s_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "explain.html").write_text("{{ sums.words }} words of {{ title }}")
    assert to_html(explained("<title>Mill</title><p>One two"), environment(tmp_path)) == "2 words of Mill"


# ------------------------------------------------------------------ colours

INKS = ("ink", "red", "brown", "green", "blue", "purple")
CSS = "".join((TEMPLATES / name).read_text("utf-8") for name in ("page.css", "explain.css"))


def schemes() -> Iterator[dict[str, str]]:
    """The colours by name, light and dark."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for found in re.finditer(r"(prefers-color-scheme: dark\) \{\s*)?:root \{(.*?)\}", CSS, re.DOTALL):
        if "@page" in CSS[max(0, found.start() - 60) : found.start()]:
            continue  # on paper
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", found[2]))
        (dark if found[1] else light).update(colours)
    yield light
    yield light | dark


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", list(schemes()), ids=["light", "dark"])
def test_every_ink_is_read_on_every_ground(colours: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3: axe cannot see behind a pattern."""
    pairs = [
        *product((*INKS, "gone-ink"), ("gone", "gone-line")),
        *product(INKS, ("kept", "part")),
        *product(("kept-edge", "gone-edge", "part-edge", "soft", "ink"), ("paper",)),
        *product(("ink", "soft", "mark"), ("leaf", "paper")),
    ]
    poor = {pair: ratio for pair in pairs if (ratio := contrast(*(colours[name] for name in pair))) < 4.5}
    assert not poor


@pytest.mark.parametrize("colours", list(schemes()), ids=["light", "dark"])
def test_every_edge_is_seen(colours: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11."""
    pairs = [(f"{fate}-edge", ground) for fate in ("kept", "gone", "part") for ground in ("paper", fate)]
    assert all(contrast(colours[a], colours[b]) >= 3 for a, b in pairs)
