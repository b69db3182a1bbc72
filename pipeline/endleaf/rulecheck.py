"""What rules do to the captures of a source, a line for each rule and capture, before anything is converted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from endleaf.errors import InputError, one_line
from endleaf.intake import records_of
from endleaf.model import AppliedRule, Capture, Page, Value
from endleaf.provenance import seen
from endleaf.report import Tally, bare_outcome
from endleaf.rules import Rules
from endleaf.way import Guidance, page_from

_Selector = tuple[str, str]
"""A rule's name, and the place of a selector in it."""


class Findings:
    """What was found so far: how many pages each rule was for, and what each of its selectors found on them."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._pages: Counter[str] = Counter()
        self._found: Counter[_Selector] = Counter()

    def add(self, page: Page) -> None:
        """Count a page in."""
        for rule in page.rules:
            self._pages[rule.name] += 1
            for place, count in rule.found:
                self._found[rule.name, place] += count

    def pages(self) -> Iterator[tuple[str, int]]:
        """Each rule with the number of pages it was for."""
        return ((rule.name, self._pages[rule.name]) for rule in self._rules)

    def idle(self) -> Iterator[_Selector]:
        """The selectors that found nothing, of rules that were for some page."""
        return (selector for selector, count in self._found.items() if not count)


def lines_of(rules: Rules, sources: Iterable[str], tally: Tally, findings: Findings) -> Iterator[str]:
    """A line for each capture and each rule for it; every record is counted in the tally, every page in the findings.

    Raises UsageError for a source that is not there.
    """
    for record in records_of(sources, tally):
        tally.add(bare_outcome(record))
        if isinstance(record, Capture) and _may_match(record, rules):
            try:
                page = page_from(record, Guidance(rules=rules))
            except InputError:  # no page, or too large a one: convert tells of it
                continue
            findings.add(page)
            yield from (_line(page, rule) for rule in page.rules)


def _may_match(capture: Capture, rules: Rules) -> bool:
    """Whether a capture is worth making a page of: what the record does not know, the page's banner may."""
    known = capture.provenance
    return known.url is None or known.captured_at is None or bool(rules.of(seen(known)[0], known.captured_at))


def _line(page: Page, rule: AppliedRule) -> str:
    """Tab-separated: timestamp, original URL, rule, what each selector found, what the rule says of the page."""
    cells = (
        page.captured_at.timestamp if page.captured_at else "-",
        page.url or "-",
        rule.name,
        " ".join(f"{place}={count}" for place, count in rule.found),
        "; ".join(_told(page, rule)) or "-",
    )
    return "\t".join(one_line(cell) for cell in cells)


def _told(page: Page, rule: AppliedRule) -> Iterator[str]:
    said = page.metadata
    values: tuple[tuple[str, Value | None], ...] = (
        ("title", said.title),
        *(("author", author) for author in said.authors),
        ("date", said.published),
        ("next", said.next),
    )
    for key, value in values:
        if value and value.source == f"rule:{rule.name}":
            yield f"{key}: {value.value}"
