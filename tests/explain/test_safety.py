"""Whatever a page is made of, its explanation holds our markup alone, and all of the page's words as words."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.explain import Explained, from_json, to_html, to_json
from endleaf.explain.drawing import bounded, steps_of
from endleaf.explain.told import Box, Place
from endleaf.parse import TEXT, Tree, parse
from endleaf.plain import clean
from endleaf.render import TEMPLATES
from tests.explain.making import PROSE, explained
from tests.strategies import HOSTILE, words

TAGS = [
    "a", "article", "aside", "b", "big", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "em",
    "fieldset", "font", "form", "h1", "h3", "header", "hr", "i", "iframe", "img", "input", "li", "main", "math", "nav",
    "noscript", "ol", "option", "p", "pre", "script", "section", "select", "small", "span", "style", "svg", "table",
    "tbody", "td", "template", "textarea", "th", "title", "tr", "tt", "u", "ul", "xmp", "plaintext",
]  # fmt: skip
ATTRIBUTES = [
    "align", "alt", "class", "colspan", "color", "face", "height", "href", "id", "name", "onclick", "rowspan", "size",
    "src", "style", "title", "type", "value", "width",
]  # fmt: skip
OURS = {
    "html", "head", "meta", "title", "style", "body", "a", "aside", "b", "br", "code", "dd", "details", "div", "dl",
    "dt", "fieldset", "footer", "h1", "h2", "header", "hr", "input", "label", "legend", "li", "main", "nav", "ol", "p",
    "q", "rect", "section", "small", "span", "summary", "svg", "svg:rect", "table", "tbody", "td", "th", "thead",
    "time", "tr", "ul",
}  # fmt: skip
NAMES = re.compile(
    r"aria-(describedby|label|labelledby|hidden)|charset|checked|class|colspan|content|data-(originalurl|version(date|url))"
    r"|datetime|dir|focusable|height|href|http-equiv|id|lang|name|preserveaspectratio|rel|role|rowspan|scope|tabindex|type"
    r"|value|viewbox|width",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"#[\w-]+\Z|(https?|ftp|mailto|tel):")
ID = re.compile(r"(block|why)-\d+\Z|(endleaf|show)-[a-z]+\Z")

quoted = st.builds(lambda name, value: f' {name}="{escape(value)}"', st.sampled_from(ATTRIBUTES), words | st.just("9"))
opening = st.builds(
    lambda tag, attributes: f"<{tag}{''.join(attributes)}>", st.sampled_from(TAGS), st.lists(quoted, max_size=3)
)
closing = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
pages = st.lists(opening | closing | words | words.map(escape), max_size=40).map(
    lambda parts: "<html>" + "".join(parts)
)
BRIEFLY = settings(max_examples=80, deadline=None)


def included(template: str) -> list[str]:
    return re.findall(r'{% include "([^"]+)" %}', (TEMPLATES / template).read_text("utf-8"))


@cache
def our_classes() -> frozenset[str]:
    """Every class that our style sheets, templates and boxes have."""
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("page.css", "explain.css"))
    templates = "".join((TEMPLATES / name).read_text("utf-8") for name in ("explain.html", *included("explain.html")))
    written = " ".join(re.findall(r'class="([^"{]*)"', templates)).split()
    return frozenset((*re.findall(r"\.([a-z][a-z0-9-]*)", css), *written, *get_args(Box)))


@BRIEFLY
@given(pages)
def test_only_our_markup_and_all_of_the_words(source: str) -> None:
    made = explained(source.encode("utf-8", "replace").decode())
    holds_only_ours(made)
    assert from_json(to_json(made)) == made


def test_a_page_whose_reading_left_a_note() -> None:
    made = explained("<xmp><a>")
    assert made.page.notes
    holds_only_ours(made)


def test_every_hostile_piece_in_every_place() -> None:
    safe = escape("".join(HOSTILE))  # what a page says in words, and no markup of its own
    made = explained(
        f'<title>{safe}</title><meta name=author content="{safe}"><p class="menu {safe}" id="{safe}">{safe}</p>'
        f'<table width="{safe}"><tr><td colspan="{safe}" align="{safe}">{safe}<img alt="{safe}" width="{safe}"></table>'
        f'<font size="{safe}" color="{safe}">{safe} {PROSE}</font><input type="{safe}" value="{safe}"><pre>{safe}</pre>'
    )
    holds_only_ours(made)


def holds_only_ours(made: Explained) -> None:
    html = to_html(made)
    tree = parse(html)
    assert "<script" not in html.lower()
    assert set(tree.tags) - {TEXT, "#document", "#doctype"} <= OURS
    assert tree.tags.count("style") == 2
    assert tree.tags.count("title") == 1
    for i, attrs in enumerate(tree.attrs):
        for name, value in attrs.items():
            assert NAMES.fullmatch(name), (tree.tags[i], name)
            if name == "class":
                assert set(value.split()) <= our_classes(), value
            elif name == "id":
                assert ID.match(value), value
            elif name in ("href", "data-versionurl"):
                assert ADDRESS.match(value), value
    the_words_are_words(made, tree)


def the_words_are_words(made: Explained, tree: Tree) -> None:
    """Each block stands in as many boxes as it was put in, with just its text."""
    at = {attrs["id"]: i for i, attrs in enumerate(tree.attrs) if "id" in attrs}
    assert len(at) == sum("id" in attrs for attrs in tree.attrs), "an id stands twice"
    depth, boxes = 0, {}
    for step in steps_of(bounded(made), made):
        depth += (step.kind == "open") * (2 if step.box == "table" else 1)  # a tbody stands in each table
        depth -= (step.kind == "close") * (2 if step.box == "table" else 1)
        if step.block:
            boxes[step.block.number] = depth
    assert (
        sorted(boxes)
        == [part.block for part in made.layout if isinstance(part, Place)]
        == list(range(len(made.blocks)))
    )
    for number, told in enumerate(made.blocks):
        i = at[f"block-{number}"]
        sheet = next(steps for steps, k in enumerate(tree.ancestors(i)) if tree.attrs[k].get("class") == "sheet")
        assert sheet == boxes[number]
        assert squeezed(own_text(tree, i)) == squeezed(clean(told.text))


def own_text(tree: Tree, i: int) -> str:
    besides = [k for k in range(i, tree.ends[i]) if tree.attrs[k].get("class", "").split(" ")[0] in BESIDES]
    gone = {n for k in besides for n in range(k, tree.ends[k])}
    return "".join(tree.texts[k] for k in range(i, tree.ends[i]) if tree.tags[k] == TEXT and k not in gone)


BESIDES = ("label", "score", "why", "picture", "dot")


def squeezed(text: str) -> str:
    return "".join(text.split())
