"""What a page declares: a case a folder, real heads, and whatever hypothesis thinks of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf import metadata
from endleaf.links import Links
from endleaf.metadata.declared import MOST_CHARACTERS, MOST_FIELDS
from endleaf.model import Http, Metadata
from endleaf.parse import parse

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/source.html"))


def read(text: str, url: str | None = None, headers: list[list[str]] | None = None) -> Metadata:
    tree = parse(text)
    http = Http(status=200, headers=tuple((name, value) for name, value in headers)) if headers else None
    return metadata.read(tree, http, Links(tree, url))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, golden: Callable[[Path, str], None]) -> None:
    about: dict[str, Any] = {}
    if (folder / "case.json").is_file():
        about = json.loads((folder / "case.json").read_text("utf-8"))
    found = read((folder / "source.html").read_text("utf-8"), about.get("url"), about.get("headers"))
    golden(folder / "expected.json", json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1) + "\n")


@pytest.mark.shared
def test_real_heads(banners_dev: Path) -> None:
    heads = {path.stem: read(path.read_text("utf-8")) for path in (banners_dev / "metadata").glob("*.html")}
    blog = heads["tna-blog-2012-dcterms"]
    assert (blog.published and blog.published.value) == "2012-05-31T08:37"
    assert (blog.modified and blog.modified.value) == "2012-05-31"
    assert "31/05/2012 8:37 AM" in [field.value for field in blog.declared]
    petitions = heads["number10-petitions-egms"]
    assert petitions.publisher and petitions.publisher.source == "meta:dc.publisher"
    assert petitions.language and petitions.language.value == "en"
    council = heads["council-ipsv"]
    assert [value.value for value in council.subjects][:2] == [
        "Local government",
        "Government, politics and public administration",
    ]
    assert council.declared[0].scheme == "eGMS.IPSV"
    assert [field.scheme for field in heads["australia-gov-agls"].declared if field.scheme] == ["DCTERMS.ISO8601"]


def test_every_declared_field_is_kept_or_counted() -> None:
    metas = "".join(f"<meta name=a{i} content=v>" for i in range(MOST_FIELDS + 7))
    found = read(metas)
    assert len(found.declared) == MOST_FIELDS + 1
    assert found.declared[-1].value == "7 more fields are declared"


def test_a_long_value_is_cut_and_the_cut_is_said() -> None:
    text = "tide " * 1000
    found = read(f"<meta name=description content='{text}'>")
    assert found.description and found.description.value == text.strip()
    assert len(found.declared[0].value) == MOST_CHARACTERS
    assert "1 values were cut" in found.declared[-1].value


@pytest.mark.parametrize(
    "text",
    [
        "<div itemscope itemtype=http://schema.org/Article itemprop=a>" * 3000,
        "<meta itemprop=datePublished content=2004>" * 3000,
        "<a rel=author class=byline>x" * 3000,
        "<script type=application/ld+json>" + "[" * 50000 + "</script>",
        '<script type=application/ld+json>{"a":' + '"/*' * 20000 + "</script>",
        "<script type=application/ld+json>" + "/*" * 50000 + "</script>",
        "<title>" + "a | " * 50000,
        "<meta name=keywords content='" + "{{" * 50000 + "'>",
        "<meta name=author content='" + "a; " * 50000 + "'>",
        "<h1>" * 2000,
        "<h1>A</h1>" + "<p>Posted by Ann Teal on 3 May 2004, 10.15" * 5000,
        "<h1>A</h1>" + "<time datetime=2004-05-03>" * 5000,
        "<p>" + "3 May 2004, " * 20000,
        "<title>A - B - C</title>" + "<font size=5>A" * 5000,
    ],
)
def test_hostile_pages_cost_little(text: str) -> None:
    tree = parse(text)
    metadata.read(tree, None, Links(tree, None))


NAMES = st.sampled_from(
    ["DC.title", "dcterms.created", "og:title", "author", "keywords", "date", "eGMS.subject.category", "article:tag"]
)
VALUES = st.text(max_size=40) | st.sampled_from(
    ["31/05/2012 8:37 AM", "12 March 2004", "; ;", "http://", "//[", "\ud800"]
)
LINES = [
    "<p>",
    "<br>",
    "<b>",
    "</p>",
    "3 May 2004",
    "03/04/05",
    "Posted by ",
    "By ",
    "Ann Teal",
    "Updated ",
    "\0",
    " | ",
    "<time datetime=2004>",
    "<font size=5>",
    "<div class=post-date>",
    "<a href=/>",
    "12:61",
    "0/0/0000",
    "更新时间：",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "@id", "author", "name", "headline", "mainEntity"]), inner
        )
    ),
    max_leaves=12,
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), JSON, VALUES)
def test_no_head_raises(fields: list[tuple[str, str]], data: Any, title: str) -> None:
    metas = "".join(f'<meta name="{name}" content="{escaped(value)}">' for name, value in fields)
    script = f'<script type="application/ld+json">{json.dumps({"@type": "Article", "author": data})}{title}</script>'
    read(f"<title>{title}</title>{metas}{script}<h1>{title}</h1><p class=byline>{title}")
    read(
        f'<script type="application/ld+json">{json.dumps(data)}</script>',
        headers=[["Link", title], ["Content-Language", title]],
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=12).map("".join))
def test_nothing_shown_raises(text: str) -> None:
    read(f"<title>Tides</title><h1>Tides</h1>{text}", url="http://a.example/2004/05/")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/=\"' abmetnscriptldjo{}[]:,;-", max_size=120))
def test_no_markup_raises(text: str) -> None:
    read(text, url="http://a.example/")
