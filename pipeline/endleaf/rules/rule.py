"""A rule as it was read, and all the rules of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from endleaf.model import Moment
from endleaf.rules.pattern import Pattern, address_of
from endleaf.rules.selector import Selector
from endleaf.rules.span import Span

PLACES: Final = ("content", "keep", "drop")
"""Keys of selectors that name elements of the page."""
VALUES: Final = ("title", "author", "date", "next")
"""Keys of selectors whose text goes into the metadata."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known by hand of some pages of a site."""

    name: str
    file: str
    """As the user named it."""
    sha256: str
    """The file's, in hex."""
    patterns: tuple[Pattern, ...]
    selectors: Mapping[str, tuple[Selector, ...]]
    """By the keys of :data:`PLACES` and :data:`VALUES`."""
    span: Span = field(default_factory=Span)
    day_first: bool | None = None
    """How the pages order two bare numbers of a date."""

    def place_of(self, key: str, number: int) -> str:
        """How people are told of a selector: ``title``, or ``drop[2]`` where there are several."""
        return key if len(self.selectors[key]) == 1 else f"{key}[{number + 1}]"


class Rules:
    """The rules of a run, in the order of their files."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = tuple(rules)
        self._by_host: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for host in {pattern.host for pattern in rule.patterns}:
                self._by_host.setdefault(host, []).append(number)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def of(self, url: str | None, captured_at: Moment | None) -> tuple[Rule, ...]:
        """The rules for a page, in their order. Only those of its host are looked at, however many there are."""
        address = address_of(url)
        numbers = {number for host in _hosts(address.host if address else "") for number in self._by_host.get(host, ())}
        rules = [self._rules[number] for number in sorted(numbers)]
        return tuple(
            rule
            for rule in rules
            if rule.span.holds(captured_at) and any(pattern.matches(address) for pattern in rule.patterns)
        )


def _hosts(host: str) -> Iterator[str]:
    """A host, those it lies below, and the empty one that stands for any."""
    while host:
        yield host
        host = host.partition(".")[2]
    yield ""
