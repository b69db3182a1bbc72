"""The dates that archives and savers write for people, in the languages they were met in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from endleaf.model import Moment, Precision

_MONTH_NAMES = """
jan january januar jän jänner janvier ene enero gen gennaio janeiro sty stycznia led ledna januari янв января
feb february februar fév févr février febrero febbraio fev fevereiro lut lutego úno února februari фев февраля
mar march mär märz mrz mars marzo março marca bře března mrt maart мар марта
apr april avr avril abr abril aprile kwi kwietnia dub dubna апр апреля
may mai mayo mag maggio maio maj maja kvě května mei май мая
jun june juni juin junio giu giugno junho cze czerwca čvn června июн июня
jul july juli juil juillet julio lug luglio julho lip lipca čvc července июл июля
aug august aoû août ago agosto sie sierpnia srp srpna augustus augusti авг августа
sep sept september septembre septiembre set settembre setembro wrz września zář září сен сентября
oct october okt oktober octobre octubre ott ottobre out outubro paź października říj října окт октября
nov november novembre noviembre novembro lis listopada listopadu ноя ноября
dec december dez dezember déc décembre dic diciembre dicembre dezembro gru grudnia pro prosince des дек декабря
"""  # a line a month: English, German, French, Spanish, Italian, Portuguese, Polish, Czech, Dutch, the North, Russian
_MORE_NAMES = """
oca ian ιαν січ tammi tammikuuta
şub febr φεβ лют helmi helmikuuta
márc μαρ бер maalis maaliskuuta
nis ápr απρ кві huhti huhtikuuta
máj μαϊ тра touko toukokuuta
haz jún iun ιουν чер kesä kesäkuuta
tem júl iul ιουλ лип heinä heinäkuuta
ağu αυγ сер elo elokuuta
eyl szept σεπ вер syys syyskuuta
eki οκτ жов loka lokakuuta
kas νοε лис marras marraskuuta
ara δεκ гру joulu joulukuuta
"""  # Turkish, Hungarian, Romanian, Greek, Ukrainian, Finnish
MONTHS: dict[str, int] = {
    name: at
    for table in (_MONTH_NAMES, _MORE_NAMES)
    for at, names in enumerate(table.strip().splitlines(), 1)
    for name in names.split()
}
"""Month names, lower case, as localised replays write them -> 1 to 12."""

_READ = 300
"""Characters in which a date is looked for."""
_DIGITS = re.compile(r"(?<!\d)\d{14}(?!\d)")
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d))?"
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_THEN_CLOCK = rf"(?:,? +(?:at +)?{_CLOCK})?"
_THEN_ZONE = r"(?: +(?:GMT|UTC)?(?P<zone>[+-]\d{4})?)?"
_ISO_CLOCK = rf"(?:[T ]+{_CLOCK}(?:\.\d+)?(?P<zone>[+-]\d\d:?\d\d)?Z?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 14:00:47 Jul 17, 2019
        rf"{_CLOCK} +{_MONTH} +(?P<day>\d{{1,2}}),? +(?P<year>\d{{4}})",
        # 14:00:47 17 Jul 2019
        rf"{_CLOCK} +(?P<day>\d{{1,2}})\.? +{_MONTH},? +(?P<year>\d{{4}})",
        # 14:00:47 7月 17, 2019, as Chinese, Japanese and Korean replays write it
        rf"{_CLOCK} +(?P<number>\d{{1,2}})(?:月|월) +(?P<day>\d{{1,2}}),? +(?P<year>\d{{4}})",
        # Sep 16, 2018 13:43:53 GMT · Tue Mar 10 2020 10:11:12 GMT+0100 (CET)
        rf"{_MONTH} +(?P<day>\d{{1,2}}),? +(?P<year>\d{{4}}){_THEN_CLOCK}{_THEN_ZONE}",
        # Wed, 17 Jan 2018 15:34:08 GMT · 4 Jun 2005 10:11:12 GMT · 28 June 2004 · 28 de julio de 2020
        rf"(?<!\d)(?P<day>\d{{1,2}})\.?(?:[ -]+| de ){_MONTH},?(?: de)?[ -]+(?P<year>\d{{4}}){_THEN_CLOCK}{_THEN_ZONE}",
        # 28/06/2004, day first
        rf"(?<!\d)(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}})[/.](?P<year>\d{{4}}){_THEN_CLOCK}",
        # 2015-03-04 05:06:07
        rf"(?<!\d)(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d){_ISO_CLOCK}",
    )
)


def moment_in(text: str) -> Moment | None:
    """The first date of a text, as precise as it is written; times with no zone are UTC. 14 digits come before words.

    >>> moment_in("14:00:47 Jul 17, 2019").iso
    '2019-07-17T14:00:47Z'
    >>> moment_in("taken on 28/06/2004").iso
    '2004-06-28'
    >>> moment_in("05:06:07 Mär 1, 2014").iso
    '2014-03-01T05:06:07Z'
    >>> moment_in("Tue Mar 10 2020 10:11:12 GMT+0100 (CET)").iso
    '2020-03-10T09:11:12Z'
    >>> moment_in("FILE ARCHIVED ON 20010421035521").iso
    '2001-04-21T03:55:21Z'
    >>> moment_in("14:00:47 7月 17, 2019").iso, moment_in("05:06:07 Ağu 1, 2014").iso
    ('2019-07-17T14:00:47Z', '2014-08-01T05:06:07Z')
    >>> moment_in("some day") is None
    True
    """
    text = text[:_READ]
    if found := _DIGITS.search(text):
        return Moment.from_timestamp(found[0])
    hits = [(found.start(), found) for form in _FORMS if (found := form.search(text)) and _number(found)]
    return _moment(min(hits, key=lambda hit: hit[0])[1]) if hits else None


def _number(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return int(parts["number"]) if parts.get("number") else MONTHS.get((parts.get("month") or "").lower(), 0)


def _moment(found: re.Match[str]) -> Moment | None:
    parts = found.groupdict()
    precision: Precision = "second" if parts.get("s") else "minute" if parts.get("h") else "day"
    zone = (parts.get("zone") or "+0000").replace(":", "")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone[0] == "-" else 1)
    try:
        when = datetime(
            int(parts["year"]), _number(found), int(parts["day"]),
            int(parts.get("h") or 0), int(parts.get("m") or 0), int(parts.get("s") or 0), tzinfo=timezone(offset),
        )  # fmt: skip
        return Moment.of(when, precision)
    except (ValueError, OverflowError):
        return None
