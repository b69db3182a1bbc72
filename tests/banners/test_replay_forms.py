"""How each archive writes "this URL, at this time": every form met, and the public list of patterns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from endleaf.replay_hosts import ARCHIVES, archive_of
from endleaf.replay_urls import parse_replay

PAGE = "http://www.example.org/a?b=1&c=2"
DAY = "20040628050632"

FORMS = """
ukgwa https://webarchive.nationalarchives.gov.uk/{day}/{page}
ukgwa https://webarchive.nationalarchives.gov.uk/tna/{day}/{page}
ukgwa https://webarchive.nationalarchives.gov.uk/ukgwa/{day}/{page}
ukgwa https://webarchive.nationalarchives.gov.uk/ukgwa/{day}mp_/{page}
ukgwa https://webarchive.nationalarchives.gov.uk/eu-exit/{day}/{page}
ukgwa https://webarchive.nationalarchives.gov.uk/{day}id_/{page}
ukgwa http://webarchive.nationalarchives.gov.uk/raw/{day}/{page}
ukgwa http://webarchive.nationalarchives.gov.uk/content/{day}/{page}
ukgwa http://collections.europarchive.org/tna/{day}/{page}
ukgwa http://collection.europarchive.org/tna/{day}/{page}
ukgwa http://collections.internetmemory.org/tna/content/{day}/{page}
uk-parliament http://webarchive.parliament.uk/{day}/{page}
proni http://webarchive.proni.gov.uk/{day}/{page}
proni http://collections.europarchive.org/proni/{day}/{page}
nrs https://webarchive.nrscotland.gov.uk/{day}/{page}
nrs http://collections.europarchive.org/nrs/{day}/{page}
nli http://collection.europarchive.org/nli/{day}/{page}
nli http://collections.internetmemory.org/nli/content/{day}/{page}
wayback https://web.archive.org/web/{day}/{page}
wayback https://web.archive.org/web/{day}if_/{page}
wayback http://web.archive.org/web/{day}*/{page}
wayback http://replay.waybackmachine.org/{day}/{page}
wayback http://wayback.archive.org/web/{day}fw_/{page}
archive-it https://wayback.archive-it.org/all/{day}/{page}
archive-it https://wayback.archive-it.org/1068/{day}/{page}
ukwa-bl https://www.webarchive.org.uk/wayback/archive/{day}/{page}
ukwa-bl https://www.webarchive.org.uk/wayback/archive-cy/{day}mp_/{page}
arquivo.pt https://arquivo.pt/wayback/{day}/{page}
arquivo.pt http://arquivo.pt/wayback/wayback/{day}/{page}
arquivo.pt https://arquivo.pt/noFrame/replay/{day}/{page}
stanford-swap https://swap.stanford.edu/was/{day}mp_/{page}
awa https://webarchive.nla.gov.au/awa/{day}/{page}
awa http://web.archive.org.au/awa/{day}mp_/{page}
perma https://perma-archives.org/warc/{day}/{page}
archive.today http://archive.ph/{day}/{page}
archive.today http://archive.is/2004.06.28-050632/{page}
loc https://webarchive.loc.gov/all/{day}/{page}
loc http://webarchives.loc.gov/collections/lcwa0001/{day}/{page}
nara https://www.webharvest.gov/peth04/{day}/{page}
gc http://www.collectionscanada.gc.ca/webarchives/{day}/{page}
gc https://webarchive.bac-lac.gc.ca:8080/wayback/{day}/{page}
iceland http://wayback.vefsafn.is/wayback/{day}/{page}
bibalex http://web.archive.bibalex.org/web/{day}im_/{page}
nlnz http://ndhadeliver.natlib.govt.nz/webarchive/wayback/{day}/{page}
austria https://webarchiv.onb.ac.at/web/{day}/{page}
aueb http://83.212.204.92:8080/wayback/{day}/{page}
bavaria http://langzeitarchivierung.bib-bvb.de/wayback/{day}/{page}
padicat https://wayback.padicat.cat/wayback/{day}/{page}
estonia http://veebiarhiiv.digar.ee/a/{day}/{page}
croatia https://haw.nsk.hr/wayback/{day}/{page}
italy http://wayback.depositolegale.it/wayback/{day}/{page}
rhizome http://webenact.rhizome.org/all/{day}/{page}
singapore http://eresources.nlb.gov.sg/webarchives/wayback/{day}/{page}
slovenia http://nukrobi2.nuk.uni-lj.si:8080/wayback/{day}/{page}
webrecorder https://webrecorder.io/user/coll/{day}/{page}
york https://digital.library.yorku.ca/wayback/{day}/{page}
solrwayback http://localhost:8080/solrwayback/services/web/{day}/{page}
"""


@pytest.mark.parametrize(("archive", "form"), [line.split() for line in FORMS.strip().splitlines()])
@pytest.mark.parametrize("collapsed", [False, True], ids=["whole", "collapsed"])
def test_every_archive_s_form(archive: str, form: str, collapsed: bool) -> None:
    inner = PAGE.replace("//", "/") if collapsed else PAGE
    replay = parse_replay(form.format(day=DAY, page=inner))
    assert replay is not None
    assert (replay.archive_id, replay.timestamp, replay.url) == (archive, DAY, PAGE)
    assert replay.scheme == ("collapsed" if collapsed else "stated")


@pytest.mark.parametrize(
    ("url", "archive", "stamp", "original"),
    [
        ("http://pandora.nla.gov.au/pan/10421/20020101-0930/www.example.gov.au/a.html", "pandora", "200201010930",
         "http://www.example.gov.au/a.html"),
        ("http://www.webarchive.org.uk/pan/12032/20050413/www.example.org/a", "ukwa-bl", "20050413",
         "http://www.example.org/a"),
        ("http://webarchive.nationalarchives.gov.uk/+/http://www.example.org/", "ukgwa", "", "http://www.example.org/"),
        ("http://webarchive.nationalarchives.gov.uk/*/http://www.example.org/", "ukgwa", "", "http://www.example.org/"),
        ("http://www.webcitation.org/query?url=http%3A%2F%2Fwww.example.org%2F&date=2009-03-01", "webcite", "20090301",
         "http://www.example.org/"),
        ("http://www.webcitation.org/5eWaHRbn4?url=http://www.example.org/", "webcite", "", "http://www.example.org/"),
        ("https://archive.ph/o/AbCdE/www.example.org/a", "archive.today", "", "http://www.example.org/a"),
        ("http://64.233.183.104/search?q=cache:Aq_xZbTQ1zcJ:www.example.org/page+harbour&hl=en", "google-cache", "",
         "http://www.example.org/page"),
        ("https://wayback.archive-it.org/1068/http://www.example.org/", "archive-it", "", "http://www.example.org/"),
    ],
)  # fmt: skip
def test_forms_of_an_archive_s_own(url: str, archive: str, stamp: str, original: str) -> None:
    replay = parse_replay(url)
    assert replay is not None
    assert (replay.archive_id, replay.timestamp, replay.url) == (archive, stamp, original)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/2004/06/28/http://b.example/",
        "http://haw.nsk.hr/arhiva/vol1/123/4567/www.example.hr/index.html",
        "https://archive.ph/AbCdE",
        "http://www.example.org/redirect?to=http://b.example/20040628/",
        "https://web.archive.org/save/http://www.example.org/",
        "http://perma-archives.org/warc/timegate/http://www.example.org/",
    ],
)
def test_what_is_no_capture(url: str) -> None:
    assert parse_replay(url) is None


@pytest.mark.shared
def test_the_public_list_of_patterns(shared: Path) -> None:
    rows: list[dict[str, Any]] = json.loads((shared / "corpus" / "replay_patterns.json").read_text("utf-8"))
    assert len(rows) == 31
    for row in rows:
        if row["rewritten"] is None:
            assert archive_of(row["about"]) in ARCHIVES or row["id"] in ("cc", "dl_wa"), row["id"]
            continue
        named = row["collections"] if isinstance(row["collections"], list) else ["1068"]
        for form in filter(None, (row["rewritten"], row["raw"])):
            for collection in named if row["id"] != "wr_io" else ["user/coll"]:
                url = form.format(collection=collection, timestamp=DAY, url=PAGE)
                replay = parse_replay(url)
                assert replay is not None and replay.archive_id in ARCHIVES, url
                assert (replay.timestamp, replay.url) == (DAY, PAGE), url
