"""Records that others refer to, found again: in the file that asks, or in all files of a run.

A shelf is gone through once, when something is asked of it first; most runs never do.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from endleaf.errors import InputError
from endleaf.readers.asked import Asked
from endleaf.readers.disk import Disk
from endleaf.readers.index import Index, Name
from endleaf.readers.raw import Raw
from endleaf.readers.records import raw_at, raw_records
from endleaf.readers.walk import shown

if TYPE_CHECKING:
    from endleaf.readers.source import Source

log = logging.getLogger("endleaf")


class Found(NamedTuple):
    """A record, and the source that it is in; no source where that is the one that asks."""

    raw: Raw
    source: str | None


class _Volume(NamedTuple):
    """A source on the shelf, and how it is opened again."""

    source: str | None
    open: Callable[[], AbstractContextManager[Disk]]


class Shelf:
    """Sources, and an index of their records: :func:`of_source`, :func:`of_run`."""

    def __init__(self, fill: Callable[[Shelf], None]) -> None:
        self._fill = fill
        self._index: Index | None = None
        self._volumes: list[_Volume] = []

    def add(self, source: str | None, opened: Callable[[], AbstractContextManager[Disk]], raws: Iterable[Raw]) -> None:
        """Put a source on the shelf, with all its records."""
        if self._index:
            self._volumes.append(_Volume(source, opened))
            self._index.note(len(self._volumes) - 1, raws)

    def find(self, name: Name, highest: int | None = None) -> Iterator[Found]:
        """Records of that name, the highest rank first, none above ``highest``; eight at most."""
        with _complaining():
            if self._index is None:
                self._index = Index()
                self._fill(self)
                self._index.settle()
            for place in self._index.places(name, highest):
                volume = self._volumes[place.volume]
                with suppress(OSError), volume.open() as disk:
                    if raw := raw_at(disk, place.offset, place.skip):
                        yield Found(raw, volume.source)

    def close(self) -> None:
        """Give the disk back."""
        if self._index:
            self._index.close()


@contextmanager
def _complaining() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        log.warning("the index of records that others refer to failed, some stay unresolved: %s", error)


def of_source(disk: Disk) -> Shelf:
    """The records of the one source that asks."""
    return Shelf(lambda shelf: shelf.add(None, lambda: nullcontext(disk), _raws(disk)))


def _raws(disk: Disk) -> Iterator[Raw]:
    return (each for each in raw_records(disk) if isinstance(each, Raw))


Walk = Callable[[Path, Asked], Iterable[object]]
"""Goes through a file as readers do; under :attr:`Asked.noted` they hand over their records and give none."""


def of_run(files: Callable[[], Iterable[tuple[Path, str]]], walk: Walk) -> Shelf:
    """The records of all files of a run: paths, and the names they go by."""

    def fill(shelf: Shelf) -> None:
        log.info("some records refer to others that are not in their own files: all files are looked through")
        for path, name in files():
            with suppress(InputError, OSError):
                deque(walk(path, Asked(noted=_noting(shelf, path, name))), 0)

    return Shelf(fill)


def _noting(shelf: Shelf, path: Path, name: str) -> Callable[[Source], None]:
    def noted(source: Source) -> None:
        disk = source.disk
        if disk.lies_in(path):
            base, size = disk.base, disk.size
            shelf.add(source.name.replace(shown(path), name, 1), lambda: _part(path, base, size), _raws(disk))
        else:  # it would have to be unpacked again for each record that is asked for
            log.info("%s: unpacked to be read, and not looked into for what other files refer to", source.name)

    return noted


@contextmanager
def _part(path: Path, base: int, size: int) -> Iterator[Disk]:
    with path.open("rb") as file:
        yield Disk(file, base, size)
