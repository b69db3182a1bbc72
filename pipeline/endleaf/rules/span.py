"""Which captures a rule is for, by when they were taken: a site is redesigned, and its rules with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from endleaf.model import Moment

_NO_DIGIT: Final = re.compile(r"\D")
_LENGTHS: Final = (4, 6, 8, 12, 14)
"""Of a timestamp's digits: year, month, day, minute, second."""


class BadMoment(ValueError):
    """A time that cannot be read: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, both within; each as a timestamp's digits, as many as were given, or empty."""

    first: str = ""
    last: str = ""

    def holds(self, moment: Moment | None) -> bool:
        """Whether a capture of that moment may lie in it; one of unknown time lies only in a span without ends.

        >>> span = Span("200406", "2005")
        >>> [span.holds(Moment.from_timestamp(each)) for each in ("20040531", "2004", "20051231235959", "2006")]
        [False, True, True, False]
        """
        if not self.first and not self.last:
            return True
        if moment is None:
            return False
        taken = _NO_DIGIT.sub("", moment.iso)[:14]
        size, end = min(len(taken), len(self.first)), min(len(taken), len(self.last))
        return taken[:size] >= self.first[:size] and taken[:end] <= self.last[:end]


def digits_of(value: object) -> str:
    """A moment of a rules file as a timestamp's digits: a date, a date and time, a year, or a timestamp.

    Raises :class:`BadMoment`.

    >>> digits_of(date(2004, 6, 28)), digits_of(2004), digits_of("2004-06"), digits_of("20040628050632")
    ('20040628', '2004', '200406', '20040628050632')
    """
    if isinstance(value, datetime):
        when = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return Moment.of(when).timestamp
    if isinstance(value, date):
        return f"{value.year:04d}{value.month:02d}{value.day:02d}"
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str):
        moment = Moment.from_timestamp(text) if len(text) in _LENGTHS and text.isdigit() else Moment.from_iso(text)
        if moment is not None:
            return _NO_DIGIT.sub("", moment.iso)[:14]
    raise BadMoment("no date; write 2004-06-28, or 2004, or a timestamp of 4 to 14 digits such as 20040628050632")
