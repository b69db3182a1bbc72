"""The drawing as the template writes it: a flat run of steps, bounded, in classes of our style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from endleaf.explain import reading
from endleaf.explain.spans import settled
from endleaf.explain.told import Close, Explained, Open, Part, Picture, Place, Run, Told
from endleaf.model import Frozen

LARGEST: Final = 5_000_000
"""Characters of HTML the drawing may have, roughly: some six thousand blocks, which a browser lays out in seconds.
Real pages have some hundreds."""
_BLOCK_COST: Final = 600
"""What a block costs beside its text: its reasons, and the markup around them."""
_PART_COST: Final = 60
"""What a box, a picture, a rule or a run of text in one look costs."""

MOST_CHARACTERS: Final = 20_000
"""Characters drawn of one block."""
MOST_RUNS: Final = 2_000
"""Changes of look, and pictures, drawn in one block."""

_SMALL: Final = 24
"""Pixels: a picture that is no larger one way, and says nothing, is a spacer, a bullet or a rule, and drawn as a dot;
so is one whose words are ``*``."""


class Piece(Frozen, frozen=True):
    """Some characters of a block in one look, or a picture among them."""

    text: str
    classes: str
    """Names of the style sheet, by the look."""
    picture: Shape | None


class Shape(Frozen, frozen=True):
    """A picture or a form's field as it is drawn."""

    words: str
    kind: str
    """``image``, ``field`` or ``dot``: a picture too small to be labelled."""
    size: str
    """``468 × 60``, or empty."""
    state: str


class Shown(Frozen, frozen=True):
    """A block as it is drawn."""

    number: int
    state: str
    label: str
    """What became of it, where that differs from the block before it; else empty."""
    pieces: tuple[Piece, ...]
    cut: int
    """Characters of it that are not shown."""
    score: str
    why: tuple[str, ...]
    """Sentences."""
    facts: tuple[tuple[str, str], ...]
    """What else there is to know, each with its label."""


class Step(Frozen, frozen=True):
    """A step of the drawing: ``kind`` is ``open``, ``close``, ``block``, ``picture`` or ``line``."""

    kind: str
    box: str = ""
    """Of what opens and closes: ``table``, ``row``, ``cell`` or ``box``."""
    classes: str = ""
    colspan: int = 1
    rowspan: int = 1
    block: Shown | None = None
    picture: Shape | None = None


def bounded(explained: Explained) -> list[Part]:
    """As much of the layout as is drawn, with whatever is open at its end closed."""
    parts: list[Part] = []
    depth = cost = 0
    for part in explained.layout:
        cost += _cost(explained.blocks[part.block]) if isinstance(part, Place) else _PART_COST
        if cost > LARGEST:
            break
        depth += isinstance(part, Open) - isinstance(part, Close)
        parts.append(part)
    return parts + [Close()] * depth


def _cost(told: Told) -> int:
    return _BLOCK_COST + min(len(told.text), MOST_CHARACTERS) + min(len(told.runs), MOST_RUNS) * _PART_COST


def cut_of(told: Told) -> int:
    """Characters of a block that are not drawn."""
    return len(told.text) - min(sum(run.length for run in told.runs[:MOST_RUNS]), MOST_CHARACTERS)


def steps_of(parts: list[Part], explained: Explained) -> Iterator[Step]:
    """The steps of these parts, their tables' cells each in its place."""
    boxes: list[str] = []
    last: tuple[str, int | None] | None = None
    for part in settled(parts):
        if isinstance(part, Open):
            boxes.append(part.box if part.box in ("table", "row", "cell") else "box")
            yield Step(kind="open", box=boxes[-1], classes=_classes(part), colspan=part.colspan, rowspan=part.rowspan)
        elif isinstance(part, Close):
            yield Step(kind="close", box=boxes.pop())
        elif isinstance(part, Place):
            told = explained.blocks[part.block]
            fate = (told.state, told.removal)
            yield Step(kind="block", block=_shown(part.block, told, explained, labelled=fate != last))
            last = fate
        else:
            yield Step(kind="picture", picture=_shape(part)) if isinstance(part, Picture) else Step(kind="line")


def _classes(part: Open) -> str:
    names = [part.box, part.align, f"w{part.width}" if part.width else ""]
    return " ".join(name for name in names if name)


def _shown(number: int, told: Told, explained: Explained, *, labelled: bool) -> Shown:
    return Shown(
        number=number,
        state=told.state,
        label=reading.label(told, explained) if labelled else "",
        pieces=tuple(_pieces(told)),
        cut=cut_of(told),
        score=reading.likely(told.score) if told.score is not None else "",
        why=tuple(reading.why(told, explained)),
        facts=tuple(reading.facts(told, explained, number)),
    )


def _pieces(told: Told) -> Iterator[Piece]:
    at = 0
    for run in told.runs[:MOST_RUNS]:
        if at >= MOST_CHARACTERS:
            break
        text = told.text[at : min(at + run.length, MOST_CHARACTERS)]
        at += run.length
        yield Piece(text=text, classes=_looks(run), picture=_shape(run.picture) if run.picture else None)


def _looks(run: Run) -> str:
    names = [
        f"size{run.size}" if run.size else "",
        "bold" if run.bold else "",
        "italic" if run.italic else "",
        "fixed" if run.fixed else "",
        "link" if run.link else "",
        run.colour,
        "gone" if run.gone else "",
    ]
    return " ".join(name for name in names if name)


def _shape(picture: Picture) -> Shape:
    sides = (picture.width, picture.height)
    dumb = not any(map(str.isalnum, picture.words))
    small = any(side is not None and side <= _SMALL for side in sides) or (sides == (None, None) and picture.words)
    return Shape(
        words=picture.words[:MOST_CHARACTERS],
        kind="field" if picture.field else "dot" if small and dumb else "image",
        size=" × ".join("?" if side is None else str(side) for side in sides) if any(sides) else "",
        state="kept" if picture.kept else "removed",
    )
