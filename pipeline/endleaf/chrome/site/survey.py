"""A bounded sample of each site's pages, from which its template is known.

For every site and year the pages with the lowest hash of their URL are kept,
at most ``sample`` of them: a sample that is fair, that depends on no order,
and that merges: the sample of two samples' pages is the sample of all the
pages. So states add up, in any order and grouping, and a page that stands in
both counts once. The share of pages that hold a block is known from a sample
of n with a standard error of at most .5 / sqrt(n): .05 with a hundred.

All sites together keep at most ``pages`` pages. Where there are more, the
sample of every site shrinks to the largest that fits, down to ``LEAST``; then
whole years of sites go, those of the highest hash. Both are functions of the
set of pages alone, so the order never matters here either.
"""

from __future__ import annotations

import bisect
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final, Literal
from urllib.parse import urlsplit

from endleaf.chrome.site.leaves import Leaf
from endleaf.chrome.site.template import FEWEST, Template
from endleaf.chrome.site.witness import Witness

SAMPLE: Final = 100
"""Pages of a site and year: of a hundred, 4 % are the three that a block must stand on to be a suspect."""
PAGES: Final = 3_000
"""Pages of all sites: about 10 KB each."""
LEAST: Final = 8
"""A smaller sample tells little: some sites then go, so that the others are known."""
ENOUGH: Final = 30
"""Pages from which a year of a site speaks for itself; else the years nearest to it speak too."""
_READY: Final = 10_000
"""Pages of the templates held ready, some 20 MB: captures of many sites come in turns, and an index takes a
millisecond to make."""

Verdict = Literal["keep", "drop"]
Shelf = tuple[str, str]
"""A site and a year (four digits, or none where the time is unknown)."""


def site_of(url: str | None) -> str | None:
    """The site of a URL: its host, without ``www.`` and port; None where it has none.

    >>> site_of("http://www.Example.org:8080/a?b")
    'example.org'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return (host or "").removeprefix("www.").rstrip(".") or None


def page_of(url: str) -> int:
    """The hash of a URL: scheme, ``www.`` and fragment make no other page."""
    rest = url.partition("#")[0].partition("//")[2].lower().removeprefix("www.")
    return _hash(rest or url)


def _rank(shelf: Shelf) -> int:
    return _hash("\n".join(shelf))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


class Survey:
    """The sampled pages of every site.

    ``shelves``  site and year -> page's hash -> leaf
    ``rules``    site -> block's key -> (its words, verdict): what a person has settled
    """

    def __init__(self, sample: int = SAMPLE, pages: int = PAGES) -> None:
        self.sample = sample
        self.pages = pages
        self.bar = 1 << 64
        """Shelves whose hash is as high are kept no more."""
        self.shelves: dict[Shelf, dict[int, Leaf]] = {}
        self.rules: dict[str, dict[int, tuple[str, Verdict]]] = {}
        self._order: dict[Shelf, list[int]] = {}
        self._years: dict[str, list[str]] = {}
        self._hashes: list[tuple[int, Shelf]] = []
        self._total = 0
        self._ready: OrderedDict[Shelf, Template] = OrderedDict()

    @property
    def kept(self) -> int:
        """How many pages are kept, of all sites and years."""
        return self._total

    @property
    def sites(self) -> int:
        """How many sites are known."""
        return len(self._years)

    def wants(self, url: str | None, when: str) -> bool:
        """Whether a capture would be kept: ask before it is parsed. ``when``: its digits, empty if unknown."""
        site = site_of(url)
        return bool(url and site) and self._room((str(site), when[:4]), page_of(str(url)), when)

    def holds(self, url: str | None, when: str) -> bool:
        """Whether the capture of a page at that time is the one that is kept."""
        site = site_of(url)
        leaf = self.shelves.get((site, when[:4]), {}).get(page_of(url)) if url and site else None
        return leaf is not None and leaf.when == when

    def _room(self, shelf: Shelf, page: int, when: str) -> bool:
        if _rank(shelf) >= self.bar:
            return False
        pages = self.shelves.get(shelf, {})
        if page in pages:
            return when <= pages[page].when
        return len(pages) < self.sample or page < self._order[shelf][-1]

    def add(self, url: str | None, leaf: Leaf) -> None:
        """Count a page in, if it is of the sample."""
        site = site_of(url)
        if url and site:
            self.put((site, leaf.when[:4]), page_of(url), leaf)

    def put(self, shelf: Shelf, page: int, leaf: Leaf) -> None:
        """Put a page's leaf on its shelf, if it is of the sample."""
        self._put(shelf, page, leaf)
        self._settle()

    def _put(self, shelf: Shelf, page: int, leaf: Leaf) -> None:
        if not self._room(shelf, page, leaf.when):
            return
        self._ready.clear()
        if shelf not in self.shelves:
            self._set_up(shelf)
        pages, order = self.shelves[shelf], self._order[shelf]
        if page not in pages:
            bisect.insort(order, page)
            self._total += 1
        pages[page] = min(leaf, pages.get(page, leaf), key=lambda each: each.rank)
        self._trim(shelf)

    def _set_up(self, shelf: Shelf) -> None:
        self.shelves[shelf] = {}
        self._order[shelf] = []
        bisect.insort(self._years.setdefault(shelf[0], []), shelf[1])
        bisect.insort(self._hashes, (_rank(shelf), shelf))

    def _trim(self, shelf: Shelf) -> None:
        order = self._order[shelf]
        while len(order) > self.sample:
            del self.shelves[shelf][order.pop()]
            self._total -= 1

    def _settle(self) -> None:
        while self._total > self.pages and self.sample > LEAST:
            self.sample -= 1
            for shelf in self.shelves:
                self._trim(shelf)
        while self._total > self.pages:
            self.bar = self._hashes[-1][0]
            self._lower()

    def _lower(self) -> None:
        while self._hashes and self._hashes[-1][0] >= self.bar:
            _, shelf = self._hashes.pop()
            self._total -= len(self.shelves.pop(shelf))
            del self._order[shelf]
            self._years[shelf[0]].remove(shelf[1])
            if not self._years[shelf[0]]:
                del self._years[shelf[0]]

    def merge(self, other: Survey) -> None:
        """Take another survey's pages and rules in. What one keeps by rule, no other drops."""
        self.sample = min(self.sample, other.sample)
        self.pages = min(self.pages, other.pages)
        self.bar = min(self.bar, other.bar)
        self._lower()
        for shelf in self.shelves:
            self._trim(shelf)
        for shelf, pages in other.shelves.items():
            for page, leaf in pages.items():
                self._put(shelf, page, leaf)
        for site, rules in other.rules.items():
            for key, (words, verdict) in rules.items():
                self.rule(site, key, words, verdict)
        self._ready.clear()
        self._settle()

    def rule(self, site: str, key: int, words: str, verdict: Verdict) -> None:
        """Settle a block of a site by hand."""
        rules = self.rules.setdefault(site, {})
        settled = words, verdict
        rules[key] = max(rules.get(key, settled), settled, key=lambda each: (each[1] == "keep", each))

    def witness(self, url: str | None, when: str) -> Witness | None:
        """What the site's other pages say of a page; None where nothing is known of the site."""
        site = site_of(url)
        if not url or not site:
            return None
        rules = {key: verdict == "keep" for key, (_, verdict) in self.rules.get(site, {}).items()}
        template, page = self.template(site, when[:4]), page_of(url)
        return Witness(template, page, rules) if rules or template.besides(page) + 1 >= FEWEST else None

    def template(self, site: str, year: str) -> Template:
        """A site's template as it was in a year: of that year's pages, and the nearest years' where they are few."""
        shelf = site, year
        if shelf not in self._ready:
            self._ready[shelf] = Template(dict(self._near(site, year)))
            while len(self._ready) > 1 and sum(each.pages for each in self._ready.values()) > _READY:
                self._ready.popitem(last=False)
        self._ready.move_to_end(shelf)
        return self._ready[shelf]

    def years(self, site: str) -> list[str]:
        """The years a site is known in."""
        return list(self._years.get(site, ()))

    def known(self, site: str) -> int:
        """How many pages of a site are kept; captures of one page in several years are one."""
        return len(set().union(*(self.shelves[site, year] for year in self.years(site))))

    def _near(self, site: str, year: str) -> Iterator[tuple[int, Leaf]]:
        seen: set[int] = set()
        for other in sorted(self.years(site), key=lambda each: (_apart(each, year), each)):
            if len(seen) >= ENOUGH and year:
                break
            new = {page: leaf for page, leaf in self.shelves[site, other].items() if page not in seen}
            yield from new.items()
            seen.update(new)


def _apart(a: str, b: str) -> int:
    """Years between; what has no date is far from all that has."""
    return 0 if a == b else abs(int(a) - int(b)) if a.isdecimal() and b.isdecimal() else 10_000
