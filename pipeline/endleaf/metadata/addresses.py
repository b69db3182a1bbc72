"""The date in a page's address."""

from __future__ import annotations

import re
from typing import NamedTuple

from endleaf.metadata import dates


class Address(NamedTuple):
    """What a page's address says of its date: the day and its month, or the month at least."""

    day: str = ""
    month: str = ""


# 2004/06/28, 2004-6-28, 2004-06/28; 20040628; 28-06-2004
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[/_.-](\d\d?)[/_.-](\d\d?)|(\d\d)(\d\d))(?!\d)|(?<!\d)(\d\d?)-(\d\d)-(20\d\d)(?!\d)"
)
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])/")


def in_address(address: str) -> Address:
    """The date in an address's path.

    >>> in_address("http://a.example/news/2004/06/28/tides.html").day, in_address("http://a.example/2004/06/a").month
    ('2004-06-28', '2004-06')
    """
    path = "/" + address.partition("://")[2].partition("/")[2].partition("?")[0]
    for found in _DAY.finditer(path):
        day = dates.w3cdtf("-".join(filter(None, found.groups())))
        if day and day >= dates.FIRST_PAGE:
            return Address(day, day[:7])
    month = _MONTH.search(path)
    return Address("", f"{month[1]}-{int(month[2]):02d}" if month and month[1] >= dates.FIRST_PAGE else "")
