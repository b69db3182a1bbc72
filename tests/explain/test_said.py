"""The metadata: what was taken, from where, and what else the page says."""

from __future__ import annotations

from endleaf.explain.told import Other, Stated
from tests.explain.making import PROSE, explained

HEAD = (
    '<html lang="en"><head><title>Tide tables | Mill Office</title><meta property="og:title" content="Tide times">'
    '<meta name="DC.date.issued" content="2004-06-28"><meta name="date" content="28 June 2004">'
    '<meta name="pubdate" content="2003-01-02"><meta name="author" content="Ann Teal">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tide tables", "author": '
    '{"@type": "Person", "name": "Teal, Ann"}}</script></head>'
)


def row(label: str) -> Stated:
    return next(row for row in explained(f"{HEAD}<h1>Tide tables</h1><p>{PROSE}").metadata if row.label == label)


def test_a_value_has_its_source_and_what_disagrees_with_it() -> None:
    title = row("Title")
    assert (title.value, title.source) == ("Tide tables", "heading")
    assert Other(value="Tide times", source="meta:og:title", agrees=False) in title.others
    assert Other(value="Tide tables | Mill Office", source="title", agrees=True) in title.others
    assert Other(value="Tide tables", source="json-ld:NewsArticle.headline", agrees=True) in title.others


def test_dates_agree_by_what_they_mean() -> None:
    published = row("Published")
    assert published.value == "2004-06-28"
    assert [(other.source, other.agrees) for other in published.others] == [
        ("meta:date", True),
        ("meta:pubdate", False),
    ]


def test_names_agree_in_either_order() -> None:
    author = row("Author")
    assert [other.agrees for other in author.others] == [True]


def test_a_page_that_says_nothing_has_no_rows() -> None:
    assert {row.label for row in explained(f"<p>{PROSE}").metadata} <= {"Language"}  # which its words tell
