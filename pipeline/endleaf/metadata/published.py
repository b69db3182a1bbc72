"""When a page was published and changed: by what it declares, else by what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from endleaf.metadata import datelines, dates, precedence, words
from endleaf.metadata.addresses import Address, in_address
from endleaf.metadata.datelines import Dateline
from endleaf.metadata.declared import Declared, value_of
from endleaf.metadata.precedence import Row
from endleaf.metadata.sheet import Sheet
from endleaf.model import Field, Value

# Where two bare numbers are written month first; every other country's pages write the day first.
_MONTH_FIRST = frozenset({"en-US", "en-PH", "es-US"})
_ENGLISH = "en"  # without a country: British or American, nobody can tell


def day_first(found: Declared, language: Value | None, host: str) -> bool | None:
    """How this page orders 03/04/2012, or None where nothing says: by its metadata standard, host, then language."""
    if any(True for _ in found.under("meta:egms.")) or any(True for _ in found.under("meta:aglsterms.")):
        return True
    if host.endswith((".uk", ".au", ".ie", ".nz", ".in", ".za")):
        return True
    if host.endswith((".gov", ".mil", ".us")):
        return False
    tag = language.value if language else ""
    if tag in _MONTH_FIRST:
        return False
    return None if tag in ("", _ENGLISH) or tag[:2] in ("ja", "zh", "ko", "hu", "lt") else True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page's dates are read by: how it orders bare numbers, and the day of its capture, as far as known."""

    day_first: bool | None
    captured: str = ""

    def possible(self, date: str) -> bool:
        """Whether a page captured then can bear the date. A day's grace: zones differ by as much."""
        known = len(self.captured)
        return not known or date[:known] <= self.captured or date[:known] == dates.day_after(self.captured)


def dates_of(
    sheet: Sheet, found: Declared, addresses: Sequence[Value], heads: Callable[[], list[int]], reading: Reading
) -> tuple[Value | None, Value | None]:
    """(published, modified) of a page. ``heads`` gives its own headings; it is asked where nothing is declared."""
    published = _declared(found, precedence.PUBLISHED, reading) or _by_name(found, reading)
    if published:
        published = _local(published, addresses)
    modified = _declared(found, precedence.MODIFIED, reading)
    lines: list[Dateline] = []
    if published is None:
        lines = _lines(sheet, heads(), addresses, reading)
        published = (
            _doubtful(found, precedence.PUBLISHED, lines, reading)
            or _shown(lines, ("published", ""))
            or _in_address(addresses, reading)
        )
    modified = (
        modified
        or _doubtful(found, precedence.MODIFIED, lines, reading)
        or _shown(lines, ("modified",))
        or _declared(found, precedence.SERVED, reading)
    )
    return published, modified


def _declared(found: Declared, table: Iterable[Row], reading: Reading) -> Value | None:
    """The first date of a table that can be read."""
    for key, _ in table:
        for field in found.get(key):
            date = _read(field, key, reading)
            if date and reading.possible(date):
                return value_of(field, date)
    return None


def _read(field: Field, key: str, reading: Reading) -> str | None:
    text = _text(field)
    date = dates.w3cdtf(text, day_first=reading.day_first)
    return date or (dates.within(text, day_first=reading.day_first) if key in precedence.LOOSE_DATES else None)


def _text(field: Field) -> str:
    return words.plain(field.value).strip(" |\"'")


def _local(date: Value, addresses: Iterable[Value]) -> Value:
    """A date as its site counts days: an instant in UTC may be a day off from the one in the address."""
    if date.value.endswith(_UTC):
        for address in addresses:
            day = in_address(address.value).day
            if day and date.value[:10] in (dates.day_after(day), dates.day_after(day, -1)):
                return Value(value=day, source=address.source)
    return date


_UTC = ("Z", "+00:00")


def _by_name(found: Declared, reading: Reading) -> Value | None:
    """The first date whose field is named like a date of publishing: there are as many names as content systems."""
    for field in found.under("meta:"):
        if precedence.NAMED_PUBLISHED.search(field.name):
            date = dates.w3cdtf(_text(field), day_first=reading.day_first)
            if date and len(date) >= len("2004-06-28") and reading.possible(date):
                return value_of(field, date)
    return None


def _doubtful(found: Declared, table: Iterable[Row], lines: Sequence[Dateline], reading: Reading) -> Value | None:
    """A declared date that cannot be read: of two readings the one that the page shows, else as it is declared, where
    it is at least about a date.
    """
    for key, _ in table:
        for field in found.get(key) if key not in precedence.LOOSE_DATES else ():
            text = _text(field)
            readings = {dates.w3cdtf(text, day_first=order) for order in (True, False)} - {None}
            read = next((line.date[:10] for line in lines if line.date[:10] in readings), None)
            if read and reading.possible(read):
                return value_of(field, read)
            if dates.dated(text) and (len(readings) != 1 or reading.possible(str(*readings))):
                return value_of(field, text)
    return None


def _lines(sheet: Sheet, heads: list[int], addresses: Sequence[Value], reading: Reading) -> list[Dateline]:
    stated = [in_address(address.value) for address in addresses]
    address = next((each for each in stated if each.day), next((each for each in stated if each.month), Address()))
    return [
        line
        for line in datelines.weighed(sheet, heads, address, day_first=reading.day_first)
        if reading.possible(line.date) and not (line.date[:10] == reading.captured and not line.said)
    ]


def _shown(lines: Iterable[Dateline], said: tuple[str, ...]) -> Value | None:
    """The shown date that most speaks for, where enough does; of those that are nearly equal the first: in a thread
    the day of the post that began it.
    """
    lines = [line for line in lines if line.said in said and line.weight >= datelines.ENOUGH]
    most = max((line.weight for line in lines), default=0.0)
    best = next((line for line in lines if line.weight >= most - _NEARLY), None)
    return Value(value=best.date, source=best.source) if best else None


_NEARLY = 1.0


def _in_address(addresses: Iterable[Value], reading: Reading) -> Value | None:
    for address in addresses:
        date = in_address(address.value)
        for each in (date.day, date.month):
            if each and reading.possible(each):
                return Value(value=each, source=address.source)
    return None
