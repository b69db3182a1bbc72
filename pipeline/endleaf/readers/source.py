"""What a reader reads from: bytes, their name, and what lies beside them.

A file on the disk is a source, and so is a member of a zip, where it lies: readers need not know which.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from endleaf.readers.asked import PLAIN, Asked
from endleaf.readers.disk import Disk, opened
from endleaf.readers.walk import shown


class Beside(Protocol):
    """The files of a source's folder, or the members of its container. Paths are as :attr:`Source.path` is."""

    def has(self, path: PurePath) -> bool:
        """Whether there is a file or folder of that path."""
        ...

    def disk(self, path: PurePath) -> AbstractContextManager[Disk | None]:
        """The file of that path while the ``with`` block lasts; None where it cannot be opened."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read, and what readers may ask about them."""

    disk: Disk
    name: str
    """As records name it: ``crawl.warc.gz``, ``a.zip!saved/page.html``."""
    path: PurePath
    """Where it lies, on the disk or within its container: what the path says of a page's origin is read from it."""
    beside: Beside
    asked: Asked = PLAIN


class OnDisk:
    """What lies beside a file on the disk."""

    def has(self, path: PurePath) -> bool:
        """Whether there is such a file or folder."""
        return Path(path).exists()

    @contextmanager
    def disk(self, path: PurePath) -> Iterator[Disk | None]:
        """The file while the ``with`` block lasts; None where it cannot be opened."""
        with ExitStack() as held:
            try:
                disk = Disk(held.enter_context(Path(path).open("rb")))
            except OSError:
                disk = None
            yield disk


@contextmanager
def source_at(path: Path, asked: Asked = PLAIN) -> Iterator[Source]:
    """A file on the disk as a source, closed at the end. Raises UnreadableSource where it cannot be opened."""
    with opened(path) as disk:
        yield Source(disk, shown(path), path, OnDisk(), asked)
