"""The flat tree keeps its promises, whatever was parsed."""

from __future__ import annotations

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.parse import COMMENT, TEXT, Tree, html, parse

markup = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<svg>", "</svg>", "<title>", "<template>",
             "<!--", "-->", "<script>", "</script>", "<a href='", "'>", "<br/>", "<select>", "<frameset>", "<noframes>",
             "<![CDATA[", "]]>", "&amp;", "<?xml version='1.0'?>", "<math>", "<foreignObject>", "</html>", "<body a=1>"]
        ),
        st.text(alphabet="ab <>&;\n\x00\ud800é", max_size=8),
    ),
    max_size=30,
).map("".join)  # fmt: skip


def is_sound(tree: Tree) -> None:
    assert len({len(tree.tags), len(tree.texts), len(tree.attrs), len(tree.parents), len(tree.ends)}) == 1
    open_ = [0]
    for i in range(1, len(tree)):
        while tree.ends[open_[-1]] <= i:
            open_.pop()
        assert tree.parents[i] == open_[-1]
        assert i < tree.ends[i] <= tree.ends[open_[-1]]
        assert not tree.texts[i] or tree.tags[i].startswith("#")
        open_.append(i)


@given(markup)
@settings(max_examples=300, deadline=None)
def test_ranges_nest_and_parents_agree(text: str) -> None:
    is_sound(parse(text))


@given(markup, st.sets(st.integers(1, 30)))
@settings(max_examples=100, deadline=None)
def test_what_is_left_out_is_left_out_and_nothing_else(text: str, drop: set[int]) -> None:
    tree = parse(text)
    drop = {i for i in drop if i < len(tree)}
    new = tree.without(drop)
    is_sound(new)
    gone = {k for i in drop for k in range(i, tree.ends[i])}
    assert new.tags == [tag for i, tag in enumerate(tree.tags) if i not in gone]
    assert new.notes == tree.notes


def test_foreign_elements_carry_their_language_and_html_within_them_does_not() -> None:
    tree = parse("<svg><title>t</title><foreignObject><p>x</p></foreignObject></svg><math><mi>y</mi></math><title>z")
    assert [tag for tag in tree.tags if not tag.startswith("#")] == [
        "html", "head", "body", "svg", "svg:title", "svg:foreignObject", "p", "math", "math:mi", "title",
    ]  # fmt: skip


def test_a_template_holds_its_contents() -> None:
    tree = parse("<template><p>in</p></template><p>out")
    template = tree.find("template")
    assert template is not None
    assert tree.text(template) == "in"


def test_attributes_are_text() -> None:
    tree = parse("<a class='b  c' rel=next hidden HREF=x>y")
    at = tree.find("a")
    assert at is not None
    assert dict(tree.attrs[at]) == {"class": "b c", "rel": "next", "hidden": "", "href": "x"}


def test_comments_and_processing_instructions_are_no_text() -> None:
    tree = parse("<p>a<!-- b --><?php c ?>d")
    assert tree.tags.count(COMMENT) == 2
    assert "".join(tree.texts[i] for i in range(len(tree)) if tree.tags[i] == TEXT) == "ad"


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<svg><title>t</title><g><svg></svg></g></svg><title>z", "svg svg:title svg:g svg:svg title"),
        ("<svg><foreignObject><p><svg><a></svg></p><svg><a></svg></foreignObject></svg>",
         "svg svg:foreignObject p svg svg:a svg:svg svg:a"),
        ("<svg><desc><math><mi><b><mglyph></b><mglyph>", "svg svg:desc math:math math:mi b mglyph math:mglyph"),
        ("<math><annotation-xml><svg><desc></svg></annotation-xml><annotation-xml encoding='Text/HTML'><p>",
         "math math:annotation-xml svg:svg svg:desc math:annotation-xml p"),
    ],
)  # fmt: skip
def test_names_within_svg_and_mathml_say_so_and_html_within_them_does_not(markup: str, names: str) -> None:
    tree = parse(markup)
    assert [tag for tag in tree.tags if tag[0] != "#"][3:] == names.split()


@given(markup)
@settings(max_examples=100, deadline=None)
def test_what_is_found_is_where_its_tag_stands(text: str) -> None:
    tree = parse(text)
    for tag in {*tree.tags} - {TEXT}:
        places = [i for i, other in enumerate(tree.tags) if other == tag]
        assert list(tree.find_all(tag)) == places
        for within in range(1, len(tree), 3):
            below = [i for i in places if within <= i < tree.ends[within]]
            assert list(tree.find_all(tag, within)) == below
            assert tree.find(tag, within) == next(iter(below), None)


@given(markup)
@settings(max_examples=150, deadline=None)
def test_an_end_within_a_tag_or_a_comment_is_never_missed(text: str) -> None:
    met = {error.code for error in turbohtml.parse(text).errors} & html.EOF_CODES
    assert html.read(text)[1] == met


def test_a_template_that_would_become_a_shadow_root_stays() -> None:
    tree = parse("<div>a<template class=b ShadowRootMode='open'><p>shadowrootmode</p></template></div>")
    template = tree.find("template")
    assert template is not None
    assert tree.text(template) == "shadowrootmode"
    assert dict(tree.attrs[template]) == {"class": "b", "shadowrootmode": "open"}
