"""What a WACZ says of itself (WACZ 1.1.1, section 5), held against what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from endleaf.readers.source import Source

Kind = Literal["package", "hash", "missing", "extra", "member", "stored", "pages", "index"]


class Finding(NamedTuple):
    """One thing that is wrong with a WACZ."""

    kind: Kind
    file: str
    """A member's name, ``datapackage.json`` among them; empty for the package as a whole."""
    reason: str


def findings(source: Source) -> Iterator[Finding]:
    """Everything that is wrong with a WACZ as a package: its zip, its lists, hashes and sizes, and its page lists.

    Every member is read once, in bounded memory. What is within its WARC files is for their reader. Raises
    UnreadableSource where the source is no zip.
    """
    yield from ()
