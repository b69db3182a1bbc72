"""The captures of a source, a line each."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from endleaf.errors import one_line
from endleaf.intake import Intake, place_of
from endleaf.model import Damage
from endleaf.readers import Entry
from endleaf.report import Tally, of_damage

log = logging.getLogger(__name__)


def lines_of(sources: Iterable[str], tally: Tally) -> Iterator[str]:
    """The line of each capture of the sources; every record and damaged place is counted in the tally.

    Raises UsageError for a source that is not there.
    """
    with Intake(sources) as intake:
        for entry in intake.entries(tally):
            if isinstance(entry, Damage):
                tally.add(of_damage(entry))
                log.warning("%s", place_of(entry))
                continue
            tally.listed()
            if entry.is_capture:
                yield line_of(entry)


def line_of(entry: Entry) -> str:
    """Tab-separated: timestamp, status, media type, bytes on disk, ``file:offset``, original URL; ``-`` for unknown.

    >>> entry = Entry("a.warc.gz", 742, 1031, "response", "http://a.example/", "20040628050632", 200, "text/html")
    >>> line_of(entry).split("\\t")
    ['20040628050632', '200', 'text/html', '1031', 'a.warc.gz:742', 'http://a.example/']
    """
    cells = (
        entry.timestamp or "-",
        str(entry.status or "-"),
        entry.media_type or "-",
        "-" if entry.length is None else str(entry.length),
        entry.source if entry.offset is None else f"{entry.source}:{entry.offset}",
        entry.url or "-",
    )
    if "".join(cells).isprintable():
        return "\t".join(cells)
    return "\t".join(map(one_line, cells))
