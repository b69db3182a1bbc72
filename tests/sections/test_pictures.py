"""Images and what stands by them: marks, ornaments, captions, drawn headings, image maps, images of no address."""

from __future__ import annotations

import pytest

from endleaf.links import Links
from endleaf.parse import parse
from endleaf.sections import cut
from tests.sections.shape import cut_all, everything, shape

MAP = (
    "<map name=Floors><area href=a.html alt='The stone floor'><area alt='The cap'><area href=b.html>"
    "<area href=a.html alt='The stone floor'></map>"
)


@pytest.mark.parametrize(
    "html",
    [
        "<h2><img src=ball.gif alt='*'> Dials</h2><p>x",
        "<h2><img src=flourish.gif alt=''> Dials <img src=o.gif alt=o></h2><p>x",
        "<p>y<p><img src=a.gif alt='*'> <font size=5>Dials</font></p><p>A dial tells the hour of the mass.",
        "<p>y<br><br><img src=redball.gif> <b>Dials</b><br><br>A dial tells the hour of the mass.",
        "<p>y<p><img src=pin.gif width=12 height=14> <b>Dials</b><br>A dial tells the hour of the mass.",
    ],
)
def test_an_ornament_within_a_heading_is_no_part_of_it(html: str) -> None:
    assert "= Dials #dials\n" in shape(cut_all(html))


def test_a_picture_within_a_heading_stays() -> None:
    assert shape(cut_all("<h2>Dials <img src=d.jpg width=300 height=200></h2><p>x")) == (
        "= Dials <img http://example.org/a/d.jpg > #dials\n  p x\n"
    )


def test_a_heading_that_is_drawn_has_the_words_of_its_image() -> None:
    html = "<h1><img src=t.gif alt='The Mill'></h1><p>x<h2><img src=a.gif alt='Opening hours'></h2><p>y"
    sections = cut_all(html, "The mill")
    assert [section.anchor for section in sections] == ["", "opening-hours"]
    assert "<img http://example.org/a/a.gif Opening hours>" in shape(sections)


def test_a_heading_that_is_a_wordless_image_is_an_image() -> None:
    assert (
        shape(cut_all("<h2><img src=t.gif></h2><p>x")) == "(lead)\n  figure <img http://example.org/a/t.gif >\n  p x\n"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=redball.gif> one<br><img src=redball.gif> two",
        "<p><img src=a.gif alt='*'> one</p><p><img src=a.gif alt='*'>two</p>",
        "<table><tr><td><img src=x.gif alt=o><td>one<tr><td><img src=x.gif alt=o><td>two</table>",
        "<p><img src=x.gif width=9 height=9 alt=''> one<br><img src=x.gif width=9 height=9 alt=''> two",
    ],
)
def test_lines_that_images_mark_are_a_list(html: str) -> None:
    assert shape(cut_all(html)) == "(lead)\n  ul\n  - li\n      p one\n  - li\n      p two\n"


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=redball.gif> one",
        "<p>on<img src=a.gif alt=-->e",
        "<p>one<p><img src=a.gif alt='* * * * *'>",
        "<p><img src=b.gif alt='*'><img src=b.gif alt='*'><img src=b.gif alt='*'><p>one",
        "<p>one<p><img src=bar.gif>",
    ],
)
def test_an_ornament_alone_says_nothing(html: str) -> None:
    assert shape(cut_all(html)) == "(lead)\n  p one\n"


def test_a_small_image_amid_words_may_be_a_sign_and_stays() -> None:
    assert "<img http://example.org/a/alpha.gif >" in shape(
        cut_all("<p>the angle <img src=alpha.gif width=9 height=9> is")
    )


# ---------------------------------------------------------------- captions


@pytest.mark.parametrize(
    "html",
    [
        "<table align=right><tr><td><img src=a.jpg alt=A><br>The <i>old</i> bridge.</table>",
        "<table align=left><tr><td><img src=a.jpg alt=A><tr><td>The <i>old</i> bridge.</table>",
        "<table><tr><td class=caption><img src=a.jpg alt=A><br>The <i>old</i> bridge.</table>",
        "<div class=x><a href=b><img src=a.jpg alt=A></a><p class=wp-caption-text>The <i>old</i> bridge.</div>",
        "<p><img src=a.jpg alt=A><div class=photoCaption>The <i>old</i> bridge.</div>",
        "<figure><img src=a.jpg alt=A><figcaption>The <i>old</i> bridge.</figcaption></figure>",
        "<figure><div><img src=a.jpg alt=A></div><div class=caption>The <i>old</i> bridge.</div></figure>",
    ],
)
def test_words_under_an_image_are_its_caption(html: str) -> None:
    shown = shape(cut_all(f"{html}<p>The dam was closed in 1936."))
    assert shown.startswith("(lead)\n  figure <img http://example.org/a/a.jpg A> The _old_ bridge.\n  p The dam")


@pytest.mark.parametrize(
    "html",
    [
        "<table align=right><tr><td><img src=a.jpg alt=A><br>" + "It is a long text. " * 30 + "</table>",
        "<table align=right><tr><td><h3>News</h3><img src=a.jpg alt=A><br>The bridge.</table>",
        "<p class=caption>No image stands before this.",
        "<p><img src=a.jpg alt=A><p>The bridge.",
    ],
)
def test_other_words_are_no_caption(html: str) -> None:
    assert "figure <img http://example.org/a/a.jpg A> " not in shape(cut_all(html))


def test_a_figure_with_its_own_caption_stays_one_within_a_figure() -> None:
    html = "<figure><table align=left><tr><td><img src=a.jpg><br>Old.</table><img src=b.jpg><figcaption>New.</figure>"
    assert shape(cut_all(html)) == (
        "(lead)\n  figure <img http://example.org/a/a.jpg > Old.\n  figure <img http://example.org/a/b.jpg > New.\n"
    )


def test_a_paragraph_that_calls_itself_the_table_or_figure_is_its_caption() -> None:
    html = (
        "<p>Table 2. Wool in tons<table border=1><tr><td>1997<td>6<tr><td>1998<td>7</table>"
        "<p><img src=a.gif alt=A><p>Fig. 3: The fleece, opened"
    )
    assert shape(cut_all(html)) == (
        "(lead)\n  table Table 2. Wool in tons\n    p 1997 | p 6\n    p 1998 | p 7\n"
        "  figure <img http://example.org/a/a.gif A> Fig. 3: The fleece, opened\n"
    )


def test_a_table_keeps_its_own_caption() -> None:
    html = "<p>Table 1 shows it.<table><caption>Wool</caption><tr><td>1997<td>6<tr><td>1998<td>7</table>"
    assert "  p Table 1 shows it.\n  table Wool\n" in shape(cut_all(html))


# -------------------------------------------------------------- image maps


@pytest.mark.parametrize("html", [MAP + "<p><img src=m.gif usemap='#floors'>", "<img src=m.gif usemap=#Floors>" + MAP])
def test_the_areas_of_an_image_map_are_a_list_of_links_after_it(html: str) -> None:
    assert shape(cut_all(html)) == (
        "(lead)\n  figure <img http://example.org/a/m.gif >\n  ul\n"
        "  - li\n      p [The stone floor](http://example.org/a/a.html)\n  - li\n      p The cap\n"
    )


def test_a_map_that_many_images_use_is_told_once() -> None:
    shown = shape(cut_all(MAP + "<p><img src=m.gif usemap=#floors><p><img src=m.gif usemap=#floors>"))
    assert shown.count("The stone floor") == 1


def test_areas_that_are_not_kept_and_maps_that_are_not_there_give_nothing() -> None:
    tree = parse(MAP + "<p><img src=m.gif usemap=#floors alt=M><img src=n.gif usemap=#none alt=N>")
    keep = everything(tree)
    for i in tree.find_all("area"):
        keep[i] = 0
    shown = shape(cut(tree, keep, Links(tree, "http://example.org/", ()), None))
    assert shown == "(lead)\n  figure <img http://example.org/m.gif M><img http://example.org/n.gif N> \n".replace(
        " \n", "\n"
    )


# --------------------------------------------------------- unknown address


@pytest.mark.parametrize(
    ("source", "src"),
    [
        ("pics/a.gif", "pics/a.gif"),
        ("../a.gif?x=1", "../a.gif?x=1"),
        ("javascript:x()", ""),
        ("data:image/gif;base64,R0lGOD", ""),
    ],
)
def test_an_image_of_a_page_of_unknown_address_stays_an_image(source: str, src: str) -> None:
    tree = parse(f"<p><img src='{source}' alt='A mill'>")
    (section,) = cut(tree, everything(tree), Links(tree, None, ()), None)
    assert shape((section,)) == f"(lead)\n  figure <img {src} A mill>\n"
