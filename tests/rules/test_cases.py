"""Rules over whole pages: a folder has the rules, the page, and what it must become."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from endleaf.model import Capture, Moment, Page, Provenance
from endleaf.plain import plain_text
from endleaf.render import render
from endleaf.rules import load
from endleaf.way import Guidance, walk

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def capture_of(source: Path, url: str | None = "http://www.site.example/news/1.html") -> Capture:
    known = Provenance(
        source=source.name,
        container="html",
        url=url,
        media_type="text/html",
        captured_at=Moment.from_timestamp("20040628"),
    )
    return Capture(provenance=known, payload=source.read_bytes())


def told(page: Page) -> Iterator[str]:
    said = page.metadata
    yield plain_text(page)
    yield f"title: {page.title}"
    for key, value in (("title", said.title), ("published", said.published), ("next", said.next)):
        if value:
            yield f"{key}: {value.value} [{value.source}]"
    for author in said.authors:
        yield f"author: {author.value} [{author.source}]"
    for removal in page.removals:
        yield f"removed: {removal.where}: {removal.reason} [{removal.rule}]: {removal.text!r}"
    for rule in page.rules:
        yield f"rule: {rule.name}: {dict(rule.found)}"
    yield from (f"note: {note}" for note in page.notes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pages_become_what_they_must(case: Path, golden: Callable[[Path, str], None]) -> None:
    page = walk(capture_of(case / "source.html"), Guidance(rules=load([case / "rules.toml"]))).page
    pictures = [line for line in render(page, "markdown").splitlines() if line.startswith("![")]
    golden(case / "expected.txt", "\n".join([*told(page), *pictures]) + "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rules_for_other_pages_change_nothing(case: Path) -> None:
    rules = load([case / "rules.toml"])
    capture = capture_of(case / "source.html", "http://elsewhere.test/news/1.html")
    assert walk(capture, Guidance(rules=rules)).page == walk(capture).page


def test_every_text_is_told_by_which_rule_it_was_settled() -> None:
    case = Path(__file__).parent / "cases" / "keep-and-drop"
    way = walk(capture_of(case / "source.html"), Guidance(rules=load([case / "rules.toml"])))
    settled, tree = way.kept.settled, way.tree
    assert settled is not None
    by = {tree.texts[i].strip(): settled.rule_of(i) for i in range(len(tree)) if tree.texts[i].strip()}
    assert by["A"] == by["B"] == "site: links"
    assert by["Buy"] == "site: no adverts"
    assert by["The map"] == "site: but this one"
    assert by["Where to find us"] is None
    assert walk(capture_of(case / "source.html")).kept.settled is None


def test_the_page_tells_the_rule_the_file_and_its_digest() -> None:
    import hashlib

    case = Path(__file__).parent / "cases" / "content"
    file = case / "rules.toml"
    page = walk(capture_of(case / "source.html"), Guidance(rules=load([file]))).page
    (rule,) = page.rules
    assert (rule.file, rule.sha256) == (str(file), hashlib.sha256(file.read_bytes()).hexdigest())
    for form in ("text", "html"):
        written = render(page, form)
        assert "site: articles" in written and rule.sha256 in written
