"""Replay URLs of every archive, read and undone."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.replay_hosts import ARCHIVES, archive_at
from endleaf.replay_urls import Replay, parse_replay

KNOWN = [
    # archive, replay URL, timestamp, original
    ("wayback", "https://web.archive.org/web/20190717140047/http://www.example.org/a",
     "20190717140047", "http://www.example.org/a"),
    ("wayback", "http://web.archive.org/web/20010421035521/http://example.org",
     "20010421035521", "http://example.org"),
    ("wayback", "//web.archive.org/web/2012/http://example.org/", "2012", "http://example.org/"),
    ("wayback", "https://web.archive.org/web/20120101000000*/http://example.org/",
     "20120101000000", "http://example.org/"),
    ("wayback", "https://web.archive.org/web/*/http://example.org/*", "", "http://example.org/*"),
    ("wayback", "https://web.archive.org/web/http://example.org/", "", "http://example.org/"),
    ("wayback", "https://web.archive.org/web/2005im_/http:/example.org/a.gif", "2005", "http://example.org/a.gif"),
    ("wayback", "http://web.archive.org/20040628/http://example.org/", "20040628", "http://example.org/"),
    ("wayback", "https://web.archive.org/web/20041011/www.example.org/x?y=http://z/",
     "20041011", "http://www.example.org/x?y=http://z/"),
    ("wayback", "https://web.archive.org/web/2004/http%3A%2F%2Fexample.org%2Fa%3Fb",
     "2004", "http://example.org/a?b"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.fco.gov.uk/Front?p=A/B&c=Page",
     "20040628050632", "http://www.fco.gov.uk/Front?p=A/B&c=Page"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/tna/20040628050632/http://example.gov.uk/",
     "20040628050632", "http://example.gov.uk/"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/+/http://www.example.gov.uk/a.asp",
     "", "http://www.example.gov.uk/a.asp"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/*/http://www.example.gov.uk/",
     "", "http://www.example.gov.uk/"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/+/www.example.gov.uk/a.asp",
     "", "http://www.example.gov.uk/a.asp"),
    ("ukgwa", "https://webarchive.nationalarchives.gov.uk/ukgwa/20120101020304mp_/https://example.gov.uk/",
     "20120101020304", "https://example.gov.uk/"),
    ("ukgwa", "https://webarchive.nationalarchives.gov.uk/eu-exit/20200131230000/https://example.gov.uk/",
     "20200131230000", "https://example.gov.uk/"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/raw/20040628050632/http://example.gov.uk/",
     "20040628050632", "http://example.gov.uk/"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/20040628050632id_/http://example.gov.uk/",
     "20040628050632", "http://example.gov.uk/"),
    ("ukgwa", "http://webarchive.nationalarchives.gov.uk/content/20110204111111/http://example.gov.uk/",
     "20110204111111", "http://example.gov.uk/"),
    ("ukgwa", "http://collections.europarchive.org/tna/20040117112233/http://example.gov.uk/",
     "20040117112233", "http://example.gov.uk/"),
    ("nli", "http://collection.europarchive.org/nli/20110204/http://example.ie/", "20110204", "http://example.ie/"),
    ("proni", "http://collections.internetmemory.org/proni/content/20110204111111/http://example.org/",
     "20110204111111", "http://example.org/"),
    ("nrs", "http://webarchive.nrscotland.gov.uk/20170204111111/http://example.org/",
     "20170204111111", "http://example.org/"),
    ("uk-parliament", "http://webarchive.parliament.uk/20110204111111/http://example.org/",
     "20110204111111", "http://example.org/"),
    ("ukwa-bl", "https://www.webarchive.org.uk/wayback/archive-cy/20140126200624/http://example.org/",
     "20140126200624", "http://example.org/"),
    ("ukwa-bl", "http://www.webarchive.org.uk/pan/12032/20050413/www.example.org/x/",
     "20050413", "http://www.example.org/x/"),
    ("pandora", "http://pandora.nla.gov.au/pan/10042/20040912-0130/www.example.org/x.html",
     "200409120130", "http://www.example.org/x.html"),
    ("awa", "https://webarchive.nla.gov.au/awa/20040912013000/http://example.org/",
     "20040912013000", "http://example.org/"),
    ("arquivo.pt", "https://arquivo.pt/wayback/wayback/20140126200624/http://example.org/",
     "20140126200624", "http://example.org/"),
    ("stanford-swap", "https://swap.stanford.edu/was/20140126200624mp_/http://example.org/",
     "20140126200624", "http://example.org/"),
    ("archive.today", "http://archive.today/o/pSSpa/www.example.org/en/", "", "http://www.example.org/en/"),
    ("archive.today", "https://archive.ph/o/pSSpa/https://www.example.org/en/", "", "https://www.example.org/en/"),
    ("archive.today", "http://archive.is/20130508132946/http://example.org/",
     "20130508132946", "http://example.org/"),
    ("archive.today", "https://archive.ph/2013.05.08-132946/http://example.org/",
     "20130508132946", "http://example.org/"),
    ("perma", "http://perma-archives.org/warc/20140628050632/http://example.org/",
     "20140628050632", "http://example.org/"),
    ("archive-it", "https://wayback.archive-it.org/1068/20091104012233/http://example.org/",
     "20091104012233", "http://example.org/"),
    ("loc", "http://webarchive.loc.gov/lcwa0010/20020914000000/http://example.org/",
     "20020914000000", "http://example.org/"),
    ("nara", "https://www.webharvest.gov/congress110th/20081124/http://example.gov/",
     "20081124", "http://example.gov/"),
    ("gc", "http://www.collectionscanada.gc.ca/webarchives/20071124/http://example.gc.ca/",
     "20071124", "http://example.gc.ca/"),
    ("iceland", "http://wayback.vefsafn.is/wayback/20091124000000/http://example.is/",
     "20091124000000", "http://example.is/"),
    ("bibalex", "http://web.archive.bibalex.org/web/20011124000000im_/http://example.org/a.gif",
     "20011124000000", "http://example.org/a.gif"),
    ("aueb", "http://83.212.204.92:8080/wayback/20101124000000/http://example.gr/",
     "20101124000000", "http://example.gr/"),
    ("webcite", "http://www.webcitation.org/query?url=http%3A%2F%2Fexample.org%2Fa&date=2009-01-02",
     "20090102", "http://example.org/a"),
    ("google-cache", "http://webcache.googleusercontent.com/search?q=cache:L0kyKYIrPyoJ:example.org/a.py+&cd=6",
     "", "http://example.org/a.py"),
    ("solrwayback", "http://localhost:8080/solrwayback/services/web/20200430130700/http://example.org/",
     "20200430130700", "http://example.org/"),
    (None, "https://replay.example.net/my/coll/20200430130700mp_/http://example.org:80/?a",
     "20200430130700", "http://example.org/?a"),
    (None, "/web/20140126200624/http://example.org/", "20140126200624", "http://example.org/"),
]  # fmt: skip

ORDINARY = [
    "",
    "/",
    "http://",
    "http://example.org/2004/06/28/a-post.html",
    "http://example.org/2004/http://other.example/",
    "http://example.org/out?to=http://web.archive.org/web/2004/http://x.example/",
    "https://archive.org/details/20040628050632",
    "https://web.archive.org/",
    "https://web.archive.org/about/faqs.php",
    "https://web.archive.org/save/http://example.org/",
    "https://perma.cc/ABCD-1234",
    "http://archive.today/pSSpa",
    "http://www.webcitation.org/5abcdef",
    "mailto:web@archive.org",
    "javascript:location='/web/2004/http://x/'",
]


@pytest.mark.parametrize(("archive", "url", "stamp", "original"), KNOWN)
def test_every_archive_s_form_is_read(archive: str | None, url: str, stamp: str, original: str) -> None:
    found = parse_replay(url)
    assert found is not None
    assert (found.archive_id, found.timestamp, found.url) == (archive, stamp, original)


@pytest.mark.parametrize("url", ORDINARY)
def test_an_ordinary_url_is_no_replay(url: str) -> None:
    assert parse_replay(url) is None


def test_the_scheme_s_fate_is_said() -> None:
    forms = ("http://example.org/", "http:/example.org/", "example.org/")
    found = [parse_replay("https://web.archive.org/web/20040628050632/" + form) for form in forms]
    assert [replay and replay.scheme for replay in found] == ["stated", "collapsed", "assumed"]
    assert {replay and replay.url for replay in found} == {"http://example.org/"}


def test_the_view_has_no_modifier_and_is_else_as_given() -> None:
    framed = parse_replay("https://replay.example.net/c/20140126200624mp_/http://example.org/")
    old = "http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.example.gov.uk/"
    given = parse_replay(old)
    assert framed is not None and framed.view == "https://replay.example.net/c/20140126200624/http://example.org/"
    assert given is not None and given.view == old


def test_hosts_are_known_with_any_case_port_and_www() -> None:
    assert archive_at("WWW.Web.Archive.org:443") == "wayback"
    assert archive_at("archive.org.example") is None
    hosts = [host for archive in ARCHIVES.values() for host in archive.hosts]
    assert len(hosts) == len(set(hosts)), "a host that two archives claim"


hosts = st.from_regex(r"(?:[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.){1,3}[a-z]{2,6}", fullmatch=True)
tails = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), max_size=40)
originals = st.builds(
    lambda scheme, host, port, tail: f"{scheme}://{host}{port}/{tail}",
    st.sampled_from(["http", "https"]), hosts, st.sampled_from(["", ":8080", ":8443"]), tails,
)  # fmt: skip
stamps = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)).map(
    lambda when: f"{when.year:04d}" + when.strftime("%m%d%H%M%S")
)
lengths = st.integers(4, 14)
modifiers = st.sampled_from(["", "id_", "mp_", "im_", "js_", "cs_", "if_", "oe_", "fw_", "wkrf_"])
prefixes = st.sampled_from(
    [
        "https://web.archive.org/web/", "http://webarchive.nationalarchives.gov.uk/", "//arquivo.pt/wayback/",
        "https://webarchive.nationalarchives.gov.uk/ukgwa/", "http://wayback.archive-it.org/1068/", "/web/",
        "https://replay.example.net:8080/archive/coll/",
    ]
)  # fmt: skip


@given(prefixes, stamps, lengths, modifiers, originals)
def test_any_original_comes_back_from_its_replay_url(
    prefix: str, stamp: str, length: int, modifier: str, original: str
) -> None:
    found = parse_replay(f"{prefix}{stamp[:length]}{modifier}/{original}")
    assert found is not None
    assert found[1:6] == (prefix, stamp[:length], modifier, original, "stated")


@given(prefixes, stamps, originals)
def test_a_collapsed_scheme_is_repaired(prefix: str, stamp: str, original: str) -> None:
    found = parse_replay(f"{prefix}{stamp}/{original.replace('://', ':/', 1)}")
    assert found is not None and (found.url, found.scheme) == (original, "collapsed")


pieces = st.sampled_from(
    ["http:", "https://", "/", "//", ":", "?", "#", "%3A", "%2F", "web.archive.org", "20040628050632", "id_", "+", "*",
     "/o/abc/", "/pan/1/20040101/", "search?q=cache:", "\n", " ", "\x00", "é", "www.example.org", "/query?url="]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=14).map("".join)))
def test_it_never_raises(text: str) -> None:
    found = parse_replay(text)
    assert found is None or (isinstance(found, Replay) and found.url)
