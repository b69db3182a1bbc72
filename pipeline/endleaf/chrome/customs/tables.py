"""Tables of data stay, forms laid out as tables go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np

from endleaf.chrome import letters
from endleaf.chrome.customs.sight import Sight
from endleaf.chrome.decide import data_tables

_STEPS: Final = 6
"""How far up from a control its row is looked for."""
_LABEL: Final = 8
"""Words of a form's label."""
_BLOCKS: Final = 12
"""Blocks of a row of labels: one of more holds a page."""
_ROWS: Final = 2
"""Rows in which a reader writes from which a table is a form: one alone may be a page's, with a box to search in."""


def labels(s: Sight) -> Iterator[tuple[int, bool]]:
    """The short words of a table's rows in which a reader writes or chooses go."""
    controls = s.elements("input", "select", "textarea").tolist()
    labelled = [i for i in controls if s.tree.attrs[i].get("type", "").lower() not in _WITHOUT_LABEL]
    rows = sorted({row for i in labelled if (row := _row(s, i))})
    of_table = Counter(s.tree.parents[row] for row in rows)
    for row in rows:
        blocks = s.within(row)
        if of_table[s.tree.parents[row]] < _ROWS or len(blocks) > _BLOCKS:
            continue
        if all(s.facts.words[block] <= _LABEL and not s.facts.linked[block] for block in blocks):
            yield from ((block, False) for block in blocks)


_WITHOUT_LABEL: Final = ("hidden", "submit", "image", "button", "reset", "checkbox", "radio")
"""Types of inputs that have their words in or after themselves."""


def _row(s: Sight, i: int) -> int | None:
    """The nearest row of a table that a control stands in."""
    for _ in range(_STEPS):
        i = s.tree.parents[i]
        if i <= 0 or s.tree.tags[i] == "table":
            return None
        if s.tree.tags[i] == "tr":
            return i
    return None


def bordered(s: Sight) -> Iterator[tuple[int, bool]]:
    """A bordered table of figures right under what stays stays."""
    tables = s.elements("table")
    tables = tables[s.facts.first_block[tables] > 0]
    tables = tables[s.kept[s.facts.first_block[tables] - 1]].tolist()
    framed = [at for at in tables if s.tree.attrs[at].get("border", "0").strip() not in ("0", "")]
    for at in np.intersect1d(framed, data_tables(s.facts)).tolist() if framed else ():
        blocks = slice(s.within(at).start, s.within(at).stop)
        words, linked = int(s.facts.words[blocks].sum()), int(s.facts.linked[blocks].sum())
        figures = s.facts.kinds[blocks, letters.DIGIT] > 0
        if not s.kept[blocks].all() and 4 * linked <= words and 3 * int(figures.sum()) >= len(figures):
            yield from ((block, True) for block in s.within(at))


def sources(s: Sight) -> Iterator[tuple[int, bool]]:
    """The source right under a table of data that stays, stays."""
    ends = {s.within(at).stop for at in data_tables(s.facts).tolist()} if s.saying("source") else set()
    return ((block, True) for block in s.saying("source") if block in ends and s.kept[block - 1])
