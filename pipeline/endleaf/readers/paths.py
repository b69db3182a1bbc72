"""What a saved file's path says of where it came from and when: only what it says beyond doubt.

A wrong address is worse than none. A part of the path that looks like a host counts where a timestamp
stands beside it, as archives and their downloaders write it, or where a mirroring tool left its mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from endleaf.model import Evidence, Moment
from endleaf.readers.beside import MARKS
from endleaf.readers.source import Beside, OnDisk

_STAMP = re.compile(r"((?:19|20)[0-9]{12})(?:[a-z]{2}_)?\Z")
"""A replay timestamp: 14 digits, then perhaps a modifier such as ``id_``."""

_SCHEMES = {name: scheme for scheme in ("http", "https", "ftp") for name in (scheme, scheme + ":", scheme + "_")}
"""How archives' paths come out as file names: ``http://`` loses a slash, and a colon that a disk refuses."""

_GENERIC = (
    "com org net edu gov mil int info biz name museum coop aero arpa eu asia cat jobs mobi tel travel post "
    "app blog dev online page shop site store tech wiki xyz example test"
)
_HOST = re.compile(
    rf"(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+(?:[a-z]{{2}}|xn--[a-z0-9-]+|{'|'.join(_GENERIC.split())})"
    r"(?::[0-9]{1,5})?\Z",
    re.IGNORECASE,
)
_MIRRORS = frozenset(("websites", "mirror", "mirrors", "mirrored"))
"""Folders in which mirroring tools put one folder a host; ``websites`` is the Wayback downloaders'."""

_HTTRACK = b"by HTTrack Website Copier"
"""In the comment in which HTTrack writes a page's address, which its file's name may not be."""
_HEAD = 8192

_ESCAPED = re.compile(r"%3f(?=[^?]*(?:=|%3d))", re.IGNORECASE)
"""How tools write a query's mark where a disk refuses it."""
_WINDOWS = re.compile(r"(\.\w{2,5})@(\w+=)")
"""How wget writes it for Windows (``--restrict-file-names=windows``)."""
_SERVED = re.compile(
    r"(.+\.(?:php[345]?|aspx?|jsp|cfm|cgi|pl)(?:\?[^.]*)?|[^?]+\?(?:.*=)?[0-9]+)\.html\Z", re.IGNORECASE
)
"""A name to which wget added an ending (``-E``): a server's program, or a query that ends in a number."""

_ON_DISK = OnDisk()

_INDEX = re.compile(r"index\.html?\Z", re.IGNORECASE)
_SAFE = "!$&'()*+,;=:@-._~%/?"


@dataclass(frozen=True, slots=True)
class Origin:
    """The address and moment that a path states; None where it states none."""

    url: str | None = None
    captured_at: Moment | None = None
    evidence: tuple[Evidence, ...] = ()


def origin_of(path: PurePath, beside: Beside = _ON_DISK, payload: bytes = b"") -> Origin:
    """What a path says; nothing, where the mirroring tool says it better in the page's own bytes.

    >>> origin_of(PurePath("web/20040628050632/http_/www.example.org/a/page.html")).url
    'http://www.example.org/a/page.html'
    >>> origin_of(PurePath("websites/example.org/20040628050632/index.html")).url
    'http://example.org/'
    >>> origin_of(PurePath("notes/example.org/page.html")).url
    """
    parts = path.parts
    for i in range(len(parts) - 2, -1, -1):  # the innermost layer is the page's own
        stamp = _STAMP.match(parts[i])
        moment = Moment.from_timestamp(stamp[1]) if stamp else None
        if moment:
            return _stamped(parts, i, moment)
    for i, part in enumerate(parts[:-1]):
        if _HOST.match(part) and (tool := _mirror(path, i, beside)):
            told = tool == "httrack" and _HTTRACK in payload[:_HEAD]
            names = None if told else _as_asked(parts[i:], tool)
            return _origin(_url("http", names), None) if names else Origin()
    return Origin()


def _stamped(parts: tuple[str, ...], i: int, moment: Moment) -> Origin:
    """The address around a timestamp: after it, as in replay paths, or a host before it."""
    rest = parts[i + 1 :]
    scheme = _SCHEMES.get(rest[0].lower())
    if scheme and len(rest) > 1 and _HOST.match(rest[1]):
        return _origin(_url(scheme, rest[1:]), moment)
    if len(rest) > 1 and _HOST.match(rest[0]):
        return _origin(_url("http", rest), moment)
    if i and _HOST.match(parts[i - 1]):
        return _origin(_url("http", (parts[i - 1], *rest)), moment)
    return Origin()


def _mirror(path: PurePath, i: int, beside: Beside) -> str | None:
    """Which tool made the folder of a host, by what it left beside it; None where none did."""
    parent, host = PurePath(*path.parts[:i]), PurePath(*path.parts[: i + 1])
    if any(beside.has(parent / mark) for mark in MARKS):
        return "httrack"
    if i and path.parts[i - 1].lower() in _MIRRORS:
        return "mirror"
    logs = (parent / "wget-log", parent / "wget.log", host / "robots.txt")
    return "wget" if any(beside.has(log) for log in logs) else None


def _as_asked(parts: tuple[str, ...], tool: str) -> tuple[str, ...] | None:
    """The parts of the address that was asked for; None where a tool changed its last name beyond what is certain."""
    name = parts[-1]
    name = _ESCAPED.sub("?", name, count=1)
    if tool == "wget":
        name = _WINDOWS.sub(r"\1?\2", name, count=1)
        served = _SERVED.match(name)
        if served:
            name = served[1]
        elif "?" in name and name.endswith(".html"):
            return None
    return (*parts[:-1], name)


def _url(scheme: str, parts: tuple[str, ...]) -> str:
    """An address from a host and the parts below it; mirroring tools name what a folder answers index.html."""
    host, *rest = parts
    if rest and _INDEX.match(rest[-1]):
        rest[-1] = ""
    return f"{scheme}://{host.lower()}/{quote('/'.join(rest), safe=_SAFE, errors='surrogateescape')}"


def _origin(url: str, moment: Moment | None) -> Origin:
    evidence = [Evidence(what="url", value=url, where="path")]
    if moment:
        evidence.append(Evidence(what="captured_at", value=moment.iso, where="path"))
    return Origin(url, moment, tuple(evidence))
