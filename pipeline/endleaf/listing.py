"""The captures of a source, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from endleaf.errors import one_line
from endleaf.intake import records_of
from endleaf.model import Capture
from endleaf.report import Tally, bare_outcome


def lines_of(sources: Iterable[str], tally: Tally) -> Iterator[str]:
    """The line of each capture of the sources; every record and damaged place is counted in the tally.

    Raises UsageError for a source that is not there.
    """
    for record in records_of(sources, tally):
        tally.add(bare_outcome(record))
        if isinstance(record, Capture):
            yield line_of(record)


def line_of(capture: Capture) -> str:
    """Tab-separated: timestamp, status, media type, payload bytes, ``file:offset``, original URL; ``-`` for unknown.

    >>> from endleaf.model import Moment, Provenance
    >>> known = Provenance(source="a.warc.gz", container="warc", url="http://a.example/", offset=742, status=200,
    ...                    media_type="text/html", captured_at=Moment.from_timestamp("20040628050632"))
    >>> line_of(Capture(provenance=known, payload=b"Hello")).split("\\t")
    ['20040628050632', '200', 'text/html', '5', 'a.warc.gz:742', 'http://a.example/']
    """
    known = capture.provenance
    place = known.source if known.offset is None else f"{known.source}:{known.offset}"
    cells = (
        known.captured_at.timestamp if known.captured_at else "-",
        str(known.status or "-"),
        known.media_type or "-",
        str(len(capture.payload)),
        place,
        known.url or "-",
    )
    return "\t".join(one_line(cell) for cell in cells)
