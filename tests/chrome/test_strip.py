"""What holds for every page: nothing lost, nothing slow, never empty, one answer."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.chrome import strip
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.model import Groups, Net, shipped
from endleaf.parse import TEXT, Tree, parse

TAGS = ["p", "div", "ul", "li", "table", "td", "a href=/x", "b", "h2", "nav", "noscript", "select", "script", "br",
        "img", "pre", "title", "div hidden", "span style='display: none'", "svg", "template", "math"]  # fmt: skip
WORDS = st.sampled_from(
    ["One ", "two. ", "Three, four ", "\u4e2d\u6587\u3002", "5 ", "\u200b", "\U0001f600 ", "  ", "\ud800"]
)
PIECES = st.one_of(WORDS, st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
                   st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"))  # fmt: skip
PAGES = st.lists(PIECES, max_size=60).map("".join)

PROSE = "The mill was worked by the tide alone, and the wheel turned for three hours on every ebb of the year. "


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def visible(tree: Tree) -> str:
    blocks = Blocks(tree)
    return "".join(tree.texts[i] for i in range(len(tree)) if tree.tags[i] == TEXT and not blocks.silent[i])


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_kept_and_removed_text_is_all_text(page: str) -> None:
    tree = parse(page)
    kept = strip(tree, None)
    words = "".join(tree.texts[i] for i in range(len(tree)) if tree.tags[i] == TEXT and kept.keep[i])
    assert letters(words) + letters("".join(r.text for r in kept.removals)) == letters(visible(tree))
    assert all(kept.keep[tree.parents[i]] for i in range(1, len(tree)) if kept.keep[i])


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_a_page_that_shows_text_is_never_empty(page: str) -> None:
    tree = parse(page)
    if len(Blocks(tree)):
        assert any(strip(tree, None).keep)


DEEP = 100_000


@pytest.mark.parametrize(
    "page",
    ["<div>" * DEEP + PROSE, "<b>" * DEEP + PROSE, f"<p>{PROSE}" * (DEEP // 10), "<i>x<br><br>" * (DEEP // 10),
     "<a href=/>x</a> " * DEEP, "<table><tr><td>x" * 5000, "<ul><li>x" * 10_000],
    ids=["divs", "inlines", "siblings", "breaks", "links", "tables", "lists"],
)  # fmt: skip
def test_depth_and_width_cost_no_more_than_their_size(page: str) -> None:
    kept = strip(parse(page), None)
    assert any(kept.keep)


def test_spacers_and_icons_go_and_pictures_stay() -> None:
    tree = parse(
        f"<h1>The tide mill</h1><p>{PROSE * 3}<img src=spacer.gif><img src=mill.jpg>"
        f"<img src=i.png width=12 height=12>{PROSE}</p>"
        f"<p>{PROSE * 2}</p>"
    )
    keep = strip(tree, None).keep
    assert [tree.attrs[i]["src"] for i in tree.find_all("img") if keep[i]] == ["mill.jpg"]


def test_empty_cells_of_kept_rows_stay() -> None:
    tree = parse(
        f"<p>{PROSE * 3}</p><table><tr><th>State<th>Note<th>Height<tr><td>High water<td><td>4.2 m</table>"
        f"<p>{PROSE * 3}</p>"
    )
    keep = strip(tree, None).keep
    cells = list(tree.find_all("td"))
    assert {bool(keep[i]) for i in cells} == {True}


def test_the_answer_is_the_same_each_time() -> None:
    page = f"<nav><a href=/>Home</a></nav><h1>Mill</h1><p>{PROSE}</p>"
    assert strip(parse(page), None).keep == strip(parse(page), None).keep


def test_the_weights_are_of_these_features() -> None:
    facts = Facts(Blocks(parse(f"<p>{PROSE}")))
    names, rows = rows_of(facts, None, shipped().telling)
    net = shipped()
    assert tuple(names) == net.names
    assert np.isfinite(net.likely(rows, Groups.of(facts))).all()


def test_weights_are_written_as_they_were_read() -> None:
    net = shipped()
    assert Net.load(net.save()).save() == net.save()


def test_what_stands_in_place_of_frames_is_the_page_where_nothing_else_is() -> None:
    words = "The yard's own page can be read without frames, and says all that the others say."
    framed = parse(f"<frameset><frame src=a></frameset><noframes><p>{words}</noframes>")
    assert words in " ".join(framed.texts[i] for i in range(len(framed)) if strip(framed, None).keep[i])
    shown = parse(f"<body><p>{PROSE}<p>{PROSE}<noframes><p>{words}</noframes>")
    kept = strip(shown, None)
    assert words not in " ".join(shown.texts[i] for i in range(len(shown)) if kept.keep[i])
    assert any(words in removal.text for removal in kept.removals)


def test_a_table_of_data_between_kept_text_stays_whole() -> None:
    rows = "".join(f"<tr><td>{year}<td>{year % 40}<td>{year % 7}.5" for year in range(2001, 2005))
    table = f"<table><tr><th>Year<th>Voyages<th>Income{rows}</table>"
    tree = parse(f"<h1>Dues</h1><p>{PROSE}{PROSE}{table}<p>{PROSE}{PROSE}")
    keep = strip(tree, None).keep
    assert all(keep[i] for i in range(len(tree)) if tree.tags[i] == TEXT and tree.texts[i].strip())


def test_a_page_too_large_for_the_network_is_told_by_rule() -> None:
    tree = parse(f"<ul>{'<li><a href=/x>Menu</a>' * 20_000}</ul><h1>Tides</h1>{f'<p>{PROSE}' * 500}")
    kept = strip(tree, None)
    words = "".join(tree.texts[i] for i in range(len(tree)) if kept.keep[i])
    assert words.count(PROSE.strip()) == 500 and "Tides" in words and "Menu" not in words
    assert any("plain rule" in note for note in tree.notes)
