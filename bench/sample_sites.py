"""The small sites that are crawled: a harbour office and a frameset site (WARC), a gardeners' journal (WACZ)."""

from __future__ import annotations

import json
import re
from typing import Any

from bench.sample_pages import crest, harbour_view, hives, page, png, sample
from bench.sample_warc import SOFTWARE, Stored, Warc, cdxj, chunked, gzipped, pages_list, wacz

HARBOUR = "http://www.harbour-office.example"
APACHE = ("Server", "Apache/1.3.27")
LATIN = ("Content-Type", "text/html; charset=iso-8859-1")
PAGES_OF_2004 = {
    "/": "home-2004", "/tides.html": "tides", "/moorings.html": "moorings", "/history.html": "history",
    "/notices/": "notices", "/notices/12.html": "notice-12", "/contact.html": "contact",
}  # fmt: skip


def harbour() -> bytes:
    """A small site, crawled in 2004 and again in 2009."""
    warc = Warc("harbour-office.warc.gz")
    stored = _crawl_of_2004(warc)
    _crawl_of_2009(warc, stored)
    return warc.data


def _crawl_of_2004(warc: Warc) -> dict[str, Stored]:
    warc.begin("2004-03-01T10:00:00Z", software=SOFTWARE, description="First crawl of the Harbour Office")
    robots = b"User-agent: *\nDisallow: /office/\n"
    warc.fetch(f"{HARBOUR}/robots.txt", "200 OK", [APACHE, ("Content-Type", "text/plain")], robots)
    stored: dict[str, Stored] = {}
    for path, name in PAGES_OF_2004.items():
        fields, html = page("harbour/frame-2004.html", f"harbour/{name}.html")
        modified = ("Last-Modified", HTTP_DATES[fields["modified"]])
        stored[name] = warc.fetch(HARBOUR + path, "200 OK", [APACHE, modified, LATIN], html.encode("iso-8859-1"))
    warc.note(
        stored["home-2004"],
        via="http://directory.example/harbours",
        fetchTimeMs="212",
        outlink=f"{HARBOUR}/tides.html L a/@href",
    )
    style = sample("harbour/style.css").encode()
    stored["style"] = warc.fetch(f"{HARBOUR}/style.css", "200 OK", [APACHE, ("Content-Type", "text/css")], style)
    for name, picture in (("crest", png(48, 48, crest)), ("harbour", png(240, 80, harbour_view))):
        warc.fetch(f"{HARBOUR}/images/{name}.png", "200 OK", [APACHE, ("Content-Type", "image/png")], picture)
    moved = b'<html><body>Moved <a href="/notices/">here</a>.</body></html>'
    warc.fetch(f"{HARBOUR}/notices", "301 Moved Permanently", [APACHE, ("Location", "/notices/"), LATIN], moved)
    warc.fetch(f"{HARBOUR}/today", "302 Found", [APACHE, ("Location", f"{HARBOUR}/tides.html"), LATIN], b"")
    missing = page("harbour/frame-2004.html", "harbour/missing.html")[1].encode("iso-8859-1")
    warc.fetch(f"{HARBOUR}/old-map.html", "404 Not Found", [APACHE, LATIN], missing)
    return stored


HTTP_DATES = {
    "2003-11-30": "Sun, 30 Nov 2003 16:20:00 GMT",
    "2004-01-05": "Mon, 05 Jan 2004 09:00:00 GMT",
    "2004-02-20": "Fri, 20 Feb 2004 11:45:00 GMT",
    "2004-02-27": "Fri, 27 Feb 2004 15:10:00 GMT",
}


def _crawl_of_2009(warc: Warc, stored: dict[str, Stored]) -> None:
    warc.begin("2009-10-18T09:30:00Z", software=SOFTWARE, description="Second crawl of the Harbour Office")
    html = page("harbour/frame-2009.html", "harbour/home-2009.html")[1].encode()
    packed = [
        ("Server", "nginx/0.7.62"),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
    ]
    warc.fetch(f"{HARBOUR}/", "200 OK", packed, chunked(gzipped(html)))
    same, unchanged = "identical-payload-digest", "server-not-modified"
    warc.revisit(stored["tides"], same, {})  # to be found by its digest alone
    history, style = stored["history"], stored["style"]
    warc.revisit(history, same, {"WARC-Refers-To-Target-URI": history.url, "WARC-Refers-To-Date": history.date})
    warc.revisit(stored["contact"], same, {"WARC-Refers-To": stored["contact"].record_id})
    named = {"WARC-Refers-To-Target-URI": style.url, "WARC-Refers-To-Date": style.date}
    warc.revisit(style, unchanged, named, "304 Not Modified")
    html = page("harbour/frame-2009.html", "harbour/ferry-pier.html")[1].encode()
    warc.fetch(f"{HARBOUR}/news/2009/ferry-pier.html", "200 OK", packed[:2], html)


GARDEN = "https://salt-garden.example"
GARDEN_CRAWL = "2019-07-01T12:00:00Z"


def garden() -> bytes:
    """A journal of 2019 as a WACZ 1.1.1: WARC, index and list of pages in a ZIP whose members are stored."""
    warc = Warc("garden.warc.gz")
    warc.begin(GARDEN_CRAWL, software=SOFTWARE, isPartOf="salt-garden")
    html = ("Content-Type", "text/html; charset=utf-8")
    pages = {
        path: _garden_page(path, name)
        for path, name in (("/", "index"), ("/bees/", "bees"), ("/samphire/", "samphire"))
    }
    stored = [warc.fetch(GARDEN + path, "200 OK", [html], text.encode()) for path, (_, text) in pages.items()]
    seen = [(one.url, one.date, title) for one, (title, _) in zip(stored, pages.values(), strict=True)]
    style, cover = sample("garden/site.css").encode(), png(320, 120, hives)
    stored.append(warc.fetch(f"{GARDEN}/assets/site.css", "200 OK", [("Content-Type", "text/css")], style))
    stored.append(warc.fetch(f"{GARDEN}/images/cover.png", "200 OK", [("Content-Type", "image/png")], cover))
    return wacz({
        "archive/garden.warc.gz": warc.data,
        "indexes/index.cdxj": "".join(sorted(cdxj(one, warc.name) for one in stored)).encode(),
        "pages/pages.jsonl": pages_list(seen),
    }, title="Salt Garden", main=seen[0])  # fmt: skip


def _garden_page(path: str, name: str) -> tuple[str, str]:
    url = GARDEN + path
    fields, _ = page("garden/frame.html", f"garden/{name}.html", url=url, ld="")
    return fields["title"], page("garden/frame.html", f"garden/{name}.html", url=url, ld=_linked_data(fields))[1]


def _linked_data(fields: dict[str, str]) -> str:
    """What the page says of itself in JSON-LD: the site, and the article where it is one."""
    publisher = {"@type": "Organization", "@id": f"{GARDEN}/#press", "name": "Salt Garden Press"}
    graph: list[dict[str, Any]] = [
        {"@type": "WebSite", "@id": f"{GARDEN}/#site", "name": "Salt Garden", "publisher": {"@id": publisher["@id"]}},
        publisher,
    ]
    author = re.search(r'rel="author" href="([^"]+)">([^<]+)<', fields["body"])
    if author:
        person = {"@type": "Person", "@id": GARDEN + author[1], "name": author[2]}
        article = {
            "@type": "BlogPosting", "headline": fields["title"], "mainEntityOfPage": fields["url"],
            "author": {"@id": person["@id"]}, "publisher": {"@id": publisher["@id"]},
            "datePublished": fields["published"], "dateModified": fields["modified"], "inLanguage": "en-GB",
            "keywords": fields["keywords"], "license": "https://licences.example/share-alike/4.0/",
        }  # fmt: skip
        graph += [person, article]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)


SLIPWAY = "http://www.carrow-slipway.example"
WINDOWS = ("Content-Type", "text/html; charset=windows-1252")
SERVER_OF_1999 = ("Server", "Apache/1.3.6")


def slipway() -> bytes:
    """A frameset site, crawled in 1999; in 2001 only the page in its main frame, and the ticker never."""
    warc = Warc("slipway-frames.warc.gz")
    warc.begin(
        "2001-03-20T08:00:00Z", software=SOFTWARE, description="A page of the Slipway Trust, asked for by itself"
    )
    _fetch_slipway(warc, "/news/welcome.htm", "welcome-2001")
    warc.begin("1999-04-25T21:10:00Z", software=SOFTWARE, description="Crawl of the Slipway Trust")
    for path, name in (("/", "index"), ("/menu.htm", "menu"), ("/news/welcome.htm", "welcome-1999")):
        _fetch_slipway(warc, path, name)
    return warc.data


def _fetch_slipway(warc: Warc, path: str, name: str) -> None:
    body = sample(f"slipway/{name}.html").encode("windows-1252")
    warc.fetch(SLIPWAY + path, "200 OK", [SERVER_OF_1999, WINDOWS], body)
