"""Rules in a run: convert, extract, and the command that checks them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import endleaf
from endleaf.rules import load
from endleaf.way import Guidance
from tests.test_cli import run, said

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = Path(__file__).parent / "harbour.toml"
CRAWL = ROOT / "archives" / "harbour-office.warc.gz"
NEWS = "http://www.harbour-office.example/news/2009/ferry-pier.html"

IDLE = """
[[rule]]
name = "elsewhere"
url = "elsewhere.example"
keep = "p"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "harbour.toml"
    file.write_text(SAMPLE.read_text("utf-8") + IDLE, "utf-8")
    return file


def test_a_run_tells_which_rules_were_applied_and_which_never(rules: Path, tmp_path: Path) -> None:
    done = run("convert", CRAWL, "-o", tmp_path / "out", "--rules", rules, "--to", "json")
    assert done.returncode == 0
    assert f"endleaf: warning: {rules}: the rule elsewhere was for no page of this run" in said(done)
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert [(rule["name"], rule.get("pages", 0)) for rule in report["rules"]] == [
        ("harbour: tables", 7), ("harbour: notices", 1), ("harbour: news", 1), ("elsewhere", 0),
    ]  # fmt: skip
    html = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "elsewhere" in html and "for no page of this run" in html
    lines = [json.loads(line) for line in (tmp_path / "out" / "manifest.jsonl").read_bytes().splitlines()]
    assert [line["rules"] for line in lines if line.get("url") == NEWS and "rules" in line] == [["harbour: news"]]
    assert sum(len(line.get("rules", [])) for line in lines) == 9


def test_without_rules_nothing_is_said_of_them(tmp_path: Path) -> None:
    report = endleaf.convert([str(CRAWL)], tmp_path / "out", ["json"])
    assert report.rules == ()
    assert not any(b"rule:" in path.read_bytes() for path in (tmp_path / "out").rglob("page.json"))


def test_the_sample_gives_what_it_promises(tmp_path: Path) -> None:
    rules = load([SAMPLE])
    pages = {}
    for capture in endleaf.read(CRAWL):
        try:
            page = endleaf.page_from(capture, Guidance(rules=rules))
        except endleaf.NotAPage:
            continue
        pages[page.url, page.captured_at.iso[:4] if page.captured_at else ""] = page
    news = pages[NEWS, "2009"]
    assert news.title == "The ferry has a new pier"
    assert [author.value for author in news.metadata.authors] == ["Tom Nance"]
    assert news.metadata.published and news.metadata.published.value == "2009-09-04"
    text = endleaf.render(news, "text")
    assert "The old pier is for sale." in text and "Home" not in text.split("Rule by hand")[0].split("Removed")[0]
    assert {removal.text for removal in news.removals if removal.where.endswith(("p.byline", "p.date"))} == {
        "By Tom Nance", "4 September 2009",
    }  # fmt: skip
    notice = pages["http://www.harbour-office.example/notices/12.html", "2004"]
    assert [rule.name for rule in notice.rules] == ["harbour: tables", "harbour: notices"]
    assert notice.metadata.published and notice.metadata.published.source == "rule:harbour: notices"
    assert not pages["http://www.harbour-office.example/", "2009"].rules


def test_extract_takes_rules(tmp_path: Path) -> None:
    done = run("extract", CRAWL, "--url", NEWS, "--rules", SAMPLE, "--to", "json")
    assert json.loads(done.stdout)["metadata"]["title"]["source"] == "rule:harbour: news"
    saved = tmp_path / "saved.html"
    shutil.copy(Path(__file__).parent / "cases" / "content" / "source.html", saved)
    asked = json.dumps({"id": "a", "path": str(saved), "url": "http://site.example/news/1"})
    given = Path(__file__).parent / "cases" / "content" / "rules.toml"
    done = run("extract", "--jsonl", "--rules", given, given=asked.encode())
    assert "Beside the story" not in json.loads(done.stdout)["text"]


def test_rules_check_prints_what_the_docs_say() -> None:
    done = run("rules", "check", SAMPLE, CRAWL)
    assert done.returncode == 0
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert len(rows) == 9 and {len(row) for row in rows} == {5}
    docs = (ROOT / "docs" / "rules.md").read_text("utf-8")
    for line in done.stdout.decode().splitlines()[-4:]:
        if "notices" in line.split("\t")[2] or "news" in line.split("\t")[2]:
            assert line in docs
    assert f"```toml\n{SAMPLE.read_text('utf-8')}```" in docs
    assert said(done) == [
        f"endleaf: {SAMPLE}: 3 rules, all well-formed",
        f"endleaf: {SAMPLE}: the rule harbour: tables is for 7 pages",
        f"endleaf: {SAMPLE}: the rule harbour: notices is for 1 page",
        f"endleaf: {SAMPLE}: the rule harbour: news is for 1 page",
    ]


def test_rules_check_tells_of_idle_selectors_and_rules(rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace('".byline", ".date"', '".byline", ".advert"'), "utf-8")
    messages = said(run("rules", "check", rules, CRAWL))
    assert f"endleaf: {rules}: the rule elsewhere is for no page" in messages
    assert f"endleaf: warning: {rules}: the rule harbour: news: drop[2] found nothing on any of its pages" in messages


def test_wrong_rules_are_exit_2_and_a_line_each(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[[rule]]\nurl = "a.example"\ndrp = "p"\nkeep = "div["\n', "utf-8")
    wrong = [
        f"endleaf: error: {bad}: rule 1 (a.example): unknown key 'drp'; did you mean 'drop'?",
        f'endleaf: error: {bad}: rule 1 (a.example): keep "div[": bad CSS selector: a name is missing at the end',
    ]
    done = run("rules", "check", bad)
    assert (done.returncode, said(done)) == (2, wrong)
    for words in (["convert", CRAWL, "-o", tmp_path / "out"], ["extract", CRAWL]):
        done = run(*words, "--rules", bad)
        assert (done.returncode, len(said(done))) == (2, 1)
        assert said(done)[0] == f"{wrong[0]}; and 1 more: see endleaf rules check {bad}"
    assert not (tmp_path / "out").exists()
    done = run("rules", "check", tmp_path / "none.toml")
    assert (done.returncode, said(done)) == (
        2,
        [f"endleaf: error: {tmp_path / 'none.toml'}: No such file or directory"],
    )
    done = run("rules", "check", SAMPLE, tmp_path / "none.warc")
    assert done.returncode == 2


def test_a_file_given_twice_is_told(tmp_path: Path) -> None:
    done = run("extract", CRAWL, "--rules", SAMPLE, "--rules", SAMPLE)
    assert done.returncode == 2 and "has that name" in said(done)[0]
