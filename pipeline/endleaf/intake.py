"""All records of all sources a command was given: files, folders, globs, and archive files at addresses."""

from __future__ import annotations

import dataclasses
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from endleaf import readers
from endleaf.errors import InputError, UnreadableSource
from endleaf.model import Capture, Damage, Record
from endleaf.readers import PLAIN, Asked, Entry, listed
from endleaf.readers.elsewhere import of_run
from endleaf.remote import fetched, is_remote
from endleaf.report import Tally

log = logging.getLogger(__name__)

HELD: Final = 8 << 30
"""Bytes of downloads that stay on the disk between a first look and the reading, so that they come only once. Told
by their own sizes and order, never by the disk's: two machines must learn the same."""


_ALONE: Final = frozenset(("cdx", "har", "html", "mhtml", "text", "file", "webarchive"))
"""Files to which no record of another refers."""


_Item = TypeVar("_Item")


class Intake:
    """The sources of a run, which may be looked through before they are read; a ``with`` block holds the downloads.

    What lies in the folder ``besides`` is left out. ``asked`` holds for the reading, not for a first look.
    """

    def __init__(self, arguments: Iterable[str], besides: Path | None = None, asked: Asked = PLAIN) -> None:
        self._arguments = list(arguments)
        self._shelf = of_run(self._archives, readers.records)
        self._asked = dataclasses.replace(asked, elsewhere=self._shelf)
        self._besides = besides.resolve() if besides else None
        self._downloads = ExitStack()
        self._held: dict[str, Path | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._downloads.close()
        self._shelf.close()

    def is_one_page(self) -> bool:
        """Whether there is but one source, a saved page, with no others to look at. Raises as :meth:`records` does."""
        sources = list(itertools.islice(self._sources(), 2))
        if len(sources) != 1 or is_remote(sources[0]):
            return not sources
        with suppress(InputError, OSError):
            return readers.sniff(Path(sources[0])) in ("html", "text")
        return False

    def look(self) -> Iterator[Capture]:
        """The captures, for a first look: what cannot be read is left for :meth:`records` to tell.

        Addresses beyond :data:`HELD` bytes of downloads are passed over. Raises as :meth:`records` does.
        """
        for source in self._sources():
            with suppress(InputError):
                path = self._hold(source) if is_remote(source) else Path(source)
                if path:
                    looking = Asked(elsewhere=self._shelf, parts=True)
                    yield from (each for each in readers.records(path, looking) if isinstance(each, Capture))

    def records(self, tally: Tally) -> Iterator[Record]:
        """Every record, source by source in a fixed order.

        A source in which nothing can be read is named in the log and counted in the tally, and the next one is
        taken. Raises UsageError, before anything is read, for a path that is not there.
        """
        return self._read(tally, lambda path: readers.records(path, self._asked), renamed)

    def entries(self, tally: Tally) -> Iterator[Entry | Damage]:
        """As :meth:`records`, but what an index says of each: what they hold is not read where it need not be."""
        return self._read(tally, readers.entries, _entry_renamed)

    def _read(
        self, tally: Tally, reading: Callable[[Path], Iterator[_Item]], rename: Callable[[_Item, str, str], _Item]
    ) -> Iterator[_Item]:
        sources = list(self._sources())
        opened = _refused if all(map(_is_index, sources)) else self._opened
        for source in sources:
            tally.source()
            try:
                with opened(source) as path:
                    for item in reading(path):
                        yield item if str(path) == source else rename(item, str(path), source)
            except InputError as error:
                log.error("%s", error)
                tally.unreadable(str(error))

    def _archives(self) -> Iterator[tuple[Path, str]]:
        """The files that may hold what records in other files refer to: those that are here, by path and name."""
        for source in self._sources():
            path = self._held.get(source) if is_remote(source) else Path(source)
            with suppress(InputError, OSError):
                if path and readers.sniff(path) not in _ALONE:
                    yield path, source

    def _sources(self) -> Iterator[str]:
        here = {each: list(readers.sources([each])) for each in self._arguments if not is_remote(each)}
        for argument in self._arguments:
            if is_remote(argument):
                yield argument
            for path in here.get(argument, ()):
                if not (self._besides and path.resolve().is_relative_to(self._besides)):
                    yield str(path)

    def _opened(self, source: str) -> AbstractContextManager[Path]:
        if is_remote(source):
            path = self._held.get(source)
            return nullcontext(path) if path else fetched(source)
        return nullcontext(Path(source))

    def _hold(self, source: str) -> Path | None:
        if source not in self._held:
            self._held[source] = None  # what cannot be fetched is not tried again for a look
            if sum(path.stat().st_size for path in self._held.values() if path) >= HELD:
                log.info("%s: not looked through before it is read, for the downloads are too large to hold", source)
            else:
                self._held[source] = self._downloads.enter_context(fetched(source))
        return self._held[source]


def records_of(arguments: Iterable[str], tally: Tally, besides: Path | None = None) -> Iterator[Record]:
    """Every record of the sources, read once: :meth:`Intake.records`."""
    with Intake(arguments, besides) as intake:
        yield from intake.records(tally)


def place_of(damage: Damage) -> str:
    """What is wrong with an input, and where, in a line."""
    at = "" if damage.offset is None else f", offset {damage.offset}"
    return f"{damage.source}{at}: {damage.reason}"


def renamed(record: Record, old: str, new: str) -> Record:
    """The record, told as one of the source ``new``, where it was read from a copy of it at ``old``."""
    if isinstance(record, Damage):
        return msgspec.structs.replace(record, source=record.source.replace(old, new, 1))
    source = record.provenance.source.replace(old, new, 1)
    return msgspec.structs.replace(record, provenance=msgspec.structs.replace(record.provenance, source=source))


def _is_index(source: str) -> bool:
    """Whether a source tells only where captures lie."""
    with suppress(InputError, OSError):
        return not is_remote(source) and readers.sniff(Path(source)) == listed.CONTAINER
    return False


def _refused(source: str) -> AbstractContextManager[Path]:
    raise UnreadableSource(f"{source} is an index of captures: give the archive files that it lists")


def _entry_renamed(entry: Entry | Damage, old: str, new: str) -> Entry | Damage:
    if isinstance(entry, Damage):
        return msgspec.structs.replace(entry, source=entry.source.replace(old, new, 1))
    return entry._replace(source=entry.source.replace(old, new, 1))
