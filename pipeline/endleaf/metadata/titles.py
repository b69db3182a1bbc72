"""A page's title without its site's name, where there is evidence which part is the site's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from endleaf.metadata import words

# What parts a title from its site's name; the colon only after a word: "Harbour Office: Tide tables".
_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«›‹>~/]|::|:)\s+|:\s+|\s*(?:\||»|«|_|::)\s*")

_MARKS = frozenset("|-–—·•»«›‹>~/:_")
"""A title with none of them has no parts."""

# Labels of a host that name no site.
_NO_NAMES = frozenset({
    "www", "www2", "web", "m", "com", "org", "net", "co", "gov", "ac", "edu", "example", "news", "blog", "info",
    "uk", "us", "eu", "de", "fr", "au"
})  # fmt: skip


class Site:
    """What a site is called: by what it declares, and by its host."""

    def __init__(self, names: Iterable[str], host: str) -> None:
        self.names = {words.key(name) for name in names} - {""}
        labels = [label for label in host.lower().split(".") if label not in _NO_NAMES and len(label) > 2]
        self.labels = {words.key(label) for label in labels}
        self.labels.add(words.key(host.lower().removeprefix("www.")))
        self.labels.discard("")

    def is_named(self, part: str) -> bool:
        """Whether a part of a title is the site's name: declared so, or the host spells it."""
        key = words.key(part)
        if not key:
            return False
        if key in self.names or key in self.labels:
            return True
        initials = words.key("".join(word[0] for word in part.split() if word[0].isupper()))
        return initials in self.labels or any(_alike(key, label) for label in self.labels)


def _alike(key: str, label: str) -> bool:
    """Whether one holds the other and little more: "The Harbour Office" and harbouroffice."""
    short, long = sorted((key, label), key=len)
    if len(short) <= 4 or len(long) > 1.7 * len(short) or short not in long:
        return False
    return not any(map(str.isdigit, long.replace(short, "")))  # "Site map" is not what 21-sitemap.example is called


def before(title: str, heading: str) -> str | None:
    """What stands before a heading in a title, with a colon between them and nothing after; else None.

    >>> before("Inshore Fisheries: The Licence", "The Licence"), before("News - The Licence", "The Licence")
    ('Inshore Fisheries', None)
    """
    part, colon, rest = title.partition(": ")
    return part.strip() if colon and words.key(rest) == words.key(heading) else None


_LONGEST = 300
"""Characters: longer is a text in a title's place, and is given as it stands."""


def bare(title: str, site: Site, heading: str | None = None) -> str:
    """A title with the site's name taken off its start or end, as often as the evidence allows: the part is the
    site's name, or the rest is the page's heading.

    >>> site = Site(["Harbour Office"], "www.harbour-office.example")
    >>> bare("Tide tables | Harbour Office", site), bare("Harbour Office: Moorings", site), bare("A - B", site)
    ('Tide tables', 'Moorings', 'A - B')
    >>> bare("Harbour Office opening hours | News", site)
    'Harbour Office opening hours | News'
    >>> bare("Tide tables - Services - The Council", site, "Tide tables")
    'Tide tables'
    """
    wanted = words.key(heading) if heading else None
    while len(title) <= _LONGEST and not _MARKS.isdisjoint(title):
        cuts = list(_cuts(title))
        rest = next((rest for rest, _ in cuts if words.key(rest) == wanted), None)
        if rest is not None:
            return rest
        rest = next((rest for rest, part in cuts if words.filled(rest) and site.is_named(part)), None)
        if rest is None:
            break
        title = rest
    return title


def pieces(titles: Iterable[str]) -> list[str]:
    """Titles, and every part of them that may be the page's own.

    >>> pieces(["The Post - News - Clock stops"])
    ['The Post - News - Clock stops', 'The Post - News', 'The Post', 'News - Clock stops', 'Clock stops']
    """
    found: dict[str, None] = {}
    for title in titles:
        found[title] = None
        if len(title) <= _LONGEST:
            found |= dict.fromkeys(rest for rest, _ in _cuts(title) if words.filled(rest))
    return list(found)


_PLACEHOLDER = re.compile(
    r"untitled(?:[ -]?(?:document|page|web ?page|\d+))?|new ?page ?\d*|index(?:\.\w+)?|default(?:\.\w+)?|document|"
    r"no title|(?:insert|enter|your) (?:page |the )?title(?: here)?|(?:page )?title(?: goes here)?|web ?page|"
    r"blank page|normal page|sans titre|unbenanntes dokument|ohne titel|neue seite ?\d*|nouvelle page ?\d*|"
    r"documento sin título|sin título|página nueva ?\d*|documento sem título|sem título|documento senza titolo|"
    r"senza titolo|naamloos(?: document)?|無題(?:ドキュメント)?|новая страница ?\d*|без названия", re.IGNORECASE
)  # fmt: skip
"""What an editor puts in a title's place until somebody writes one."""


def is_placeholder(title: str) -> bool:
    """Whether a title is an editor's own.

    >>> [is_placeholder(title) for title in ("Untitled Document", "New Page 1", "Index of ships")]
    [True, True, False]
    """
    return _PLACEHOLDER.fullmatch(title) is not None


def heading(headings: Iterable[str], declared: Iterable[str], site: Site) -> str | None:
    """The heading that says what the declared titles say: it stands in one of them, or shares most of its words and
    says no less. Where no title is declared, the first heading.

    >>> site = Site(["Harbour Office"], "")
    >>> heading(["Harbour Office", "Tides of 2004"], ["Tides of 2004 | Harbour Office"], site)
    'Tides of 2004'
    >>> heading(["June 2004 archives by thread"], ["The Tides June 2004 archive by thread"], site) is None
    True
    """
    declared = list(declared)
    keys = [words.key(title) for title in declared]
    best, most = None, 0.5  # half of the shorter one's words: headings are reworded for the title, not replaced
    for text in headings:
        key = words.key(text)
        if not key or len(text) > _LONGEST or site.is_named(text):
            continue
        if not keys:
            return text
        score = 2.0 + len(key) / 1000 if any(key in whole for whole in keys) else _shared(text, declared, site)
        if score >= most:
            best, most = text, score
    return best


def _shared(text: str, declared: Iterable[str], site: Site) -> float:
    """Which share of its words a heading shares with a title, of the shorter one's; none where it only says less."""
    bag, bags = _bag(text), [_bag(bare(title, site)) for title in declared]
    if any(len(bag - other) <= 1 and len(other) > len(bag) for other in bags):
        return 0.0
    return max(len(bag & other) / max(1, min(len(bag), len(other))) for other in bags)


def _bag(text: str) -> set[str]:
    return {words.key(word) for word in text.split()} - {""}


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """(rest, part) of every way to take a part off the end or the start; the shortest parts first."""
    marks = list(_SEPARATOR.finditer(title))[:12]
    for mark in reversed(marks):
        yield title[: mark.start()].strip(), title[mark.end() :].strip()
    for mark in marks:
        yield title[mark.end() :].strip(), title[: mark.start()].strip()
