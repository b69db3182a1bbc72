"""Text that a browser would swallow comes back, and a note says so; what parses well is never touched."""

from __future__ import annotations

import importlib.util
import json
import time
from pathlib import Path

import pytest

from endleaf.parse import parse
from tests.sections.shape import bare, cut_all, kept_text

SWALLOWED = {
    "comment": ("<p>a<!-- b <p>LAST", "a comment that was never closed"),
    "comment by lines": ("<p>a<!-- b\nLAST", "a comment that was never closed"),
    "comment after comments": ("<!-- x --><p>a<!-- y --><!-- b\r\n<p>LAST", "a comment that was never closed"),
    "quote": ("<p>a<a href='x>b</a><p>LAST", "a tag that was never closed"),
    "quote after code": ("<script>if (a<b) c='</p'</script><p>a<a title=it's href=\"x>b</a><p>LAST", "a tag that was"),
    "script": ("<p>a<script>var b = '<p>';\nvar c;\n<p>LAST</p>", "a script element"),
    "script on one line": ("<p>a<script>var b; </td></tr><p>LAST", "a script element"),
    "script in a comment": ("<p>a<script><!-- <script> </script>\n<p>LAST", "a script element"),
    "style": ("<style>a{}\n<p>LAST</p>", "a style element"),
    "title": ("<head><title>A &amp; b<body><p>LAST", "a title element"),
    "textarea": ("<p>a<textarea>b<p>LAST", "a textarea element"),
    "two of them": ("<title>A<body><p>b<textarea><p>c<!-- d <p>LAST", "a title element"),
    "xmp": ("<xmp>a<p>LAST", "a xmp element"),
    "iframe": ("<iframe src=x>\n<p>LAST", "a iframe element"),
    "plaintext": ("<p>a<plaintext><p>LAST", "plaintext"),
    "script closed as XML": ("<script src=a.js /><p>LAST<script>b()</script>", "elements closed in XML's way"),
    "title closed as XML": ("<head><title/></head><p>LAST", "elements closed in XML's way"),
    "iframe closed as XML": ("<iframe src='a>b'/><p>LAST</p><iframe></iframe>", "elements closed in XML's way"),
    "text beside a frameset": ("<frameset><frame src=a></frameset><body><p>LAST", "text beside framesets"),
}


@pytest.mark.parametrize(("html", "note"), SWALLOWED.values(), ids=SWALLOWED)
def test_the_end_of_the_page_comes_back(html: str, note: str) -> None:
    tree = parse(html)
    assert "LAST" in " ".join(kept_text(tree)).split()
    assert any(said.startswith(note) for said in tree.notes)
    assert "LAST" in "".join(bare(cut_all(html))).split()


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<!-- <p>b -->",
        "<p>a</p><!-- served by <p> -->",
        "<title>a</title><script>var b = '<p>c</p>';</script>",
        "<p>a</p><script src=a.js></script><script>document.write('<br/>')</script>",
        "<textarea>a < b</textarea>",
        "<p>a < b and b > a",
        "<p title='a > b'>c</p><style>a:after { content: '<p>' }</style>",
        "<p>cut off in a tag <a href='http://exam",
        "<p>cut off in code</p><script>var a = 1; if (a < 2",
        "<plaintext>a < b",
    ],
)
def test_what_parses_well_is_left_alone(html: str) -> None:
    assert parse(html).notes == []


def test_noframes_is_read_as_markup() -> None:
    tree = parse(
        "<frameset cols='1,2'><frame src=menu.html><frame src=main.html>"
        "<noframes><body><h1>Hello</h1><p>No <b>frames</b>.</body></noframes></frameset>"
    )
    assert [tree.attrs[i]["src"] for i in tree.find_all("frame")] == ["menu.html", "main.html"]
    assert [tree.text(i) for i in (*tree.find_all("h1"), *tree.find_all("b"))] == ["Hello", "frames"]


def test_frames_are_still_found_where_text_stands_beside_them() -> None:
    tree = parse("<frameset><frame src=a name=b></frameset><p>text")
    (frame,) = tree.find_all("frame")
    assert tree.attrs[frame] == {"src": "a", "name": "b"}


def test_attributes_past_the_limit_are_left_out_and_it_is_said() -> None:
    tree = parse("<p " + " ".join(f"a{i}=v" for i in range(5000)) + ">x</p>")
    at = tree.find("p")
    assert at is not None
    assert len(tree.attrs[at]) == 1000
    assert tree.text(at) == "x"
    assert tree.notes == ["a tag with 5000 attributes keeps the first 1000"]


def test_many_bodies_cost_neither_memory_nor_text() -> None:
    tree = parse("".join(f"<body a{i}=1><p>x" for i in range(20_000)))
    assert len(list(tree.find_all("p"))) == 20_000
    assert len(tree.notes) == 1


def test_depth_is_said_where_the_parser_stops_it() -> None:
    tree = parse("<div>" * 5000 + "x")
    assert tree.text(0) == "x"
    assert tree.notes == ["elements nested more than 512 deep stand beside each other instead"]


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<a '", "<script/>", "<title/>", "<a b='", '<p ="', "<textarea/><p>", "<![CDATA[", "/>", "<template a"],
)
def test_time_is_linear(piece: str) -> None:
    start = time.process_time()
    parse("<?xml version='1.0'?>" + piece * 40_000)
    assert time.process_time() - start < 4


@pytest.mark.shared
def test_no_hostile_page_loses_a_word_or_takes_long(shared: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("hostile", shared / "robust" / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    hostile = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hostile)
    hostile.CASES = [  # type: ignore[attr-defined]
        case for case in hostile.CASES
        if case["kind"] == "html" and case["group"] in ("structure", "xml") and case["id"] not in BIG
    ]  # fmt: skip
    hostile.build(tmp_path)
    for line in (tmp_path / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        text = (tmp_path / row["file"]).read_text("utf-8", errors="replace")
        start = time.process_time()
        words = "".join(bare(cut_all(text)))
        assert time.process_time() - start < 5, row["id"]
        assert [word for word in row["good"] + row.get("tail", []) if word not in words] == [], row["id"]


BIG = {"siblings-1e6", "text-50mb", "meta-1e5", "style-10mb", "attr-10mb", "blank-html"}
"""The same roads at a length that would hold up the suite."""
