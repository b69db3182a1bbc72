"""The first pass: what a run learns of a site changes its pages for the better, in any order, at a bounded cost."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import endleaf
from endleaf.chrome.site import FEWEST, Survey, dump, leaf_of
from endleaf.intake import Intake
from endleaf.lessons import guided, learn
from endleaf.model import Capture, Moment, Provenance
from endleaf.opened import opened
from endleaf.way import Guidance, page_from
from tests.making import warc

BOILERPLATE = "Visitors are always welcome in the parish hall."
TOPICS = [
    f"{kind} {thing}"
    for kind in ("early", "old", "wild", "lost", "good", "dark")
    for thing in ("swarms", "clover", "wax", "hives", "honey")
]


def article(topic: str) -> bytes:
    return (
        f"<!DOCTYPE html><html lang=en><head><title>On {topic}</title></head><body>"
        f"<h1>On {topic}</h1><p>Of {topic} the old keepers said much that is worth knowing, and we have asked three of "
        f"them in our own parish what {topic} meant to their year.</p><p>Each of them told us of {topic} something "
        f"else, so that whoever has seen but one summer of {topic} should read what follows with care.</p>"
        f"<p>{BOILERPLATE}</p></body></html>"
    ).encode()


def url(number: int) -> str:
    return f"http://bees.example/{number}.html"


def capture(number: int, payload: bytes | None = None, address: str | None = "") -> Capture:
    known = Provenance(
        source="bees.warc.gz",
        container="warc",
        url=url(number) if address == "" else address,
        captured_at=Moment.from_timestamp("20040628050632"),
        media_type="text/html",
    )
    return Capture(provenance=known, payload=article(TOPICS[number % len(TOPICS)]) if payload is None else payload)


def captures() -> list[Capture]:
    return [capture(number) for number in range(len(TOPICS))]


def test_what_every_page_of_the_site_says_goes_and_bears_its_reason() -> None:
    survey = learn(captures(), Survey())
    alone, among = page_from(capture(0)), page_from(capture(0), Guidance(site=survey))
    assert BOILERPLATE not in [removal.text for removal in alone.removals]
    (gone,) = [removal for removal in among.removals if removal.text == BOILERPLATE]
    assert (gone.reason, gone.where) == ("template", "body/p")
    (before,), (after,) = alone.sections, among.sections
    assert after.blocks == before.blocks[:-1]


def test_the_order_of_the_captures_makes_no_difference() -> None:
    first = dump(learn(captures(), Survey(), leaf_of))
    mixed = captures()
    random.Random(7).shuffle(mixed)
    assert dump(learn(mixed, Survey(), leaf_of)) == first


def test_what_is_no_page_or_breaks_our_code_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(given: Capture) -> object:
        if given.url == url(3):
            raise RuntimeError("a bug\nof ours")
        return opened(given)

    monkeypatch.setattr("endleaf.lessons.opened", breaking)
    bad = [capture(50, b""), capture(51, b"<p>" + b"x" * (17 << 20))]
    survey = learn([*captures(), *bad], Survey())
    assert survey.kept == len(TOPICS) - 1


def test_a_page_that_would_not_be_kept_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str | None] = []

    def counting(given: Capture) -> object:
        parsed.append(given.url)
        return opened(given)

    monkeypatch.setattr("endleaf.lessons.opened", counting)
    survey = Survey(sample=4)
    learn((capture(number) for number in range(300)), survey)
    assert survey.kept == 4
    assert len(parsed) < 40, "of three hundred pages some twenty were ever among the four of lowest hash"
    again = len(parsed)
    learn((capture(number) for number in range(300) if number % 2), survey)
    assert len(parsed) - again <= 4


def test_a_saved_page_is_known_by_its_banner_s_address() -> None:
    saved = b"<!-- saved from url=(0026)http://bees.example/1.html -->" + article("wax")
    survey = learn([capture(1, saved, None)], Survey())
    assert survey.sites == 1


def test_a_crawled_replay_counts_for_the_original_site() -> None:
    replay = "http://web.archive.org/web/20040628050632/http://bees.example/1.html"
    survey = learn([capture(1, None, replay)], Survey())
    assert [site for site, _ in survey.shelves] == ["bees.example"]
    forged = "http://evil.example/web/20040628050632/http://bees.example/1.html"
    assert [site for site, _ in learn([capture(1, None, forged)], Survey()).shelves] == ["evil.example"]


class Given(Intake):
    """Captures that are there already, in the place of sources."""

    def __init__(self, found: list[Capture]) -> None:
        super().__init__([])
        self.found = found

    def is_one_page(self) -> bool:
        return False

    def look(self) -> Iterator[Capture]:
        return iter(self.found)


captured = st.builds(
    lambda number, site, year, known: Capture(
        provenance=Provenance(
            source="x.warc",
            container="warc",
            url=f"http://{site}/{number}" if known else None,
            captured_at=Moment.from_timestamp(f"{year}0628"),
            media_type="text/html" if number else "image/gif",
        ),
        payload=(f"<!-- saved from url=(0020)http://{site}/{number} -->" * (not known)).encode()
        + f"<p>Home</p><p>Story {'a' * number} of {year}</p>".encode(),
    ),
    st.integers(0, 9),
    st.sampled_from(["a.example", "b.example", "c.example"]),
    st.sampled_from(["2004", "2011"]),
    st.sampled_from([True, True, True, False]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(captured, max_size=40), st.randoms())
def test_looking_first_learns_what_parsing_all_would(found: list[Capture], mixer: random.Random) -> None:
    whole = learn(found, Survey())
    planned = guided(Guidance(), Given(found)).site
    mixer.shuffle(found)
    again = guided(Guidance(), Given(found)).site
    if planned is None or again is None:
        assert planned is again
        assert all(whole.known(site) < FEWEST for site, _ in whole.shelves)
        return
    assert dump(planned) == dump(again)
    for (site, year), leaves in whole.shelves.items():
        if len({each.url for each in found if each.url and each.media_type == "text/html" and site in each.url}) >= 3:
            assert set(planned.shelves[site, year]) == set(leaves)


# ------------------------------------------------------------------ the run


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return warc(tmp_path / "bees.warc.gz", rows(range(len(TOPICS))))


def rows(numbers: Iterable[int]) -> Iterator[dict[str, object]]:
    for number in numbers:
        yield {"url": url(number), "payload": article(TOPICS[number])}


def texts(out: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(out.rglob("page.txt"))]


def shown(text: str) -> bool:
    """Whether the page's own text has the boilerplate, the list of what was removed left out."""
    return BOILERPLATE in " ".join(text.split()).partition("Removed")[0]


def test_a_run_learns_first_and_says_so(crawl: Path, tmp_path: Path) -> None:
    report = endleaf.convert([str(crawl)], tmp_path / "out", ["text"])
    assert report.site is not None
    assert (report.site.learned, report.site.sites, report.site.pages) == (True, 1, len(TOPICS))
    assert not any(map(shown, texts(tmp_path / "out")))


def test_a_run_that_is_told_so_takes_each_page_by_itself(crawl: Path, tmp_path: Path) -> None:
    report = endleaf.convert([str(crawl)], tmp_path / "out", ["text"], guidance=Guidance(learn=False))
    assert report.site is None
    assert all(map(shown, texts(tmp_path / "out")))


def test_a_run_may_have_its_sites_given(crawl: Path, tmp_path: Path) -> None:
    one = warc(tmp_path / "one.warc.gz", rows([0]))
    survey = learn(captures(), Survey())
    report = endleaf.convert([str(one)], tmp_path / "out", ["text"], guidance=Guidance(site=survey))
    assert report.site is not None and not report.site.learned
    assert not any(map(shown, texts(tmp_path / "out")))


def test_parts_of_a_crawl_learn_as_the_whole_does(tmp_path: Path) -> None:
    a = warc(tmp_path / "a.warc.gz", rows(range(3)))
    b = warc(tmp_path / "b.warc.gz", rows(range(3, len(TOPICS))))
    endleaf.convert([str(a), str(b)], tmp_path / "one", ["text"])
    endleaf.convert([str(b), str(a)], tmp_path / "two", ["text"])
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_one_saved_page_has_no_first_pass(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(article("wax"))
    assert endleaf.convert([str(page)], tmp_path / "out", ["text"]).site is None
