"""A WACZ: what the readers' own check of it as a package finds, by its codes; its indexes and its page lists."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from endleaf.readers import source_at, wacz_package
from endleaf.readers.members import Budget, Package, package_of
from endleaf.readers.source import Source
from endleaf.readers.wacz_pages import PAGE_LISTS, Listed, lines_of
from endleaf.verify.findings import Finding, finding
from endleaf.verify.hashes import Hashes
from endleaf.verify.indexes import File, Index

_INDEX = re.compile(r"indexes/.+\.cdxj?(?:\.gz)?\Z", re.IGNORECASE)
"""Members that list captures; an .idx beside them lists only blocks of them."""


def of_package(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with a WACZ apart from its records."""
    with source_at(path) as source:
        for found in wacz_package.findings(source):
            name = f"{source.name}!{found.file}" if found.file else source.name
            yield finding(f"wacz-{found.kind}", found.reason, name)


def of_lists(path: Path, urls: Hashes, captures: Counter[str]) -> Iterator[Finding]:
    """What its indexes and its page lists say that its records do not.

    ``urls`` are the addresses of its captures, without fragments; ``captures`` their number in each member.
    """
    with source_at(path) as source:
        package = package_of(source.disk, Budget.of(source.disk))
        for member in package.members:
            if _INDEX.match(member.name) and member.size:
                yield from _index(source, package, member.name, captures)
        for name in PAGE_LISTS:
            yield from _pages(f"{source.name}!{name}", package, name, urls)


def _index(source: Source, package: Package, name: str, captures: Counter[str]) -> Iterator[Finding]:
    def find(called: str) -> File | None:
        named = (PurePosixPath("archive", called), PurePosixPath(called))
        inside = next((each for each in named if package.has(each)), None)
        return File(f"{source.name}!{inside}", lambda: package.disk(inside)) if inside else None

    with package.disk(PurePosixPath(name)) as disk:
        if disk:
            with io.BufferedReader(disk.stream()) as file:
                yield from Index(f"{source.name}!{name}", find).findings(file, captures)


def _pages(source: str, package: Package, name: str, urls: Hashes) -> Iterator[Finding]:
    for line in lines_of(package, name):
        if isinstance(line, Listed) and line.url.startswith("http") and bare(line.url) not in urls:
            yield finding("wacz-page-absent", "a listed page that no WARC in the package has", source, url=line.url)


def bare(url: str) -> str:
    """A page's address as its capture has it: without what only a browser reads.

    >>> bare("http://mill.example/#wheel")
    'http://mill.example/'
    """
    return url.partition("#")[0]
