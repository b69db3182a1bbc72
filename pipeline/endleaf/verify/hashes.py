"""What was seen before, in eight bytes each: record ids, addresses, digests and offsets of a whole run."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

_RECENT = 1 << 13
_MOST_RECENT = 1 << 16
"""Keys kept as a set until they are sorted in with the others, more of them as the others grow: a set costs about ten
times as much a key."""


class Hashes:
    """A set of keys by their 64-bit hashes; two keys are taken for one with a chance of 1 in 10^19 each.

    >>> seen = Hashes()
    >>> seen.add("a"), seen.add("b"), seen.add("a")
    (True, True, False)
    """

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._sorted: NDArray[np.int64] = np.empty(0, np.int64)

    def add(self, key: Hashable) -> bool:
        """Take note of a key; False where it was there."""
        code = hash(key)
        if self._has(code):
            return False
        self._recent.add(code)
        if len(self._recent) >= min(_MOST_RECENT, max(_RECENT, len(self._sorted) >> 4)):
            self._settle()
        return True

    def __contains__(self, key: Hashable) -> bool:
        return self._has(hash(key))

    def __len__(self) -> int:
        return len(self._recent) + len(self._sorted)

    def _has(self, code: int) -> bool:
        if code in self._recent:
            return True
        at = int(np.searchsorted(self._sorted, code))
        return at < len(self._sorted) and int(self._sorted[at]) == code

    def _settle(self) -> None:
        fresh = np.fromiter(self._recent, np.int64, len(self._recent))
        self._sorted = np.sort(np.concatenate((self._sorted, np.sort(fresh))), kind="stable")
        self._recent.clear()
