"""The output folder: locked by one run at a time, every file whole under its final name or not there.

A file is written beside its place under a name of its own, flushed to the disk,
and renamed (POSIX rename is atomic within a folder), so that a killed run or a
full disk leaves no half-written file under a final name.
"""

from __future__ import annotations

import hashlib
import os
import sys
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Self

import msgspec

from endleaf.errors import OutputError, OutputLocked

MANIFEST = "manifest.jsonl"

_WRITERS = 16
"""Threads that wait for the disk: flushes that wait together are served together (a journal commits for all)."""

_WAITING = 64
"""Files under way at once: some megabytes, and enough to keep the threads busy."""

_LOCK = ".endleaf.lock"
_UNFINISHED = ".endleaf-part"


class OutputTree:
    """An output folder, held by this run while the ``with`` block lasts.

    Raises :class:`OutputLocked` where another run holds it, :class:`OutputError` where it cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._claimed: set[int] = set()
        self._lock: IO[bytes] | None = None
        self._threads = ThreadPoolExecutor(_WRITERS, thread_name_prefix="endleaf-output")
        self._writing: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        with _as_output_error(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            self._lock = (self.root / _LOCK).open("wb")
        if not locked(self._lock):
            self._lock.close()
            raise OutputLocked(f"{self.root}: another run is writing there; wait for it, or choose another -o folder")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.settle()
        finally:
            self._threads.shutdown(cancel_futures=True)
            self._unlock()

    def settle(self, left: int = 0) -> None:
        """Wait until at most ``left`` files are still being written. Raises :class:`OutputError`."""
        while len(self._writing) > left:
            self._writing.popleft().result()

    def _unlock(self) -> None:
        if self._lock:  # the file stays: unlinking it would let a third run lock another file of its name
            self._lock.close()

    def claim(self, folder: PurePosixPath) -> PurePosixPath:
        """This folder, or, where this run gave it out before, one beside it: ``…-2``.

        Folders that a file system may hold to be one (case, Unicode forms) count as one.
        Eight bytes a folder are kept in memory.
        """
        name, tried = folder, 1
        while (key := _folded(name)) in self._claimed:
            tried += 1
            name = folder.with_name(f"{folder.name}-{tried}")
        self._claimed.add(key)
        return name

    def save(self, name: PurePosixPath | str, data: bytes) -> str:
        """Have a file written below the folder; gives its name there.

        A name is written once a run (:meth:`claim` sees to that). The file is whole on the disk when the
        ``with`` block ends, or after :meth:`settle`; what goes wrong with it is raised there or by a later
        call, as :class:`OutputError`.
        """
        self.settle(_WAITING)
        self._writing.append(self._threads.submit(self._write, name, data))
        return str(name)

    def _write(self, name: PurePosixPath | str, data: bytes) -> None:
        with self.stream(name) as file:
            file.write(data)

    def stream(self, name: PurePosixPath | str) -> AbstractContextManager[IO[bytes]]:
        """A file to be written in parts: :func:`whole_file`."""
        return whole_file(self.root / name)

    def lines(self, name: PurePosixPath | str) -> IO[bytes]:
        """A file that was written, to be read again line by line. Raises :class:`OutputError`."""
        path = self.root / name
        with _as_output_error(path):
            return path.open("rb")

    def earlier_files(self) -> set[str]:
        """The files that the run before this one listed in its manifest."""
        files: set[str] = set()
        with suppress(OSError), (self.root / MANIFEST).open("rb") as lines:
            for line in lines:
                with suppress(msgspec.DecodeError, msgspec.ValidationError):
                    files.update(_FILES.decode(line).files)
        return files

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of an earlier run that this one did not write again, and the folders left empty."""
        for name in sorted(names):
            path = self.root / name
            if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
                continue  # a manifest someone wrote by hand removes nothing outside
            with suppress(OSError):
                path.unlink()
                for folder in path.parents:
                    if folder == self.root:
                        break
                    folder.rmdir()


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to be written in parts, which takes its final name only when all of it is on the disk.

    What is no file (a pipe, a terminal, ``/dev/null``) is written as it comes. Raises :class:`OutputError` where it
    cannot be written.
    """
    part = path.with_name(path.name[:80] + _UNFINISHED)
    with _as_output_error(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


class _Files(msgspec.Struct):
    files: tuple[str, ...] = ()


_FILES = msgspec.json.Decoder(_Files)


def _folded(name: PurePosixPath) -> int:
    folded = unicodedata.normalize("NFD", str(name).casefold())
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest())


@contextmanager
def _as_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{error.filename or path}: {error.strerror or error}: cannot write there") from error


def locked(file: IO[bytes]) -> bool:
    """Lock an open file for this run, until it is closed; False where another run holds it."""
    if sys.platform == "win32":  # opening for writing does not lock there, and flock does not exist
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
