"""The tag files of a bag: their lines, the declaration, the bag's description (RFC 8493 section 2)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_VERSION = re.compile(r"BagIt-Version: (\d+)\.(\d+)\Z", re.ASCII)
_ENCODING = re.compile(r"Tag-File-Character-Encoding: (\S+)\Z")
_KNOWN = frozenset(((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)))
_LONGEST = 1 << 16
"""Bytes of one line, 64 KiB: no path is so long."""

_ESCAPE = re.compile(r"%(0[Aa]|0[Dd]|25)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tag file, without its end."""

    path: Path
    number: int
    text: str


def lines_of(path: Path, encoding: str) -> Iterator[Line]:
    """The lines that are not blank, one at a time; bytes that the encoding has not are told as escapes."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST):
                number += 1
                text = line.decode(encoding, "backslashreplace").lstrip("\ufeff").rstrip("\r\n")
                if text.strip():
                    yield Line(path, number, text)
    except OSError:  # what is listed in it is then missing or extra, which is told
        return


def unescaped(name: str, version: tuple[int, int]) -> str:
    """A listed path: since version 1.0 line ends and the percent sign are escaped in it (section 2.1.3).

    >>> unescaped("data/100%25.txt", (1, 0))
    'data/100%.txt'
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), name) if version >= (1, 0) else name


class Tags:
    """The declaration and the description of one bag."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.version = (1, 0)
        self.encoding = "utf-8"

    def declaration(self) -> Iterator[tuple[str, str, Path]]:
        """What is wrong with bagit.txt; afterwards ``version`` and ``encoding`` are known."""
        path = self._root / "bagit.txt"
        try:
            data = path.read_bytes()[:_LONGEST]
        except OSError as error:
            yield "bag-declaration", f"it cannot be read: {error.strerror}", path
            return
        if data.startswith(codecs.BOM_UTF8):
            yield "bag-declaration", "it begins with a byte order mark", path
        lines = data.decode("utf-8-sig", "replace").splitlines()
        version = _VERSION.match(lines[0]) if lines else None
        encoding = _ENCODING.match(lines[1]) if len(lines) > 1 else None
        if not version or not encoding or len(lines) != 2:
            yield "bag-declaration", "it is not a BagIt-Version and a Tag-File-Character-Encoding, a line each", path
        if version:
            self.version = int(version[1]), int(version[2])
            if self.version not in _KNOWN:
                yield "bag-form", f"version {version[1]}.{version[2]} is none that is known", path
        if encoding:
            yield from self._encoding(encoding[1], path)

    def _encoding(self, label: str, path: Path) -> Iterator[tuple[str, str, Path]]:
        try:
            lined = b"a\n".decode(label) == "a\n"
        except (LookupError, UnicodeError):
            lined = False
        if not lined:
            yield "bag-declaration", f"{label[:40]} is no encoding of text whose lines can be told apart", path
            return
        self.encoding = label
        if self.version >= (1, 0) and codecs.lookup(label).name != "utf-8":
            yield "bag-form", f"version 1.0 bags are in UTF-8, and this one says {label[:40]}", path

    def info(self) -> Iterator[tuple[str | None, str]]:
        """The labels and values of bag-info.txt, folded lines joined; None for a label where a line has none."""
        label: str | None = None
        held = ""
        for line in lines_of(self._root / "bag-info.txt", self.encoding):
            if line.text[:1] in " \t" and label:
                held = f"{held} {line.text.strip()}"
                continue
            if label:
                yield label, held
            label, colon, held = (part.strip() for part in line.text.partition(":"))
            if not colon:
                yield None, line.text
                label = None
        if label:
            yield label, held
