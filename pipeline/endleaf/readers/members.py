"""The members of a container of files: each a file that readers read, where it lies or unpacked beside.

A stored member is a stretch of the container's file. A compressed one is unpacked into a temporary file, never
into memory, and no further than its limits.
"""

from __future__ import annotations

import bz2
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath
from typing import IO, Any, Final, NamedTuple

from endleaf.readers.disk import Disk
from endleaf.readers.zipdir import LOCAL, STORED, Entry, directory

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_UNPACKED: Final = 64 << 30
"""Bytes that a member may unpack to on disk, 64 GiB: beyond the size of any WARC file in use."""
MAX_RATIO: Final = 100
"""Unpacked bytes for each packed one; a WARC packs 3 to 10 times, and is packed already where it is gzip."""
FREE: Final = 16 << 20
"""Bytes that a member may unpack to whatever its ratio, 16 MiB: a page of white space packs a thousand times."""
FREE_OF_ALL: Final = 1 << 30
"""The same for all members of a file on the disk together, those of containers in it too, 1 GiB."""
_PIECE: Final = 1 << 20
_BROKEN: Final = (OSError, EOFError, ValueError, zlib.error, zstd.ZstdError)
"""What the unpackers raise for damaged bytes."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")


class Member(NamedTuple):
    """A file in a container."""

    name: str
    """As the container writes it."""
    path: PurePosixPath
    """Where it lies in it: never above it, whatever the name says."""
    size: int
    unread: str = ""
    """Why it is not read."""
    place: object = None
    """What the container's own code finds it by."""


class Content(NamedTuple):
    """A member's bytes, or what could be had of them, and what was wrong."""

    disk: Disk | None
    fault: str = ""


@dataclass(slots=True)
class Budget:
    """What all the members of one file on the disk may still unpack to. It is spent as they are read."""

    left: int

    @classmethod
    def of(cls, disk: Disk) -> Budget:
        """For a file of that size."""
        return cls(max(FREE_OF_ALL, MAX_RATIO * disk.size))


@dataclass(slots=True)
class Package:
    """A container's members in their order, as what lies beside each other."""

    members: tuple[Member, ...]
    opener: Callable[[Member, Budget], Any]
    """Gives the member's Content while a ``with`` block lasts."""
    faults: tuple[str, ...]
    budget: Budget
    depth: int = 1
    """How many containers there are around a member."""
    _by_path: dict[str, Member] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)

    def has(self, path: PurePath) -> bool:
        """Whether a member or a folder of members is there."""
        self._index()
        return path.as_posix() in self._by_path or path.as_posix() in self._folders

    @contextmanager
    def disk(self, path: PurePath) -> Iterator[Disk | None]:
        """The member of that path while the ``with`` block lasts; None where it cannot be read."""
        self._index()
        member = self._by_path.get(path.as_posix())
        if member is None or member.unread:
            yield None
        else:
            with self.opened(member) as content:
                yield content.disk

    @contextmanager
    def opened(self, member: Member) -> Iterator[Content]:
        """A member's bytes while the ``with`` block lasts."""
        if member.unread:
            yield Content(None, member.unread)
        else:
            with self.opener(member, self.budget) as content:
                yield content

    def _index(self) -> None:
        if self._by_path or not self.members:
            return
        for member in self.members:
            self._by_path.setdefault(member.path.as_posix(), member)
            self._folders.update(parent.as_posix() for parent in member.path.parents)


# ---------------------------------------------------------------------- zip


def package_of(disk: Disk, budget: Budget, depth: int = 1) -> Package:
    """A zip file's members, in the byte order of their names; folders have none."""
    found = directory(disk)
    entries = sorted((each for each in found.entries if not each.is_folder), key=_order)
    overlapping = {id(each) for each in _overlapping(entries)}
    members = tuple(_member(entry, id(entry) in overlapping) for entry in entries)

    @contextmanager
    def opener(member: Member, spent: Budget) -> Iterator[Content]:
        assert isinstance(member.place, Entry)
        with _bytes_of(disk, member.place, spent) as content:
            yield content

    return Package(members, opener, (*found.faults, *_faults(members)), budget, depth)


def _order(entry: Entry) -> tuple[bytes, int]:
    return entry.name.encode("utf-8", "surrogatepass"), entry.at


def _overlapping(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that share bytes with one before them, as zip bombs have it: each byte would be unpacked many times."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.at):
        if entry.at < end:
            yield entry
        else:
            end = entry.at + LOCAL.size + len(entry.name.encode("utf-8", "surrogatepass")) + entry.packed


def _member(entry: Entry, overlaps: bool) -> Member:
    unread = ""
    if entry.is_encrypted:
        unread = "the zip member is encrypted: unpack it with its password, and give what comes out"
    elif entry.is_link:
        unread = "the zip member is a symbolic link, which is not followed"
    elif overlaps:
        unread = "the zip member overlaps another one, and is not read"
    elif entry.method != STORED and entry.method not in _METHODS:
        unread = f"the zip member is packed by method {entry.method}, which is not read: unpack it, and give the folder"
    return Member(entry.name, inside(entry.name), entry.size, unread, entry)


def inside(name: str) -> PurePosixPath:
    r"""Where a name leads that may not lead out.

    >>> inside("../../etc/passwd").as_posix(), inside("C:\\a\\b.html").as_posix(), inside("/a/./b").as_posix()
    ('etc/passwd', 'a/b.html', 'a/b')
    """
    slashed = name if "/" in name else name.replace("\\", "/")
    parts = [part for part in _DRIVE.sub("", slashed, count=1).split("/") if part not in ("", ".", "..")]
    return PurePosixPath(*parts)


def _faults(members: tuple[Member, ...]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for member in members:
        counts[member.name] = counts.get(member.name, 0) + 1
    doubled = [f"the zip has {count} members of the name {name}" for name, count in counts.items() if count > 1]
    yield from few(doubled, "names are doubled")
    outside = [name for name in counts if leads_out(name)]
    yield from few([f"the name of the zip member {name} leads out of the zip" for name in outside], "lead out")


def leads_out(name: str) -> bool:
    """Whether a name would be a place outside, if one took it for a path."""
    return name.startswith(("/", "\\")) or bool(_DRIVE.match(name)) or ".." in re.split(r"[/\\]", name)


MOST_TOLD: Final = 20
"""Faults of one kind that are told one by one."""


def few(faults: list[str], what: str) -> Iterator[str]:
    """The first faults of a kind, and how many more there are."""
    yield from faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        yield f"{len(faults) - MOST_TOLD} more zip members of which the like is true ({what})"


@contextmanager
def _bytes_of(disk: Disk, entry: Entry, budget: Budget) -> Iterator[Content]:
    head = disk.peek(entry.at, LOCAL.size)
    if len(head) < LOCAL.size or not head.startswith(b"PK\x03\x04"):
        yield Content(None, "the zip member is not where the directory says")
        return
    *_, name, extra = LOCAL.unpack(head)
    packed = disk.stretch(entry.at + LOCAL.size + name + extra, entry.packed)
    cut = "" if packed.size == entry.packed else f"the file ends inside the zip member, {packed.size} bytes into it"
    if entry.method == STORED:
        yield Content(packed, cut)
        return
    with tempfile.TemporaryFile() as file:
        fault = _unpack(packed, entry, file, budget)
        yield Content(Disk(file), cut or fault)


def _unpack(packed: Disk, entry: Entry, into: IO[bytes], budget: Budget) -> str:
    """Unpack a compressed member into a file; returns what was wrong with it."""
    limit = min(MAX_UNPACKED, max(FREE, MAX_RATIO * packed.size), budget.left)
    crc = 0
    try:
        for piece in _METHODS[entry.method](packed):
            into.write(piece)
            crc = zlib.crc32(piece, crc)
            if into.tell() > limit:
                return f"the zip member unpacks to more than {limit} bytes: only these are read"
    except _BROKEN as error:
        return f"the zip member cannot be unpacked to its end: {error}"
    finally:
        into.flush()
        budget.left = max(0, budget.left - into.tell())
    return "" if crc == entry.crc else "the zip member is not what was packed: its CRC is another"


def _inflated(packed: Disk) -> Iterator[bytes]:
    inflater, at, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, b""
    while not inflater.eof:
        if not rest:
            rest = packed.peek(at, _PIECE)
            at += len(rest)
            if not rest:
                raise EOFError("it ends before its end is marked")
        yield inflater.decompress(rest, _PIECE)
        rest = inflater.unconsumed_tail


def _pieces(file: Any) -> Iterator[bytes]:
    return iter(lambda: file.read(_PIECE), b"")


_METHODS: Final[dict[int, Callable[[Disk], Iterator[bytes]]]] = {
    8: _inflated,
    12: lambda packed: _pieces(bz2.BZ2File(packed.stream())),
    93: lambda packed: _pieces(zstd.ZstdFile(packed.stream())),
}
"""How members are packed (APPNOTE 4.4.5): deflate, bzip2, Zstandard."""
