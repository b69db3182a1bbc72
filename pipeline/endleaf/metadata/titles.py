"""A page's title without its site's name, where there is evidence which part is the site's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from endleaf.metadata import words

# What parts a title from its site's name; the colon only after a word: "Harbour Office: Tide tables".
_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«›‹>~/]|::|:)\s+|:\s+|\s*(?:\||»|«|_|::)\s*")

# Labels of a host that name no site.
_NO_NAMES = frozenset({
    "www", "www2", "web", "m", "com", "org", "net", "co", "gov", "ac", "edu", "example", "news", "blog", "info",
    "uk", "us", "eu", "de", "fr", "au"
})  # fmt: skip


class Evidence:
    """What speaks for a part of a title to be the page's own, or its site's."""

    def __init__(self, site_names: Iterable[str], heads: Iterable[str], host: str) -> None:
        self.sites = {words.key(name) for name in site_names} - {""}
        self.heads = {words.key(head) for head in heads} - {""}
        labels = [label for label in host.lower().split(".") if label not in _NO_NAMES and len(label) > 2]
        self.labels = {words.key(label) for label in labels}
        self.labels.add(words.key(host.lower().removeprefix("www.")))
        self.labels.discard("")

    def of_site(self, part: str) -> bool:
        """Whether a part is the site's name: declared so, or the host spells it."""
        key = words.key(part)
        if not key or key in self.heads:
            return False
        if key in self.sites or key in self.labels:
            return True
        initials = words.key("".join(word[0] for word in part.split() if word[0].isupper()))
        return any(
            (len(label) > 4 and label in key and len(key) <= 3 * len(label))
            or (len(key) > 4 and key in label)
            or (len(label) > 2 and label == initials)
            for label in self.labels
        )


def bare(title: str, evidence: Evidence) -> str:
    """A title with the site's name taken off its start or end, as often as the evidence allows.

    >>> site = Evidence(["Harbour Office"], ["Tide tables"], "www.harbour-office.example")
    >>> bare("Tide tables | Harbour Office", site), bare("Harbour Office: Moorings", site), bare("A - B", site)
    ('Tide tables', 'Moorings', 'A - B')
    >>> bare("Tide tables - Services - The Council", site)
    'Tide tables'
    """
    whole = title
    while True:
        parts = list(_cuts(title))
        head = next((rest for rest, _ in parts if words.key(rest) in evidence.heads), None)
        if head is not None:
            return head
        rest = next((rest for rest, part in parts if evidence.of_site(part) and words.filled(rest)), None)
        if rest is None:
            return title if words.filled(title) else whole
        title = rest


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """(rest, part) of every way to take a part off the end or the start; the shortest parts first."""
    marks = list(_SEPARATOR.finditer(title))[:12]
    for mark in reversed(marks):
        yield title[: mark.start()].strip(), title[mark.end() :].strip()
    for mark in marks:
        yield title[mark.end() :].strip(), title[: mark.start()].strip()
