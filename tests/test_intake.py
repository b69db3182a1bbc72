"""A run's sources may be looked through before they are read: nothing is fetched twice, nothing is told twice."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from endleaf import intake
from endleaf.errors import UnreadableSource, UsageError
from endleaf.intake import Intake
from endleaf.model import Capture
from endleaf.report import Tally
from tests.making import page, warc

A, B = "http://archive.example/a.warc.gz", "http://archive.example/b.warc.gz"


@pytest.fixture
def fetches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    count: Counter[str] = Counter()

    @contextmanager
    def fetched(url: str) -> Iterator[Path]:
        count[url] += 1
        if "broken" in url:
            raise UnreadableSource(f"{url}: could not be fetched")
        path = tmp_path / f"{count.total()}-{url[-9:]}"
        warc(path, [{"url": f"http://site.example/{url[-9]}", "payload": page("The harbour")}])
        yield path
        path.unlink()

    monkeypatch.setattr(intake, "fetched", fetched)
    return count


def urls(found: Iterator[object]) -> list[str | None]:
    return [each.url for each in found if isinstance(each, Capture)]


def test_an_address_is_fetched_once_for_all_readings(fetches: Counter[str], tmp_path: Path) -> None:
    with Intake([A, B]) as sources:
        assert urls(sources.look()) == urls(sources.look()) == ["http://site.example/a", "http://site.example/b"]
        records = list(sources.records(Tally()))
        assert urls(iter(records)) == ["http://site.example/a", "http://site.example/b"]
        assert {each.provenance.source for each in records if isinstance(each, Capture)} == {A, B}
    assert fetches == {A: 1, B: 1}
    assert not list(tmp_path.glob("*.gz"))


def test_without_a_look_a_download_is_held_no_longer_than_it_is_read(fetches: Counter[str], tmp_path: Path) -> None:
    with Intake([A, B]) as sources:
        for _ in sources.records(Tally()):
            assert len(list(tmp_path.glob("*.gz"))) == 1


def test_what_is_too_large_to_hold_is_read_all_the_same(
    fetches: Counter[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "HELD", 1)
    caplog.set_level(logging.INFO, "endleaf")
    with Intake([A, B]) as sources:
        assert urls(sources.look()) == urls(sources.look()) == ["http://site.example/a"]
        assert urls(sources.records(Tally())) == ["http://site.example/a", "http://site.example/b"]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["http"]


def test_what_cannot_be_read_is_told_once(fetches: Counter[str], tmp_path: Path) -> None:
    broken = "http://archive.example/broken.warc.gz"
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    tally = Tally()
    with Intake([broken, str(tmp_path / "empty.warc.gz"), A]) as sources:
        assert urls(sources.look()) == urls(sources.look()) == ["http://site.example/a"]
        list(sources.records(tally))
    assert len(tally.report().unreadable) == 2
    assert fetches[broken] == 2, "once for the looks, and once for the reading, which tells"


def test_what_is_not_there_is_told_before_anything_is_read(fetches: Counter[str]) -> None:
    with Intake([A, "no-such-file.warc"]) as sources:
        for reading in (sources.look(), sources.records(Tally())):
            with pytest.raises(UsageError):
                next(reading)
        with pytest.raises(UsageError):
            sources.is_one_page()
    assert not fetches


def test_one_saved_page_is_known(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_bytes(page("The harbour"))
    crawl = warc(tmp_path / "a.warc.gz", [])
    assert Intake([str(saved)]).is_one_page()
    assert not Intake([str(saved), str(saved)]).is_one_page()
    assert not Intake([str(crawl)]).is_one_page()
    assert not Intake([A]).is_one_page()
