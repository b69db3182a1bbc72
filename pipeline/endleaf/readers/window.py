"""A window that slides over a feed: lines, heads and blocks out of bytes that come in pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from endleaf.readers.feeds import Feed
from endleaf.readers.grammar import WARC, Grammar
from endleaf.readers.raw import MAX_BLOCK, MAX_HEAD

_BLANK = re.compile(rb"\n\r*\n")


@dataclass(slots=True)
class Block:
    """``size`` bytes that were read, of which the first are kept."""

    kept: bytes
    size: int


class Window:
    """The bytes of a feed, read once, forwards; ``at`` counts them from the feed's start.

    Of a block no more than ``keep`` bytes are kept.
    """

    def __init__(self, feed: Feed, grammar: Grammar = WARC, keep: int = MAX_BLOCK) -> None:
        self._feed = feed
        self._grammar = grammar
        self._keep = keep
        self._held = b""
        self._pos = 0
        self._base = 0
        self._member_at = 0

    @property
    def at(self) -> int:
        """Bytes before the next one, from where the feed began."""
        return self._base + self._pos

    @property
    def place(self) -> tuple[int, int]:
        """The next byte's place: where its member starts on disk, and the inflated bytes before it there."""
        return self._feed.origin, self.at - self._member_at

    def _fill(self) -> bool:
        """One more piece of what belongs together; False at its end."""
        more = self._feed.read()
        if more:
            self._base += self._pos
            self._held = self._held[self._pos :] + more
            self._pos = 0
        return bool(more)

    def _reach(self, count: int) -> int:
        """Fill until ``count`` bytes wait or no more come; returns how many wait."""
        while len(self._held) - self._pos < count and self._fill():
            pass
        return len(self._held) - self._pos

    def _go_on(self) -> bool:
        """Into the next gzip member, where the record runs on in it."""
        if not self._feed.advance():
            return False
        self._member_at = self._base + len(self._held)
        return True

    def ended(self) -> bool:
        """Whether nothing more comes from this member, or file."""
        return self._reach(1) == 0

    def starts(self) -> bool:
        """Whether a record starts here."""
        self._reach(self._grammar.reach)
        return self._grammar.record.match(self._held, self._pos) is not None

    def tidy(self) -> bool:
        """Whether a record may end here: line ends, then a record or the end."""
        waiting = self._reach(2 * self._grammar.reach)
        rest = self._held[self._pos : self._pos + self._grammar.reach].lstrip(b"\r\n")
        return (
            not rest
            or self._grammar.record.match(self._held, self._pos + min(waiting, self._grammar.reach) - len(rest))
            is not None
        )

    def skip_newlines(self) -> int:
        """Pass CR and LF; returns how many lines ended."""
        lines = 0
        while self._reach(1):
            rest = self._held[self._pos : self._pos + self._grammar.reach]
            blank = rest[: len(rest) - len(rest.lstrip(b"\r\n"))]
            lines += blank.count(b"\n")
            self._pos += len(blank)
            if len(blank) < len(rest):
                break
        return lines

    def head(self) -> tuple[bytes, bool] | None:
        """The record's head, and whether it is whole; None where it is longer than MAX_HEAD (nothing is passed).

        A head that the next record follows with no blank line between was cut short.
        """
        seen = 0
        while True:
            blank = _BLANK.search(self._held, self._pos + seen)
            end = blank.end() if blank else len(self._held)
            if another := self._grammar.next.search(self._held, self._pos + max(seen, 1), end):
                return self._take(another.start()), False
            if blank:
                return self._take(end), True
            waiting = end - self._pos
            if waiting > MAX_HEAD:
                return None
            seen = max(0, waiting - self._grammar.reach)
            if not self._fill() and not self._go_on():
                return self._take(end), False

    def line(self) -> tuple[bytes, bool] | None:
        """A record's head that is one line, and whether it is whole; None where it is longer than MAX_HEAD."""
        seen = 0
        while (end := self._held.find(b"\n", self._pos + seen)) < 0:
            seen = len(self._held) - self._pos
            if seen > MAX_HEAD:
                return None
            if not self._fill() and not self._go_on():
                return self._take(len(self._held)), False
        return self._take(end + 1), True

    def _take(self, end: int) -> bytes:
        data = self._held[self._pos : end]
        self._pos = end
        return data

    def block(self, size: int, *, trusted: bool) -> Block:
        """Up to ``size`` bytes; where the size is not trusted, no further than where the next record starts."""
        kept, got = [], 0
        if not trusted and self.starts():
            return Block(b"", 0)
        while got < size:
            waiting = self._reach(1 if trusted else self._grammar.reach + 1)
            if not waiting:
                if self._go_on():
                    continue
                break
            take, stop = min(size - got, waiting), False
            if not trusted:
                found = self._grammar.next.search(self._held, self._pos)
                stop = found is not None
                # What may be the start of a start waits for the bytes after it.
                take = min(take, found.start() - self._pos if found else max(waiting - self._grammar.reach, 1))
            if got < self._keep:
                kept.append(self._held[self._pos : self._pos + take])
            self._pos += take
            got += take
            if stop:
                break
        return Block(b"".join(kept)[: self._keep], got)

    def skip_record(self) -> int:
        """Pass everything up to the next start of a record, or the end; returns how many bytes."""
        start = self.at
        self._pos += 1
        while not (found := self._grammar.among.search(self._held, self._pos)):
            self._pos = max(self._pos, len(self._held) - self._grammar.reach)
            if not self._fill():
                self._pos = len(self._held)
                return self.at - start
        self._pos = found.start()
        return self.at - start

    def give_back(self, data: bytes) -> None:
        """Put bytes that were just read in front again."""
        at = self.at - len(data)
        self._held, self._pos, self._base = data + self._held[self._pos :], 0, at

    def go_back(self, at: int) -> None:
        """Read the feed again from its start, up to ``at``."""
        self._feed.restart()
        self._held, self._pos, self._base, self._member_at = b"", 0, 0, 0
        while self.at < at and (self._reach(1) or self._go_on()):
            self._pos += min(at - self.at, len(self._held) - self._pos)


def swallowed(block: bytes, grammar: Grammar = WARC) -> int | None:
    """Where in a block another record starts, or None."""
    found = grammar.next.search(block)
    return found.start() if found else None
