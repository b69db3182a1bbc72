"""The flat tree keeps its promises, whatever was parsed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.parse import COMMENT, TEXT, Tree, parse

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
