"""What a user relies on in a page's sections, a rule a test."""

from __future__ import annotations

import pytest

from endleaf.model import Link, Paragraph, Section
from endleaf.parse import parse
from endleaf.sections import cut, headline
from tests.sections.shape import cut_all, everything, shape


def walk(sections: tuple[Section, ...]) -> list[Section]:
    return [inner for section in sections for inner in (section, *walk(section.sections))]


def test_levels_begin_at_one_and_never_jump() -> None:
    sections = cut_all("<h4>A</h4><p>x<h6>B</h6><p>x<h2>C</h2><p>x<h5>D</h5><p>x")
    assert [(s.level, s.anchor) for s in walk(sections)] == [(1, "a"), (2, "b"), (1, "c"), (2, "d")]


def test_the_title_is_not_repeated_whatever_its_case_and_points() -> None:
    assert (
        shape(cut_all("<h1>The Fair!</h1><p>x<h2>Rides</h2><p>y", "the fair"))
        == "(lead)\n  p x\n= Rides #rides\n  p y\n"
    )


def test_only_the_first_heading_that_says_the_title_goes() -> None:
    sections = cut_all("<h1>Fair</h1><p>x<h2>Fair</h2><p>y", "Fair")
    assert [s.anchor for s in sections] == ["", "fair"]


def test_headings_right_above_the_title_head_nothing() -> None:
    html = "<h1>Weblog</h1><h2>May 21</h2><h3>The fair</h3><p>x<h2>Comments</h2><p>y"
    assert (
        shape(cut_all(html, "The fair")) == "(lead)\n  p *Weblog*\n  p *May 21*\n  p x\n= Comments #comments\n  p y\n"
    )


def test_a_heading_over_nothing_stays_as_a_strong_paragraph() -> None:
    assert shape(cut_all("<h2>A</h2><p>x<h2>B</h2>")) == "= A #a\n  p x\n  p *B*\n"


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ("<h2 id=own>A b</h2>", "own"),
        ("<h2 id='own>x'>A b</h2>", "a-b"),
        ("<h2 id='javascript:x'>A b</h2>", "javascript:x"),
        ("<h2><a name=named></a>A b</h2>", "named"),
        ("<h2 id=''>&#1055;&#1088;&#1080;</h2>", "section-1"),
        ("<h2>Ünïcode & more</h2>", "unicode-more"),
    ],
)
def test_anchors_are_safe_ids(html: str, anchor: str) -> None:
    assert cut_all(html + "<p>text")[0].anchor == anchor


def test_ten_thousand_equal_ids_become_different_ones() -> None:
    sections = cut_all("<h2 id=a>h</h2><p>x" * 10_000)
    assert len({section.anchor for section in sections}) == 10_000


def test_white_space_collapses_across_the_borders_of_inlines() -> None:
    assert shape(cut_all("<p> a <b> b </b> c<i> d</i>\n<br>\n e</p>")) == "(lead)\n  p a *b *c_ d_ // e\n"


def test_no_break_spaces_stay_but_do_not_indent() -> None:
    assert shape(cut_all("<p>&nbsp;&nbsp;10&nbsp;km&nbsp;</p>")) == "(lead)\n  p 10\u00a0km\n"


def test_a_link_keeps_both_its_addresses() -> None:
    tree = parse("<p><a href='http://web.archive.org/web/20040101000000/http://x.test/'>x</a>")

    class Both:
        href, replay_href = "http://x.test/", "http://web.archive.org/web/20040101000000/http://x.test/"

        def resolve(self, href: str) -> Both:
            return self

    (section,) = cut(tree, everything(tree), Both(), None)
    paragraph = section.blocks[0]
    assert isinstance(paragraph, Paragraph)
    link = paragraph.content[0]
    assert isinstance(link, Link)
    assert (link.href, link.replay_href) == (Both.href, Both.replay_href)


@pytest.mark.parametrize(
    "html",
    [
        "<b>"
        + "A whole page in bold. " * 30
        + "<p>Short line<p>And text that is as bold as it, and longer by far.</b>",
        "<p><b>Dear reader,</b><p>this is a letter and its greeting is no heading of any kind.",
        "<p><b>One Street</b><p><b>Two Town</b><p><b>Three Shire</b>",
        "<p><b>" + "A bold sentence that goes on and on " * 5 + "</b><p>And then the text that follows it.",
    ],
)
def test_bold_alone_is_no_heading(html: str) -> None:
    assert not any(section.heading for section in cut_all(html))


def test_a_numbered_sequence_keeps_its_first_number() -> None:
    assert shape(cut_all("<p>7. a<p>8. b")) == "(lead)\n  ol 7\n  - li\n      p a\n  - li\n      p b\n"
    assert shape(cut_all("<p>7. a<p>9. b")) == "(lead)\n  p 7. a\n  p 9. b\n"


def test_a_data_table_keeps_its_empty_cells() -> None:
    tree = parse("<table border=1><tr><th>a<th>b<th>c<tr><td>1<td><td>3</table>")
    keep = everything(tree)
    empty = list(tree.find_all("td"))[1]
    keep[empty] = 0

    class Nothing:
        def resolve(self, href: str) -> None:
            return None

    assert shape(cut(tree, keep, Nothing(), None)) == "(lead)\n  table\n    !p a | !p b | !p c\n    p 1 |  | p 3\n"


def test_a_headline_is_the_first_h1_else_the_first_heading_by_looks() -> None:
    for html, title in [
        ("<h2>Second</h2><p>x<h1> The  first </h1>", "The first"),
        ("<center><font size=6>By looks</font></center><p>And some text that follows.", "By looks"),
        ("<p>Nothing but text.", None),
    ]:
        tree = parse(html)
        assert headline(tree, everything(tree)) == title


def test_a_bold_line_between_double_breaks_is_a_heading() -> None:
    html = "<p>What stands before it, to its end.<br><br><b>Who must come</b><br><br>Those whose names are on the list."
    assert shape(cut_all(html)) == (
        "(lead)\n  p What stands before it, to its end.\n"
        "= Who must come #who-must-come\n  p Those whose names are on the list.\n"
    )


def test_a_line_between_double_breaks_is_none_by_the_smallness_of_the_others() -> None:
    html = "<p><a href=/>Home</a><br><br><font size=2>" + "The text of the page is set small. " * 3 + "</font>"
    assert not any(section.heading for section in cut_all(html))


def test_a_bullet_of_an_image_hides_no_heading() -> None:
    html = "<p>Before.<p><img src=ball.gif alt='*'> <font size=5>Where it is</font><p>It stands at the end of the lane."
    assert [section.anchor for section in cut_all(html)] == ["", "where-it-is"]


def test_quotes_that_are_whole_sections_only_indent_them() -> None:
    assert shape(cut_all("<h2>A</h2><blockquote>x<p>y</blockquote><h2>B</h2><blockquote>z</blockquote>")) == (
        "= A #a\n  p x\n  p y\n= B #b\n  p z\n"
    )


def test_a_lone_quote_under_a_heading_is_a_quote() -> None:
    for html in ("<h2>A</h2><blockquote>x</blockquote><h2>B</h2>y", "<h2>A</h2><blockquote>x</blockquote>y" * 2):
        assert shape(cut_all(html)).count("quote") == html.count("<blockquote>")


def test_lines_that_step_down_are_a_heading_and_one_under_it() -> None:
    html = (
        "<center><font size=6>Fair</font><br><b><font size=4>May 1999</font></b></center><p>It rained for three days."
    )
    assert [(section.level, section.anchor) for section in walk(cut_all(html))] == [(1, "fair"), (2, "may-1999")]


def test_lines_of_one_size_are_a_paragraph() -> None:
    assert not any(
        section.heading for section in cut_all("<b>One Street<br>Two Town</b><p>It rained on all three days.")
    )


# ------------------------------------------------------------ called by a class


@pytest.mark.parametrize(
    "html",
    [
        "<td><span class=relDate>5 May</span><br><span class=relHead>The moor drained</span><br><br>{}",
        "<td><span class=headline>The moor drained</span><br>{}",
        "<td><font class=storyHead>The moor drained</font><br><br>{}",
        "<p><span class=title>The moor drained</span><p>{}",
    ],
)
def test_a_line_that_a_class_calls_a_heading_is_one(html: str) -> None:
    shown = shape(cut_all("<table><tr>" + html.format("The water was let down over five weeks.")))
    assert shown.endswith("= The moor drained #the-moor-drained\n  p The water was let down over five weeks.\n")


def test_a_large_line_heads_the_picture_under_it_and_the_text_under_that() -> None:
    html = "<font size=5>The moor</font><p><img src=a.jpg><p>The water was let down over five weeks."
    assert shape(cut_all(html)).startswith("= The moor #the-moor\n  figure ")
    assert not any(section.heading for section in cut_all(html.replace("font size=5", "b").replace("/font", "/b")))


def test_a_class_within_a_line_makes_no_heading() -> None:
    html = "<p><span class=title>Dr</span> Aske came to the meeting.<br>It was held in the old hall by the river."
    assert not any(section.heading for section in cut_all(html))


# ----------------------------------------------------------------------- lists


def test_text_after_a_loose_item_and_two_breaks_is_no_part_of_it() -> None:
    html = (
        "Found:<br><li>a boat<li>a churn<br><br>The moor fills again.<br><br><b>Later</b><br>It stays full until May."
    )
    assert shape(cut_all("<table><tr><td>" + html)) == (
        "(lead)\n  p Found:\n  ul\n  - li\n      p a boat\n  - li\n      p a churn\n"
        "  p The moor fills again.\n= Later #later\n  p It stays full until May.\n"
    )


def test_loose_items_of_several_paragraphs_keep_them() -> None:
    for html in ("<td><li>a<br><br>b<li>c<br><br>d", "<div><li>a</li><li>c<br><br>d</li> </div>x"):
        shown = shape(cut_all(html))
        assert shown.index("p c") < shown.index("      p d")


def test_a_list_whose_items_own_words_are_not_kept_takes_its_place() -> None:
    tree = parse("<ul><li>gone<ul><li>x<ul><li>y</ul></ul><li>z</ul>")
    keep = everything(tree)
    keep[tree.texts.index("gone")] = 0
    shown = shape(cut(tree, keep, _Nowhere(), None))
    assert shown == (
        "(lead)\n  ul\n  - li\n      p x\n      ul\n      - li\n          p y\n  - li\n      p z\n"
    )  # fmt: skip


def test_a_list_in_an_item_that_never_had_words_is_of_the_item_before() -> None:
    assert shape(cut_all("<ul><li>x<li><ul><li>y</ul><li>z</ul>")) == (
        "(lead)\n  ul\n  - li\n      p x\n      ul\n      - li\n          p y\n  - li\n      p z\n"
    )


def test_lists_of_another_kind_alone_in_a_list_stand_for_it() -> None:
    assert shape(cut_all("<ul><li><ol start=3><li>x</ol></ul>")) == "(lead)\n  ol 3\n  - li\n      p x\n"


class _Nowhere:
    def resolve(self, href: str) -> None:
        return None


# ------------------------------------------------------- what must not be lost


def test_an_address_keeps_its_lines() -> None:
    assert shape(cut_all("<p>Write to<address>The Mill<br>4 Quay<br>Marlham</address>")) == (
        "(lead)\n  p Write to\n  p The Mill // 4 Quay // Marlham\n"
    )


def test_a_footnote_keeps_its_raised_mark_and_its_number() -> None:
    html = "<p>It was dark<sup><a href=#n1>1</a></sup> then.<hr><ol><li id=n1>Measured on two nights.</ol>"
    assert shape(cut_all(html)) == (
        "(lead)\n  p It was dark^1^ then.\n  rule\n  ol 1\n  - li\n      p Measured on two nights.\n"
    )


@pytest.mark.parametrize(
    "row",
    [
        "<tr><th>a<th>b",
        "<thead><tr><td>a<td>b</thead>",
        "<tr><td scope=col>a<td scope=col>b",
        "<tr><td><b>a</b><td><b>b</b>",
    ],
)
def test_header_cells_are_told(row: str) -> None:
    assert "    !p a | !p b\n    p 1 | p 2\n" in shape(cut_all(f"<table border=1>{row}<tr><td>1<td>2</table>"))


@pytest.mark.parametrize("html", ["<h1>A</h1>", "<h1>A</h1><h2>B</h2>", "<h1></h1><p>x", "<h2>A</h2><hr>", "<hr>", ""])
def test_there_are_no_empty_sections(html: str) -> None:
    for section in walk(cut_all(html)):
        assert section.blocks or section.sections


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<span class=title>Head</span><br>" * 20_000,
        "<p>" + "a<!-- -->b" * 20_000,
        "<p><img src=m.gif usemap=#m>" * 3_000 + "<map name=m>" * 3_000 + "<area alt=A>" * 3_000,
        "<li>x<br><br>" * 10_000,
        "<table align=left><tr><td><img src=a.gif>" * 300,
    ],
)
def test_pages_that_repeat_one_thing_without_end_are_cut(html: str) -> None:
    assert cut_all(html)
