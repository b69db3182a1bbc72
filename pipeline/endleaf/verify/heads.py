"""The head of a record as it lies in its file, byte for byte: what a reader makes good before anybody sees it."""

from __future__ import annotations

import re

from endleaf.readers.disk import Disk
from endleaf.readers.feeds import Feed, Flat, Inflated
from endleaf.readers.frames import packing_of
from endleaf.readers.raw import Raw

_BLANK = re.compile(rb"\n\r*\n")
_MOST = 1 << 16
"""Bytes of a head that are looked at, 64 KiB: a longer one is judged by its beginning."""


class Heads:
    """Heads of one file, asked for in the order in which the records lie."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._packing = packing_of(disk)
        self._member: Inflated | None = None
        self._held = b""
        self._at = 0

    def of(self, raw: Raw) -> bytes:
        """The head with the line ends before its version, if any; cut at 64 KiB."""
        feed = self._feed(raw)
        return self._until_blank(feed)

    def _feed(self, raw: Raw) -> Feed:
        """The bytes from the record on. Within a long gzip member it goes on from the record before."""
        if not self._disk.peek(raw.offset, 4).startswith(self._packing.magic):
            self._held, self._member = b"", None
            return Flat(self._disk, raw.offset)
        if self._member is None or not raw.skip or self._member.origin != raw.offset or raw.skip < self._at:
            self._member, self._held, self._at = Inflated(self._disk, raw.offset, packing=self._packing), b"", 0
        while self._at < raw.skip:
            if not self._held and not self._more(self._member):
                break
            step = min(raw.skip - self._at, len(self._held))
            self._held, self._at = self._held[step:], self._at + step
        return self._member

    def _more(self, feed: Feed) -> bool:
        found = feed.read()
        self._held += found
        return bool(found)

    def _until_blank(self, feed: Feed) -> bytes:
        while True:
            start = len(self._held) - len(self._held.lstrip(b"\r\n"))
            if found := _BLANK.search(self._held, start):
                return self._held[: found.end()]
            if len(self._held) > _MOST or not self._more(feed):
                return self._held[:_MOST]
