"""The page this project began with: from its text, from HTML in any markup, and from its replay URL, the same facts."""

from __future__ import annotations

import pytest

from endleaf.banners import lift
from endleaf.model import Banner, Capture, Moment, Provenance
from endleaf.parse import parse
from endleaf.plaintext import tree_of
from endleaf.provenance import settle

ORIGINAL = "http://www.site.example/servlet/Front?pagename=ShowPage&c=Page&cid=1044551746259"
REPLAY = f"http://webarchive.nationalarchives.gov.uk/20040628050632/{ORIGINAL.replace('//', '/')}"
FIRST = (
    "This snapshot, taken on{}28/06/2004{}, shows web content acquired for preservation by The National Archives."
    " External links, forms and search may not work in archived websites"
    " and contact details are likely to be out of date."
)
SECOND = (
    "The UK Government Web Archive does not use cookies but some may be left in your browser from archived websites."
)
BODY = "<h1>The response</h1><p>The commission met to consider the tides.</p>"
DAY, SECOND_OF_DAY = Moment(iso="2004-06-28", precision="day"), Moment(iso="2004-06-28T05:06:32Z")

MARKUPS = {
    "paragraphs": f"<p>{FIRST.format(' ', '')}</p><p>{SECOND}</p>",
    "own element": f"<div>{FIRST.format(' <b>', '</b>')}<br>\u00a0<br>\u00a0<br>{SECOND}</div>",
    "own blocks": f"<div><div>{FIRST.format('</div><div>', '</div><div>')}</div></div><p>{SECOND}</p>",
    "table": f"<table><tr><td>{FIRST.format('<td>', '<td>')}<tr><td>{SECOND}</table>",
    "centred": f"<center><font size=1><i>{FIRST.format(' ', '')}</i><br>{SECOND}</font></center>",
    "list": f"<ul><li>{FIRST.format(' <time>', '</time>')}<li>{SECOND}</ul>",
    "comment between": f"<!-- x --><p>{FIRST.format(' <!-- date -->', '<!-- /date -->')}</p><p>{SECOND}</p>",
}


def of(html: str | None, text: str = "", url: str | None = None) -> tuple[tuple[Banner, ...], Provenance, str]:
    tree = tree_of(text) if html is None else parse(f"<title>x</title><body>{html}{BODY}")
    capture = Capture(provenance=Provenance(source="page", container="html", url=url), payload=b"")
    lifted = lift(tree, capture)
    return lifted.banners, settle(capture, lifted.banners, None)[0], lifted.tree.text(0)


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("url", [None, REPLAY], ids=["alone", "with its URL"])
def test_the_notice_in_any_markup(markup: str, url: str | None) -> None:
    (banner,), provenance, text = of(MARKUPS[markup], url=url)
    assert (banner.archive_id, [words[:16] for words in banner.notice]) == (
        "ukgwa",
        ["This snapshot, t", "The UK Governmen"],
    )
    assert banner.captured_at == provenance.captured_at == (SECOND_OF_DAY if url else DAY)
    assert "snapshot" not in text and "cookies" not in text and "tides" in text


def test_from_text_from_html_and_from_the_address_the_same() -> None:
    as_text = FIRST.format("\n", "\n") + f"\n\u00a0\n\u00a0\n{SECOND}\nHome *\nThe response\n\nThe commission met.\n"
    found = [of(None, as_text), of(MARKUPS["own element"]), of("", url=REPLAY)]
    assert {banner.archive for banners, _, _ in found for banner in banners} == {"UK Government Web Archive"}
    assert [provenance.captured_at for _, provenance, _ in found] == [DAY, DAY, SECOND_OF_DAY]
    assert found[0][0][0].notice == found[1][0][0].notice
    (banner,) = found[2][0]
    assert (banner.url, banner.replay_url) == (ORIGINAL, REPLAY)
