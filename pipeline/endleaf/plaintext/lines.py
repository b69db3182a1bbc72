"""The lines of a text, the chunks they stand in, and what a line by itself looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

HEADING_LENGTH = 100
"""Characters: a line longer than this is a paragraph."""

WRAP_LIMIT = 100
"""Columns: text whose longest line is longer was not wrapped by hand or by a text browser."""

FULL = 0.7
"""A line is full where it reaches this share of the longest line."""

SHORT = 60
"""Characters: a line shorter than this was ended on purpose, as in an address or a poem."""

LOWER = 3
"""A long line is a sentence where one word in so many begins without a capital; in a row of links few do."""

BLANKS = " \t\xa0"
BULLET = re.compile(r"([•·●○◦▪■‣►*+o-]|[–—])[ \t\xa0]+(?=\S)")
NUMBER = re.compile(r"(\d{1,3}(?=[.)])|[a-z](?=\)))[.)][ \t\xa0]+(?=\S)")
RULE = re.compile(r"[ \t]*([-_=*~#])(?:[ \t]*\1){4,}[ \t]*\Z")
UNDERLINE = re.compile(r"[ \t]*([=\-~^\"'*#+])\1{2,}[ \t]*\Z")
GAP = re.compile(r"\S(?: {3,}|\t+)(?=\S)")
_DOTTED = re.compile(r"(\d+(?:\.\d+)*)\.?\s")
_PROSE = re.compile(r"\w[.!?;:,。！？](?:[\s\"'”’)]|\Z)")


class Line:
    """A line: its indent in columns, and its words."""

    __slots__ = ("gap", "indent", "raw", "text")

    def __init__(self, raw: str, gap: int) -> None:
        self.raw = raw.rstrip(BLANKS)
        self.text = raw.strip(BLANKS)
        lead = raw[: len(raw) - len(raw.lstrip(BLANKS))]
        self.indent = len(lead.expandtabs(8))
        self.gap = gap
        """Blank lines above it."""

    @property
    def prose(self) -> bool:
        """Whether it reads as (part of) a sentence."""
        if len(self.text) <= 25:
            return False
        if _PROSE.search(self.text):
            return True
        words = self.text.split()
        return len(self.text) > SHORT and sum(not word[0].isupper() for word in words) * LOWER >= len(words)


Chunk = list[Line]


def chunks_of(text: str) -> list[Chunk]:
    """The lines that stand together, blank lines between them; the indent they all share taken off."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    chunks: list[Chunk] = []
    gap = 1
    for raw in text.split("\n"):
        line = Line(raw, gap)
        if not line.text:
            gap += 1
            continue
        if gap or not chunks:
            chunks.append([])
        chunks[-1].append(line)
        gap = 0
    margin = min((line.indent for chunk in chunks for line in chunk), default=0)
    for chunk in chunks:
        for line in chunk:
            line.indent -= margin
            line.raw = line.raw[min(margin, len(line.raw) - len(line.raw.lstrip(BLANKS))) :]
    return chunks


def wrap_width(chunks: Sequence[Chunk]) -> int:
    """The column that the text was wrapped at; 0 where each line is a paragraph of its own."""
    longest = max((len(line.raw) for chunk in chunks for line in chunk), default=0)
    if longest > WRAP_LIMIT:
        return 0
    inner = [len(line.raw) for chunk in chunks for line, below in pairwise(chunk) if _flows(line, below)]
    full = sum(length >= longest * FULL for length in inner)
    return longest if full >= 2 and full * 2 >= len(inner) else 0


def _flows(line: Line, below: Line) -> bool:
    """Whether a line may go on in the one below: no list, no columns, no underlined heading."""
    return (
        line.indent == below.indent
        and not (mark_of(line) or mark_of(below) or GAP.search(line.text))
        and not UNDERLINE.match(below.raw)
    )


def mark_of(line: Line) -> re.Match[str] | None:
    """The bullet or number that a line begins with."""
    return BULLET.match(line.text) or NUMBER.match(line.text)


def heading_key(line: Line) -> tuple[int, int] | None:
    """How a line looks as a heading: (3 for capitals, 4 else; depth of its number); None where it is none."""
    text = line.text
    if len(text) > HEADING_LENGTH or text.endswith((".", ",", ";", ":", "!", "…")) or not any(map(str.isalpha, text)):
        return None
    if text[0].islower() or BULLET.match(text):
        return None
    number = _DOTTED.match(text)
    depth = number.group(1).count(".") + 1 if number else 0
    return (3 if text.isupper() else 4, depth)
