"""Where the payloads of a file lie, so that a revisit finds the one it stands for (WARC 1.1 section 6.7).

Offsets are kept, never payloads. Records that repeat another are not remembered, so no circle can form.
"""

from __future__ import annotations

from endleaf.readers.raw import Raw

MAX_KEYS = 600_000
"""Keys remembered, three a capture: about 60 MB. The oldest are forgotten first; crawlers that deduplicate
within a file refer to what came shortly before."""


class Places:
    """Payloads by record id, by address and date, and by digest."""

    def __init__(self) -> None:
        self._places: dict[int, int | tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def remember(self, raw: Raw) -> None:
        """Take note of a record that holds a payload."""
        fields = raw.fields
        place = (raw.offset, raw.skip) if raw.skip else raw.offset
        for key in (
            ("id", fields.get("warc-record-id"), ""),
            ("at", address(fields.get("warc-target-uri")), fields.get("warc-date")),
            ("digest", fields.get("warc-payload-digest"), ""),
        ):
            if key[1]:
                self._places[hash(key)] = place
        while len(self._places) > MAX_KEYS:
            del self._places[next(iter(self._places))]

    def candidates(self, revisit: Raw) -> list[tuple[int, int]]:
        """Where the payload may lie, the surest first."""
        fields = revisit.fields
        keys = (
            ("id", fields.get("warc-refers-to"), ""),
            ("at", address(fields.get("warc-refers-to-target-uri")), fields.get("warc-refers-to-date")),
            ("digest", fields.get("warc-payload-digest"), ""),
        )
        found = [self._places[hash(key)] for key in keys if key[1] and hash(key) in self._places]
        return list(dict.fromkeys(place if isinstance(place, tuple) else (place, 0) for place in found))


def address(uri: str | None) -> str | None:
    """A target URI without the angle brackets that early tools wrote around it.

    >>> address("<http://example.org/>")
    'http://example.org/'
    """
    if uri and uri.startswith("<") and uri.endswith(">"):
        return uri[1:-1]
    return uri or None
