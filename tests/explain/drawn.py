"""A drawing as lines of text, for goldens: a box a line, what stands in it two spaces in."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.explain import Explained
from endleaf.explain.told import Close, Line, Open, Part, Picture, Place, Run, Told


def lines_of(explained: Explained, parts: list[Part] | None = None) -> Iterator[str]:
    depth = 0
    for part in explained.layout if parts is None else parts:
        if isinstance(part, Close):
            depth -= 1
            continue
        yield "  " * depth + _words(part, explained)
        depth += isinstance(part, Open)
    assert depth == 0


def _words(part: Part, explained: Explained) -> str:
    match part:
        case Open():
            spans = f" {part.colspan}x{part.rowspan}" if (part.colspan, part.rowspan) != (1, 1) else ""
            return (
                part.box + (f" {part.align}" if part.align else "") + (f" {part.width}%" if part.width else "") + spans
            )
        case Place():
            return f'"{marked(explained.blocks[part.block])}"'
        case Picture():
            return _picture(part)
        case Line():
            return "----"
        case Close():
            return ""


def _picture(picture: Picture) -> str:
    size = f" {picture.width}x{picture.height}" if picture.width or picture.height else ""
    return f"({'field' if picture.field else 'image'}{size}: {picture.words})"


def marked(told: Told) -> str:
    """The text with its looks: ``[5 bold red|Words]``."""
    out, at = "", 0
    for run in told.runs:
        text = told.text[at : at + run.length].replace("\n", "\\n")
        at += run.length
        looks = " ".join(_looks(run))
        out += _picture(run.picture) if run.picture else f"[{looks}|{text}]" if looks else text
    assert at == len(told.text)
    return out


def _looks(run: Run) -> Iterator[str]:
    if run.size:
        yield str(run.size)
    yield from (name for name in ("bold", "italic", "fixed", "link", "gone") if getattr(run, name))
    if run.colour:
        yield run.colour
