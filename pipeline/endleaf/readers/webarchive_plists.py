"""Property lists, binary and XML, read within bounds. The standard library's reader refuses XML entities."""

from __future__ import annotations

import io
import plistlib
import struct
from typing import Final
from xml.parsers.expat import ExpatError

from endleaf.readers.disk import Disk

BINARY: Final = b"bplist00"
MOST: Final = 128 << 20
"""Bytes of a binary list, 128 MiB: all of it is held at once."""
MOST_XML: Final = 48 << 20
"""Bytes of a list in XML, 48 MiB: it takes several times as much while it is read."""
MOST_OBJECTS: Final = 1_000_000
"""Objects of a binary list. A page of some hundred parts has some thousand."""
_TRAILER: Final = 32


class Broken(ValueError):
    """Bytes are no property list, or one that is too large."""


def plist(disk: Disk) -> object:
    """A property list. Raises Broken."""
    binary = disk.peek(0, len(BINARY)) == BINARY
    limit = MOST if binary else MOST_XML
    if disk.size > limit:
        raise Broken(f"it has {disk.size} bytes, and more than {limit} are not read")
    if binary:
        _check(disk)
    try:
        found: object = plistlib.load(io.BufferedReader(disk.stream()))
    except FAULTS as error:
        raise Broken(f"it is damaged or cut short ({str(error) or type(error).__name__})") from error
    return found


FAULTS: Final = (
    plistlib.InvalidFileException, ExpatError, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError,
    OverflowError, RecursionError, struct.error,
)  # fmt: skip
"""What plistlib raises for bytes that are no property list."""


def _check(disk: Disk) -> None:
    """What the list's end says of it must be possible: a table of objects is made from it."""
    trailer = disk.peek(max(0, disk.size - _TRAILER), _TRAILER)
    if len(trailer) < _TRAILER:
        raise Broken("it is cut short")
    objects, _, table = struct.unpack(">QQQ", trailer[8:])
    if not len(BINARY) <= table < disk.size or not 0 < objects <= disk.size:
        raise Broken("it is damaged or cut short: its end does not say where its objects are")
    if objects > MOST_OBJECTS:
        raise Broken(f"it has {objects} objects, and more than {MOST_OBJECTS} are not read")
