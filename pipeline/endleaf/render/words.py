"""Facts in words: dates, counts and codes as a reader sees them, in English whatever the locale."""

from __future__ import annotations

from endleaf.model import Frozen, Moment, Precision

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

KNOWN_TO: dict[Precision, str] = {
    "year": "known to the year",
    "month": "known to the month",
    "day": "known to the day",
    "minute": "known to the minute",
    "second": "known to the second",
    "fraction": "known to a fraction of a second",
}


class Date(Frozen, frozen=True):
    """A date ready to show, never finer than it is known."""

    words: str
    """``28 June 2004`` or ``28 June 2004, 05:06:32 UTC``."""
    iso: str
    """W3CDTF at the same precision, as HTML's ``datetime`` takes it; empty if the date was no date."""
    precision: str = ""
    """A :data:`~endleaf.model.Precision`; empty if the date was no date."""
    known_to: str = ""
    """The precision in words: ``known to the day``."""


def date(moment: Moment) -> Date:
    """A moment in words.

    >>> date(Moment(iso="2004-06-28", precision="day")).words
    '28 June 2004'
    >>> date(Moment(iso="2004-06-28T05:06:32Z")).words
    '28 June 2004, 05:06:32 UTC'
    """
    when, precision = moment.when, moment.precision
    words = f"{when.year}"
    if precision != "year":
        words = f"{MONTHS[when.month - 1]} {words}"
    if precision not in ("year", "month"):
        words = f"{when.day} {words}"
    if precision == "minute":
        words += f", {when:%H:%M} UTC"
    elif precision in ("second", "fraction"):
        words += f", {when:%H:%M:%S} UTC"
    return Date(words=words, iso=_three_digits(moment.iso), precision=precision, known_to=KNOWN_TO[precision])


def _three_digits(iso: str) -> str:
    """HTML's ``datetime`` allows one to three digits of a fraction; WARC up to nine."""
    whole, point, fraction = iso.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:3]}Z" if point else iso


def declared_date(text: str) -> Date:
    """A date as a page declared it: in words where it can be read, else as it stands.

    >>> declared_date("2004-06").words
    'June 2004'
    >>> declared_date("Midsummer 2004")
    Date(words='Midsummer 2004', iso='', precision='', known_to='')
    """
    moment = Moment.from_iso(text)
    return date(moment) if moment else Date(words=text, iso="")


def number(count: int) -> str:
    """A count with its thousands apart: ``12,345``."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count and its noun.

    >>> counted(1, "block"), counted(1234, "block"), counted(2, "entry", "entries")
    ('1 block', '1,234 blocks', '2 entries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def spoken(code: str) -> str:
    """A short code as words: ``link-list`` as ``link list``."""
    return code.replace("-", " ").replace("_", " ")
