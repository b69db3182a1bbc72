"""What each sample archive gives, the whole way: address, time, archive, title, author."""

from __future__ import annotations

from pathlib import Path

import pytest

import endleaf
from endleaf.model import Page, from_json
from endleaf.plain import plain_text

FOLDER = Path(__file__).resolve().parents[2] / "archives"
HARBOUR = "http://www.harbour-office.example/"
GARDEN = "https://salt-garden.example/"


def pages(name: str) -> list[Page]:
    found: list[Page] = []
    for capture in endleaf.read(FOLDER / name):
        try:
            found.append(endleaf.page_from(capture))
        except endleaf.NotAPage:
            continue
    return found


@pytest.mark.parametrize(
    ("name", "url", "captured_at", "layers", "title", "author"),
    [
        (
            "coasts-lights-2004.html",
            "http://www.dch.gov.example/safety/lights",
            "2004-06-28T05:06:32Z",
            ["browser", "ukgwa"],
            "Lights, Buoys and Fog Signals",
            "Department for Coasts and Harbours, Aids to Navigation Branch",
        ),
        ("coasts-fog-signals-2004.txt", None, "2004-06-28", ["ukgwa"], None, None),
        (
            "lifeboat-2009.html",
            "http://www.penhallow-lifeboat.example/2009/04/herring-fleet/",
            "2009-05-14T12:34:56Z",
            ["wayback"],
            "The night of the herring fleet",
            "Maud Penhale",
        ),
        ("lighthouse-1997.html", "http://home.lantern.example/ed/", None, ["browser"], "Ed's Lighthouse Page", None),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_page_kept_by_itself(
    name: str, url: str | None, captured_at: str | None, layers: list[str], title: str | None, author: str | None
) -> None:
    (page,) = pages(name)
    assert page.url == url
    assert (page.captured_at.iso if page.captured_at else None) == captured_at
    assert [banner.archive_id for banner in page.banners] == layers
    assert title in (None, page.title)
    assert next((value.value for value in page.metadata.authors), None) == author


def test_the_notice_is_kept_and_no_part_of_the_text() -> None:
    (page,) = pages("coasts-lights-2004.html")
    notice = " ".join(page.banners[-1].notice)
    assert notice.startswith("This snapshot, taken on 28/06/2004, shows web content acquired for preservation")
    assert notice.endswith("some may be left in your browser from archived websites.")
    assert "snapshot" not in repr(page.sections)


def test_a_crawled_site() -> None:
    found = [
        (page.url, page.captured_at and page.captured_at.iso, page.title) for page in pages("harbour-office.warc.gz")
    ]
    titles = {(str(url).removeprefix(HARBOUR), str(when)[:4]): title for url, when, title in found}
    assert titles["", "2004"] == "Welcome to the Harbour Office"
    assert titles["", "2009"] == "The Harbour Office, Penhallow"
    assert titles["notices/12.html", "2004"] == "Notice 12: red light on the pier head"
    assert titles["news/2009/ferry-pier.html", "2009"] == "The ferry has a new pier"
    for revisited in ("tides.html", "history.html", "contact.html"):
        assert titles[revisited, "2009"] == titles[revisited, "2004"]


def test_a_frameset_s_frames_stand_in_its_page(tmp_path: Path) -> None:
    endleaf.convert([str(FOLDER / "slipway-frames.warc.gz")], tmp_path, ["json"])
    (name,) = (tmp_path / "pages/www.carrow-slipway.example").glob("1999*/page.json")
    page = from_json(name.read_bytes())
    assert page.title == "The Carrow Slipway Trust"
    assert "The winch is mended." in plain_text(page) and "closed until the autumn" not in plain_text(page)
    assert [(each.name, each.provenance is not None) for each in page.frames] == [
        ("menu", True), ("main", True), ("ticker", False),
    ]  # fmt: skip
    assert page.notes == ("the frame ticker, http://www.carrow-slipway.example/ticker.htm, is not in the sources",)


def test_a_wacz() -> None:
    found = {page.url: page.metadata for page in pages("salt-garden.wacz")}
    bees = found[GARDEN + "bees/"]
    assert bees.title and bees.title.value == "Keeping bees by the sea"
    assert [author.value for author in bees.authors] == ["Maud Penhale"]
    assert bees.published and bees.published.value == "2019-04-02T10:00:00+01:00"
    assert bees.rights and bees.rights.source == "json-ld:BlogPosting.license"
    assert bees.site_name and bees.site_name.value == "Salt Garden"
    journal = found[GARDEN]
    assert journal.published is None, "the dates of a list are its articles'"
