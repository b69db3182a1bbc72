"""Why each block stayed or went: the step that settled it, the region it went with, the names around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from endleaf.chrome import decide, names
from endleaf.chrome.blocks import Blocks, Bools
from endleaf.chrome.facts import Facts
from endleaf.chrome.judged import Judged
from endleaf.chrome.removals import regions
from endleaf.explain.signs import signs
from endleaf.explain.texts import Writing
from endleaf.explain.told import Named, Sign, State, Step, Sums, Told
from endleaf.way import Way

_STATES: Final[tuple[State, ...]] = ("removed", "kept", "part")
_NAMED: Final = 3
"""Named elements told of a block: the nearest tell most."""
_STEPS_UP: Final = 40
"""How far up they are looked for."""


Verdicts = npt.NDArray[np.int64]
"""(B) Places in ``_STATES``: 0 for a block that goes, 1 for one that stays, 2 for one that is cut through."""


class Reasons(NamedTuple):
    """The blocks of a page with their reasons, and the score from which one is content by itself."""

    blocks: tuple[Told, ...]
    bar: float | None = None
    sums: Sums = Sums()


def reasons(way: Way, texts: Sequence[Writing]) -> Reasons:
    """Tell of each block what became of it and why; ``texts`` are their texts as drawn."""
    judged, blocks = way.kept.judged, way.kept.judged.blocks
    if not len(blocks):
        return Reasons(())
    facts = Facts(blocks)
    scored = "network" in judged.steps
    stays = np.frombuffer(way.kept.keep, np.uint8).astype(np.bool_)
    turns = list(_turns(facts, judged))
    said = way.page.metadata.title
    signed = signs(facts, said.value if said else None, judged.likely) if scored else [()] * len(blocks)
    told = _Telling(way, facts, stays, _settled(turns), signed)
    made = tuple(told.block(b, text) for b, text in enumerate(texts))
    return Reasons(
        _placed(made),
        round(float(judged.likely[turns[0][1]].min()), 3) if scored else None,
        _sums(made, facts, _verdicts(blocks, stays) > 0),
    )


def _placed(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The blocks, each with the share of the words that stand above it."""
    total, above = max(1, sum(each.words for each in told)), 0
    placed: list[Told] = []
    for each in told:
        placed.append(msgspec.structs.replace(each, before=round(above / total, 3)))
        above += each.words
    return tuple(placed)


def _sums(told: tuple[Told, ...], facts: Facts, kept: Bools) -> Sums:
    words = facts.words.copy()
    words[: len(told)] = [each.words for each in told]
    return Sums(blocks=len(kept), kept=int(kept.sum()), words=int(words.sum()), kept_words=int(words[kept].sum()))


def _turns(facts: Facts, judged: Judged) -> Iterator[tuple[Step, Bools]]:
    """What was kept after each step, the network's own taken apart."""
    for name, kept in judged.steps.items():
        if name == "network":
            chosen = decide.choose(judged.likely, facts.words)
            yield "score", chosen
            yield "list-or-table", decide.whole(facts, chosen)
            yield "heading", kept
        else:
            yield _TURNS[name], kept


_TURNS: Final[dict[str, Step]] = {"site": "site", "customs": "custom", "plain rule": "plain-rule"}


def _verdicts(blocks: Blocks, stays: Bools) -> Verdicts:
    """What became of each block in the end."""
    texts = stays[blocks.nodes].astype(np.int64)
    kept, all_of_it = blocks.per_block(texts), blocks.per_block(np.ones_like(texts))
    return np.where(kept == all_of_it, 1, np.where(kept > 0, 2, 0))


def _settled(turns: list[tuple[Step, Bools]]) -> list[Step]:
    """(B) The last step that changed each block, or the first."""
    settled: list[Step] = [turns[0][0]] * len(turns[0][1])
    for (_, before), (step, after) in pairwise(turns):
        for b in np.flatnonzero(before != after).tolist():
            settled[b] = step
    return settled


def _linked(text: Writing) -> float:
    runs = text.runs
    size = sum(run.length for run in runs)
    return round(sum(run.length for run in runs if run.link) / size, 2) if size else 0.0


class _Telling:
    """What is known of a page's blocks, to be told one by one."""

    def __init__(
        self,
        way: Way,
        facts: Facts,
        stays: Bools,
        settled: list[Step],
        signed: Sequence[tuple[Sign, ...]],
    ) -> None:
        self._judged = way.kept.judged
        self._blocks = facts.blocks
        self._facts = facts
        self._verdicts: list[int] = _verdicts(facts.blocks, stays).tolist()
        self._settled = settled
        self._signed = signed
        self._scored = "network" in self._judged.steps
        self._region = _region_of(way, stays)
        self._rules = way.kept.settled

    def block(self, b: int, text: Writing) -> Told:
        """One block."""
        home = int(self._facts.home[b])
        return Told(
            text=text.text,
            runs=text.runs,
            state=_STATES[self._verdicts[b]],
            settled_by="rules" if (rule := self._rule(b)) else self._settled[b],
            rule=rule,
            score=round(float(self._judged.likely[b]), 3) if self._scored else None,
            signs=self._signed[b],
            removal=self._region.get(b),
            where=self._blocks.tree.path(home),
            named=self._named(home),
            words=max(len(text.text.split()), int(self._facts.words[b])),  # an ideograph is a word to these
            linked=_linked(text),
        )

    def _rule(self, b: int) -> str:
        """The rule that settled a block, or the first that settled some of it."""
        low, high = self._range(b)
        found = (self._rules.rule_of(i) if self._rules else None for i in self._blocks.nodes[low:high].tolist())
        return next(filter(None, found), "")

    def _range(self, b: int) -> tuple[int, int]:
        starts = self._blocks.starts
        return int(starts[b]), int(starts[b + 1]) if b + 1 < len(starts) else len(self._blocks.nodes)

    def _named(self, i: int) -> tuple[Named, ...]:
        """The nearest elements whose class, id or role tells something."""
        blocks, tree = self._blocks, self._blocks.tree
        found: list[Named] = []
        for _ in range(_STEPS_UP):
            bits = int(blocks.marks[i])
            if bits:
                tells = tuple(kind for number, kind in enumerate(names.KINDS) if bits >> number & 1)
                found.append(Named(element=tree.path(i).rpartition("/")[2], tells=tells))
            i = tree.parents[i]
            if i <= 0 or len(found) == _NAMED:
                break
        return tuple(found)


def _region_of(way: Way, stays: Bools) -> dict[int, int]:
    """The removal that each removed block went with, by its place in the page's removals."""
    blocks = way.kept.judged.blocks
    block_of = dict(zip(blocks.nodes.tolist(), blocks.of.tolist(), strict=True))
    first = len(way.page.removals) - len(way.kept.removals)  # the banners' come before
    texts = stays & np.array([tag == "#text" for tag in blocks.tree.tags])
    return {
        block_of[i]: first + number
        for number, region in enumerate(regions(blocks, texts, way.kept.settled))
        for i in region.nodes
        if i in block_of
    }
