"""The entries of a HAR file, one at a time: where each lies is told from its braces, and only it is parsed.

In JSON a quotation mark within a string is escaped, so the start of an entry is never met in a body, even where that
is a HAR itself: behind damage the next entry is found again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec

from endleaf.readers.disk import Disk

MOST: Final = 40 << 20
"""Bytes of an entry, 40 MiB: a body of 30 MB in base64. With it and its text in memory a reader stays below 300 MB."""
MOST_TEXT: Final = 16 << 20
"""Bytes of an entry that holds more than ASCII: its characters may take four times as much."""
_DEPTH: Final = 200
"""Braces within braces. Real entries have ten."""
_BRACES: Final = 1_000_000
"""Braces and brackets of an entry: ten thousand headers and cookies have forty thousand."""
_FIRST: Final = 1 << 13
_PIECE: Final = 1 << 20
_OVERLAP: Final = 256
_REST: Final = 8 << 20
"""Bytes behind the list of entries that are looked at."""
_TRIES: Final = 3
"""How often each byte may be looked at while entries are searched for behind damage."""

_BRACKET: Final = re.compile(
    rb"(?:[^\"{}\[\]]++|\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\")*+([{}\[\]])",
    re.DOTALL,
)
"""Up to the next brace or bracket that is in no string."""
_LIST: Final = re.compile(rb"\"entries\"\s{0,200}:\s{0,200}\[")
_START: Final = re.compile(
    rb"\{\s{0,200}\"(?:startedDateTime|pageref|time|request|response|cache|timings|connection|serverIPAddress|_\w{1,60})"
    rb"\"\s{0,20}:"
)
_ONCE: Final = b'"startedDateTime"'
"""A name that each entry has once: where it stands again, another has begun."""
_BETWEEN: Final = re.compile(rb"[\s,]*")
_MAKER: Final = re.compile(rb"\"(creator|browser)\"\s*:\s*(\{[^{}]{0,2000}\})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, and where it lies."""

    offset: int
    length: int
    value: dict[str, Any]


class Fault(NamedTuple):
    """What is wrong with the file, and where."""

    offset: int
    reason: str


def makers(disk: Disk) -> Iterator[tuple[str, str]]:
    """The program that wrote the file and the browser it watched, as the start of the file names them."""
    for found in _MAKER.finditer(disk.peek(0, 1 << 16)):
        value = _value(found[2])
        if isinstance(value, dict):
            named = " ".join(str(value[key])[:200] for key in ("name", "version") if value.get(key))
            yield found[1].decode(), named


def entries(disk: Disk) -> Iterator[Entry | Fault]:
    """Every entry in order, and every place that is none."""
    return _Scan(disk).run()


class _Scan:
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._left = _TRIES * disk.size + _REST
        self._at = 0

    def run(self) -> Iterator[Entry | Fault]:
        begun = self._search(_LIST, 0)
        if begun is None:
            yield Fault(0, "it has no list of entries")
            yield from self._behind(0)
        else:
            self._at = begun.end
        while True:
            self._pass_between()
            sign = self._disk.read(self._at, 1)
            if sign == b"]":
                yield from self._rest(self._at + 1)
                return
            if not sign:
                yield Fault(self._at, "it ends within its list of entries: it is cut short")
                return
            found = self._entry(self._at)
            if isinstance(found, Fault):
                yield found
                yield from self._behind(self._at + 1)
            else:
                yield found
                self._at += found.length

    def _behind(self, at: int) -> Iterator[Entry | Fault]:
        """Go on with the next entry behind damage, if there is one."""
        while start := self._search(_START, at):
            found = self._entry(start.start)
            if isinstance(found, Entry):
                yield found
                self._at = found.offset + found.length
                return
            at = start.start + 1
            if self._left < 0:
                yield Fault(at, "it is damaged in too many places: the rest is not read")
                break
        self._at = self._disk.size

    def _pass_between(self) -> None:
        while piece := self._disk.read(self._at, _FIRST):
            found = _BETWEEN.match(piece)
            self._at += found.end() if found else 0
            if found is None or found.end() < len(piece):
                return

    def _entry(self, at: int) -> Entry | Fault:
        data = self._object(at)
        if isinstance(data, Fault):
            return data
        value = _value(data)
        if not isinstance(value, dict):
            return Fault(at, "an entry is damaged: it is no JSON")
        if not (isinstance(value.get("request"), dict) and isinstance(value.get("response"), dict)):
            return Fault(at, "an entry has no request or no response")
        return Entry(at, len(data), value)

    def _object(self, at: int) -> bytes | Fault:
        """The bytes of the object at a place, up to its closing brace."""
        size, braces = _FIRST, _Braces()
        while True:
            data = self._disk.read(at, size)
            self._left -= len(data)
            next_one = data.find(_ONCE, data.find(_ONCE) + 1) if _ONCE in data else -1
            data = data if next_one < 0 else data[:next_one]
            if not braces.follow(data) or (braces.depth and next_one >= 0):
                return Fault(at, "an entry is damaged: its braces do not match")
            if not braces.depth:
                break
            if len(data) < size:
                return Fault(at, "an entry has no end: it is damaged, or the file is cut short")
            if size >= MOST:
                return Fault(at, f"an entry has more than {MOST} bytes: it is not read")
            size = min(MOST, size * 4)
        end = braces.at
        if end > MOST_TEXT and not data[:end].isascii():
            return Fault(at, f"an entry of text has {end} bytes, more than {MOST_TEXT}: it is not read")
        return data[:end]

    def _search(self, pattern: re.Pattern[bytes], at: int) -> _Place | None:
        while piece := self._disk.peek(at, _PIECE + _OVERLAP):
            found = pattern.search(piece)
            if found:
                return _Place(at + found.start(), at + found.end())
            at += _PIECE
        return None

    def _rest(self, at: int) -> Iterator[Fault]:
        """What follows the entries must close what was opened before them."""
        if self._disk.size - at > _REST:
            return
        rest = self._disk.peek(at, _REST)
        if _value(b'{"log":{"entries":[]' + rest) is None:
            yield Fault(at, "what follows its entries is damaged or cut short")


class _Place(NamedTuple):
    start: int
    end: int


class _Braces:
    """The braces and brackets of an object, followed until they are closed; ``at`` is where that got to."""

    def __init__(self) -> None:
        self.at = 1  # the object's own brace
        self.depth = 1
        self._count = 0

    def follow(self, data: bytes) -> bool:
        """Go on in the object's bytes, of which there may be more than before; False where they are no object."""
        while self.depth and (found := _BRACKET.match(data, self.at)):
            self.at = found.end()
            self.depth += 1 if found[1] in b"{[" else -1
            self._count += 1
            if self.depth > _DEPTH or self._count > _BRACES:
                return False
        return data[:1] == b"{"


def _value(data: bytes) -> Any:
    """JSON as it is, or as it nearly is; None where it is none."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    try:  # bytes that are no UTF-8, halves of characters, line ends within strings
        return json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
