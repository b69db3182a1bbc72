"""Lines in the order of their bytes, as ``LC_ALL=C sort`` has them, however many there are."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

HELD = 32 << 20
"""Bytes of lines in memory at once, 32 MiB; more go into temporary files."""
_EACH = 80
"""Bytes that a line costs beside its own."""
MERGED = 64
"""Files that are merged at once: far fewer than a process may open."""


def in_order(lines: Iterable[bytes], held: int = HELD) -> Iterator[bytes]:
    r"""The lines, each ending in a line feed, sorted; equal ones all stay.

    >>> list(in_order([b"b)/ 2\n", b"a)/ 1\n", b"a)/ 1\n", b"a,b)/ 3\n"]))
    [b'a)/ 1\n', b'a)/ 1\n', b'a,b)/ 3\n', b'b)/ 2\n']
    """
    with ExitStack() as files:
        runs: list[IO[bytes]] = []
        batch: list[bytes] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line) + _EACH
            if size > held:
                runs.append(_run(files, sorted(batch)))
                batch, size = [], 0
                if len(runs) == MERGED:
                    runs = [_run(files, heapq.merge(*runs))]
        batch.sort()
        yield from heapq.merge(*runs, batch)


def _run(files: ExitStack, lines: Iterable[bytes]) -> IO[bytes]:
    file = files.enter_context(tempfile.TemporaryFile(prefix="endleaf-"))  # noqa: SIM115 - the stack closes it
    file.writelines(lines)
    file.seek(0)
    return file
