"""The sums of one file while it is being checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from endleaf.model import Fixity
from endleaf.verify.codes import CODES
from endleaf.verify.findings import Digests, Finding, Outcome, Revisits, Summary


class Tally:
    """Counts; ``waiting`` is how many references are still to be looked for in other sources."""

    def __init__(self, source: str, container: str) -> None:
        self.source = source
        self.container = container
        self.records: Counter[str] = Counter()
        self.resolved = 0
        self.dangling = 0
        self.waiting = 0
        self._digests: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()

    def counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, each counted on its way."""
        for each in findings:
            self._codes[each.code] += 1
            yield each

    def times(self, code: str) -> int:
        """How often a code was found so far."""
        return self._codes[code]

    def checked(self, digests: Iterable[Fixity]) -> None:
        """Count a WARC record's digests."""
        before = self._digests.total()
        for each in digests:
            self._digests[_VERDICTS.get(each.verdict, "uncheckable")] += 1
        if self._digests.total() == before:
            self._digests["absent"] += 1

    def outcome(self) -> Outcome:
        """What the file is, by the gravest of its findings."""
        levels = {CODES[code].level for code in self._codes}
        return "errors" if "error" in levels else "warnings" if "warning" in levels else "sound"

    def summary(self) -> Summary:
        """The sums so far."""
        return Summary(
            source=self.source,
            container=self.container,
            outcome=self.outcome(),
            records=dict(sorted(self.records.items())),
            digests=Digests(**self._digests),
            revisits=Revisits(resolved=self.resolved, dangling=self.dangling),
            codes=dict(sorted(self._codes.items())),
        )


_VERDICTS = {"match": "matched", "mismatch": "mismatched"}
