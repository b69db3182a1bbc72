"""Declared dates read into W3CDTF, at the precision and in the offset they state; else not at all.

W3CDTF is W3C's note on dates (1997), the profile of ISO 8601 that Dublin Core names. One liberty:
a time whose zone is not stated is given without one, as HTML's local dates are; none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

# Month names as pages write them: English, and the languages whose pages the archives hold most.
# Keys are the first letters that tell the months of a language apart; accents are folded by _folded.
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene gennaio gen janeiro januari ianuarie",
            "feb february februar fevrier fev febrero febbraio fevereiro februari",
            "mar march marz maerz mrz mars marzo marco maart mrt",
            "apr april avril avr abril abr aprile",
            "may mai mayo mag maggio maio mei maj",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august aout agosto ago augustus augusti",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_FOLD = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")

# Zones that a declared date names by letters; RFC 5322 section 4.3 gives the American ones,
# the rest are what British and European pages print.
_ZONES = {
    "z": "Z", "gmt": "Z", "utc": "Z", "ut": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}  # fmt: skip

# A content system's "no date": kept in what is declared, never given as a date.
_PLACEHOLDERS = ("0000-", "0001-01-01", "1970-01-01T00:00", "9999-12-31")

_TIME = r"""(?:[\sT,]+(?:at\s+|um\s+|à\s+|[@|–-]\s*)?
    (?P<hour>\d\d?)[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*uhr)?
    \s*(?P<zone>z\b|(?:gmt|utc)?\s*[+-]\d\d:?\d\d|[a-z]{2,4}\b)?)?
    (?:\s*\([^)]*\))?(?:\s*,)?\s*\Z"""
_DAY_NAME = r"(?:[^\W\d]{2,12}\.?,?\s+)?"


def _form(date_part: str) -> re.Pattern[str]:
    return re.compile(r"\s*" + date_part + _TIME, re.IGNORECASE | re.VERBOSE)


# The forms seen in real heads, the commonest first. Groups: year, month or name, day; a and b for two bare numbers.
_FORMS: tuple[re.Pattern[str], ...] = (
    # 2004-06-28, 2004/06/28, 2004.6.28, with or without a time; 2004年6月28日
    _form(r"(?P<year>\d{4})[-/.年]\s?(?P<month>\d\d?)[-/.月]\s?(?P<day>\d\d?)日?"),
    # 28 June 2004, 28th June, 2004, Mon, 28 Jun 2004, 28-Jun-04 (RFC 1123, RFC 850), 28. Juni 2004, 28 de junio de 2004
    _form(
        _DAY_NAME + r"(?P<day>\d\d?)(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?(?P<name>[^\W\d]{3,10})"
        r"\.?,?[\s-]+(?:de\s+|del\s+)?(?P<year>\d{4}|(?<=-)\d\d)"
    ),
    # June 28, 2004; Monday, June 28th 2004; Mon Jun 28 2004 05:06:32 GMT+0100 (a script's date)
    _form(_DAY_NAME + r"(?P<name>[^\W\d]{3,10})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
    # 28/06/2004, 28-06-2004, 28.06.2004: two bare numbers
    _form(_DAY_NAME + r"(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<year>\d{4})"),
    # 20040628, 20040628T0506
    re.compile(
        r"\s*(?P<year>(?:1[5-9]|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
        r"(?:[T ]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?P<zone>Z|[+-]\d\d:?\d\d)?)?\s*\Z",
        re.IGNORECASE,
    ),
    # 2004-06, 2004/06; 2004
    re.compile(r"\s*(?P<year>(?:1\d|20)\d\d)(?:[-/](?P<month>\d\d))?\s*\Z"),
    # June 2004
    re.compile(r"\s*(?P<name>[^\W\d]{3,10})\.?,?\s+(?P<year>(?:1\d|20)\d\d)\s*\Z"),
    # 2004 Jun 28: of papers
    _form(r"(?P<year>(?:1\d|20)\d\d)[\s-]+(?P<name>[^\W\d]{3,10})\.?[\s-]+(?P<day>\d\d?)"),
    # Mon Jun 28 05:06:32 2004: C's asctime, of RFC 9110 section 5.6.7, in GMT by that section
    re.compile(
        r"\s*[a-z]{3}\s+(?P<name>[a-z]{3})\s+(?P<day>\d\d?)\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
        r"\s+(?P<zone>[a-z]{3,4}\s+)?(?P<year>\d{4})\s*\Z", re.IGNORECASE
    ),
)  # fmt: skip

FIRST_PAGE = "1990"
"""No web page came out before: an older date that is shown is one the text tells of."""

_LONGEST = 80
"""Characters: the longest date seen (a script's, with its zone's name) has 63."""


def w3cdtf(text: str, *, day_first: bool | None = None) -> str | None:
    """A declared date as W3CDTF, or None where it cannot be read with certainty.

    ``day_first`` says how the page's country orders two bare numbers; None: not known, and then
    ``03/04/2012`` is not read (``31/05/2012`` is: no month is the 31st).

    >>> w3cdtf("Mon, 28 Jun 2004 05:06:32 GMT"), w3cdtf("12 March 2004"), w3cdtf("March 12, 2004")
    ('2004-06-28T05:06:32Z', '2004-03-12', '2004-03-12')
    >>> w3cdtf("31/05/2012 8:37 AM"), w3cdtf("03/04/2012"), w3cdtf("03/04/2012", day_first=True)
    ('2012-05-31T08:37', None, '2012-04-03')
    """
    if not 4 <= len(text) <= _LONGEST:
        return None
    for form in _FORMS:
        found = form.match(text)
        if found:
            read = _read(found.groupdict(), day_first)
            if read:
                return None if read.startswith(_PLACEHOLDERS) else read
    return None


def _read(parts: dict[str, str | None], day_first: bool | None) -> str | None:
    year = _year(parts["year"] or "")
    month, day = _month_day(parts, day_first)
    if month is None:
        return f"{year:04d}" if parts.get("a") is None and parts.get("name") is None else None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    time = _time(parts)
    return None if time is None else f"{year:04d}-{month:02d}-{day:02d}{time}"


def _year(digits: str) -> int:
    """Four digits; or two, which RFC 850 dates have: 70 and later are of the last century."""
    number = int(digits)
    return number if len(digits) == 4 else number + (1900 if number >= 70 else 2000)


def _month_day(parts: dict[str, str | None], day_first: bool | None) -> tuple[int | None, int | None]:
    day = parts.get("day")
    if parts.get("a"):
        return _ordered(int(parts["a"] or 0), int(parts["b"] or 0), True if parts["sep"] == "." else day_first)
    name, number = parts.get("name"), parts.get("month")
    month = _MONTHS.get(name.lower().translate(_FOLD)) if name else int(number) if number else None
    return month, int(day) if day else None


def _ordered(a: int, b: int, day_first: bool | None) -> tuple[int | None, int | None]:
    """Month and day of two bare numbers. Points between them mean day first: nobody writes 06.28.2004."""
    if a > 12 or a == b:
        return b, a
    if b > 12:
        return a, b
    return (None, None) if day_first is None else (b, a) if day_first else (a, b)


def _time(parts: dict[str, str | None]) -> str | None:
    """``T08:37…`` with what is stated; "" where no time is; None where it is no time of day."""
    hour, minute = parts.get("hour"), int(parts.get("minute") or 0)
    if hour is None:
        return ""
    hours, half = int(hour), (parts.get("half") or "").lower()
    if half and hours <= 12:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    second = parts.get("second")
    if hours > 23 or minute > 59 or int(second or 0) > 60:
        return None
    seconds = f":{second}{(parts.get('fraction') or '').replace(',', '.')}" if second else ""
    return f"T{hours:02d}:{minute:02d}{seconds}{_zone(parts.get('zone'))}"


def _zone(text: str | None) -> str:
    """``Z``, an offset, or "" for a zone that is not stated or not known."""
    text = (text or "").strip().lower()
    offset = re.search(r"([+-]\d\d):?(\d\d)", text)
    if offset:
        return f"{offset[1]}:{offset[2]}"
    return _ZONES.get(text, "")


# A whole date somewhere in a line: year and day both. Times are left out, for the words around a date confuse them.
_WITHIN = re.compile(
    r"(?<![\w/.-])(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d{4}年\s?\d\d?月\s?\d\d?日|\d\d?[/.-]\d\d?[/.-]\d{4}"
    r"|\d\d?(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?[^\W\d]{3,10}\.?,?[\s-]+(?:de\s+|del\s+)?\d{4}"
    r"|[^\W\d]{3,10}\.?\s+\d\d?(?:st|nd|rd|th)?,?\s+\d{4})(?![\w/-])"
)


def within(text: str, *, day_first: bool | None = None) -> str | None:
    """The first whole date that stands in a line of text, without its time; None where none does.

    >>> within("Posted by Ann Teal on 3 March 2012 at 10.15"), within("in March 2012")
    ('2012-03-03', None)
    """
    if not any(map(str.isdigit, text)):
        return None
    found = (w3cdtf(part[0], day_first=day_first) for part in _WITHIN.finditer(text[:400]))
    return next((date for date in found if date), None)


# Two bare numbers and a year of two digits: 28.06.04. Read only where a page shows it, for a field may hold any code.
_SHORT = re.compile(r"(?<![\w/.-])(\d\d?)([/.-])(\d\d?)\2(\d\d)(?![\w/.-]\w|\w)")


def each(text: str, *, day_first: bool | None = None) -> Iterator[tuple[str, int, int]]:
    """(date, start, end) of every whole date in a line of text, without its time; years may have two digits.

    >>> list(each("Posted 28.06.04, changed 3 July 2004"))
    [('2004-06-28', 7, 15), ('2004-07-03', 25, 36)]
    """
    for pattern in (_SHORT, _WITHIN):
        for part in pattern.finditer(text):
            whole = part[0] if pattern is _WITHIN else f"{part[1]}{part[2]}{part[3]}{part[2]}{_year(part[4])}"
            date = w3cdtf(whole, day_first=day_first)
            if date and len(date) >= len("2004-06-28"):
                yield date, part.start(), part.end()


_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def dated(text: str) -> bool:
    """Whether a value that could not be read is at least about a date: it is short and has a year in it."""
    return len(text) <= _LONGEST and bool(_YEAR.search(text)) and not text.startswith(_PLACEHOLDERS)


def day_after(day: str, days: int = 1) -> str:
    """The calendar's next day, or so many days on.

    >>> day_after("2004-02-28"), day_after("2004-03-01", -1)
    ('2004-02-29', '2004-02-29')
    """
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def names_time(word: str) -> bool:
    """Whether a word is a month's or a weekday's name.

    >>> names_time("Jun."), names_time("Tuesday"), names_time("Ann")
    (True, True, False)
    """
    word = word.lower().strip(".,").translate(_FOLD)
    return word in _MONTHS or word in _WEEKDAYS


_WEEKDAYS = frozenset({
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "today", "yesterday",
})  # fmt: skip
