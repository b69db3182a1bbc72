"""Revisits and the payloads they stand for (WARC 1.1 section 6.7); the segments of one record (section 6.8).

A payload is sought by record id, by digest, and by address and date: first among what was read of the file,
then in all of it, then in the other files of the run. Records that repeat another are not remembered, so no
circle can form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from endleaf.readers.disk import Disk
from endleaf.readers.elsewhere import Found, Shelf, of_source
from endleaf.readers.index import address, digest, seconds, segment_number, sure_names
from endleaf.readers.raw import MAX_BLOCK, Raw
from endleaf.readers.records import raw_at

__all__ = ["Originals", "address", "contradict", "digest"]

MAX_KEYS = 600_000
"""Names remembered, three a capture: about 60 MB. The oldest are forgotten first; crawlers that deduplicate
within a file refer to what came shortly before."""

_REREAD = 4 << 30
"""Bytes that may be inflated again to reach payloads inside one long gzip member, 4 GiB a file: a file of
many revisits that was compressed as a whole would else be read once for each."""


class Originals:
    """What later records of a file may refer to, in it and in the other files of the run."""

    def __init__(self, disk: Disk, elsewhere: Shelf | None) -> None:
        self._disk = disk
        self._places: dict[int, int | tuple[int, int]] = {}
        self._here = of_source(disk)
        self._shelves = [self._here, *filter(None, [elsewhere])]
        self._reread = _REREAD

    def close(self) -> None:
        """Give back what the index took of the disk."""
        self._here.close()

    def remember(self, raw: Raw) -> None:
        """Take note of a record that holds a payload."""
        fields = raw.fields
        place = (raw.offset, raw.skip) if raw.skip else raw.offset
        for name in sure_names(
            fields.get("warc-record-id"),
            fields.get("warc-payload-digest"),
            fields.get("warc-target-uri"),
            fields.get("warc-date"),
        ):
            self._places[hash(name)] = place
        while len(self._places) > MAX_KEYS:
            del self._places[next(iter(self._places))]

    def original(self, revisit: Raw) -> Found | None:
        """The record that holds a revisit's payload."""
        stated = revisit.fields.get("warc-payload-digest")
        for found in self._candidates(revisit):
            self._reread -= found.raw.skip
            if self._reread < 0:
                return None
            if not contradict(stated, found.raw.fields.get("warc-payload-digest")):
                return found
        return None

    def _candidates(self, revisit: Raw) -> Iterator[Found]:
        """Records that may hold the payload, the likeliest first."""
        fields = revisit.fields
        names = list(
            sure_names(
                fields.get("warc-refers-to"),
                fields.get("warc-payload-digest"),
                fields.get("warc-refers-to-target-uri"),
                fields.get("warc-refers-to-date"),
            )
        )
        for name in names:
            place = self._places.get(hash(name))
            offset, skip = place if isinstance(place, tuple) else (place, 0)
            if offset is not None and (raw := raw_at(self._disk, offset, skip)):
                yield Found(raw, None)
        for shelf in self._shelves:
            for name in names:
                yield from shelf.find(name)
        uri = address(fields.get("warc-refers-to-target-uri") or fields.get("warc-target-uri"))
        if uri and ("server-not-modified" in fields.get("warc-profile", "") or not names):
            # What the server said had not changed is what was captured last before (section 6.7.3).
            before = seconds(fields.get("warc-refers-to-date") or fields.get("warc-date"))
            for shelf in self._shelves:
                yield from shelf.find(("url", uri), before)

    def whole(self, first: Raw) -> Raw:
        """A record with the blocks of its further segments, as one record; what is missing is a trouble of it."""
        name = ("segment", first.fields.get("warc-record-id", ""))
        blocks, size, number, last = [first.block], first.block_size, 1, first
        while segment := self._segment(name, number + 1):
            number, last = number + 1, segment
            blocks.append(segment.block if size < MAX_BLOCK else b"")
            size += segment.block_size
        gap = self._gap(name, number, size, last.fields.get("warc-segment-total-length"))
        speaking = {key: value for key, value in first.fields.items() if gap or key not in _OF_A_SEGMENT}
        joined = replace(
            first,
            block=b"".join(blocks)[:MAX_BLOCK],
            block_size=size,
            fields=speaking | {"content-length": str(size)},
        )
        if gap:
            joined.troubles.append(gap)
        return joined

    def _segment(self, name: tuple[str, str], number: int) -> Raw | None:
        for shelf in self._shelves:
            for found in shelf.find(name, number):
                if segment_number(found.raw) == number:
                    return found.raw
        return None

    def _gap(self, name: tuple[str, str], number: int, size: int, stated: str | None) -> str | None:
        """What is missing of a record in segments, after those up to ``number`` were found."""
        more = max((segment_number(found.raw) for shelf in self._shelves for found in shelf.find(name)), default=0)
        if more > number:
            return f"its segment {number + 1} is not in the sources, of {more} at least"
        if stated is None:
            return f"its last segment is not in the sources: {number} were found, and none states the whole length"
        if stated.strip() != str(size):
            return f"its segments have {size} bytes together, and the last states {stated[:20]}"
        return None

    def begun(self, continuation: Raw) -> bool:
        """Whether the first segment of a further one is in the sources."""
        name = ("id", continuation.fields.get("warc-segment-origin-id", ""))
        return any(True for shelf in self._shelves for _ in shelf.find(name))


_OF_A_SEGMENT = frozenset(("warc-segment-number", "warc-block-digest"))
"""Fields that speak of one segment, not of the whole record."""


def contradict(one: str | None, other: str | None) -> bool:
    """Whether two digests, of one algorithm, are of different bytes.

    >>> contradict("sha1:" + "A" * 32, "sha-1:" + "0" * 40)
    False
    """
    if one is None or other is None:
        return False
    first, second = digest(one), digest(other)
    return first[0] == second[0] and first[1] != second[1]
