"""What a run asks of the readers, beside the records themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from endleaf.readers.disk import Disk
from endleaf.readers.raw import Raw

if TYPE_CHECKING:
    from endleaf.readers.elsewhere import Shelf
    from endleaf.readers.source import Source


@dataclass(frozen=True, slots=True)
class Asked:
    """The same for every source of a run."""

    fixity: bool = False
    """Whether digests and hashes are verified."""
    seen: Callable[[str, Disk, Raw], None] | None = None
    """Is told of each WARC record before it comes: its source's name, the file, and how it stands in it."""
    elsewhere: Shelf | None = None
    """The run's other files, for records that refer to what is not in their own."""
    noted: Callable[[Source], None] | None = None
    """Where archive files are only to be noted, for :attr:`elsewhere`: a reader hands its source over, and gives
    no record."""


PLAIN = Asked()
