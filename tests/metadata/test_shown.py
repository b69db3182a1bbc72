"""What a page shows and does not declare: its headings, bylines and dates, by tag or by looks."""

from __future__ import annotations

import pytest

from endleaf import metadata
from endleaf.links import Links
from endleaf.metadata.addresses import in_address
from endleaf.model import Metadata, Moment
from endleaf.parse import parse

SITE = "http://www.tides.example"


def read(text: str, url: str | None = SITE + "/a/page.html", captured: str | None = None) -> Metadata:
    tree = parse(text)
    moment = Moment.from_timestamp(captured) if captured else None
    return metadata.read(tree, None, Links(tree, url), moment)


def title(text: str, url: str = SITE + "/a/page.html") -> str | None:
    found = read(text, url).title
    return found.value if found else None


# ------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    "placeholder", ["Untitled Document", "New Page 1", "index", "Unbenanntes Dokument", "無題ドキュメント"]
)
def test_an_editors_placeholder_is_no_title(placeholder: str) -> None:
    assert title(f"<title>{placeholder}</title><p>Text.") is None
    assert title(f"<title>{placeholder}</title><h1>The Badger</h1><p>Text.") == "The Badger"


def test_a_heading_that_leads_home_is_the_sites_name() -> None:
    page = f"<title>Slow Tides: The last ferry</title><h1><a href={SITE}/>Slow Tides</a></h1>"
    assert title(page + "<h3 class=title>The last ferry</h3><p>Text.") == "The last ferry"
    assert title(page + "<p>Text.", SITE + "/") == "Slow Tides"


@pytest.mark.parametrize(
    "shown",
    [
        "<font size=5><b>Clock stops</b></font>",
        "<font size=+2>Clock\n stops</font>",
        "<a class=maintitle href=view?t=8>Clock stops</a>",
        "<td class=storyhead>Clock stops</td>",
        "<h2>Clock stops</h2>",
    ],
)
def test_a_heading_by_looks_tells_which_part_of_a_title_is_the_pages(shown: str) -> None:
    menu = "<font size=5>The Post</font><p><b>News</b><br><a href=/sport>Sport</a>"
    assert title(f"<title>The Post - News - Clock stops</title>{menu}<table><tr>{shown}</table>") == "Clock stops"


def test_a_menus_words_are_no_heading() -> None:
    page = "<title>Water Board - Media Centre</title><td class=leftnav><b>Media Centre</b><br><a href=/2002>2002</a>"
    assert title(page) == "Water Board - Media Centre"


def test_a_reworded_heading_that_says_less_leaves_the_title() -> None:
    page = "<title>The Hedges September 2001 Archive by thread</title><h1>September 2001 Archives by thread</h1>"
    assert title(page) == "The Hedges September 2001 Archive by thread"


def test_a_word_processors_title_is_the_pages() -> None:
    head = "<meta name=ProgId content=Word.Document><title>RIVER BOARD</title>"
    body = "<p class=MsoTitle><b>Eel passes</b></p><h1>1. Purpose</h1>"
    found = read(head + body).title
    assert found and (found.value, found.source) == ("Eel passes", "heading")
    assert title("<title>River Board</title>" + body) == "River Board"


def test_a_heading_like_the_host_is_a_heading() -> None:
    page = "<title>Site map - Wendle Council</title><h1>Site map</h1>"
    assert title(page, "http://21-sitemap.example/a.html") == "Site map"
    assert title("<title>Tides - Harbour Office</title>", "http://theharbouroffice.example/a.html") == "Tides"


# ------------------------------------------------------------------ bylines


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<font size=2>By KEITH ORME, Municipal Reporter</font>", ["KEITH ORME"]),
        (
            "<hr><p>Posted by <a href=mailto:a@b.example>H. Karlsen</a> on March 02, 1997 at 14:11:36:<p>",
            ["H. Karlsen"],
        ),
        ("<p>By <b>Ann Teal</b> and <b>Ben Shaw</b><br>Photos: the Board", ["Ann Teal", "Ben Shaw"]),
        ("<p>Von Anna Krick<p>", ["Anna Krick"]),
        ("<p>By the time the clock stopped it was late.", []),
        ("<p>By Monday the water was gone.", []),
        ("<div class=related>By Ann Teal</div>", []),
    ],
)
def test_a_byline_under_the_heading_names_who_wrote(line: str, names: list[str]) -> None:
    found = read(f"<title>Clock stops</title><h1>Clock stops</h1>{line}<p>Text.").authors
    assert [author.value for author in found] == names
    assert all(author.source == "text" for author in found)


def test_posted_by_under_the_text_counts_where_it_is_the_only_one() -> None:
    text = "<p>It has a roll of tickets that is older than the guard.</p>" * 40
    post = f"<title>A</title><h1>A</h1>{text}<span>Posted by Aubrey at May 21, 2004</span>"
    comments = "<div class=comments><p>Posted by Nell at May 22, 2004</div>"
    assert [author.value for author in read(post + comments).authors] == ["Aubrey"]
    assert not read(post + "<p>Posted by Nell at May 22, 2004").authors


def test_declared_authors_come_first() -> None:
    found = read("<meta name=author content='Ann Teal'><h1>A</h1><p>By Ben Shaw").authors
    assert [author.source for author in found] == ["meta:author"]


# -------------------------------------------------------------------- dates


HEAD = "<html lang=en-GB><title>Clock stops</title><h1>Clock stops</h1>"
TEXT = "<p>The clock stopped at four minutes past two, as it had in the year of the flood.</p>"


def published(text: str, captured: str | None = None, url: str | None = None) -> str | None:
    found = read(text, url, captured).published
    return found.value if found else None


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("<font size=1>Wednesday 11 November 1998</font>", "1998-11-11"),
        ("<span class=relDate>Thursday, 5 September 2002</span>", "2002-09-05"),
        ("<p>Posted by <a href=x>H. K.</a> on March 02, 1997 at 14:11:36:", "1997-03-02T14:11:36"),
        ("<div class=uploaded-date> 23.09.22 </div>", "2022-09-23"),
        ("<dt>Mise en ligne</dt><dd>23 mai 2019</dd>", "2019-05-23"),
        ("<time datetime=2004-06-28T10:00:00Z>two days ago</time>", "2004-06-28T10:00:00Z"),
        ("<abbr class=published title=2004-06-28T10:00>28th</abbr>", "2004-06-28T10:00"),
        ("<p>发布时间: 2020-02-19", "2020-02-19"),
        ("<p>The tide of 3 May 2003 rose higher than any since the gauge was set, the Board says in its note.", None),
        ("<p>&copy; 3 May 2003 The Board", None),
        ("<p>Closing date: 3 May 2003", None),
        ("<p>Registered: 3 May 2003", None),
        ("<p class=event-date>Expires 3 May 2003", None),
        ("<p>3 May 1873", None),
        ("<div class=teaser><h3><a href=b>Another clock has stopped</a></h3><p>3 May 2003</div>", None),
    ],
)
def test_a_date_by_the_heading_is_the_pages_where_enough_speaks_for_it(shown: str, date: str | None) -> None:
    assert published(HEAD + shown + TEXT) == date


def test_a_date_at_the_articles_end_is_the_pages() -> None:
    assert published(HEAD + TEXT * 5 + "<p><font size=1>Wednesday 11 November 1998</font>") == "1998-11-11"


def test_the_first_post_dates_a_thread() -> None:
    posts = "".join(f"<div><b>Ed</b><br>Posted: Sat Feb {day:02}, 2003 9:12 pm</div>{TEXT}" for day in (8, 9, 15))
    assert published(HEAD + posts) == "2003-02-08T21:12"


def test_a_line_that_says_updated_is_when_the_page_changed() -> None:
    found = read(HEAD + "<p>Last updated: 3 May 2004" + TEXT)
    assert found.published is None
    assert found.modified and (found.modified.value, found.modified.source) == ("2004-05-03", "text")
    both = read(HEAD + "<p>Published 3 May 2004, updated 5 May 2004" + TEXT)
    assert both.published and both.modified
    assert (both.published.value, both.modified.value) == ("2004-05-03", "2004-05-05")


def test_the_page_tells_how_it_orders_bare_numbers() -> None:
    page = "<title>A</title><h1>A</h1><p>Published 04/03/2012<p>Next meeting {}" + TEXT
    assert published(page.format("28/03/2012")) == "2012-03-04"
    assert published(page.format("03/28/2012")) == "2012-04-03"
    assert published(page.format("soon")) is None


def test_no_date_is_later_than_the_capture() -> None:
    page = "<meta name=date content=2009-01-01>" + HEAD + "<p>Published 3 May 2004" + TEXT
    assert published(page) == "2009-01-01"
    assert published(page, "20040510120000") == "2004-05-03"
    assert published(page, "20040101120000") is None
    assert published(page, "20040502230000") == "2004-05-03", "zones differ by as much as a day"
    assert published(page, "2004") == "2004-05-03"
    assert published(page, "2003") is None


def test_a_clock_in_the_masthead_is_no_date_of_the_page() -> None:
    clock = "<div id=top>Monday 10 May 2004</div>"
    assert published(HEAD.replace("<h1>", clock + "<h1>") + TEXT, "20040510120000") is None
    assert published(HEAD + "<p>Published 10 May 2004" + TEXT, "20040510120000") == "2004-05-10"


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/news/2004/06/28/tides.html", "2004-06-28"),
        ("/local/2020-02/19/c_11.htm", "2020-02-19"),
        ("/texte/20220127-tides.html", "2022-01-27"),
        ("/de/23-01-2022-tides/17.html", "2022-01-23"),
        ("/2004/06/tides.html", "2004-06"),
        ("/k10011959621000.html", ""),
        ("/1873/06/28/", ""),
        ("/a?date=2004-06-28", ""),
    ],
)
def test_an_address_tells_its_date(path: str, date: str) -> None:
    address = in_address(SITE + path)
    assert (address.day or address.month) == date
    found = read("<p>Text.", SITE + path).published
    assert (found.value if found else "") == date


def test_an_instant_is_given_as_its_site_counts_days() -> None:
    head = "<meta property=article:published_time content=2004-06-29T02:30:00Z>"
    assert published(head, url=SITE + "/2004/06/28/tides.html") == "2004-06-28"
    assert published(head, url=SITE + "/2004/06/20/tides.html") == "2004-06-29T02:30:00Z"


@pytest.mark.parametrize(
    "name", ["published_on", "w-published-date", "ms.date", "og:article:published_time", "pub_date"]
)
def test_content_systems_name_the_date_of_publishing_in_many_ways(name: str) -> None:
    found = read(f"<meta name='{name}' content=2004-06-28>").published
    assert found and found.source == f"meta:{name}"


def test_a_doubtful_declared_date_is_read_as_the_page_shows_it() -> None:
    page = "<html lang=en><meta name=date content=03-09-2004><title>A</title><h1>A</h1><p>{}" + TEXT
    assert published(page.format("Published March 9, 2004")) == "2004-03-09"
    assert published(page.format("By Ann Teal")) == "03-09-2004"
