"""What a user gets: the capture that was asked for, in a file that others read, and whose it is."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

import endleaf
from endleaf.errors import UsageError
from endleaf.fetch import SERVICES, Service, Wish
from endleaf.fetch.plan import Plan
from endleaf.model import Capture, Provenance
from endleaf.replay_urls import parse_replay
from tests.fetch.archive import Archive, Kept
from tests.fetch.conftest import PAGE, Fetch, captures, records


def test_one_capture_nearest_to_a_date(got: Fetch, archive: Archive) -> None:
    fetched = got(at="2005-01-05")
    assert fetched.exit_status == 0 and fetched.path
    info, response, metadata = records(fetched.path)
    assert (info.kind, response.kind, metadata.kind) == ("warcinfo", "response", "metadata")
    assert (response.url, response.date) == (PAGE, "2005-06-28T05:06:32Z")
    assert response.fields["WARC-Source-URI"] == f"{archive.base}20050628050632id_/{PAGE}"
    assert response.body == archive.kept[1].body
    assert b"archive-url: " + archive.base.encode() in info.body
    assert b"arguments: fetch " in info.body
    assert metadata.fields["WARC-Refers-To"] == response.fields["WARC-Record-ID"]


def test_the_latest_where_no_date_is_given(got: Fetch) -> None:
    fetched = got()
    assert fetched.path
    assert [each.date for each in captures(fetched.path)] == ["2006-06-28T05:06:32Z"]


@pytest.mark.parametrize("redirects", [True, False])
def test_the_original_head_is_restored_and_the_archives_kept(got: Fetch, archive: Archive, redirects: bool) -> None:
    archive.redirects = redirects
    fetched = got(at="2004")
    assert fetched.path
    _, response, metadata = records(fetched.path)
    assert response.head.replace("\r", "").splitlines() == [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html",
        "Server: Apache/1.3",
        "Date: Mon, 28 Jun 2004 05:06:32 GMT",
        f"Content-Length: {len(archive.kept[0].body)}",
        "Memento-Datetime: Mon, 28 Jun 2004 05:06:32 GMT",
    ]
    for line in (b"X-Archive-Orig-Server: Apache/1.3", b"Server: archive", b"Set-Cookie: watch=you", b"form: raw"):
        assert line in metadata.body
    assert "cookie" not in archive.heads[-1]


def test_all_captures_the_same_bytes_once(got: Fetch) -> None:
    fetched = got(all=True)
    assert fetched.path and fetched.counts["revisits"] == 1
    first, second, third = captures(fetched.path)
    assert [each.kind for each in (first, second, third)] == ["response", "response", "revisit"]
    assert third.fields["WARC-Refers-To"] == second.fields["WARC-Record-ID"]
    assert third.fields["WARC-Refers-To-Date"] == second.date
    assert "Memento-Datetime: Wed, 28 Jun 2006" in third.head
    read = list(endleaf.read(fetched.path))
    assert read[2].payload == read[1].payload and read[2].payload


def test_a_range(got: Fetch) -> None:
    fetched = got(from_date="2005", to_date="2005")
    assert fetched.path
    assert [each.date[:4] for each in captures(fetched.path)] == ["2005"]


def test_a_prefix(got: Fetch, archive: Archive) -> None:
    archive.kept += [Kept(PAGE + "news/1", "20040101000000"), Kept("http://other.example/", "20040101000000")]
    fetched = got(prefix=True)
    assert fetched.path
    assert sorted({each.url for each in captures(fetched.path)}) == [PAGE, PAGE + "news/1"]


def test_endleaf_reads_it_and_names_the_archive(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = got(at="2004")
    assert fetched.path
    (capture,) = endleaf.read(fetched.path)
    page = endleaf.page_from(capture)
    (banner,) = page.banners
    assert page.captured_at and page.captured_at.iso == "2004-06-28T05:06:32Z"
    assert banner.url == PAGE and banner.replay_url == f"{archive.base}20040628050632/{PAGE}"
    known = archive.base.partition("coll/")[0].encode()
    plain = fetched.path.with_suffix("")
    data = gzip.decompress(fetched.path.read_bytes())
    # The length of a field does not matter to a reader: the same record as if fetched from a known archive.
    plain.write_bytes(
        data.replace(b"WARC-Source-URI: " + known + b"coll/", b"WARC-Source-URI: https://web.archive.org/web/")
    )
    (capture,) = endleaf.read(plain)
    assert [banner.archive for banner in endleaf.page_from(capture).banners] == ["Internet Archive Wayback Machine"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://data.commoncrawl.org/crawl-data/a.warc.gz", "Common Crawl"),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20040628050632id_/{PAGE}", "UK Government Web Archive"),
    ],
)
def test_the_archive_that_a_record_came_from_is_its_banner(source: str, name: str) -> None:
    known = Provenance(source="a.warc", container="warc", url=PAGE, crawl=(("WARC-Source-URI", source),))
    page = endleaf.page_from(Capture(provenance=known, payload=b"<title>A page</title><p>" + b"Some words. " * 20))
    assert [banner.archive for banner in page.banners] == [name]


def test_others_find_it_valid(got: Fetch) -> None:
    fetched = got(all=True)
    assert fetched.path
    for tool in ("warcio", "fastwarc"):
        done = subprocess.run(
            [sys.executable, "-m", f"{tool}.cli", "check", fetched.path], check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_replay_url_means_that_capture(got: Fetch, archive: Archive) -> None:
    fetched = got(f"{archive.base}20050628050632/{PAGE}", archive=None)
    assert fetched.path
    assert [each.date for each in captures(fetched.path)] == ["2005-06-28T05:06:32Z"]
    plan = Plan(Wish(url="https://web.archive.org/web/20040628050632/http:/www.harbour.example/"))
    assert (plan.archive, plan.url, plan.timestamp) == ("wayback", PAGE, "20040628050632")


def test_a_redirect_is_kept_and_followed(got: Fetch, archive: Archive) -> None:
    to = f"/coll/20040628050700id_/{PAGE}"
    archive.kept.append(Kept(PAGE + "old", "20040628050700", b"", 302, (("Location", to),)))
    fetched = got(PAGE + "old")
    assert fetched.path
    old, new = captures(fetched.path)
    assert f"Location: {PAGE}\r\n" in old.head
    assert (new.url, new.date) == (PAGE, "2004-06-28T05:06:32Z")


def test_an_archived_error_is_a_capture(got: Fetch, archive: Archive) -> None:
    archive.kept.append(Kept(PAGE + "gone", "20040628050700", b"gone", 404))
    fetched = got(PAGE + "gone")
    assert fetched.path and fetched.exit_status == 0
    assert captures(fetched.path)[0].head.startswith("HTTP/1.1 404 Not Found")


def test_requisites_nearest_in_time(got: Fetch, archive: Archive) -> None:
    page = b'<base href="/x/"><img src=a.gif><link rel=stylesheet href=/s.css>'
    page += b"<iframe src=f.html></iframe><img src=none.gif>"
    css, image = (("Content-Type", "text/css"),), (("Content-Type", "image/gif"),)
    archive.kept += [
        Kept(PAGE + "p", "20040101000000", page),
        Kept(PAGE + "x/a.gif", "20010101000000", b"GIF old", headers=image),
        Kept(PAGE + "x/a.gif", "20040201000000", b"GIF new", headers=image),
        Kept(PAGE + "s.css", "20040101000001", b"body{background:url(bg.gif)} @import 'more.css';", headers=css),
        Kept(PAGE + "bg.gif", "20040101000002", b"GIF bg", headers=image),
        Kept(PAGE + "x/f.html", "20040101000003", b"<img src='/x/a.gif'><p>frame"),
    ]
    fetched = got(PAGE + "p", requisites=True)
    assert fetched.path and fetched.exit_status == 0, "an image that was never captured is no failure"
    assert fetched.counts["missing"] == 2  # none.gif, more.css
    assert [each.url.removeprefix(PAGE) for each in captures(fetched.path)] == [
        "p",
        "x/a.gif",
        "x/f.html",
        "s.css",
        "bg.gif",
    ]
    assert captures(fetched.path)[1].body == b"GIF new"


def test_what_only_the_archive_packed_is_unpacked(got: Fetch, archive: Archive) -> None:
    plain, packed = ("Content-Type", "text/html"), ("Content-Encoding", "gzip")
    archive.kept += [
        Kept(PAGE + name, "20040101000000", b"plain words", headers=(header, ("Server", "x")), coding="gzip")
        for name, header in (("a", plain), ("b", packed))
    ]
    fetched = got(PAGE, prefix=True, to_date="2004-02")
    assert fetched.path
    first, second = captures(fetched.path)
    assert (first.body, "Content-Encoding" in first.head) == (b"plain words", False)
    assert (second.body, "Content-Encoding: gzip" in second.head) == (b"plain words", True)  # warcio unpacks it
    assert [capture.payload for capture in endleaf.read(fetched.path)] == [b"plain words"] * 2


def test_bytes_that_the_archive_gives_packed_without_saying_so(got: Fetch, archive: Archive) -> None:
    packed = gzip.compress(b"plain words")
    archive.kept.append(Kept(PAGE + "z", "20040101000000", packed, headers=(("Content-Encoding", "gzip"),)))
    fetched = got(PAGE + "z")
    assert fetched.path and captures(fetched.path)[0].body == b"plain words"


def test_a_rewritten_page_where_there_are_no_raw_bytes(got: Fetch, archive: Archive) -> None:
    archive.raw = False
    fetched = got(at="2004")
    assert fetched.path
    _, response, metadata = records(fetched.path)
    assert (
        response.url == PAGE
        and b"form: rewritten" in metadata.body
        and b"note: the archive gives no raw" in metadata.body
    )
    everything = got(all=True, output=fetched.path.with_name("b.warc.gz"))
    assert everything.counts["written"] == 3


def test_a_timegate_and_a_timemap_are_enough(got: Fetch, archive: Archive) -> None:
    archive.odd += [("/coll/cdx", lambda handler: handler.say(404))]
    fetched = got(all=True)
    assert fetched.path and len(captures(fetched.path)) == 3


def _wayback(archive: Archive) -> Service:
    return Service(
        "Here", archive.base, raw=archive.base + "{ts}id_/{url}", cdx=archive.root + "cdx/search/cdx", dialect="wayback"
    )  # fmt: skip


def test_a_cdx_server_with_resume_keys(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SERVICES, "here", _wayback(archive))
    fetched = got(all=True, archive="here")
    assert fetched.path and len(captures(fetched.path)) == 3
    assert sum("resumeKey=2" in path for path in archive.asked) == 1


@pytest.mark.parametrize("words", [{"at": "2004"}, {"all": True}])
def test_common_crawl(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, words: dict[str, object]) -> None:
    archive.crawled()
    crawls = Service("Crawls", archive.root, timegate=False, cdx=archive.root + "collinfo.json", dialect="crawls")
    monkeypatch.setitem(SERVICES, "here", crawls)
    fetched = got(archive="here", **words)
    assert fetched.path and fetched.exit_status == 0
    first = captures(fetched.path)[0]
    assert (first.url, first.date, first.body) == (PAGE, "2004-06-28T05:06:32Z", archive.kept[0].body)
    assert first.fields["WARC-Source-URI"] == archive.root + "crawl-data/a.warc.gz"
    assert first.fields["WARC-Source-Range"] == f"bytes=0-{archive.places[0][1] - 1}"
    assert b"WARC-IP-Address: 192.0.2.7" in records(fetched.path)[2].body


def test_nothing_is_status_2_and_no_file(got: Fetch, tmp_path: Path) -> None:
    for words in ({}, {"all": True}):
        fetched = got(PAGE + "never", **words)
        assert fetched.exit_status == 2 and fetched.path is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        {"url": "ftp:nothing"}, {"url": "javascript:alert(1)"}, {"archive": "no-such"}, {"at": "someday"},
        {"at": "2004", "all": True}, {"from_date": "2005", "to_date": "2004"}, {"archive": "loc", "prefix": True},
        {"contact": "a\r\nEvil: yes"}, {"archive": "file:///etc"}, {"archive": "commoncrawl", "requisites": True},
    ],
)  # fmt: skip
def test_wrong_usage(words: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Plan(Wish(**{"url": PAGE, **words}))  # type: ignore[arg-type]


def test_a_file_that_is_there_is_not_written_over(got: Fetch, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"mine")
    with pytest.raises(UsageError, match="there already"):
        got()
    assert path.read_bytes() == b"mine"
    assert got(restart=True).exit_status == 0
    assert len(captures(path)) == 1


def test_a_plain_warc(got: Fetch, tmp_path: Path) -> None:
    fetched = got(output=tmp_path / "a.warc")
    assert fetched.path and fetched.path.read_bytes().startswith(b"WARC/1.1\r\n")
    assert len(captures(fetched.path)) == 1


def test_every_archive_by_name_is_whole() -> None:
    for key, service in SERVICES.items():
        assert service.base.endswith("/"), key
        assert service.raw is None or ("{ts}" in service.raw and "{url}" in service.raw)
        assert service.timemap is None or "{url}" in service.timemap
        Plan(Wish(url=PAGE, archive=key))
        if service.raw:  # what is asked for is read back by the one parser of replay URLs, and its archive known
            address = service.raw.replace("{ts}", "20040628050632").replace("{url}", PAGE + "a?b=c")
            replay = parse_replay(address)
            assert replay and (replay.archive_id, replay.timestamp, replay.url) == (
                key,
                "20040628050632",
                PAGE + "a?b=c",
            )
