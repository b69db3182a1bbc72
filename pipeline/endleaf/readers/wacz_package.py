"""What a WACZ says of itself (WACZ 1.1.1, section 5), held against what is in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final, Literal, NamedTuple

import msgspec

from endleaf.readers.disk import Disk
from endleaf.readers.members import MOST_TOLD, Budget, Member, Package, leads_out, package_of
from endleaf.readers.source import Source
from endleaf.readers.wacz_pages import PAGE_LISTS, lines_of
from endleaf.readers.zipdir import STORED, Entry

Kind = Literal["package", "hash", "missing", "extra", "member", "stored", "pages", "index"]

PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
MULTI: Final = "multi-wacz-package"
"""The profile of a package of packages."""

LARGEST: Final = 16 << 20
"""Bytes of datapackage.json, 16 MiB: some eighty thousand files."""

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_INDEX: Final = re.compile(r"indexes/.+\.(?:cdxj?|idx)(?:\.gz)?\Z", re.IGNORECASE)
_PACKED: Final = re.compile(r"(?:archive/.+\.warc\.gz|indexes/.+\.gz)\Z", re.IGNORECASE)
_PIECE: Final = 1 << 20


class Finding(NamedTuple):
    """One thing that is wrong with a WACZ."""

    kind: Kind
    file: str
    """A member's name, ``datapackage.json`` among them; empty for the package as a whole."""
    reason: str


class Resource(NamedTuple):
    """A file as datapackage.json lists it."""

    path: str
    algorithm: str
    digest: str
    bytes: int | None


@dataclass(slots=True)
class Listing:
    """What datapackage.json says."""

    profile: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)
    remote: list[str] = field(default_factory=list)
    """Addresses at which a package of packages has its parts."""
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, reason: str) -> None:
        """Note what is wrong with it."""
        self.findings.append(Finding("package", PACKAGE, reason))


def findings(source: Source) -> Iterator[Finding]:
    """Everything that is wrong with a WACZ as a package: its zip, its lists, hashes and sizes, and its page lists.

    Every member is read once, in bounded memory. What is within its WARC files is for their reader.
    """
    package = package_of(source.disk, Budget.of(source.disk))
    listing = listing_of(package)
    yield from structure(package, listing)
    for member in package.members:
        with package.opened(member) as content:
            if content.fault and not member.unread:
                yield Finding("member", member.name, content.fault)
            if content.disk:
                yield from fixity(member, content.disk, listing)
    for name in PAGE_LISTS:
        yield from (Finding("pages", name, line) for line in lines_of(package, name) if isinstance(line, str))
    yield from against_advice(package)


def structure(package: Package, listing: Listing) -> Iterator[Finding]:
    """What is wrong with the zip, with datapackage.json, and with what it lists, hashes aside."""
    yield from (Finding("member", "", fault) for fault in package.faults)
    yield from (Finding("member", each.name, each.unread) for each in package.members if each.unread)
    yield from listing.findings
    names = {each.name for each in package.members}
    for path in listing.resources:
        if path not in names:
            yield Finding("missing", path, "datapackage.json lists it, and it is not in the package")
    if listing.resources:
        yield from _extra(names - listing.resources.keys() - {PACKAGE, DIGEST})
    yield from _digest(package)


def _extra(names: set[str]) -> Iterator[Finding]:
    told = sorted(names)
    for name in told[:MOST_TOLD]:
        yield Finding("extra", name, "datapackage.json does not list it: nothing vouches for it")
    if len(told) > MOST_TOLD:
        yield Finding("extra", "", f"{len(told) - MOST_TOLD} more files that datapackage.json does not list")


def against_advice(package: Package) -> Iterator[Finding]:
    """What is against the standard, and loses nothing."""
    for member in package.members:
        if _PACKED.match(member.name) and isinstance(member.place, Entry) and member.place.method != STORED:
            yield Finding("stored", member.name, "a compressed file that the zip has compressed again")
    if not any(_INDEX.match(member.name) and member.size for member in package.members):
        yield Finding("index", "", "the package has no index, or an empty one")


def fixity(member: Member, disk: Disk, listing: Listing) -> Iterator[Finding]:
    """What the package says of a member's bytes, held against them; they are read once."""
    listed = listing.resources.get(member.name)
    if listed is None:
        return
    if listed.bytes is not None and listed.bytes != disk.size:
        reason = f"it has {disk.size} bytes, where datapackage.json lists {listed.bytes}"
        yield Finding("hash", member.name, reason)
    if not listed.digest:
        return
    if listed.algorithm not in hashlib.algorithms_guaranteed or listed.algorithm.startswith("shake"):
        yield Finding("package", member.name, f"its hash is of an unknown algorithm, {listed.algorithm}: not checked")
    elif (found := _hashed(disk, listed.algorithm)) != listed.digest:
        reason = f"its {listed.algorithm} hash is {found}, where datapackage.json lists {listed.digest}"
        yield Finding("hash", member.name, reason)


def _hashed(disk: Disk, algorithm: str) -> str:
    state, at = hashlib.new(algorithm, usedforsecurity=False), 0
    while piece := disk.peek(at, _PIECE):
        state.update(piece)
        at += len(piece)
    return state.hexdigest()


# ------------------------------------------------------------ datapackage.json


def listing_of(package: Package) -> Listing:
    """What the package lists. What is wrong with the list is in it."""
    listing = Listing()
    found = _json(package, PACKAGE)
    if isinstance(found, str):
        listing.wrong(found)
        return listing
    profile = found.get("profile")
    listing.profile = profile if isinstance(profile, str) else ""
    resources = found.get("resources")
    if not isinstance(resources, list):
        listing.wrong("datapackage.json lists no resources")
        return listing
    for each in resources:
        _take(each, listing)
    if listing.findings[MOST_TOLD:]:
        listing.findings[MOST_TOLD:] = [Finding("package", PACKAGE, "more is wrong with it")]
    return listing


def _take(each: Any, listing: Listing) -> None:
    """Take one resource into the listing."""
    path = each.get("path") if isinstance(each, dict) else None
    if not isinstance(path, str):
        listing.wrong("datapackage.json lists a resource that states no path")
    elif _URL.match(path) and listing.profile == MULTI:
        listing.remote.append(path)
    elif _URL.match(path) or leads_out(path):
        listing.wrong(f"datapackage.json lists {path[:200]}, which is no file of the package: it is not looked for")
    elif path in listing.resources:
        listing.wrong(f"datapackage.json lists {path[:200]} twice")
    else:
        listing.resources[path] = _resource(path, each, listing)


def _resource(path: str, said: dict[str, Any], listing: Listing) -> Resource:
    """A resource; the first drafts of the format have hash and size in an object of their own."""
    stats = said.get("stats")
    size, stated = (stats if isinstance(stats, dict) else said).get("bytes"), said.get("hash")
    if isinstance(stats, dict) and stated is None:
        stated = f"{said.get('hashing', 'sha256')}:{stats.get('hash')}"
    if not isinstance(stated, str) or ":" not in stated:
        listing.wrong(f"datapackage.json states no hash of {path[:200]}")
        stated = ""
    algorithm, _, digest = stated.partition(":")
    whole = size if isinstance(size, int) and not isinstance(size, bool) else None
    return Resource(path, algorithm.strip().lower().replace("-", ""), digest.strip().lower(), whole)


def _digest(package: Package) -> Iterator[Finding]:
    """datapackage-digest.json (section 5.2.5), where it is there, and whether it is that of datapackage.json."""
    if not package.has(PurePosixPath(DIGEST)):
        return
    found = _json(package, DIGEST)
    if isinstance(found, str):
        yield Finding("package", DIGEST, found)
        return
    stated = found.get("hash")
    algorithm, _, digest = stated.partition(":") if isinstance(stated, str) else ("", "", "")
    if algorithm != "sha256" or not digest:
        yield Finding("package", DIGEST, "it states no sha256 hash of datapackage.json")
        return
    with package.disk(PurePosixPath(PACKAGE)) as disk:
        if disk and disk.size <= LARGEST and _hashed(disk, algorithm) != digest.strip().lower():
            yield Finding("hash", PACKAGE, "it is not what it was when datapackage-digest.json was made")


def _json(package: Package, name: str) -> dict[str, Any] | str:
    """An object in JSON, or why there is none."""
    with package.disk(PurePosixPath(name)) as disk:
        if disk is None:
            return f"the package has no {name}" if name == PACKAGE else f"{name} cannot be read"
        if disk.size > LARGEST:
            return f"{name} has more than {LARGEST} bytes: it is not read"
        data = disk.peek(0, disk.size)
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"{name} cannot be read: {type(error).__name__}: {str(error)[:120]}"
    return found if isinstance(found, dict) else f"{name} holds no object"
