"""One question at a time, at the archive's pace, and no word of refusal taken for an absence."""

from __future__ import annotations

from email.utils import formatdate
from pathlib import Path

import pytest

from endleaf.fetch import SERVICES, Service
from endleaf.fetch.asking import PATIENCE
from tests.fetch.archive import Archive, Handler, Kept, Odd
from tests.fetch.conftest import PAGE, Fetch, Time, captures


def refusing(times: int, status: int = 429, **headers: str) -> Odd:
    """Refuse so many times, then be honest."""
    left = [times]

    def answer(handler: Handler) -> None:
        left[0] -= 1
        if left[0] < 0:
            handler.honest()
        else:
            handler.say(status, [(name.replace("_", "-"), value) for name, value in headers.items()])

    return answer


def test_retry_after_in_seconds(got: Fetch, archive: Archive, time: Time) -> None:
    archive.odd.append(("id_", refusing(1, Retry_After="77")))
    assert got(at="2004").exit_status == 0
    assert [77 <= rest <= 79 for rest in time.slept] == [True]


def test_retry_after_as_a_date(got: Fetch, archive: Archive, time: Time) -> None:
    archive.odd.append(("id_", refusing(1, 503, Retry_After=formatdate(time.at + 120, usegmt=True))))
    assert got(at="2004").exit_status == 0
    assert [119 <= rest <= 122 for rest in time.slept] == [True]


@pytest.mark.parametrize("said", ["soon", "-5", "0", "", formatdate(0, usegmt=True), "9" * 3000 + "x"])
def test_a_retry_after_that_says_nothing_leaves_doubling(got: Fetch, archive: Archive, time: Time, said: str) -> None:
    archive.odd.append(("id_", refusing(4, 503, Retry_After=said)))
    assert got(at="2004").exit_status == 0
    assert time.slept == [5, 10, 20, 40]


def test_six_tries_and_then_it_is_unknown(
    got: Fetch, archive: Archive, time: Time, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    archive.odd.append(("id_", refusing(99, 503)))
    fetched = got(at="2004")
    assert (fetched.exit_status, fetched.counts) == (1, {"unknown": 1})
    assert len(archive.asked) == 6 and time.slept == [5, 10, 20, 40, 80]
    assert "unknown" in caplog.text and "missing" not in caplog.text and "not have it" not in caplog.text


@pytest.mark.parametrize("asked", [str(int(PATIENCE) + 1), "9" * 40])
def test_who_asks_for_long_rest_is_left_alone(
    got: Fetch, archive: Archive, time: Time, caplog: pytest.LogCaptureFixture, asked: str
) -> None:
    archive.odd.append((f"20050628050632id_/{PAGE}", refusing(1, Retry_After=asked)))
    fetched = got(all=True)
    assert fetched.stopped and fetched.exit_status == 1 and fetched.path is None
    assert time.slept == [], "it does not wait for it, and asks no more"
    assert not any("20060628" in path for path in archive.asked)
    assert "the same command goes on" in caplog.text
    archive.mend()
    assert got(all=True).exit_status == 0
    assert not any("20040628" in path for path in archive.asked), "what was fetched is not asked for again"


def test_a_429_six_times_ends_the_run(got: Fetch, archive: Archive) -> None:
    archive.odd.append(("id_", refusing(99)))
    fetched = got(all=True)
    assert fetched.stopped and sum("id_" in path for path in archive.asked) == 6


def test_three_in_a_row_end_the_run(got: Fetch, archive: Archive) -> None:
    archive.kept += [Kept(PAGE, f"2010010100000{digit}") for digit in range(9)]
    archive.odd.append(("id_", refusing(99, 502)))
    assert got(all=True).stopped
    assert sum("id_" in path for path in archive.asked) == 18


def test_the_pace_of_an_archive_by_name(
    got: Fetch, archive: Archive, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Service(
        "Here", archive.base, raw=archive.base + "{ts}id_/{url}", cdx=archive.root + "cdx/search/cdx",
        dialect="wayback", pace=1.0, index_pace=2.5,
    )  # fmt: skip
    monkeypatch.setitem(SERVICES, "here", here)
    assert got(all=True, archive="here").exit_status == 0
    assert time.slept == [2.5, 2.5, 1, 1]
    assert archive.most_at_once == 1


def test_the_wayback_machine_is_asked_for_lists_no_more_than_24_times_a_minute() -> None:
    assert 60 / SERVICES["wayback"].index_pace <= 24


def test_no_cookie_comes_back(got: Fetch, archive: Archive) -> None:
    assert got(all=True).exit_status == 0
    assert len(archive.heads) > 3 and all("cookie" not in head for head in archive.heads)


def test_a_missing_capture_is_asked_for_once(got: Fetch, archive: Archive, time: Time) -> None:
    assert got(PAGE + "never").exit_status == 2
    assert time.slept == []


def test_a_broken_answer_is_asked_for_again(got: Fetch, archive: Archive, time: Time) -> None:
    left = [1]

    def cut(handler: Handler) -> None:
        left[0] -= 1
        if left[0] < 0:
            handler.honest()
            return
        handler.say(
            200, [("Content-Length", "9999"), ("Memento-Datetime", formatdate(1e9, usegmt=True))], b"half a page"
        )
        handler.close_connection = True

    archive.odd.append(("id_", cut))
    fetched = got(at="2004")
    assert fetched.path and fetched.exit_status == 0 and time.slept == [5]
    assert captures(fetched.path)[0].body == archive.kept[0].body
