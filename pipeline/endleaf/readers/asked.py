"""What a run asks of the readers, beside the records themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from endleaf.readers.disk import Disk
from endleaf.readers.raw import Raw


@dataclass(frozen=True, slots=True)
class Asked:
    """The same for every source of a run."""

    fixity: bool = False
    """Whether digests and hashes are verified."""
    seen: Callable[[str, Disk, Raw], None] | None = None
    """Is told of each WARC record before it comes: its source's name, the file, and how it stands in it."""


PLAIN = Asked()
