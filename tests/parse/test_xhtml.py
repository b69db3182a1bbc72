"""Documents that an HTML parser would mangle are read as the XML they are; all others are not."""

from __future__ import annotations

import pytest

from endleaf.parse import COMMENT, parse

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
)
OPEN = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>'
NOTE = "XHTML that HTML's rules would mangle was read as XML"


def test_an_anchor_closed_at_once_holds_nothing() -> None:
    tree = parse(
        f'{XML}{DOCTYPE}{OPEN}<p><a id="x"/>One&nbsp;&amp;&#160;two</p><script src="a.js"/><p>Three</p></body></html>'
    )
    assert tree.notes == [NOTE]
    (anchor,) = tree.find_all("a")
    assert tree.ends[anchor] == anchor + 1
    assert [tree.text(i) for i in tree.find_all("p")] == ["One\u00a0&\u00a0two", "Three"]


def test_cdata_is_text() -> None:
    tree = parse(f"{DOCTYPE}{OPEN}<p><![CDATA[a < b]]></p></body></html>")
    assert [tree.text(i) for i in tree.find_all("p")] == ["a < b"]


def test_prefixed_names_are_html_and_foreign_ones_are_told() -> None:
    tree = parse(
        f'{XML}<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns:s="http://www.w3.org/2000/svg"><h:body>'
        '<h:p CLASS="c">x</h:p><s:svg><s:title>y</s:title></s:svg></h:body></h:html>'
    )
    assert [tag for tag in tree.tags if tag[0] != "#"] == ["html", "body", "p", "svg", "svg:title"]
    assert dict(tree.attrs[3]) == {"class": "c"}


@pytest.mark.parametrize(
    "html",
    [
        f"{XML}{DOCTYPE}{OPEN}<p>One<br/>two</p></body></html>",
        f'{DOCTYPE}{OPEN}<p><a id="x"/>Not <b>well-formed</p></body></html>',
        f'{OPEN}<script type="text/javascript">//<![CDATA[\nvar a = 1;\n//]]></script><p>x</p></body></html>',
        '<html><body><p><a name="x"/>HTML that says nothing of XML</p></body></html>',
    ],
)
def test_what_html_reads_right_or_xml_cannot_read_is_html(html: str) -> None:
    assert NOTE not in parse(html).notes


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)),
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;',
    ],
)
def test_no_entity_of_the_page_is_ever_read(subset: str) -> None:
    tree = parse(f"{XML}<!DOCTYPE html [{subset}]>{OPEN}<p><a/>&a8;&x;words</p></body></html>")
    text = tree.text(0)
    assert "words" in text
    assert "root:" not in text
    assert "lollol" not in text


def test_comments_outside_the_root_element_stay() -> None:
    tree = parse(
        '<?xml version="1.0"?>\n<!-- saved from url=(0023)http://www.example.org/ -->\n'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n<!-- two -->'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a"/><title>T</title></head>'
        '<body><p>Hi<a name="x"/> there</p></body></html><!-- FILE ARCHIVED ON -->'
    )
    comments = [text.strip() for tag, text in zip(tree.tags, tree.texts, strict=True) if tag == COMMENT]
    assert comments == ["saved from url=(0023)http://www.example.org/", "two", "FILE ARCHIVED ON"]
    assert any("read as XML" in note for note in tree.notes)
