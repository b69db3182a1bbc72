"""What a run asks of the readers, beside the records themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from endleaf.model import Record
    from endleaf.readers.elsewhere import Shelf
    from endleaf.readers.raw import Raw
    from endleaf.readers.source import Source


@dataclass(frozen=True, slots=True)
class Asked:
    """The same for every source of a run."""

    fixity: bool = False
    """Whether digests and hashes are verified."""
    seen: Callable[[Source, Raw, Record], None] | None = None
    """Is told of each WARC record before it comes: its source, how it stands in it, and what was made of it."""
    elsewhere: Shelf | None = None
    """The run's other files, for records that refer to what is not in their own."""
    noted: Callable[[Source], None] | None = None
    """Where archive files are only to be noted, for :attr:`elsewhere`: a reader hands its source over, and gives
    no record."""
    parts: bool = False
    """Whether a saved page's parts come as captures too, for a first look at what stands in its frames."""


PLAIN = Asked()
