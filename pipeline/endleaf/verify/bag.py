"""BagIt (RFC 8493): whether a bag is complete, and whether it is valid, which are two things (section 3).

Manifests are read a line at a time and files in pieces; of what is listed only a hash is kept. No path is
followed that leads out of the bag, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from endleaf.readers.walk import shown
from endleaf.verify.bagtags import Line, Tags, lines_of, unescaped
from endleaf.verify.findings import BagState, Finding, finding
from endleaf.verify.hashes import Hashes

DECLARATION = "bagit.txt"

ALGORITHMS = frozenset(("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b"))
"""What checksums are made with, spelt as hashlib does; RFC 8493 section 2.4 asks for the first two and the SHA-2."""

MANIFEST = re.compile(r"(tag)?manifest-([A-Za-z0-9_-]+)\.txt\Z")
_ENTRY = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(.+)\Z")
_OXUM = re.compile(r"(\d+)\.(\d+)\Z", re.ASCII)
_PIECE = 1 << 20

HURTS_COMPLETENESS = frozenset(
    (
        *("bag-declaration", "bag-structure", "bag-line", "bag-escape", "bag-oxum"),
        *("bag-missing", "bag-unfetched", "bag-extra"),
    )
)
"""Codes after which a bag is not complete; ``bag-checksum`` leaves it complete, and not valid."""


def is_tag_file(path: Path) -> bool:
    """Whether a file beside a bagit.txt is the bag's own, and no payload."""
    own = path.name in (DECLARATION, "bag-info.txt", "fetch.txt") or MANIFEST.match(path.name) is not None
    return own and (path.parent / DECLARATION).is_file()


@dataclass(slots=True)
class Bag:
    """A folder with a bagit.txt in it, on its way through the checks."""

    root: Path
    version: tuple[int, int] = (1, 0)
    encoding: str = "utf-8"
    files: int = 0
    octets: int = 0
    listed: int = 0
    codes: set[str] = field(default_factory=set)

    @property
    def state(self) -> BagState:
        """Complete, valid, and how many payload files are listed: once the findings were all taken."""
        complete = not self.codes & HURTS_COMPLETENESS
        return BagState(complete=complete, valid=complete and "bag-checksum" not in self.codes, files=self.listed)

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong with the bag as a bag. Files of the payload are read whole."""
        for code, message, path in self._all():
            self.codes.add(code)
            yield finding(code, message, shown(path))

    def _all(self) -> Iterator[_Wrong]:
        tags = Tags(self.root)
        yield from tags.declaration()
        self.version, self.encoding = tags.version, tags.encoding
        manifests = sorted(path for path in self.root.iterdir() if MANIFEST.match(path.name) and path.is_file())
        payload = [path for path in manifests if not path.name.startswith("tag")]
        if not payload:
            yield "bag-structure", "it has no payload manifest", self.root
        yield from self._payload(payload)
        fetch = Hashes()
        yield from self._fetch(fetch)
        for path in manifests:
            yield from self._manifest(path, fetch, payload)
        yield from self._oxum(tags)

    def _payload(self, manifests: list[Path]) -> Iterator[_Wrong]:
        """The files below data/, and those of them that no manifest, or not every manifest, lists."""
        data = self.root / "data"
        if data.is_symlink() or not data.is_dir():
            yield "bag-structure", "it has no data folder", self.root
            return
        listings = [(path, self._listed(path)) for path in manifests]
        self.listed = max((len(listing) for _, listing in listings), default=0)
        for path, inside in _below(data):
            relative = _relative(path, self.root)
            if not inside:
                yield "bag-escape", "a link out of the bag, which is not followed", path
                continue
            self.files += 1
            self.octets += path.stat().st_size
            lacking = [manifest.name for manifest, listing in listings if _key(relative) not in listing]
            if lacking and (self.version >= (1, 0) or len(lacking) == len(listings)):
                yield "bag-extra", f"it is not listed in {', '.join(lacking)}", path

    def _listed(self, manifest: Path) -> Hashes:
        listing = Hashes()
        for line in lines_of(manifest, self.encoding):
            if entry := _ENTRY.match(line.text):
                listing.add(_key(unescaped(entry[3], self.version)))
        return listing

    def _fetch(self, fetch: Hashes) -> Iterator[_Wrong]:
        path = self.root / "fetch.txt"
        if not path.is_file():
            return
        for line in lines_of(path, self.encoding):
            parts = line.text.split(None, 2)
            if len(parts) < 3 or not (parts[1] == "-" or parts[1].isdigit()):
                yield _line("bag-line", line, "is not an address, a length and a path")
                continue
            name = unescaped(parts[2], self.version)
            if not name.startswith("data/") or self._inside(name) is None:
                yield _line("bag-escape", line, f"names a file outside of data: {name[:200]}")
                continue
            fetch.add(_key(name))

    def _manifest(self, path: Path, fetch: Hashes, payload: list[Path]) -> Iterator[_Wrong]:
        """Every line of a manifest held against the file that it names."""
        found = MANIFEST.match(path.name)
        of_tags, label = bool(found and found[1]), found[2] if found else ""
        algorithm = label.lower().replace("-", "")
        if algorithm not in ALGORITHMS:
            yield "bag-algorithm", f"{label[:40]} is no algorithm that is known here: its files are not checked", path
            algorithm = ""
        names = Hashes()
        for line in lines_of(path, self.encoding):
            entry = _ENTRY.match(line.text)
            if entry is None:
                yield _line("bag-line", line, "is not a checksum and a path")
                continue
            if entry[2]:
                yield _line("bag-form", line, "has an asterisk before its path")
            name = unescaped(entry[3], self.version).removeprefix("./")
            if not names.add(_key(name)):
                yield _line("bag-form", line, f"lists again {name[:200]}")
            yield from self._entry(_Entry(line, name, entry[1].lower(), algorithm, of_tags), fetch)
        if of_tags:
            for each in payload:
                if _key(each.name) not in names:
                    yield "bag-form", f"it does not list {each.name}", path

    def _entry(self, entry: _Entry, fetch: Hashes) -> Iterator[_Wrong]:
        path = self._inside(entry.name)
        if path is None:
            yield _line("bag-escape", entry.line, f"names a file outside of the bag: {entry.name[:200]}")
        elif not entry.of_tags and not entry.name.startswith("data/"):
            yield _line("bag-line", entry.line, f"names a file that is not in data: {entry.name[:200]}")
        elif entry.of_tags and entry.name.startswith(("data/", "tagmanifest-")):
            yield _line("bag-form", entry.line, f"lists in a tag manifest what is no tag file: {entry.name[:200]}")
        elif not path.is_file():
            code, what = ("bag-unfetched", "is still to be fetched") if _key(entry.name) in fetch else _ABSENT
            yield _line(code, entry.line, f"lists a file that {what}: {entry.name[:200]}")
        elif entry.algorithm:
            yield from _checked(entry, path)

    def _inside(self, name: str) -> Path | None:
        """A listed path as a file of the bag; None where it leads out of it (RFC 8493 section 5.1)."""
        if "\0" in name or name.startswith(("/", "~")) or re.match(r"[A-Za-z]:[\\/]|\\\\", name):
            return None
        path = self.root / name
        if not Path(os.path.normpath(path)).is_relative_to(os.path.normpath(self.root)):
            return None
        return path if _within(path, self.root) else None

    def _oxum(self, tags: Tags) -> Iterator[_Wrong]:
        path = self.root / "bag-info.txt"
        for name, value in tags.info():
            if name is None:
                yield "bag-form", f"a line of it is no label and value: {value[:80]}", path
            elif name.lower() == "payload-oxum":
                found = _OXUM.match(value)
                if found is None:
                    yield "bag-form", f"its Payload-Oxum is not octets.files: {value[:80]}", path
                elif (int(found[1]), int(found[2])) != (self.octets, self.files):
                    yield "bag-oxum", f"it states {value}, and the payload has {self.octets}.{self.files}", path


_Wrong = tuple[str, str, Path]
"""A code, what is wrong, and the file."""

_ABSENT = ("bag-missing", "is not there")


@dataclass(frozen=True, slots=True)
class _Entry:
    line: Line
    name: str
    checksum: str
    algorithm: str
    of_tags: bool


def _line(code: str, line: Line, what: str) -> _Wrong:
    return code, f"line {line.number} {what}", line.path


def _checked(entry: _Entry, path: Path) -> Iterator[_Wrong]:
    made = hashlib.new(entry.algorithm, usedforsecurity=False)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                made.update(piece)
    except OSError as error:
        yield "bag-missing", f"it cannot be read: {error.strerror}", path
        return
    if made.hexdigest() != entry.checksum:
        said = f"it states {entry.checksum[:200]}, its bytes give {made.hexdigest()}"
        yield "bag-checksum", f"its {entry.algorithm} in {entry.line.path.name} is another: {said}", path


def _key(name: str) -> str:
    """A path as it is compared: two spellings of one accent are one file (RFC 8493 section 5.2.2)."""
    return unicodedata.normalize("NFC", name)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a circle of links
        return False


def _below(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Every file below a folder, hidden ones too, and whether it is within; links to folders are not followed."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif entry.is_symlink() and (not _within(path, folder.parent) or path.is_dir()):
                    yield path, False
                elif path.is_file():
                    yield path, True
