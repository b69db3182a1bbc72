"""The lines of an index: CDX with its header of letters, or without one, and CDXJ."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

import msgspec

from endleaf.readers.packings import GZIP

_HEADER = re.compile(r" CDX ((?:[A-Za-z] ?)+)\s*\Z")
_BARE: dict[int, str] = {9: "N b a m s k r V g", 10: "N b a m s k r M V g", 11: "N b a m s k r M S V g"}
_BARE[21] = _BARE[11]  # and the original's columns after those of a revisit
"""The columns of lines with no header, by their number: what wayback's indexers write."""

_LETTERS = {
    "b": "at",
    "a": "url",
    "m": "media_type",
    "s": "status",
    "k": "digest",
    "g": "file",
    "V": "offset",
    "S": "length",
}
"""What a column's letter means; those of no use here are left out."""

_KEYS = {"url": "url", "mime": "media_type", "status": "status", "digest": "digest", "length": "length"}
_KEYS |= {"offset": "offset", "filename": "file"}
"""What CDXJ calls the same."""

_LINE = re.compile(r"(\S+) (\d{4,17}) (\{.*)\Z", re.ASCII | re.DOTALL)
_LONGEST = 1 << 20
"""Bytes of a line, 1 MiB: a URL may have tens of thousands."""

_DAMAGED = (OSError, EOFError, zlib.error)


class Entry(NamedTuple):
    """What one line says of one capture; empty where it says nothing."""

    number: int
    text: bytes
    at: str = ""
    url: str = ""
    media_type: str = ""
    status: str = ""
    digest: str = ""
    file: str = ""
    offset: str = ""
    length: str = ""


def entries(file: IO[bytes]) -> Iterator[Entry | str]:
    """The lines of an index in order, gzipped or not, and what cannot be read of it."""
    zipped = file.peek(len(GZIP.magic)).startswith(GZIP.magic) if hasattr(file, "peek") else False
    columns: list[str] | None = None
    with gzip.GzipFile(fileobj=file) if zipped else file as lines:
        for number, line in _numbered(lines):
            if isinstance(line, str):
                yield line
                return
            text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
            if header := _HEADER.match(text):
                columns = header[1].split()
            elif text.strip() and not text.startswith("!"):
                yield _read(number, line, text, columns)


def _numbered(lines: Any) -> Iterator[tuple[int, bytes | str]]:
    number = 0
    try:
        while line := lines.readline(_LONGEST):
            number += 1
            yield number, line
    except _DAMAGED as error:
        yield number, f"after line {number} it cannot be read: {str(error)[:80]}"


def _read(number: int, line: bytes, text: str, columns: list[str] | None) -> Entry | str:
    if found := _LINE.match(text):
        return _json(number, line, found)
    cells = text.split(" ")
    names = columns or _BARE.get(len(cells), "").split()
    if not names or len(cells) < len(names):
        return f"line {number} has {len(cells)} columns, where {len(names) or '9 or 11'} are said or usual"
    said = {_LETTERS[name]: cell for name, cell in zip(names, cells, strict=False) if name in _LETTERS and cell != "-"}
    return Entry(number, line, **said)


def _json(number: int, line: bytes, found: re.Match[str]) -> Entry | str:
    try:
        stated = msgspec.json.decode(found[3])
    except (msgspec.DecodeError, RecursionError) as error:
        return f"line {number} is no JSON after its timestamp: {str(error)[:80]}"
    if not isinstance(stated, dict):
        return f"line {number} has no object after its timestamp"
    said = {ours: str(stated[key]) for key, ours in _KEYS.items() if stated.get(key) not in (None, "", "-")}
    return Entry(number, line, at=found[2], **said)
