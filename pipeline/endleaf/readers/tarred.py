"""Tar files, and files packed with gzip, of anything that the readers read."""

from __future__ import annotations

import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Final

from endleaf.errors import UnreadableSource
from endleaf.model import Damage, Record
from endleaf.readers.disk import Disk
from endleaf.readers.members import MAX_RATIO, Budget, Content, Member, Package, inside, leads_out
from endleaf.readers.packed import FREE
from endleaf.readers.signatures import HEAD, kind_of
from endleaf.readers.source import Source
from endleaf.readers.zipdir import MOST
from endleaf.readers.zipped import Dispatch, around, records_of

_PIECE: Final = 1 << 20
_BLOCK: Final = 512
"""What a tar file is made of: a member fills whole ones, and the end is one of zeros (POSIX.1-1988)."""
_BROKEN: Final = (tarfile.TarError, EOFError, ValueError, OverflowError, OSError)
_PACKINGS: Final = frozenset(("gzip", "bz2", "xz", "lz4", "zstd", "zstd-dictionary", "empty"))
"""What within gzip is not opened again: nobody packs twice but to make a bomb."""


def reader(dispatch: Dispatch) -> Dispatch:
    """The reader of a tar file; each member is given to ``dispatch``, where it lies."""

    def read(source: Source) -> Iterator[Record]:
        yield from records_of(source, _package(source), dispatch)

    return read


def gunzipped(dispatch: Dispatch) -> Dispatch:
    """The reader of a gzip file of anything but records: it is unpacked, and given to ``dispatch``."""

    def read(source: Source) -> Iterator[Record]:
        with tempfile.TemporaryFile() as file:
            budget, _ = around(source)
            fault = _gunzip(source.disk, file, min(max(FREE, MAX_RATIO * source.disk.size), budget.left))
            budget.left = max(0, budget.left - file.tell())
            disk = Disk(file)
            path = source.path.with_suffix("") if source.path.suffix.lower() == ".gz" else source.path
            if kind_of(disk.peek(0, HEAD), path.name) in _PACKINGS:
                raise UnreadableSource(f"{source.name} is a gzip file of nothing that is read: {fault or 'unpack it'}")
            yield from dispatch(replace(source, disk=disk, path=path))
            if fault:
                yield Damage(source=source.name, reason=fault, offset=disk.size)

    return read


def _gunzip(packed: Disk, into: IO[bytes], limit: int) -> str:
    """Unpack every member of a gzip file (RFC 1952, section 2.2); returns what was wrong with it."""
    at, rest = 0, b""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while True:
            if not rest:
                rest = packed.peek(at, _PIECE)
                at += len(rest)
            if not rest:
                return "" if inflater.eof else "its gzip packing ends before its end"
            if inflater.eof:
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            into.write(inflater.decompress(rest, _PIECE))
            rest = inflater.unconsumed_tail or inflater.unused_data
            if into.tell() > limit:
                return f"it unpacks to more than {limit} bytes: only these are read"
    except zlib.error as error:
        return f"its gzip packing is damaged: {error}"
    finally:
        into.flush()


def _package(source: Source) -> Package:
    budget, depth = around(source)
    members: list[Member] = []
    faults: list[str] = []
    end = 0
    try:
        with tarfile.open(fileobj=source.disk.stream(), mode="r:", errors="surrogateescape") as tar:
            while (found := tar.next()) and len(members) < MOST:
                tar.members = []  # type: ignore[attr-defined]  # its own list would grow with the file
                end = found.offset_data + -(-(found.size if found.isreg() else 0) // _BLOCK) * _BLOCK
                if not found.isdir():
                    members.append(_member(found))
            if found:
                faults.append(f"it has more than {MOST} members: only these are read")
            elif source.disk.peek(end, _BLOCK) != bytes(_BLOCK):
                faults.append("the tar file has no end where it should: it was cut short, or is damaged there")
    except _BROKEN as error:
        faults.append(f"the tar file cannot be read to its end: {error}")
    faults += [
        f"the name of the tar member {each.name} leads out of the file" for each in members if leads_out(each.name)
    ]

    @contextmanager
    def opener(member: Member, _: Budget) -> Iterator[Content]:
        assert isinstance(member.place, int)
        disk = source.disk.stretch(member.place, member.size)
        yield Content(disk, "" if disk.size == member.size else "the file ends inside the tar member")

    ordered = sorted(members, key=lambda each: (each.name.encode("utf-8", "surrogateescape"), each.place))
    return Package(tuple(ordered), opener, tuple(faults), budget, depth)


def _member(found: tarfile.TarInfo) -> Member:
    name = found.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    unread = ""
    if found.issparse():
        unread = "the tar member is stored with its holes left out, and is not read: unpack it"
    elif not found.isfile():
        unread = "the tar member is a link or a device, which is not followed"
    return Member(name, inside(name), found.size, unread, found.offset_data)
