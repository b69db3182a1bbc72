"""WACZ 1.x: a zip of WARC files, read where they lie, and a package of such packages.

What the package says of itself is held against what is in it, its hashes where a run asks for fixity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import msgspec

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Passed, Provenance, Record
from endleaf.readers import warc
from endleaf.readers.disk import Disk
from endleaf.readers.members import Member, Package
from endleaf.readers.signatures import container_of
from endleaf.readers.source import Source
from endleaf.readers.wacz_package import Finding, Listing, fixity, listing_of, structure
from endleaf.readers.wacz_pages import Pages, pages_of
from endleaf.readers.zipped import entered

_HOLDS: Final = re.compile(r"archive/.+\.w?arc(?:\.(?:gz|zst|bz2|xz|lz4))?\Z|.+\.wacz\Z", re.IGNORECASE)
"""Members that hold records."""

Dispatch = Callable[[Source], Iterator[Record]]


def reader(dispatch: Dispatch) -> Dispatch:
    """The reader; what else a package holds is given to ``dispatch``."""

    def read(source: Source) -> Iterator[Record]:
        """Every record of every WARC in a WACZ; the source of each is ``a.wacz!archive/b.warc.gz``.

        Raises UnreadableSource where no WARC is found, by the zip's directory or, where that is lost, without.
        """
        package = entered(source)
        members = [member for member in package.members if _HOLDS.match(member.name)]
        listing = listing_of(package)
        if not members and not listing.remote:
            why = f" ({package.faults[0]})" if package.faults else ""
            raise UnreadableSource(f"{source.name} is a WACZ with no WARC in its archive folder{why}")
        pages = pages_of(package)
        yield from (damage(source, each) for each in structure(package, listing))
        yield from (damage(source, Finding("pages", *each)) for each in pages.wrong)
        yield from (_elsewhere(source, address) for address in listing.remote)
        for member in package.members:
            if not member.unread:
                yield from _member(_Reading(source, package, listing, pages, dispatch), member)

    return read


class _Reading(msgspec.Struct, frozen=True):
    """What the members of a package are read with."""

    source: Source
    package: Package
    listing: Listing
    pages: Pages
    dispatch: Dispatch


def damage(source: Source, found: Finding) -> Damage:
    """What is wrong with a package, as readers tell it."""
    return Damage(source=f"{source.name}!{found.file}" if found.file else source.name, reason=found.reason)


def _elsewhere(source: Source, address: str) -> Damage:
    reason = "a part of the package is not in it, but at this address: fetch it, and give it beside"
    return Damage(source=source.name, reason=reason, url=address)


def _member(reading: _Reading, member: Member) -> Iterator[Record]:
    holds, checks = _HOLDS.match(member.name), reading.source.asked.fixity
    if not holds and not checks:
        return
    name = f"{reading.source.name}!{member.name}"
    with reading.package.opened(member) as content:
        if content.disk and holds:
            yield from _records(reading, member, content.disk, name)
        if content.fault:
            yield Damage(source=name, reason=content.fault)
        if content.disk and checks:
            yield from (damage(reading.source, each) for each in fixity(member, content.disk, reading.listing))


def _records(reading: _Reading, member: Member, disk: Disk, name: str) -> Iterator[Record]:
    inner = replace(reading.source, disk=disk, name=name, path=member.path, beside=reading.package)
    try:
        if container_of(inner) == "warc":
            records = warc.read(inner, "wacz")
        else:
            records = (_within(record) for record in reading.dispatch(inner))
        for record in records:
            yield _as_listed(record, reading.pages)
    except UnreadableSource as error:
        yield Damage(source=name, reason=str(error))


def _as_listed(record: Record, pages: Pages) -> Record:
    """The record, with what the page lists say of it."""
    said = pages.said_of(record) if isinstance(record, Capture) and pages.by_url else ()
    if not said or not isinstance(record, Capture):
        return record
    known = record.provenance
    return msgspec.structs.replace(record, provenance=msgspec.structs.replace(known, evidence=(*known.evidence, *said)))


def _within(record: Record) -> Record:
    """A record of a WARC that is packed as a whole, as one of the package."""
    if isinstance(record, Capture | Passed) and record.provenance.container in ("warc", "arc"):
        return msgspec.structs.replace(record, provenance=_of_wacz(record.provenance))
    return record


def _of_wacz(known: Provenance) -> Provenance:
    return msgspec.structs.replace(known, container="wacz")
