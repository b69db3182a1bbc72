"""What holds of every lifting: no word vanishes unreported, quotes stay, and hostile pages cost no more than others."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.banners import BANNERS, lift
from endleaf.banners.clues import visible
from endleaf.banners.layers import SAVERS
from endleaf.model import Capture, Provenance, Removal
from endleaf.parse import Tree, parse
from endleaf.replay_hosts import ARCHIVES
from tests.banners.test_cases import CASES, read

FILE = Capture(provenance=Provenance(source="page.html", container="html"), payload=b"")
PAGE = """<!DOCTYPE html><title>Harbour report</title><h1>Harbour report</h1>
<p>The commission met to consider the tides and the dredging.</p><p><a href="/next">Next</a></p>"""


def words(removals: tuple[Removal, ...]) -> Counter[str]:
    return Counter(word for removal in removals for word in removal.text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_is_kept_or_reported(case: Path) -> None:
    tree, capture = read(case)
    lifted = lift(tree, capture)
    before = Counter(f"{visible(tree, 0)} {_title(tree)}".split())
    after = Counter(f"{visible(lifted.tree, 0)} {_title(lifted.tree)}".split())
    assert before == after + words(lifted.removals)


def _title(tree: Tree) -> str:
    at = tree.find("title")
    return tree.text(at) if at is not None else ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lifting_again_finds_no_more_marks(case: Path) -> None:
    tree, capture = read(case)
    once = lift(tree, capture)
    twice = lift(once.tree, FILE)
    assert not twice.removals, "a banner was left in the page"


def test_a_page_with_no_banner_is_the_same_object() -> None:
    tree = parse(PAGE)
    lifted = lift(tree, FILE)
    assert lifted.tree is tree
    assert not lifted.banners and not lifted.removals


def test_every_banner_s_id_is_in_a_table() -> None:
    for case in CASES:
        for banner in lift(*read(case)).banners:
            assert banner.archive_id in ARCHIVES or banner.archive_id in SAVERS
    assert set(BANNERS) >= {"ukgwa", "wayback", "pywb", "archive.today", "browser", "singlefile", "httrack"}


NOTICE = "This snapshot, taken on 28/06/2004, shows web content acquired for preservation by The National Archives."


@pytest.mark.parametrize(
    "quote",
    [
        f"<h1>On banners</h1><p>{NOTICE}</p>",
        f"<p>They write:</p><blockquote>{NOTICE}</blockquote>",
        f"<p>“{NOTICE}”</p>",
        "<p>FILE ARCHIVED ON 10:10:10 Feb 15, 2009 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 3:04:05 May 7, 2011.</p>",
        "<pre>&lt;!-- saved from url=(0019)http://example.org/ --&gt;</pre>",
        "<p>This is Google's cache, as people called it.</p>",
        '<p>A record: <iframe src="https://perma.cc/ABCD-1234"></iframe></p>',
        "<h1>Help</h1><p>You are viewing an archived web page, collected at the request of X using Archive-It.</p>",
    ],
)
def test_a_quoted_banner_stays(quote: str) -> None:
    tree = parse(f"<title>x</title>{quote}<p>After.")
    lifted = lift(tree, FILE)
    assert lifted.tree is tree and not lifted.banners


SENTENCE = "The commission met to consider the tides and the dredging. "


@pytest.mark.parametrize("length", [18, 60])
@pytest.mark.parametrize(
    "forged",
    [
        "<!-- BEGIN WAYBACK TOOLBAR INSERT -->{}<!-- END WAYBACK TOOLBAR INSERT -->",
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base">{}</div><!-- END WAYBACK TOOLBAR INSERT -->',
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp">7 captures</div>{}',
        '<div id="wm-ipp">{}</div>',
        "<!-- WB Insert --><script>wbinfo = {{}}; wbinfo.url = 'http://a.example/';</script>{}<!-- End WB Insert -->",
        '<iframe id="theWebpage" src="/content/20110204111111/http://a.example/"></iframe>{}',
        '<iframe id="replay_iframe"></iframe><script>new ContentFrame({{"url": "http://a.example/"}})</script>{}',
        '<div id="HEADER">{}</div><div id="SOLID"></div><div id="CONTENT">One</div>',
        '<div id="x__google-cache-hdr">This is Google\'s cache of http://a.example/. {}</div>',
        f"<p>{NOTICE} {{}}",
        '<div id="tegModal">{}</div><a href="http://a.example/services/web/20110204111111/http://b.example/">b</a>',
        '<iframe src="//perma-archives.org/warc/2014/http://a.example/"></iframe>This is a Perma.cc record {}',
        '<meta name="exporter-version" content="Evernote Mac"><table><tr><td>Created:<td>2012<tr><td>{}</table>',
        '<html data-scrapbook-source="http://a.example/"><div data-scrapbook-elem="toolbar">{}</div>',
        'Got an HTTP 302 response at crawl time <a href="/web/2011/http://a.test/">a</a>{}<!-- FILE ARCHIVED ON x -->',
    ],
)
def test_an_imitation_swallows_no_article(forged: str, length: int) -> None:
    tree = parse("<title>x</title>" + forged.format("<p>" + SENTENCE * length))
    kept = lift(tree, FILE).tree.text(0)
    assert kept.count("The commission met") == length


HOSTILE = {
    "marks": "<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * 5000 + "<!-- END WAYBACK TOOLBAR INSERT -->" * 5000,
    "comment": "<!-- FILE ARCHIVED ON " + "a AND RETRIEVED FROM b ON " * 5000 + "-->",
    "script": "<script>" + '__wm.wombat("' * 5000 + "</script>",
    "escapes": '<script>__wm.wombat("' + '\\"' * 20_000 + "</script>",
    "notice": "<p>" + "This snapshot, taken on " * 5000,
    "spans": f"<p>{NOTICE}" + "<b> </b>" * 5000,
    "href": '<link rel=canonical href="http://web.archive.org/web/' + "2004/" * 40_000 + '">',
    "lines": "<!-- Page saved with SingleFile" + "\n" * 50_000 + "-->",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_takes_long(name: str) -> None:
    tree = parse(HOSTILE[name])
    start = time.process_time()
    lift(tree, FILE)
    assert time.process_time() - start < 1.0


MARKS = """
<!-- BEGIN WAYBACK TOOLBAR INSERT -->
<!-- END WAYBACK TOOLBAR INSERT -->
<!-- WB Insert -->
<!-- End WB Insert -->
<!-- saved from url=(0017)http://x.example/ -->
<!-- Mirrored from x.example by HTTrack Website Copier/3.x, Wed, 17 Jan 2018 15:34:08 GMT -->
<!-- FILE ARCHIVED ON 20040101000000 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 20050101000000. -->
<!-- Copied from http://x.example/ by Cyotek WebCopy 1.7.0.600, Thursday, January 20, 2022, 1:07:50 PM -->
<!-- Saved from http://x.example/ at 2023-12-01T10:30:45Z using monolith v2.7.0 -->
<meta name="savepage-url" content="http://x.example/">
<meta name="exporter-version" content="Evernote Mac 9">
<base href="">
<script src="//archive.org/includes/a.js"></script>
<script>wbinfo.url='http://x.example/'</script>
<iframe id="theWebpage" src="/content/20040101000000/http://x.example/">
<a href="/web/20040101000000/http://x.example/">link</a>
<div id="wm-ipp">
<div id="HEADER">
<div id="SOLID">
<div id="CONTENT">
</div>
<p>
</p>
<table><tr><td>
<select><option>
<body>
<title>t</title>
words of a page
"""
marks = st.sampled_from([*MARKS.strip().splitlines(), NOTICE])


@given(st.lists(marks, max_size=12).map("\n".join))
def test_any_heap_of_marks_is_read_and_no_word_vanishes(html: str) -> None:
    tree = parse(html)
    lifted = lift(tree, FILE)
    before, after = Counter(visible(tree, 0).split()), Counter(visible(lifted.tree, 0).split())
    assert before == after + words(lifted.removals)
