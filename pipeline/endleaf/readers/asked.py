"""What a run asks of the readers, beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The same for every source of a run."""

    fixity: bool = False
    """Whether digests and hashes are verified."""


PLAIN = Asked()
