"""A zip's directory (APPNOTE 4.3): which members it has and where they lie, read in memory that a lie cannot fill.

Where the directory is lost, as it is when a copy was cut short, the members are sought by the header before each.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from endleaf.readers.disk import Disk

STORED: Final = 0
ENCRYPTED: Final = 0x1
_STREAMED: Final = 0x8
"""The flag of a member whose sizes stand after it, not before (APPNOTE 4.4.4)."""
_UTF8: Final = 0x800

MOST: Final = 250_000
"""Members that are read of one zip: their names and places take some 100 MB."""

LOCAL: Final = struct.Struct("<4s2xHHxxxxIIIHH")
"""A local file header (4.3.7): signature, flags, method, CRC, packed and unpacked size, name's and extra's size."""
_CENTRAL: Final = struct.Struct("<4sBBxxHH4xIIIHHH2x2xII")
"""A directory's entry (4.3.12): signature, version, system, flags, method, CRC, sizes, lengths of name, extra and
comment, attributes, place of the local header."""
_END: Final = struct.Struct("<4s6xHIIH")
_END64: Final = struct.Struct("<4s28xQQQ")
_LOCATOR: Final = struct.Struct("<4s4xQ4x")
_DESCRIPTOR: Final = struct.Struct("<4sIII")
_MEMBER, _ENTRY, _LAST, _AFTER = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_FULL: Final = 0xFFFFFFFF
_ZIP64_EXTRA: Final = 1
_LONGEST_COMMENT: Final = 0xFFFF
_PIECE: Final = 1 << 20


class Entry(NamedTuple):
    """A member as the zip describes it."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    at: int
    """Where its local header stands."""
    attributes: int = 0
    """Of a file on the system where the zip was made: on Unix the mode, in the upper half."""

    @property
    def is_folder(self) -> bool:
        """Whether it is but a folder's name."""
        return self.name.endswith(("/", "\\")) and not self.size

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link of a Unix system."""
        return self.attributes >> 16 & 0o170000 == 0o120000

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(self.flags & ENCRYPTED)


class Directory(NamedTuple):
    """The members of a zip, and what is wrong with its directory."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...] = ()


def has_directory(disk: Disk) -> bool:
    """Whether a zip's directory ends at the end of a file, whatever the file begins with."""
    return _end_of(disk) is not None


def names(disk: Disk) -> Iterator[str]:
    """The names in a zip's directory; none where that is lost."""
    where = _place(disk)
    if where is not None:
        yield from (entry.name for entry in itertools.islice(_listed(disk, where[0], where[1]), MOST))


def directory(disk: Disk) -> Directory:
    """What a zip holds: by its directory, or where that is lost by what lies in the file."""
    where = _place(disk)
    if where is None:
        return _sought(disk, "its zip directory cannot be read (it has no end): members are read as they lie")
    start, shift, count = where
    entries = []
    for entry in _listed(disk, start, shift):
        entries.append(entry)
        if len(entries) == MOST:
            break
    if len(entries) < min(count, MOST):
        return _sought(disk, f"its zip directory lists {len(entries)} of {count} members: they are read as they lie")
    faults = (f"its zip directory lists {count} members: only the first {MOST} are read",) if count > MOST else ()
    return Directory(tuple(entries), faults)


def _end_of(disk: Disk) -> int | None:
    """Where the end of the directory stands (4.3.16): the last that fits with the comment after it."""
    size = min(disk.size, _LONGEST_COMMENT + _END.size)
    tail, base = disk.peek(disk.size - size, size), disk.size - size
    at = tail.rfind(_LAST)
    while at >= 0:
        if at + _END.size <= len(tail) and at + _END.size + _END.unpack_from(tail, at)[4] <= len(tail):
            return base + at
        at = tail.rfind(_LAST, 0, at)
    return None


def _place(disk: Disk) -> tuple[int, int, int] | None:
    """Where the directory starts, by how much all places in it are off, and its count of members."""
    end = _end_of(disk)
    if end is None:
        return None
    _, count, size, offset, _ = _END.unpack(disk.peek(end, _END.size))
    if count == 0xFFFF or _FULL in (size, offset):
        locator = disk.peek(end - _LOCATOR.size, _LOCATOR.size) if end >= _LOCATOR.size else b""
        if locator.startswith(b"PK\x06\x07"):
            at = _LOCATOR.unpack(locator)[1]
            record = disk.peek(at, _END64.size)
            if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
                _, count, size, offset = _END64.unpack(record)
                end = at
    if disk.peek(offset, 4) == _ENTRY or not count:
        return offset, 0, count
    if size <= end:  # something stands before the zip, and it was not told
        return end - size, end - size - offset, count
    return offset, 0, count


def _listed(disk: Disk, at: int, shift: int) -> Iterator[Entry]:
    while len(head := disk.read(at, _CENTRAL.size)) == _CENTRAL.size and head.startswith(_ENTRY):
        _, _, _, flags, method, crc, packed, size, name, extra, comment, attributes, local = _CENTRAL.unpack(head)
        rest = disk.read(at + _CENTRAL.size, name + extra)
        packed, size, local = _wide(rest[name:], packed, size, local)
        yield Entry(_name(rest[:name], flags), method, flags, crc, packed, size, local + shift, attributes)
        at += _CENTRAL.size + name + extra + comment


def _wide(extra: bytes, packed: int, size: int, at: int) -> tuple[int, int, int]:
    """Sizes and place, of eight bytes where four do not suffice (4.5.3)."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _ZIP64_EXTRA:
            values = iter(struct.unpack_from(f"<{min(length, len(extra) - 4) // 8}Q", extra, 4))
            size = next(values, size) if size == _FULL else size
            packed = next(values, packed) if packed == _FULL else packed
            at = next(values, at) if at == _FULL else at
            break
        extra = extra[4 + length :]
    return packed, size, at


def _name(raw: bytes, flags: int) -> str:
    """UTF-8 where it is that, flagged or not; else the charset of the first zips (appendix D)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace") if flags & _UTF8 else raw.decode("cp437")


# ------------------------------------------------------- without a directory


def _sought(disk: Disk, fault: str) -> Directory:
    entries = []
    for entry in _scattered(disk):
        entries.append(entry)
        if len(entries) == MOST:
            return Directory(tuple(entries), (fault, f"only the first {MOST} members are read"))
    return Directory(tuple(entries), (fault,))


def _scattered(disk: Disk) -> Iterator[Entry]:
    at = _next(disk, 0, _MEMBER)
    while at is not None:
        head = disk.peek(at, LOCAL.size)
        if len(head) < LOCAL.size:
            return
        _, flags, method, crc, packed, size, name_size, extra_size = LOCAL.unpack(head)
        rest = disk.peek(at + LOCAL.size, name_size + extra_size)
        packed, size, _ = _wide(rest[name_size:], packed, size, at)
        start = at + LOCAL.size + name_size + extra_size
        if flags & _STREAMED and not packed:
            crc, packed, size = _described(disk, start)
        if start <= disk.size:
            yield Entry(_name(rest[:name_size], flags), method, flags, crc, packed, size, at)
        at = _next(disk, start + packed, _MEMBER)


def _described(disk: Disk, start: int) -> tuple[int, int, int]:
    """CRC and sizes as they stand after a member; all that is left where none of what follows fits (4.3.9)."""
    at = _next(disk, start, _AFTER)
    while at is not None:
        found = disk.peek(at, _DESCRIPTOR.size)
        if len(found) == _DESCRIPTOR.size and (sizes := _DESCRIPTOR.unpack(found))[2] == at - start & _FULL:
            return sizes[1], at - start, sizes[3]
        at = _next(disk, at + 1, _AFTER)
    return 0, disk.size - start, 0


def _next(disk: Disk, at: int, signature: bytes) -> int | None:
    while at < disk.size:
        found = disk.peek(at, _PIECE)
        place = found.find(signature)
        if place >= 0:
            return at + place
        at += max(1, len(found) - len(signature) + 1)
    return None
