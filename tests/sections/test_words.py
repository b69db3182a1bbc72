"""Every kept word comes out once, in order, whatever the markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.links import Links
from endleaf.parse import parse
from endleaf.sections import cut
from endleaf.sections.inlines import safe
from tests.sections.shape import PAGE, bare, cut_all, everything, kept_text

TAGS = [
    "p", "div", "span", "b", "i", "em", "strong", "a", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "tr", "td", "th", "caption", "thead", "tbody", "blockquote", "pre", "figure", "figcaption", "font", "big", "small",
    "code", "sup", "sub", "center", "section", "article", "hr", "br", "form", "select", "option", "textarea", "button",
    "label", "address", "details", "summary", "q", "u", "tt", "menu", "dir", "nav", "body", "html", "head", "noscript",
    "svg", "math", "object", "map", "fieldset", "legend",
]  # fmt: skip
ATTRIBUTES = ["", " class=heading", " style='font-weight:bold'", " href=/x size=5 role=heading"]

open_tags = st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(lambda parts: f"<{parts[0]}{parts[1]}>")
close_tags = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
texts = st.text(alphabet="abcxyz \n\t.?é日\u00a0\u200b\x00\x07", max_size=30).map(
    lambda text: text.replace("\x00", "&#1;")
)
pages = st.lists(st.one_of(open_tags, close_tags, texts), max_size=40).map("".join)


def letters(text: str) -> str:
    return "".join(safe(text).split()).replace("\u00a0", "")


@given(pages)
@settings(max_examples=300, deadline=None)
def test_every_kept_word_comes_out_once_and_in_order(html: str) -> None:
    tree = parse(html)
    sections = cut(tree, everything(tree), Links(tree, PAGE, ()), None)
    assert letters("".join(bare(sections))) == letters("".join(kept_text(tree)))


@given(pages, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_what_is_not_kept_does_not_come_out(html: str, random: object) -> None:
    tree = parse(html)
    keep = bytearray(len(tree))
    wanted: list[str] = []
    for i in range(len(tree)):
        if tree.tags[i] == "#text" and random.random() < 0.5:  # type: ignore[attr-defined]
            keep[i] = 1
            for above in tree.ancestors(i):
                keep[above] = 1
    shown = [i for i in range(len(tree)) if keep[i] and tree.tags[i] == "#text"]
    hidden = {"head", "title", "template"}
    wanted = [tree.texts[i] for i in shown if not any(tree.tags[k] in hidden for k in tree.ancestors(i))]
    sections = cut(tree, keep, Links(tree, PAGE, ()), None)
    assert letters("".join(bare(sections))) == letters("".join(wanted))


@pytest.mark.parametrize(
    "piece", ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<dl><dd>", "<h2>a</h2>x"]
)
def test_depth_and_number_cost_no_recursion(piece: str) -> None:
    sections = cut_all(piece * 20_000 + "last words")
    assert "".join(bare(sections)).rstrip().endswith("last words")


def test_no_character_that_xml_forbids_comes_out() -> None:
    sections = cut_all("<p>a&#1;b\x0bc&#xFFFE;d\ud800e<pre>f\x08g</pre>")
    assert "".join(bare(sections)).split() == ["abc�d�e", "fg"]
