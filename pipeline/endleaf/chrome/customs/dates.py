"""Dates that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import letters, tags
from endleaf.chrome.customs.sight import Sight


def dates(s: Sight) -> Iterator[tuple[int, bool]]:
    """A date alone in small print stays right under the last text that stays, in the same element."""
    prose = np.flatnonzero(s.kept & s.facts.long)
    after = int(prose[-1]) + 1 if len(prose) else len(s.kept)
    lost = ~s.kept & (s.facts.words <= 5) & (s.facts.linked == 0) & (s.facts.kinds[:, letters.DIGIT] > 0)
    for block in (np.flatnonzero(lost[after : after + _NEAR]) + after).tolist():
        around = int(s.blocks.holder[s.facts.home[block]])
        if (
            s.kept[block - 1]
            and s.facts.first_block[around] < block
            and s.in_small_print(block)
            and is_date(s.text(block))
        ):
            yield block, True


def in_rows(s: Sight) -> Iterator[tuple[int, bool]]:
    """A date alone in its cell stays where the other cell of its row stays: a notice's number, and its day."""
    kinds = s.facts.kinds
    lost = ~s.kept & (s.facts.words <= 5) & (s.facts.linked == 0) & (kinds[:, letters.DIGIT] > 0)
    lost &= _CELL[s.blocks.codes[s.facts.home]]
    for block in np.flatnonzero(lost).tolist():
        row = s.above(block, "tr")
        blocks = s.within(row) if row else range(0)
        if len(blocks) == 2 and s.kept[list(blocks)].any() and is_date(s.text(block)):
            yield block, True


_CELL: Final = tags.members(["td", "th"])
_NEAR: Final = 4
"""Blocks under the last text in which its date is looked for."""
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d)",
    re.IGNORECASE,
)


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else.

    >>> is_date("Wednesday 11 November 1998"), is_date("May 21, 2004"), is_date("May 21: the show")
    (True, True, False)
    """
    return _DATE.fullmatch(text.strip(" .()")) is not None
