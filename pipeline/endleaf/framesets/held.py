"""The captures of a run's frames, held in bounded memory: of each frame the one nearest in time to its frameset's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from endleaf.errors import NotAPage, PageTooLarge
from endleaf.framesets.slots import keys_of
from endleaf.kinds import kind_of
from endleaf.model import Capture, Moment

BYTES: Final = 64 << 20
"""Bytes of frames' pages that are held at a time. A frame has some kilobytes: these are ten thousand of them."""
WANTED: Final = 100_000
"""Frames, each for each time of its frameset, that are looked for; and redirects that are remembered. Some 20 MB."""
HOPS: Final = 5
"""Redirects from a frame's address that are followed. RFC 1945 section 9.3 allows as many."""


class Frames:
    """What a run holds of its sources' frames. First they are wanted, then captures are offered, then asked for."""

    def __init__(self, most: int = BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._wanted: dict[str, set[float | None]] = {}
        self._count = 0
        self._moved: dict[str, str] = {}
        self._best: dict[str, dict[float | None, Capture]] = {}
        self._why: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether any frame is wanted."""
        return bool(self._wanted)

    def want(self, keys: Iterable[str], at: Moment | None) -> None:
        """Ask for the captures of a frame, of a frameset that was captured at that time."""
        for key in keys:
            if self._count >= WANTED:
                self._why.setdefault(key, f"was not looked for: the sources have more than {WANTED:,} frames")
                return
            times = self._wanted.setdefault(key, set())
            self._count += _seconds(at) not in times
            times.add(_seconds(at))

    def moved(self, key: str, to: str) -> None:
        """Remember a redirect: it serves where the address itself has no page."""
        if len(self._moved) < WANTED:
            self._moved.setdefault(key, to)

    def settle(self) -> None:
        """Want what the redirects of wanted addresses lead to. Call it when all is wanted, before any offer."""
        for key, times in list(self._wanted.items()):
            for to in self._ways(key):
                self._wanted.setdefault(to, set()).update(times)
        self._moved = {key: to for key, to in self._moved.items() if key in self._wanted}

    def offer(self, capture: Capture) -> None:
        """Hold a capture if it is wanted and nearer than what is held."""
        for key in keys_of(capture):
            if key not in self._wanted:
                continue
            try:
                kind_of(capture)
            except (NotAPage, PageTooLarge) as error:
                self._why.setdefault(key, f"has no page in the sources ({error})")
            else:
                self._take(key, capture)

    def nearest(self, keys: Iterable[str], at: Moment | None) -> Capture | None:
        """The capture for a frame of a frameset that was captured at that time."""
        for key in keys:
            for way in self._ways(key):
                held = self._best.get(way, {})
                found = held.get(_seconds(at)) or next(iter(held.values()), None)
                if found:
                    return found
        return None

    def why(self, keys: Iterable[str]) -> str:
        """Why a frame has no capture here."""
        told = (self._why[way] for key in keys for way in self._ways(key) if way in self._why)
        return next(told, "is not in the sources")

    def _ways(self, key: str) -> Iterator[str]:
        """An address, and where it redirects to."""
        for _ in range(HOPS + 1):
            yield key
            if key not in self._moved:
                return
            key = self._moved[key]

    def _take(self, key: str, capture: Capture) -> None:
        held, at = self._best.get(key, {}), capture.provenance.captured_at
        nearer = [
            time
            for time in self._wanted[key]
            if time not in held or _apart(at, time) < _apart(held[time].provenance.captured_at, time)
        ]
        new = {**held, **dict.fromkeys(nearer, capture)}
        size = self._bytes + _size(new) - _size(held)
        if not nearer:
            return
        if size > self._most:
            self._why[key] = f"is in the sources, but was not held: they have more than {self._most >> 20} MB of frames"
            return
        self._best[key], self._bytes = new, size


def _seconds(at: Moment | None) -> float | None:
    return at.when.timestamp() if at else None


def _apart(at: Moment | None, time: float | None) -> float:
    """Seconds between two times; where one is not known, more than any."""
    seconds = _seconds(at)
    return float("inf") if seconds is None or time is None else abs(seconds - time)


def _size(held: dict[float | None, Capture]) -> int:
    return sum({id(each): len(each.payload) for each in held.values()}.values())
