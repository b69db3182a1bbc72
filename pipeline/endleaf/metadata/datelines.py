"""Dates that a page shows and does not declare: each with what speaks for its being the page's own.

No one mark is sure, so marks are weighed: what the words before the date say, what its elements are called,
whether it stands alone on its line, and how far from the page's heading. The weights were set on real pages whose
dates people had noted; :data:`ENOUGH` is what a date needs to be given at all, for a wrong date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from endleaf.metadata import dates, datewords, markup, words
from endleaf.metadata.addresses import Address
from endleaf.metadata.sheet import Sheet
from endleaf.metadata.texts import UNREAD
from endleaf.parse import TEXT, Tree

_DATED = tuple(map(re.compile, (r"20\d\d", r"19\d\d", r"\.\d\d?\.\d\d", r"/\d\d?/\d\d", r"-\d\d?-\d\d")))
"""What every text with a whole date has in it: a year, or two separators with numbers."""

_TWO_NUMBERS = re.compile(r"\d\D{1,25}\d")
"""What a line with a year and a day has in it; most lines with a year alone are of copyright."""

_LONGEST = 300
"""Characters of a line that a date is looked for in: longer is running text, which tells of other days."""

_MOST = 200
"""Dates that are weighed: a page with more is a list or a thread, and its own date is among the first."""

ENOUGH = 0.5
"""Half a point: a date alone on a line by the heading has about two, one in running text far off about minus five."""


class Dateline(NamedTuple):
    """A date that the page shows: ``said`` is ``published``, ``modified``, ``other`` or nothing."""

    date: str
    said: str
    source: str
    weight: float


@dataclass(slots=True)
class Place:
    """Where a text stands: the names of its nearest elements, and what they are."""

    names: list[str] = field(default_factory=list)
    aside: bool = False
    link: bool = False
    teaser: bool = False
    machine: bool = False


def weighed(sheet: Sheet, heads: Sequence[int], address: Address, *, day_first: bool | None) -> list[Dateline]:
    """Every date that the page shows, with its weight, in document order; ``heads`` are the page's own headings."""
    tree, texts = sheet.tree, list(_texts(sheet, heads))
    if day_first is None:
        day_first = _order(text for _, text in texts)
    holders = {k for i in heads for k in (i, *tree.ancestors(i))}
    found: list[Dateline] = []
    for i, text in texts:
        stated = [each for each in _dates(text, day_first) if each[0] >= dates.FIRST_PAGE]
        if not stated:
            continue
        place, label, distance = _place(tree, i, holders), _label(tree, i), _distance(i, heads)
        for date, start, end in stated:
            found.append(_weigh(date, _Line(text[:start], text[end:], label), place, distance, address))
        if len(found) >= _MOST:
            break
    return _sole(found)


def _sole(found: list[Dateline]) -> list[Dateline]:
    """The dates; where all are one day, that speaks for it."""
    if len({line.date[:10] for line in found}) != 1:
        return found
    return [line._replace(weight=line.weight + 1.0) for line in found]


def _texts(sheet: Sheet, heads: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The texts that may hold a date, with where they stand; of an element with a machine's date, that alone."""
    tree = sheet.tree
    end = 0
    for i in sorted([*sheet.texts(heads).nodes(*_DATED), *(i for tag in _MACHINE for i in sheet.tags[tag])]):
        if i < end:
            continue
        if tree.tags[i] == TEXT:
            text = words.clean(tree.texts[i])
            if len(text) <= _LONGEST and _TWO_NUMBERS.search(text):
                yield i, text
        else:
            text = tree.attrs[i].get(_MACHINE[tree.tags[i]], "").strip()
            if dates.w3cdtf(text):
                end = tree.ends[i]
                yield i, text


_MACHINE = {"time": "datetime", "local-time": "datetime", "relative-time": "datetime", "time-ago": "datetime",
            "abbr": "title"}  # fmt: skip
"""Elements that may give a date for machines, and where: abbr in the microformats' way (hAtom 0.1)."""


def _order(lines: Iterable[str]) -> bool | None:
    """How the page orders bare numbers, by those of its dates that can be read in one way only."""
    orders = {int(a) > 12 for line in lines for a, b in _NUMBERS.findall(line) if (int(a) > 12) != (int(b) > 12)}
    return orders.pop() if len(orders) == 1 else None


_NUMBERS = re.compile(r"(?<![\w/.-])(\d\d?)[/-](\d\d?)[/-](?:19|20)?\d\d(?![\w/-])")


def _dates(line: str, day_first: bool | None) -> list[tuple[str, int, int]]:
    """(date, start, end) of the whole dates in a line; with the time of day where the line says no more."""
    found = sorted(dates.each(line, day_first=day_first), key=lambda found: found[1])[:3]
    if found:
        return [(_timed(date, line, start, end, day_first), start, end) for date, start, end in found]
    whole = dates.w3cdtf(line) if _MACHINES.match(line) else None
    return [(whole, 0, len(line))] if whole and len(whole) >= len("2004-06-28") else []


_MACHINES = re.compile(r"\d{4}-?\d\d-?\d\d|[A-Za-z]{3} [A-Za-z]{3} +\d")
"""How a date begins that a machine wrote whole: 2004-06-28T05:06:32, Mon Jun 28 05:06:32 2004."""


def _timed(date: str, line: str, start: int, end: int, day_first: bool | None) -> str:
    """A date with its time of day, where its piece of the line says that and no more."""
    piece = line[start:].partition("|")[0].strip(_POINTS)
    timed = dates.w3cdtf(piece, day_first=day_first) if len(piece) > end - start else None
    return timed if timed and timed.startswith(date) else date


# ------------------------------------------------------------------- places

_STEPS = 40
_NEAR = 3
"""Elements whose names speak of the text itself: its own, and two around it."""

_MOST_NODES = 60
"""Nodes of a teaser: more is a column or an article."""


def _place(tree: Tree, i: int, holders: set[int]) -> Place:
    """Where a node stands. What holds the page's heading too is the page's own, whatever it is called."""
    place = Place(machine=tree.tags[i] != TEXT)
    k = i if tree.tags[i] != TEXT else tree.parents[i]
    box = k
    for step in range(_STEPS):
        if k <= 0 or tree.tags[k] in ("body", "html", "main"):
            break
        tag, attrs = tree.tags[k], tree.attrs[k]
        if attrs and step < _NEAR:
            place.names.append(f"{attrs.get('class', '')[:200]} {attrs.get('id', '')[:60]} {attrs.get('itemprop', '')}")
        place.link = place.link or tag == "a"
        if k not in holders:
            place.aside = place.aside or markup.speaks_of_others(tag, attrs)
            box = k if tree.ends[k] - k <= _MOST_NODES else box
        k = tree.parents[k]
    place.teaser = _linked_heading(tree, box)
    return place


def _linked_heading(tree: Tree, box: int) -> bool:
    """Whether a small element holds a linked heading: what it dates is the page behind that link."""
    for k in tree.find_all("a", box):
        above, below = tree.tags[tree.parents[k]], tree.tags[k + 1 : k + 2]
        headed = above in markup.HEADINGS or (below and below[0] in markup.HEADINGS)
        if headed and len(tree.text(k).split()) >= _LEAST_WORDS:
            return True
    return False


_LEAST_WORDS = 3
"""Words of a teaser's heading; fewer are an author's name."""


def _label(tree: Tree, i: int) -> str:
    """The end of what stands before a node on its line; where it begins the line, of the text before."""
    line: list[str] = []
    for k in range(i - 1, max(0, i - _LABEL_NODES), -1):
        tag, text = tree.tags[k], tree.texts[k]
        if tag == TEXT and not text.isspace() and tree.tags[tree.parents[k]] not in UNREAD:
            line.insert(0, words.clean(text[-200:]))
        elif line and tag != TEXT and tag not in markup.INLINE:
            break
    return " ".join(line)[-40:]


_LABEL_NODES = 9


def _distance(i: int, heads: Sequence[int]) -> float | None:
    """How far a node is from the nearest heading: a date stands after it rather than before."""
    return min(((i - head) / _AFTER if i >= head else (head - i) / _BEFORE for head in heads), default=None)


# ------------------------------------------------------------------ weights


class _Line(NamedTuple):
    before: str
    after: str
    label: str

    def said(self) -> str:
        """What the words before the date say it is of: of its own line, or of the text before, where it begins it."""
        said = datewords.said(self.before[-60:])
        if not said and len(self.before.strip(_POINTS)) <= 12:
            said = datewords.said(self.label.rstrip(_POINTS)[-25:])
        return said

    def rest(self) -> int:
        """How many letters the line has beside the date and the words that introduce it."""
        return datewords.letters_beside(f"{self.before} {self.after}")


_POINTS = " :-–|·•,>"


def _weigh(date: str, line: _Line, place: Place, distance: float | None, address: Address) -> Dateline:
    told, rest = line.said(), line.rest()
    name, named = _named(place.names)
    said = told or ("" if named == "date" else named)
    by_heading = distance is not None and distance <= _CLOSE
    marks = (
        (3.0, told in _OWN),
        (2.5, named in _OWN),
        (1.5, named == "date"),
        (-2.0, named == "other"),
        (1.0, place.machine),
        (1.2, rest <= _ALONE),
        (-0.5, rest >= _SENTENCE and told),
        (-2.0, rest >= _SENTENCE and not told),
        (-1.0, place.aside and by_heading),
        (-3.0, place.aside and not by_heading),
        (-3.0, place.teaser),
        (-0.5, place.link),
        (2.0, date[:10] == address.day),
        (1.0, date[:7] == address.month and date[:10] != address.day),
        (-1.5, address.month and date[:7] != address.month),
    )
    weight = _nearness(distance) + sum(weight for weight, holds in marks if holds)
    return Dateline(date, said, f"dated:{name}" if named and not told else "text", weight)


_OWN = ("published", "modified")
_ALONE, _SENTENCE = 12, 40
"""Letters beside a date: so few are a weekday's or a byline's, so many are a sentence that tells of another day."""

_CLOSE = 0.5
"""Steps from the heading, where an element's doubtful name counts for less."""


def _named(names: Iterable[str]) -> tuple[str, str]:
    """(class, what it says the date is of) of the nearest element whose names say it; else that it is a date."""
    told = [each for each in map(datewords.named, names) if each[1]]
    return next((each for each in told if each[1] != "date"), told[0] if told else ("", ""))


_AFTER, _BEFORE = 100, 25
"""Nodes of a step away from the heading: mastheads with the day's date stand before it, bylines mostly after."""

_FAR = 3.0
"""Steps from which it makes no difference how far."""


def _nearness(distance: float | None) -> float:
    if distance is None:
        return -2.5
    return (1.0 if distance <= 2.5 else 0.0) - min(distance, _FAR)
