"""A URL's lines in an index: by binary search where it is plain and sorted, else by reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from endleaf.cdx.lines import GZIP, LONGEST, Line, header, parse, read
from endleaf.cdx.surt import surt
from endleaf.model import Moment


def exact(index: Path, url: str) -> Iterator[Line]:
    """The lines of a URL's key, in the index's order. Raises OSError where the index cannot be read."""
    return _beginning(index, surt(url) + " ")


def below(index: Path, url: str) -> Iterator[Line]:
    """The lines of all keys that begin as that of ``url`` does. Raises as :func:`exact` does."""
    return _beginning(index, surt(url))


def nearest(lines: Iterable[Line], timestamp: str) -> Line | None:
    """The line nearest in time to a timestamp of up to 14 digits; of two as near, the earlier.

    >>> nearest([Line(1, "k", "20010203040506"), Line(2, "k", "20050101000000")], "2004").number
    2
    """
    at = Moment.from_timestamp(timestamp[:14])
    timed = [(when.when, line) for line in lines if (when := Moment.from_timestamp(line.timestamp[:14]))]
    return min(timed, key=lambda each: (abs(each[0] - at.when), each[0]))[1] if at and timed else None


def _beginning(index: Path, start: str) -> Iterator[Line]:
    with index.open("rb") as file:
        if file.read(len(GZIP)) == GZIP:
            file.seek(0)
            yield from (line for line in read(file) if isinstance(line, Line) and f"{line.key} ".startswith(start))
            return
        file.seek(0)
        columns = header(file.readline(LONGEST))
        wanted = start.encode()
        file.seek(first(file, wanted))
        while (line := file.readline(LONGEST)).startswith(wanted):
            found = parse(line, columns)
            if isinstance(found, Line):
                yield found


def first(file: IO[bytes], wanted: bytes) -> int:
    r"""Where the first line starts that is not before ``wanted``, in a file of sorted lines.

    >>> import io
    >>> first(io.BytesIO(b"a 1\nb 1\nb 2\nd 1\n"), b"b "), first(io.BytesIO(b"a 1\nb 1\n"), b"c")
    (4, 8)
    """
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        file.seek(max(middle - 1, 0))
        if middle:
            file.readline(LONGEST)  # the rest of the line before
        line = file.readline(LONGEST)
        if line and line < wanted:
            low = file.tell()
        else:
            high = middle
    return low
