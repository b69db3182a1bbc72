"""Where the parts of a MIME message lie (RFC 2046 section 5.1): found by their boundaries, none of them loaded.

What damage does to a boundary is met here: one that is missing at the end, one with a byte or two changed, one
that is not declared or declared otherwise. A part that is cut short is still a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from endleaf.readers.disk import Disk
from endleaf.readers.mhtml_head import LINE_END, Head, read_head

MOST: Final = 100_000
"""Parts of one message. Pages with some hundred have been seen."""
DEPTH: Final = 10
"""Messages and multiparts within each other. Mail programs write three."""
_NEAR: Final = 1 << 14
_WINDOW: Final = 1 << 20
"""Bytes that are searched at once; first the few in which the next boundary is, if a part is small."""
_LONGEST: Final = 200
"""Bytes of a boundary. RFC 2046 section 5.1.1 allows 70."""
_OVERLAP: Final = 2 * _LONGEST
_CHANGED: Final = 2
"""Bytes by which a line may differ from a boundary and be that boundary, damaged."""
_ANY: Final = re.compile(rb"\n--([^\r\n]{1,200}?)[ \t]*\r{0,2}\nContent-[A-Z]", re.IGNORECASE)
"""A line that starts a part, whatever its boundary."""
_STARTED: Final = len("Content-T")
_AFTER: Final = re.compile(rb"(--)?[ \t]*(?:" + LINE_END + rb"|\Z)")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no others, and where its body lies."""

    head: Head
    around: tuple[Head, ...]
    """The heads of what it lies in, outermost first."""
    offset: int
    start: int
    end: int
    whole: bool = True
    """Whether a boundary follows it."""


class Fault(NamedTuple):
    """What is wrong with a message, and where."""

    offset: int
    reason: str


@dataclass(slots=True)
class Message:
    """A message's head, its parts in order, and what was wrong."""

    head: Head
    parts: list[Part] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Level(NamedTuple):
    boundary: bytes
    head: Head


class _Mark(NamedTuple):
    """A boundary's line: where the body before it ends, where what follows begins."""

    level: int
    start: int
    end: int
    final: bool
    damaged: bool


def parts_of(disk: Disk) -> Message:
    """The parts of a message."""
    head, at, _ = read_head(disk, _first(disk))
    work = _Scan(disk, Message(head))
    work.enter(head, 0, at)
    while not work.full and (mark := work.next_mark()):
        work.pass_mark(mark)
    work.end()
    return work.message


def _first(disk: Disk) -> int:
    """Where the head starts: empty lines and a mark may stand before it."""
    start = disk.peek(0, 1024)
    return len(start) - len(start.lstrip(b"\xef\xbb\xbf \t\r\n"))


class _Scan:
    def __init__(self, disk: Disk, message: Message) -> None:
        self._disk = disk
        self.message = message
        self._levels: list[_Level] = []
        self._at = 0
        self._open: Part | None = None
        self._marks = 0

    @property
    def full(self) -> bool:
        """Whether no more is read of it."""
        return self._marks >= MOST

    def enter(self, head: Head, offset: int, at: int) -> None:
        """What begins with a head: others may lie in it, else it is a part."""
        self._at = at
        deep = len(self._levels) >= DEPTH
        if head.media_type.startswith("multipart/") and not deep:
            self._levels.append(_Level(self._boundary(head, at), head))
        elif head.media_type == "message/rfc822" and not deep:
            inner, start, _ = read_head(self._disk, at)
            self._levels.append(_Level(b"", head))
            self.enter(inner, at, start)
        else:
            around = tuple(level.head for level in self._levels)
            self._open = Part(head, around, offset, at, at)

    def _boundary(self, head: Head, at: int) -> bytes:
        """A multipart's boundary: the declared one if it is used, else the one that is."""
        declared = head.parameter("boundary").rstrip().encode("utf-8", "surrogateescape")[:_LONGEST]
        if declared and self._find(declared, at) >= 0:
            return declared
        found = _ANY.search(self._disk.peek(at - 1, 1 << 16))
        if not found or (declared and _near(found[1], declared)):
            return declared
        said = "another" if declared else "none"
        self.message.faults.append(Fault(at, f"its parts have a boundary of their own: it declares {said}"))
        return found[1]

    def _find(self, boundary: bytes, at: int) -> int:
        for start, piece in self._pieces(at):
            found = piece.find(boundary)
            if found >= 0:
                return start + found
        return -1

    def _pieces(self, at: int) -> Iterator[tuple[int, bytes]]:
        """The bytes from a place on, each piece with the end of the one before it."""
        size = _NEAR
        while piece := self._disk.read(at, size + _OVERLAP):
            yield at, piece
            if at + len(piece) >= self._disk.size:
                return
            at, size = at + size, _WINDOW

    def next_mark(self) -> _Mark | None:
        """The next line that is a boundary of any of what lies around."""
        if not any(level.boundary for level in self._levels):
            return None
        for at, piece in self._pieces(max(0, self._at - 1)):  # with the line's end before it
            marks = [mark for number in range(len(self._levels)) if (mark := self._mark(piece, at, number))]
            if found := min(marks, key=lambda mark: (mark.start, -mark.end), default=None):
                self._marks += 1
                return found
        return None

    def _mark(self, piece: bytes, at: int, number: int) -> _Mark | None:
        """The first line of a boundary in a piece of the file."""
        boundary = self._levels[number].boundary
        hit = piece.find(boundary) if boundary else -1
        while hit >= 0:
            mark = self._checked(piece, at, number, hit)
            if mark:
                break
            hit = piece.find(boundary, hit + 1)
        else:
            mark = None
        stop = hit if mark else len(piece)
        changed = next((each for each in _ANY.finditer(piece, 0, stop) if _near(each[1], boundary)), None)
        if changed:
            start = _before_line_end(piece, changed.start())
            return _Mark(number, at + start, at + changed.end() - _STARTED, final=False, damaged=True)
        return mark

    def _checked(self, piece: bytes, at: int, number: int, hit: int) -> _Mark | None:
        """A boundary's text as the line that it stands in: a byte of what precedes it may be changed."""
        before = piece[max(0, hit - 3) : hit]
        exact = before in (b"\n--", b"\r--")
        if not exact and (hit < 3 or sum(a != b for a, b in zip(before, b"\n--", strict=True)) > 1):
            return None
        after = _AFTER.match(piece, hit + len(self._levels[number].boundary))
        if after is None or (after.end() == len(piece) and at + len(piece) < self._disk.size):
            return None  # it is the start of a longer one, or all of it will be in the next piece
        start = _before_line_end(piece, hit - 3)
        return _Mark(number, at + start, at + after.end(), final=bool(after[1]), damaged=not exact)

    def pass_mark(self, mark: _Mark) -> None:
        """Go on behind a boundary."""
        self._close(mark.start, whole=True)
        if mark.damaged:
            self.message.faults.append(Fault(mark.start, "a boundary between its parts is damaged"))
        missing = [level for level in self._levels[mark.level + 1 :] if level.boundary]
        if missing:
            self.message.faults.append(Fault(mark.start, "a multipart in it has no final boundary"))
        del self._levels[mark.level + 1 :]
        self._at = mark.end
        if mark.final:
            del self._levels[mark.level :]
            return
        if mark.end >= self._disk.size:
            return  # it is cut short here
        head, start, _ = read_head(self._disk, mark.end)
        self.enter(head, mark.end, start)

    def _close(self, end: int, *, whole: bool) -> None:
        part, self._open = self._open, None
        if part:
            end = max(end, part.start)
            self.message.parts.append(Part(part.head, part.around, part.offset, part.start, end, whole))

    def end(self) -> None:
        """The end of the file."""
        size = self._disk.size
        if self.full:
            self.message.faults.append(Fault(self._at, f"it has more than {MOST} parts: the others are not read"))
        elif any(level.boundary for level in self._levels):
            self._close(size - self._begun(), whole=False)
            self.message.faults.append(Fault(size, "it has no final boundary: it is cut short"))
        else:
            self._close(size, whole=True)

    def _begun(self) -> int:
        """Bytes at the end of the file with which a boundary's line begins."""
        tail = self._disk.peek(max(0, self._disk.size - _OVERLAP), _OVERLAP)
        at = max(tail.rfind(b"\n"), tail.rfind(b"\r"))
        line = tail[at + 1 :]
        lines = [b"--" + level.boundary + b"--" for level in self._levels if level.boundary]
        if at < 0 or not any(each.startswith(line) for each in lines):
            return 0
        return len(tail) - _before_line_end(tail, at)


def _before_line_end(data: bytes, at: int) -> int:
    """Where the line end that ends at a place's byte begins."""
    return at - 1 if data[at : at + 1] == b"\n" and data[at - 1 : at] == b"\r" else at


def _near(line: bytes, boundary: bytes) -> bool:
    """Whether a line is a boundary of which a byte or two were changed."""
    return len(line) == len(boundary) and sum(a != b for a, b in zip(line, boundary, strict=True)) <= _CHANGED
