"""The index of a collection and the report of a run, as their readers rely on them."""

from __future__ import annotations

import re

from endleaf.model import Moment
from endleaf.parse import Tree, parse
from endleaf.render import environment
from endleaf.report import Outcome, Report, Tally
from endleaf.writers import index_html, report_html

JINJA = environment()


def page(url: str | None, when: str | None, title: str) -> Outcome:
    moment = Moment.from_iso(when) if when else None
    files = (f"pages/x/{title}/page.html", f"pages/x/{title}/page.md")
    return Outcome(outcome="written", source="a.html", url=url, captured_at=moment, title=title, files=files)


PAGES = [
    page("http://b.example/", "2004-06-28", "third"),
    page(None, None, "last"),
    page("http://a.example/2", "2005", "second"),
    page("http://a.example/1", "2004-01-01T00:00:00Z", "first #1"),
]


def texts(tree: Tree, tag: str) -> list[str]:
    return [" ".join(tree.text(i).split()) for i in tree.find_all(tag)]


def test_the_index_is_by_host_date_and_title() -> None:
    tree = parse(index_html(PAGES, JINJA))
    hosts = [text for text in texts(tree, "h2") if text != "Sites"]
    assert hosts == ["a.example", "b.example", "Pages of unknown address"]
    entries = [tree.text(i).strip() for i in tree.find_all("p") if tree.attrs[i].get("class") == "entry"]
    assert entries == ["first #1", "second", "third", "last"]


def test_the_index_does_not_depend_on_the_order_of_pages() -> None:
    assert index_html(PAGES, JINJA) == index_html(reversed(PAGES), JINJA)


def test_the_index_links_to_every_file_below_it() -> None:
    tree = parse(index_html(PAGES, JINJA))
    hrefs = [tree.attrs[i].get("href", "") for i in tree.find_all("a")]
    assert "pages/x/first%20%231/page.html" in hrefs
    assert "pages/x/third/page.md" in hrefs
    assert all(not href.startswith(("/", "http")) for href in hrefs)


def test_an_empty_index_says_so() -> None:
    assert "No page was written." in index_html([], JINJA)


def tallied(*outcomes: Outcome) -> Report:
    tally = Tally()
    tally.source()
    for outcome in outcomes:
        tally.add(outcome)
    return tally.report()


DAMAGE = Outcome(outcome="damaged", source="b.warc.gz", offset=1234, reason="the gzip member ends early")
FAILURE = Outcome(outcome="failed", source="a.html", reason="internal error: <b>x</b>", url="http://c.example/")


def test_the_report_shows_every_count_of_every_table() -> None:
    report = tallied(*PAGES, FAILURE, DAMAGE)
    tree = parse(report_html(report, JINJA))
    assert texts(tree, "dd")[:4] == ["4", "0", "1", "1"]
    rows = [[tree.text(cell) for cell in tree.children(i)][:2] for i in tree.find_all("tr")]
    for name, counts in report.by.items():
        assert f"By {name}" in texts(tree, "h2")
        assert all([label, str(count)] in rows for label, count in counts)


def test_the_report_names_damage_and_failure_with_their_place() -> None:
    places = texts(parse(report_html(tallied(FAILURE, DAMAGE), JINJA)), "li")
    assert places == [
        "b.warc.gz, at byte 1,234: the gzip member ends early",
        "a.html, http://c.example/: internal error: <b>x</b>",
    ]


def test_the_plots_are_drawn_to_scale() -> None:
    report = tallied(*(page("http://a.example/", "2001", str(n)) for n in range(4)), page(None, "1999", "x"))
    told = report_html(report, JINJA)
    years = told[told.index("By year") :]
    heights = [
        float(height) for height in re.findall(r'<rect x="[^"]*" y="[^"]*" width="[^"]*" height="([^"]*)"', years)
    ]
    assert [round(height / max(heights), 2) for height in heights] == [0.25, 1.0]
    assert years.index(">1999<") < years.index(">2001<")


def test_a_report_of_nothing() -> None:
    assert "What became of every record" in report_html(tallied(), JINJA)
