"""References to records that have not come yet, kept on the disk until all sources were read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, Self

import msgspec

from endleaf.model import Frozen
from endleaf.verify.findings import Finding, finding
from endleaf.verify.tally import Tally
from endleaf.verify.targets import Targets, Wanted


class Waiting(Frozen, frozen=True):
    """What a record of a file refers to, and where that record stands."""

    file: str
    kind: str
    wanted: Wanted
    where: dict[str, Any]

    def settled(self, targets: Targets, tally: Tally) -> Iterator[Finding]:
        """What is wrong with it, as far as the records go that came so far."""
        found = targets.look(self.wanted)
        if self.kind == "revisit":
            tally.resolved += found == "found"
            tally.dangling += found != "found"
        if found != "found":
            code, message = _LOST[self.kind, found]
            yield finding(code, message, **self.where)


_LOST = {
    ("revisit", "absent"): ("revisit-dangling", "the payload that it refers to is in none of the sources"),
    ("revisit", "contradicted"): ("revisit-contradicted", "the record that it refers to states another payload digest"),
    ("continuation", "absent"): ("segment-dangling", "the segment that it goes on from is in none of the sources"),
}


class Later:
    """All that waits, in a temporary file; a ``with`` block closes it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - the with block of the run closes it
        self._encoder = msgspec.json.Encoder()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, waiting: Waiting) -> None:
        """Keep one more."""
        self._file.write(self._encoder.encode(waiting) + b"\n")

    def all(self) -> Iterator[Waiting]:
        """All of them, in order."""
        self._file.seek(0)
        decoder = msgspec.json.Decoder(Waiting)
        for line in self._file:
            yield decoder.decode(line)
