"""The page lists of a WACZ (WACZ 1.1.1, section 5.2.4): which captures are pages, and their titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

import msgspec

from endleaf.model import Capture, Evidence, Moment
from endleaf.readers.disk import Disk
from endleaf.readers.members import Package

PAGE_LISTS: Final = ("pages/pages.jsonl", "pages/extraPages.jsonl")

MOST: Final = 200_000
"""Pages that are remembered of one package: some 100 MB."""
LONGEST: Final = 8 << 20
"""Bytes of a line, 8 MiB: it may have a page's whole text."""
MOST_WRONG: Final = 20
"""Lines that are told one by one."""
_NEAR: Final = 120.0
"""Seconds between the time in the list, of the page's load, and the record's, of the answer's first byte."""
_TITLE: Final = 500
"""Characters of a title that are kept."""
_PIECE: Final = 1 << 20


class Listed(NamedTuple):
    """A page in the list."""

    url: str
    at: Moment | None
    title: str
    seed: bool
    where: str


@dataclass(slots=True)
class Pages:
    """The pages of a package by their address."""

    by_url: dict[str, list[Listed]] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """What is wrong with the lists: file and reason."""

    def said_of(self, capture: Capture) -> tuple[Evidence, ...]:
        """What the lists say of a capture: that it is a page, and its title."""
        listed = self.by_url.get(capture.url or "")
        found = listed and _nearest(listed, capture.provenance.captured_at)
        if not found:
            return ()
        said = [Evidence(what="listed", value="seed" if found.seed else "page", where=found.where)]
        if found.title and found.title != found.url:
            said.append(Evidence(what="title", value=found.title, where=found.where))
        return tuple(said)


def pages_of(package: Package) -> Pages:
    """The page lists of a package; empty where it has none."""
    pages, count = Pages(), 0
    for name in PAGE_LISTS:
        for line in lines_of(package, name):
            if isinstance(line, str):
                pages.wrong.append((name, line))
            elif count < MOST:
                pages.by_url.setdefault(line.url, []).append(line)
                count += 1
    return pages


def lines_of(package: Package, name: str) -> Iterator[Listed | str]:
    """The pages of one list, and what is wrong with lines of it, the first ones by their number."""
    wrong = 0
    with package.disk(PurePosixPath(name)) as disk:
        for number, line in enumerate(_lines(disk), 1) if disk else ():
            found = _read(line, name) if line.strip() else None
            if isinstance(found, Listed):
                yield found
            elif found:
                wrong += 1
                if wrong <= MOST_WRONG:
                    yield f"line {number} of the page list {found}"
    if wrong > MOST_WRONG:
        yield f"{wrong - MOST_WRONG} more lines of the page list cannot be read"


def _read(line: bytes, where: str) -> Listed | str | None:
    """A page, or why the line is none; None for the list's head."""
    try:
        found: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"cannot be read: {str(error)[:80]}"
    if not isinstance(found, dict):
        return "is no object"
    url, title, at = found.get("url"), found.get("title"), found.get("ts") or found.get("timestamp")
    if not isinstance(url, str) or not url:
        return None if isinstance(found.get("format"), str) else "states no URL"
    name = " ".join(title.split())[:_TITLE] if isinstance(title, str) else ""
    moment = (Moment.from_iso(at) or Moment.from_timestamp(at)) if isinstance(at, str) else None
    return Listed(url, moment, name, found.get("seed") is True, where)


def _lines(disk: Disk) -> Iterator[bytes]:
    """The lines of a file; of one that is longer than any may be, its start."""
    at, rest = 0, b""
    while piece := disk.peek(at, _PIECE):
        at += len(piece)
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        rest = rest[:LONGEST]
    if rest:
        yield rest


def _nearest(listed: list[Listed], at: Moment | None) -> Listed | None:
    """The page that was loaded when the capture was taken; one that states no time may be any."""
    if at is None:
        return listed[0]
    when = at.when
    apart = ((abs((each.at.when - when).total_seconds()) if each.at else _NEAR, each) for each in listed)
    found = min(apart, key=lambda pair: pair[0])
    return found[1] if found[0] <= _NEAR else None
