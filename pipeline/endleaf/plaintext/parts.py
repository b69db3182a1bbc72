"""The pieces of a text: headings and their levels, paragraphs, lists, tables, menus."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from endleaf.plaintext.lines import (
    BLANKS,
    FULL,
    GAP,
    RULE,
    SHORT,
    UNDERLINE,
    Chunk,
    Line,
    heading_key,
    mark_of,
    wrap_width,
)
from endleaf.plaintext.menus import menus_in

_UNDERLINES = {"=": 0, "-": 1}
LONE = "-–—*+o"
"""Marks that alone are as well a dash, or a note."""
"""Marks that alone are as well a dash, or a note."""


class Part:
    """A piece of the page: its ``kind`` (heading, p, list, pre, table, nav, hr) and its lines."""

    __slots__ = ("key", "kind", "level", "lines")

    def __init__(self, kind: str, lines: Sequence[Line], key: tuple[int, int] = (0, 0)) -> None:
        self.kind = kind
        self.lines = list(lines)
        self.key = key
        """How a heading looks: its underline or capitals, and the depth of its number."""
        self.level = 1


def parts_of(chunks: Sequence[Chunk]) -> list[Part]:
    """The pieces of a text, its headings with their levels."""
    width = wrap_width(chunks)
    parts: list[Part] = []
    for piece in _without_menus(chunks):
        parts.extend([piece] if isinstance(piece, Part) else _read(piece, width))
    _settle_marks(parts)
    _demote(parts)
    _level(parts)
    return parts


def _without_menus(chunks: Sequence[Chunk]) -> Iterator[Chunk | Part]:
    """The chunks, with each menu among them as one part."""
    flat = [(number, line) for number, chunk in enumerate(chunks) for line in chunk]
    menus = menus_in([line for _, line in flat])
    at = 0
    while at < len(flat):
        if at in menus:
            yield Part("nav", [line for _, line in flat[at : menus[at]]])
            at = menus[at]
            continue
        number, chunk = flat[at][0], []
        while at < len(flat) and flat[at][0] == number and at not in menus:
            chunk.append(flat[at][1])
            at += 1
        yield chunk


def _read(chunk: Chunk, width: int) -> Iterator[Part]:
    """What a chunk holds: often one part, or an underlined heading and its text, a sentence and its list."""
    if _columns(chunk):
        yield Part("table" if all("\t" in line.raw.strip(BLANKS) for line in chunk) else "pre", chunk)
        return
    if all(line.indent >= 4 for line in chunk) and not any(mark_of(line) for line in chunk):
        centred = len(chunk) == 1 and heading_key(chunk[0]) is not None
        yield Part("heading", chunk, heading_key(chunk[0]) or (0, 0)) if centred else Part("pre", chunk)
        return
    at = 0
    while at < len(chunk):
        at = yield from _next(chunk, at, width)


def _next(chunk: Chunk, at: int, width: int) -> Generator[Part, None, int]:
    line = chunk[at]
    if RULE.match(line.raw):
        yield Part("hr", [line])
        return at + 1
    under = UNDERLINE.match(chunk[at + 1].raw) if at + 1 < len(chunk) else None
    key = heading_key(line)
    if under and key is not None and len(chunk[at + 1].text) >= len(line.text) // 2:
        yield Part("heading", [line], (_UNDERLINES.get(under.group(1), 2), key[1]))
        return at + 2
    end = at + 1
    if mark_of(line):
        while end < len(chunk) and (mark_of(chunk[end]) or _continues(chunk, at, end, width)):
            end += 1
        yield Part("list", chunk[at:end])
        return end
    if len(chunk) == 1 and key is not None:
        yield Part("heading", chunk, key)
        return end
    if width or all(len(other.text) < SHORT for other in chunk):
        while end < len(chunk) and not mark_of(chunk[end]) and not RULE.match(chunk[end].raw):
            end += 1
    limit = min(SHORT, width * FULL) if width else SHORT
    broken = end - at > 1 and all(len(other.text) < limit for other in chunk[at:end])
    yield Part("lines" if broken else "p", chunk[at:end])
    return end


def _continues(chunk: Chunk, at: int, end: int, width: int) -> bool:
    """Whether a line with no mark belongs to the item above it."""
    return chunk[end].indent > chunk[at].indent or (
        width > 0 and chunk[end].indent == chunk[end - 1].indent and len(chunk[end - 1].raw) >= width * FULL
    )


def _columns(chunk: Chunk) -> bool:
    """Whether lines stand in columns: two or more of them, each parted by wide gaps."""
    if len(chunk) < 2:
        return False
    gapped = sum(GAP.search(line.raw.strip(BLANKS)) is not None for line in chunk)
    return gapped * 3 >= len(chunk) * 2


def _settle_marks(parts: Sequence[Part]) -> None:
    """A lone numbered line is a heading, a lone dash or asterisk begins a sentence: a list has neighbours."""
    for n, part in enumerate(parts):
        if part.kind != "list" or len(part.lines) > 1:
            continue
        if any(
            beside.kind == "list" and alike(part, beside)
            for beside in (*parts[max(n - 1, 0) : n], *parts[n + 1 : n + 2])
        ):
            continue
        line = part.lines[0]
        key = heading_key(line)
        if line.text[0].isdigit() and key is not None:
            part.kind, part.key = "heading", key
        elif line.text[0] in LONE:
            part.kind = "p"


def _demote(parts: list[Part]) -> None:
    """A short line that nothing stands under is a paragraph."""
    below: Part | None = None
    for part in reversed(parts):
        if part.kind == "heading" and (below is None or below.kind == "nav"):
            part.kind = "p"
        if part.kind != "hr":
            below = part


def _level(parts: Sequence[Part]) -> None:
    """Levels by looks; of those that look alike, one followed at once by another stands above it."""
    steps: dict[int, int] = {}
    below: Part | None = None
    chains: dict[tuple[int, int], int] = {}
    for n in range(len(parts) - 1, -1, -1):
        part = parts[n]
        if part.kind == "heading":
            alike = below is not None and below.kind == "heading" and below.key == part.key
            steps[n] = steps[n + 1] + 1 if alike and n + 1 in steps else 0
            chains[part.key] = max(chains.get(part.key, 0), steps[n])
        below = part
    first: dict[tuple[int, int], int] = {}
    level = 1
    for key in sorted(chains):
        first[key] = level
        level += chains[key] + 1
    for n, step in steps.items():
        key = parts[n].key
        parts[n].level = min(6, first[key] + chains[key] - step)


def alike(one: Part, other: Part) -> bool:
    """Whether two lists with a blank line between them are one."""
    mark, mark2 = mark_of(one.lines[0]), mark_of(other.lines[0])
    if not mark or not mark2 or one.lines[0].indent != other.lines[0].indent:
        return False
    return mark.group(1) == mark2.group(1) or (mark.group(1).isdigit() and mark2.group(1).isdigit())
