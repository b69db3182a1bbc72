"""Every source of a run, checked in order; what is found comes as it is found, a file's sums when they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os.path import commonpath
from pathlib import Path, PurePosixPath

import msgspec

from endleaf import readers
from endleaf.errors import UnreadableSource
from endleaf.readers.disk import opened
from endleaf.readers.walk import shown
from endleaf.verify.bag import DECLARATION, Bag, is_tag_file
from endleaf.verify.findings import Finding, Summary, Verdict, finding
from endleaf.verify.indexes import File, Index, is_index
from endleaf.verify.onefile import OneFile
from endleaf.verify.tally import Tally
from endleaf.verify.targets import Targets
from endleaf.verify.waiting import Later

Found = Finding | Summary | Verdict


class Inspection:
    """All that is wrong with files, folders, bags and globs, to be gone through once; a verdict comes last.

    ``strict`` makes warnings count for the exit status. Going through it raises UsageError for an argument
    that names nothing.
    """

    def __init__(self, arguments: Iterable[str], *, strict: bool = False) -> None:
        self._arguments = list(arguments)
        self._strict = strict
        self._files: dict[str, int] = dict.fromkeys(("sound", "warnings", "errors", "unreadable"), 0)
        self._findings: dict[str, int] = dict.fromkeys(("error", "warning", "note"), 0)

    def __iter__(self) -> Iterator[Found]:
        with Later() as later:
            for each in _Run(later).found(self._arguments):
                if isinstance(each, Summary):
                    self._files[each.outcome] += 1
                else:
                    self._findings[each.level] += 1
                yield each
        yield self.verdict

    @property
    def verdict(self) -> Verdict:
        """The sums so far. The exit status is 0 for nothing wrong, 1 for something, 2 where nothing is of use."""
        usable = sum(self._files.values()) > self._files["unreadable"]
        wrong = self._findings["error"] or (self._strict and self._findings["warning"])
        status = 2 if not usable else 1 if wrong else 0
        return Verdict(files=self._files, findings=self._findings, exit_status=status)


class _Run:
    """One run over its sources."""

    def __init__(self, later: Later) -> None:
        self.later = later
        self.targets = Targets()
        self.indexes: list[Path] = []
        self.archives: dict[str, list[Path]] = {}
        """The archive files by their names, which is how indexes call them."""
        self.held: dict[str, Tally] = {}
        """Sums of files in which something refers to what has not come yet."""

    def found(self, arguments: Iterable[str]) -> Iterator[Finding | Summary]:
        for path in readers.sources(arguments):
            if path.name == DECLARATION:
                yield from self.bag(path.parent)
            elif is_index(path):
                self.indexes.append(path)
            elif not is_tag_file(path):
                yield from self.file(path)
        yield from self.resolved()
        for path in self.indexes:
            yield from self.index(path)

    def bag(self, root: Path) -> Iterator[Finding | Summary]:
        """A bag as a bag; its files come after it as sources."""
        bag, tally = Bag(root), Tally(shown(root), "bag")
        yield from tally.counted(bag.findings())
        yield msgspec.structs.replace(tally.summary(), bag=bag.state)

    def file(self, path: Path) -> Iterator[Finding | Summary]:
        """One file that holds captures."""
        name = shown(path)
        try:
            container = readers.sniff(path)
        except UnreadableSource as error:
            yield from self.unreadable(name, str(error))
            return
        self.archives.setdefault(path.name, []).append(path)
        tally = Tally(name, container)
        one = OneFile(tally, self.targets, self.later)
        try:
            yield from tally.counted(one.findings(path, container))
        except UnreadableSource as error:
            yield from self.unreadable(name, str(error))
            return
        if tally.waiting:
            self.held[name] = tally
        else:
            yield tally.summary()

    def index(self, path: Path) -> Iterator[Finding | Summary]:
        """An index, held against the archive files of the run; the nearest one where several have a name."""

        def find(name: str) -> File | None:
            among = self.archives.get(PurePosixPath(name).name, [])
            found = max(among, key=lambda each: len(commonpath([each.absolute(), path.absolute()])), default=None)
            return File(shown(found), lambda: opened(found)) if found else None

        index, tally = Index(shown(path), find), Tally(shown(path), "cdx")
        with path.open("rb") as file:
            yield from tally.counted(index.findings(file, self.targets.captures))
        tally.records["line"] = index.lines
        yield tally.summary()

    def unreadable(self, name: str, why: str) -> Iterator[Finding | Summary]:
        """A file in which nothing can be read."""
        tally = Tally(name, "unknown")
        yield from tally.counted([finding("unreadable", why.removeprefix(f"{name} "), name)])
        yield msgspec.structs.replace(tally.summary(), outcome="unreadable")

    def resolved(self) -> Iterator[Finding | Summary]:
        """What was still wanted, found or not among all that came."""
        for waiting in self.later.all():
            tally = self.held[waiting.file]
            yield from tally.counted(waiting.settled(self.targets, tally))
        for tally in self.held.values():
            yield tally.summary()
