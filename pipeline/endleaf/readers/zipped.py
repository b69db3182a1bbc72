"""Zip files of anything that the readers read: saved pages with their folders, mirrors, archive files, other zips."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from endleaf.errors import UnreadableSource
from endleaf.model import Damage, Passed, Provenance, Record
from endleaf.readers.disk import Disk
from endleaf.readers.members import Budget, Content, Member, Package, package_of
from endleaf.readers.source import Source
from endleaf.readers.zipdir import STORED, Entry

DEPTH: Final = 3
"""Containers within containers that are opened: a zip of WACZ files of packages has this many."""
_PIECE: Final = 1 << 20

Dispatch = Callable[[Source], Iterator[Record]]


def reader(dispatch: Dispatch) -> Dispatch:
    """The reader; each member is given to ``dispatch``."""

    def read(source: Source) -> Iterator[Record]:
        """Every record of every member; the source of each is ``a.zip!saved/page.html``.

        Raises UnreadableSource where there is no member.
        """
        yield from records_of(source, entered(source), dispatch)

    return read


def entered(source: Source) -> Package:
    """The members of a zip. Raises UnreadableSource where it lies in too many containers."""
    budget, depth = around(source)
    return package_of(source.disk, budget, depth)


def around(source: Source) -> tuple[Budget, int]:
    """What members of a container may unpack to, and how many containers there are around them, this one too."""
    outer = source.beside if isinstance(source.beside, Package) else None
    if outer is None:
        return Budget.of(source.disk), 1
    if outer.depth >= DEPTH:
        raise UnreadableSource(f"{source.name} lies in {DEPTH} containers within each other: unpack the outer ones")
    return outer.budget, outer.depth + 1


def records_of(source: Source, package: Package, dispatch: Dispatch) -> Iterator[Record]:
    """Every record of the members of a container. Raises UnreadableSource where there is none."""
    if not package.members:
        why = package.faults[0] if package.faults else "there is no file in it"
        raise UnreadableSource(f"{source.name} has nothing to read: {why}")
    yield from (Damage(source=source.name, reason=fault) for fault in package.faults)
    for member in package.members:
        name = f"{source.name}!{member.name}"
        if any(part.startswith(".") or part == "__MACOSX" for part in member.path.parts):
            yield Passed(provenance=Provenance(source=name, container="file"), reason="a hidden file")
            continue
        with package.opened(member) as content:
            yield from _member(replace(source, name=name, path=member.path, beside=package), member, content, dispatch)


def _member(within: Source, member: Member, content: Content, dispatch: Dispatch) -> Iterator[Record]:
    if content.disk is not None:
        try:
            yield from dispatch(replace(within, disk=content.disk))
        except UnreadableSource as error:
            yield Damage(source=within.name, reason=str(error))
    fault = content.fault
    if not fault and content.disk is not None and within.asked.fixity:
        fault = _against_crc(content.disk, member)
    if fault:
        yield Damage(source=within.name, reason=fault)


def _against_crc(disk: Disk, member: Member) -> str:
    """What is wrong with a stored member's bytes; those of the others were checked when they were unpacked."""
    if not isinstance(member.place, Entry) or member.place.method != STORED:
        return ""
    crc, at = 0, 0
    while piece := disk.peek(at, _PIECE):
        crc = zlib.crc32(piece, crc)
        at += len(piece)
    return "" if crc == member.place.crc else "the zip member is not what was packed: its CRC is another"
