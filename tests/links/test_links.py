"""A page's links: replay URLs undone where the page is a replay, all else resolved against the original page."""

from __future__ import annotations

import pytest

from endleaf.links import Links, Target
from endleaf.model import Banner
from endleaf.parse import parse

WAYBACK = Banner(
    archive_id="wayback",
    archive="Internet Archive Wayback Machine",
    url="http://www.example.org/a/b.html",
    replay_url="https://web.archive.org/web/20120611024252/http://www.example.org/a/b.html",
)
REPLAY = "https://web.archive.org/web/20120611024252"


def links(html: str = "<p>", page: str | None = None, *banners: Banner) -> Links:
    return Links(parse(html), page, banners)


@pytest.mark.parametrize(
    ("href", "original", "replay"),
    [
        (f"{REPLAY}/http://other.example/x", "http://other.example/x", f"{REPLAY}/http://other.example/x"),
        (f"{REPLAY}im_/http://www.example.org:80/i.gif", "http://www.example.org/i.gif", f"{REPLAY}im_/http://www.example.org:80/i.gif"),
        ("/web/20120611024252/http://www.example.org/c", "http://www.example.org/c", f"{REPLAY}/http://www.example.org/c"),
        ("//web.archive.org/web/2012/http:/www.example.org/c", "http://www.example.org/c", "https://web.archive.org/web/2012/http:/www.example.org/c"),
        ("c.html", "http://www.example.org/a/c.html", None),
        ("../c.html", "http://www.example.org/c.html", None),
        ("/c.html", "http://www.example.org/c.html", None),
        ("http://other.example/", "http://other.example/", None),
        ("https://arquivo.pt/wayback/2012/http://x.test/", "https://arquivo.pt/wayback/2012/http://x.test/", None),
        (f"{REPLAY}/mailto:a@example.org", "mailto:a@example.org", f"{REPLAY}/mailto:a@example.org"),
        (f"{REPLAY}/tel:+1234", "tel:+1234", f"{REPLAY}/tel:+1234"),
    ],
)  # fmt: skip
def test_a_replayed_page_s_links_are_as_they_were(href: str, original: str, replay: str | None) -> None:
    for page in (None, "http://www.example.org/a/b.html"):
        assert links("<p>", page, WAYBACK).resolve(href) == Target(original, replay)


def test_the_page_s_url_may_be_the_replay_s_own() -> None:
    found = links("<p>", f"{REPLAY}/http://www.example.org/a/b.html")
    assert found.resolve("../c") == Target("http://www.example.org/c")
    assert found.resolve("/web/2012js_/http://x.example/") == Target(
        "http://x.example/", "https://web.archive.org/web/2012js_/http://x.example/"
    )


def test_an_author_s_link_to_an_archive_stays() -> None:
    cited = f"{REPLAY}/http://other.example/"
    assert links("<p>", "http://www.example.org/").resolve(cited) == Target(cited)


def test_a_page_that_names_a_replay_url_as_its_own_is_a_replay() -> None:
    html = f'<link rel=canonical href="{REPLAY}/http://www.example.org/a/b.html">'
    assert links(html).resolve(f"{REPLAY}/http://x.example/") == Target(
        "http://x.example/", f"{REPLAY}/http://x.example/"
    )


def test_layers_are_undone_one_by_one_but_only_the_page_s_own() -> None:
    ukgwa = Banner(archive_id="ukgwa", archive="UK Government Web Archive", url="http://www.example.gov.uk/")
    inner = "http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.example.gov.uk/next"
    both = f"{REPLAY}/{inner}"
    assert links("<p>", None, WAYBACK, ukgwa).resolve(both) == Target("http://www.example.gov.uk/next", both)
    assert links("<p>", None, WAYBACK).resolve(both) == Target(inner, both)


def test_a_replay_on_a_host_nobody_knows_is_known_by_the_banner() -> None:
    replay = "https://replay.example.net/c/20140126200624"
    pywb = Banner(archive_id="pywb", archive="Web archive (pywb)", replay_url=f"{replay}/http://www.example.org/")
    target = links("<p>", "http://www.example.org/", pywb).resolve(f"{replay}mp_/http://www.example.org/x")
    assert target == Target("http://www.example.org/x", f"{replay}mp_/http://www.example.org/x")


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://base.example/d/", "http://base.example/d/x"),
        (f"{REPLAY}/http://base.example/d/", "http://base.example/d/x"),
        ("/d/", "http://www.example.org/d/x"),
        ("", "http://www.example.org/a/x"),
        (".", "http://www.example.org/a/x"),
        ("javascript:x", "http://www.example.org/a/x"),
    ],
)
def test_base_is_honoured_and_itself_restored(base: str, url: str) -> None:
    html = f'<base target=_top><base href="{base}"><base href="http://second.example/">'
    assert links(html, None, WAYBACK).resolve("x") == Target(url)


@pytest.mark.parametrize("href", ["", "#top", " #top ", "javascript:void(0)", "data:image/gif,AA", "about:blank"])
def test_no_place_elsewhere_gives_none(href: str) -> None:
    assert links("<p>", "http://www.example.org/").resolve(href) is None


def test_without_any_url_relative_links_lead_nowhere() -> None:
    found = links()
    assert found.resolve("a.html") is None
    assert found.resolve("http://example.org") == Target("http://example.org/")
    assert found.resolve("/web/20140126200624mp_/http://example.org/") == Target("http://example.org/")


def test_relative_addresses_that_lead_nowhere_are_noted() -> None:
    found = links()
    for href in ("a.html", "/b", "#c", "http://example.org/", "javascript:x", "", "a.html"):
        found.resolve(href)
    assert found.notes == ("the page's own address is unknown: relative addresses in it lead nowhere (2)",)
    known = links("<p>", "http://example.org/")
    known.resolve("../../a")
    assert known.notes == () == links().notes


def test_parts_saved_beside_a_page_have_no_address() -> None:
    saved = Banner(
        archive_id="browser", archive="Saved from a browser", kind="saver", url="http://www.example.org/a/b.html"
    )
    assert links("<p>", None, saved).resolve("./b-Dateien/i.png") is None
    assert links("<p>", None, saved).resolve("b_files/i.png") is None
    assert links("<p>", None, saved).resolve("c/i.png") == Target("http://www.example.org/a/c/i.png")


def test_parts_that_archive_today_renamed_have_no_address() -> None:
    today = Banner(archive_id="archive.today", archive="archive.today", url="http://www.example.org/a/b.html")
    assert links("<p>", None, today).resolve("3fe804a4ee9d83e66fc8edeb918862a48afafb4a.jpg") is None
    assert links("<p>", None, today).resolve("map.jpg") == Target("http://www.example.org/a/map.jpg")


@pytest.mark.parametrize("inner", ["javascript:alert(1)", "data:text/html,x", "whatsapp://send?text=x"])
def test_an_unsafe_scheme_within_a_replay_url_is_no_place(inner: str) -> None:
    assert links("<p>", None, WAYBACK).resolve(f"{REPLAY}/{inner}") is None


def test_the_innermost_archive_s_url_is_the_page_s() -> None:
    stale = Banner(archive_id="browser", archive="Saved from a browser", kind="saver", url="http://elsewhere.example/")
    assert links("<p>", None, WAYBACK, stale).resolve("c") == Target("http://www.example.org/a/c")
