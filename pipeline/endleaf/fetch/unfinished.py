"""The file in the making: ``FILE.part``, and beside it ``FILE.journal``, which says what of it is done.

A capture's records are written and on the disk before the journal has its line, and the line says where they end:
whatever stops a run, the next one cuts the part at the last line's end and goes on. The file has its final name when
all that could be fetched is in it. Where something could not, the journal stays, and the same command asks for only
that, in a copy of the file that then takes its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from endleaf.errors import OutputError, OutputLocked, UsageError
from endleaf.fetch.listed import Listed
from endleaf.fetch.warcs import Kept, new_id
from endleaf.model import Frozen
from endleaf.output import locked

ASKED = "endleaf-asked"
"""The field of the warcinfo record that has what a command asked for."""


class Begun(Frozen, frozen=True, tag="begun"):
    """What the file is to hold: another command may not go on with it."""

    asked: str
    warcinfo_id: str


class Row(Frozen, frozen=True, tag="row"):
    """A capture that the index listed."""

    listed: Listed


class Page(Frozen, frozen=True, tag="page"):
    """How far the list was read; ``whole`` when to its end."""

    resume: str = ""
    whole: bool = False


class Need(Frozen, frozen=True, tag="need"):
    """What a capture needs: asked for at the capture's own time. ``page`` is the key of the page it is for."""

    url: str
    timestamp: str
    page: str
    depth: int

    @property
    def asked(self) -> str:
        """What is asked for, whichever page it is for."""
        return f"near:{self.timestamp}/{self.url}"


class Done(Frozen, frozen=True, tag="done"):
    """What was asked for is settled: the file has it (``key``), or the archive has it not.

    ``end`` is where the file's last record ends; ``kept`` is the payload that this capture added to the file.
    """

    asked: str
    end: int
    key: str = ""
    digest: str = ""
    kept: Kept | None = None


Line = Begun | Row | Page | Need | Done
_LINES = msgspec.json.Decoder(Line)


class Unfinished:
    """The part and its journal, held by this run alone."""

    def __init__(self, path: Path, asked: str) -> None:
        self.path = path
        self.part_path = path.with_name(path.name + ".part")
        self.journal_path = path.with_name(path.name + ".journal")
        self.begun = Begun(asked=asked, warcinfo_id=new_id())
        self.rows: dict[str, Listed] = {}
        self.page = Page()
        self.needs: dict[str, Need] = {}
        self.settled: set[str] = set()
        """What was asked for and need not be asked again."""
        self.keys: set[str] = set()
        """The captures that the file has."""
        self.payloads: dict[str, Kept] = {}
        self.end = 0
        self.resumed = False
        self.part: IO[bytes]
        self._journal: IO[bytes]

    def note(self, line: Line) -> None:
        """Add a line to the journal; it is on the disk when this returns, but for rows and needs: the
        line after them has them there."""
        self._journal.write(msgspec.json.encode(line) + b"\n")
        self._take(line)
        if not isinstance(line, (Row, Need)):
            self._journal.flush()
            os.fsync(self._journal.fileno())

    def flush(self) -> int:
        """Have the part on the disk; gives its size."""
        self.part.flush()
        os.fsync(self.part.fileno())
        return self.part.tell()

    def cut(self) -> None:
        """Take back what was written since the last settled capture."""
        self.part.seek(self.end)
        self.part.truncate()

    def publish(self, *, whole: bool) -> None:
        """Give the file its final name; the journal goes where nothing is left to be asked."""
        self.cut()
        self.flush()
        self.part_path.replace(self.path)
        if whole:
            self.journal_path.unlink()

    def drop(self) -> None:
        """Leave nothing behind."""
        for path in (self.part_path, self.journal_path):
            with suppress(OSError):
                path.unlink()

    # ------------------------------------------------------------------ opening

    def open(self, *, restart: bool) -> None:
        """Open both, and go on where the same command stopped; or begin anew, beside a file that stays until then."""
        if restart:
            self.drop()
        elif self.path.exists() and not self.journal_path.exists():
            raise UsageError(f"{self.path} is there already: choose another -o, or fetch it anew with --restart")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._journal = self.journal_path.open("a+b")
        if not locked(self._journal):
            self._journal.close()
            raise OutputLocked(f"{self.path}: another run is fetching into it; wait for it, or choose another -o")
        self._replay()
        if self.path.exists() and not self.part_path.exists() and not restart:
            shutil.copyfile(self.path, self.part_path)
        self.part = self.part_path.open("r+b" if self.part_path.exists() else "w+b")
        if self.part.seek(0, os.SEEK_END) < self.end:
            raise UsageError(f"{self.part_path} is shorter than its journal says: begin again with --restart")
        self.cut()

    def close(self) -> None:
        """Close both."""
        for name in ("part", "_journal"):
            file = getattr(self, name, None)
            if file:
                file.close()

    def _replay(self) -> None:
        """What the journal tells. A last line that was cut off is taken back."""
        self._journal.seek(0)
        good = 0
        for line in self._journal:
            try:
                found = _LINES.decode(line)
            except msgspec.DecodeError:
                break
            if not line.endswith(b"\n"):
                break
            if isinstance(found, Begun) and found.asked != self.begun.asked:
                raise UsageError(
                    f"{self.journal_path} is of another command's: choose another -o, or begin again with --restart"
                )
            self._take(found)
            good += len(line)
        self._journal.truncate(good)
        self.resumed = good > 0
        if not self.resumed:
            self.note(self.begun)

    def _take(self, line: Line) -> None:
        if isinstance(line, Begun):
            self.begun = line
        elif isinstance(line, Row):
            self.rows[line.listed.key] = line.listed
        elif isinstance(line, Page):
            self.page = line
        elif isinstance(line, Need):
            self.needs.setdefault(line.asked, line)
        else:
            self.settled.add(line.asked)
            self.end = line.end
            if line.key:
                self.keys.add(line.key)
            if line.kept and line.digest:
                self.payloads.setdefault(line.digest, line.kept)


def is_whole(path: Path, asked: str) -> bool:
    """Whether a file holds all of a command's: nothing was left to be asked, and its warcinfo says the same wish."""
    if not path.is_file() or path.with_name(path.name + ".journal").exists():
        return False
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                block = record.content_stream().read(1 << 16) if record.rec_type == "warcinfo" else b""
                return f"{ASKED}: {asked}\r\n".encode() in block
    except (OSError, ArchiveLoadFailed, ValueError):  # what is no WARC file is another's
        return False
    return False


@contextmanager
def unfinished(path: Path, asked: str, *, restart: bool = False) -> Iterator[Unfinished]:
    """The file in the making. What stops the block leaves it so that the same command goes on.

    Raises :class:`OutputError`, :class:`OutputLocked`, or :class:`UsageError` where another command's stands there.
    """
    made = Unfinished(path, asked)
    try:
        made.open(restart=restart)
        yield made
    except OSError as error:
        raise OutputError(f"{error.filename or path}: {error.strerror or error}: cannot write there") from error
    finally:
        made.close()
