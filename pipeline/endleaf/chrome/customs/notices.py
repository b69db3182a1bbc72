"""Lines that say where a page stands, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import letters, tags
from endleaf.chrome.customs.sight import Sight


def crumbs(s: Sight) -> Iterator[tuple[int, bool]]:
    """ "You are here: Home > Bees" goes, above what stays."""
    for block in s.saying("crumbs"):
        if s.facts.linked[block] or s.facts.kinds[block, letters.SEPARATOR] + s.facts.kinds[block, letters.QUOTE]:
            yield block, False


def notices(s: Sight) -> Iterator[tuple[int, bool]]:
    """Whose a page is, and how and when it was made, goes where it stands in small print under the last prose."""
    owned, made = s.saying("copyright"), s.saying("colophon")
    if not owned and not made:
        return
    prose = np.flatnonzero(s.kept & s.facts.long)
    last = int(prose[-1]) if len(prose) else -1
    below = [block for block in owned if _apart(s, block)] + made
    yield from ((block, False) for block in below if block > last and s.in_small_print(block))


def _apart(s: Sight, block: int) -> bool:
    """Whether a rule, a cell's border or something that goes parts a block from what stays above it. It parts no
    agency's notice, which stands right under its text."""
    between = s.blocks.codes[int(s.blocks.last[block - 1]) : int(s.blocks.first[block])]
    return block > 0 and (not s.kept[block - 1] or bool(_PARTS[between].any()))


_PARTS: Final = tags.members(["hr", "td", "th"])
