"""WACZ 1.x: a zip of WARC files, read where they lie.

A stored member is a stretch of the zip and is read in place; a compressed one is unpacked into a
temporary file, never into memory. What the package's own lists say is not needed to read it.
"""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import IO

from endleaf.errors import UnreadableSource
from endleaf.model import Damage, Record
from endleaf.readers import warc
from endleaf.readers.disk import Disk
from endleaf.readers.source import Source

_WARC = re.compile(r"archive/[^/\\]+\.warc(?:\.gz)?\Z", re.IGNORECASE)
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
_STREAMED = 0x8
"""The flag of a member whose sizes stand after it, not before (APPNOTE 4.4.4)."""

_LOCAL = struct.Struct("<4s2xHH8xIIHH")
"""A local file header (APPNOTE 4.3.7): signature, flags, method, packed and unpacked size, name's and extra's size."""

MAX_UNPACKED = 64 << 30
"""Bytes that a compressed member may unpack to on disk, 64 GiB: beyond the size of any WARC file in use."""

MAX_RATIO = 100
"""Unpacked bytes for each packed one; a WARC packs 3 to 10 times, and is packed already where it is gzip."""

_PIECE = 1 << 20

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for a member that it cannot unpack."""


def read(source: Source) -> Iterator[Record]:
    """Every record of every WARC in a WACZ; the source of each is ``a.wacz!archive/b.warc.gz``.

    Where the zip's directory is lost, as it is when a copy was cut short, the members are sought one
    after the other. Raises UnreadableSource where no WARC is found either way.
    """
    try:
        package = zipfile.ZipFile(source.disk.stream())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield from _without_directory(source, str(error))
        return
    with package:
        members = [member for member in package.infolist() if _WARC.match(member.filename)]
        if not members:
            raise UnreadableSource(f"{source.name} is a WACZ with no WARC in its archive folder")
        yield from _repeated(source, members)
        for member in sorted(members, key=_order):
            yield from _records(source, package, member)


def _repeated(source: Source, members: list[zipfile.ZipInfo]) -> Iterator[Damage]:
    for name, count in Counter(member.filename for member in members).items():
        if count > 1:
            yield Damage(source=f"{source.name}!{name}", reason=f"the zip has {count} members of this name")


def _without_directory(source: Source, fault: str) -> Iterator[Record]:
    """The stored members of a zip, by the headers before each."""
    found = list(_scattered(source.disk))
    if not found:
        raise UnreadableSource(f"{source.name} is a broken WACZ: its zip directory cannot be read ({fault})")
    yield Damage(source=source.name, reason=f"its zip directory cannot be read ({fault}): members are read as they lie")
    for name, stretch in found:
        yield from warc.read(_member(source, name, stretch), "wacz")


def _scattered(disk: Disk) -> Iterator[tuple[str, Disk]]:
    at = 0
    while (head := disk.peek(at, _LOCAL.size)).startswith(_SIGNATURE) and len(head) == _LOCAL.size:
        _, flags, method, packed, _, name_size, extra = _LOCAL.unpack(head)
        name = disk.peek(at + _LOCAL.size, name_size).decode("utf-8", "backslashreplace")
        start = at + _LOCAL.size + name_size + extra
        size = disk.size - start if flags & _STREAMED and not packed else packed
        if method == zipfile.ZIP_STORED and not flags & _ENCRYPTED and _WARC.match(name):
            yield name, disk.stretch(start, size)
        at = start + size


def _order(member: zipfile.ZipInfo) -> tuple[bytes, int]:
    return member.filename.encode("utf-8", "surrogatepass"), member.header_offset


def _records(source: Source, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Record]:
    name = f"{source.name}!{member.filename}"
    if member.flag_bits & _ENCRYPTED:
        yield Damage(source=name, reason="the zip member is encrypted")
    elif member.compress_type == zipfile.ZIP_STORED:
        stored = _in_place(source.disk, member)
        if stored is None:
            yield Damage(source=name, reason="the zip member is not where the directory says")
        else:
            yield from warc.read(_member(source, member.filename, stored), "wacz")
    else:
        with tempfile.TemporaryFile() as file:
            damage = _unpack(package, member, file)
            yield from warc.read(_member(source, member.filename, Disk(file)), "wacz")
        if damage:
            yield Damage(source=name, reason=damage)


def _member(source: Source, name: str, disk: Disk) -> Source:
    return replace(source, disk=disk, name=f"{source.name}!{name}", path=PurePath(name))


def _in_place(disk: Disk, member: zipfile.ZipInfo) -> Disk | None:
    """A stored member where it lies; None where its local header is not there."""
    head = disk.peek(member.header_offset, _LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_SIGNATURE):
        return None
    *_, name, extra = _LOCAL.unpack(head)
    start = member.header_offset + _LOCAL.size + name + extra
    return disk.stretch(start, member.file_size)


def _unpack(package: zipfile.ZipFile, member: zipfile.ZipInfo, into: IO[bytes]) -> str | None:
    """Unpack a compressed member into a file; returns what was wrong with it."""
    limit = min(MAX_UNPACKED, max(_PIECE, MAX_RATIO * member.compress_size))
    try:
        with package.open(member) as packed:
            while piece := packed.read(_PIECE):
                into.write(piece)
                if into.tell() > limit:
                    return f"the zip member unpacks to more than {limit} bytes: only these are read"
    except _BROKEN as error:
        return f"the zip member cannot be unpacked to its end: {error}"
    finally:
        into.flush()
    return None
