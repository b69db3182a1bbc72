"""The record wins over the page, the innermost layer speaks where it is silent, and what disagrees is shown."""

from __future__ import annotations

from endleaf.model import Banner, Capture, Evidence, Moment, Provenance
from endleaf.provenance import settle

UKGWA = Banner(
    archive_id="ukgwa",
    archive="UK Government Web Archive",
    url="http://www.fco.example/page",
    captured_at=Moment(iso="2004-06-28", precision="day"),
    evidence=(Evidence(what="captured_at", value="28/06/2004", where="notice"),),
)
SAVER = Banner(
    archive_id="browser",
    archive="saved by a browser",
    kind="saver",
    url="http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.fco.example/page",
    captured_at=Moment(iso="2019-01-01", precision="day"),
)


def capture(container: str = "warc", **known: object) -> Capture:
    return Capture(provenance=Provenance(source="a", container=container, **known), payload=b"x")  # type: ignore[arg-type]


def test_a_forged_banner_changes_nothing_and_is_shown() -> None:
    record = capture(url="http://site.test/forged", captured_at=Moment(iso="2019-03-04T05:06:07Z"))
    provenance, disagreements = settle(record, (UKGWA,), None)
    assert provenance.url == "http://site.test/forged"
    assert provenance.captured_at == Moment(iso="2019-03-04T05:06:07Z")
    assert {(each.what, each.used_from) for each in disagreements} == {
        ("url", "the record"),
        ("captured_at", "the record"),
    }
    assert disagreements[0].other == UKGWA.url


def test_a_saved_copy_of_an_archive_s_page_has_the_archive_s_url_and_time() -> None:
    provenance, disagreements = settle(capture("html"), (SAVER, UKGWA), None)
    assert provenance.url == "http://www.fco.example/page"
    assert provenance.captured_at == Moment(iso="2004-06-28", precision="day")
    assert disagreements == ()
    assert provenance.evidence == UKGWA.evidence


def test_a_saver_s_date_serves_where_no_archive_gives_one() -> None:
    provenance, _ = settle(capture("html"), (SAVER,), None)
    assert provenance.captured_at == SAVER.captured_at


def test_a_crawl_of_a_replay_agrees_with_the_banner_it_took() -> None:
    record = capture(
        url="http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.fco.example/page",
        captured_at=Moment(iso="2004-06-28T05:06:32Z"),
    )
    assert settle(record, (UKGWA,), None)[1] == ()


def test_nothing_known_stays_unknown() -> None:
    provenance, disagreements = settle(capture("html"), (), None)
    assert (provenance.url, provenance.captured_at, disagreements) == (None, None, ())
