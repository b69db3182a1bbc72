"""All records of all sources a command was given: files, folders, globs, and archive files at addresses."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from endleaf import readers
from endleaf.errors import InputError
from endleaf.model import Damage, Record
from endleaf.remote import fetched, is_remote
from endleaf.report import Tally

log = logging.getLogger(__name__)


def records_of(arguments: Iterable[str], tally: Tally, besides: Path | None = None) -> Iterator[Record]:
    """Every record, source by source in a fixed order. What lies in the folder ``besides`` is left out.

    A source in which nothing can be read is named in the log and counted in the tally, and the next one is
    taken. Raises UsageError, before anything is read, for a path that is not there.
    """
    for source in _expanded(list(arguments)):
        if besides and not is_remote(source) and Path(source).resolve().is_relative_to(besides.resolve()):
            continue
        tally.source()
        opened: AbstractContextManager[Path] = fetched(source) if is_remote(source) else nullcontext(Path(source))
        try:
            with opened as path:
                for record in readers.records(path):
                    yield record if str(path) == source else renamed(record, str(path), source)
        except InputError as error:
            log.error("%s", error)
            tally.unreadable(str(error))


def renamed(record: Record, old: str, new: str) -> Record:
    """The record, told as one of the source ``new``, where it was read from a copy of it at ``old``."""
    if isinstance(record, Damage):
        return msgspec.structs.replace(record, source=record.source.replace(old, new, 1))
    source = record.provenance.source.replace(old, new, 1)
    return msgspec.structs.replace(record, provenance=msgspec.structs.replace(record.provenance, source=source))


def _expanded(arguments: list[str]) -> Iterator[str]:
    here = {argument: list(readers.sources([argument])) for argument in arguments if not is_remote(argument)}
    for argument in arguments:
        yield from ([argument] if is_remote(argument) else map(str, here[argument]))
