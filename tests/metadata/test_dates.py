"""Declared dates: what is read, what is left as it stands, and that nothing raises."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.metadata.dates import w3cdtf, within


@pytest.mark.parametrize(
    ("declared", "read"),
    [
        ("2004", "2004"),
        ("2004-06", "2004-06"),
        ("2004-06-28", "2004-06-28"),
        ("2004/6/8", "2004-06-08"),
        ("20040628", "2004-06-28"),
        ("2004-06-28T05:06:32Z", "2004-06-28T05:06:32Z"),
        ("2004-06-28 05:06:32 UTC", "2004-06-28T05:06:32Z"),
        ("2004-06-28T05:06:32.120+0100", "2004-06-28T05:06:32.120+01:00"),
        ("Mon, 28 Jun 2004 05:06:32 GMT", "2004-06-28T05:06:32Z"),
        ("Monday, 28-Jun-04 05:06:32 GMT", "2004-06-28T05:06:32Z"),
        ("Monday, 28-Jun-94 05:06:32 GMT", "1994-06-28T05:06:32Z"),
        ("Mon Jun 28 05:06:32 2004", "2004-06-28T05:06:32"),
        ("Mon Jun 28 2004 05:06:32 GMT+0100 (British Summer Time)", "2004-06-28T05:06:32+01:00"),
        ("12 March 2004", "2004-03-12"),
        ("Friday 12th March 2004", "2004-03-12"),
        ("March 12, 2004", "2004-03-12"),
        ("Mar. 12 2004, 8:37 pm EST", "2004-03-12T20:37-05:00"),
        ("12. März 2004, 18:30 Uhr", "2004-03-12T18:30"),
        ("12 de marzo de 2004", "2004-03-12"),
        ("2004年3月12日", "2004-03-12"),
        ("June 2004", "2004-06"),
        ("28.06.2004", "2004-06-28"),
        ("31/05/2012 8:37 AM", "2012-05-31T08:37"),
        ("31/05/2012 12:05 AM", "2012-05-31T00:05"),
        ("05/31/2012", "2012-05-31"),
        ("05/05/2012", "2012-05-05"),
    ],
)
def test_is_read(declared: str, read: str) -> None:
    assert w3cdtf(declared) == read


@pytest.mark.parametrize(
    "declared",
    ["", "n/a", "03/04/2012", "2004-13-01", "2004-02-30", "31/31/2012", "12 Mars", "soon", "2004-06-28T25:00:00Z",
     "0000-00-00", "0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "12345", "4 Score 2004", "28/06/04"],
)  # fmt: skip
def test_is_left_alone(declared: str) -> None:
    assert w3cdtf(declared) is None


def test_bare_numbers_follow_the_page_s_country() -> None:
    assert w3cdtf("03/04/2012", day_first=True) == "2012-04-03"
    assert w3cdtf("03/04/2012", day_first=False) == "2012-03-04"


MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    iso = day.isoformat()
    month = MONTHS[day.month - 1]
    assert w3cdtf(iso) == iso
    assert w3cdtf(f"{day.day} {month} {day.year}") == iso
    assert w3cdtf(f"{month[:3]} {day.day}, {day.year}") == iso
    assert w3cdtf(f"{day.day:02d}/{day.month:02d}/{day.year}", day_first=True) == iso
    assert within(f"Posted by Ann Teal on {day.day} {month} {day.year} at noon") == iso


@given(st.text(alphabet="0123456789/-:., TZaJunMarsth年月日+", max_size=90))
def test_no_text_raises(text: str) -> None:
    w3cdtf(text)
    within(text)
