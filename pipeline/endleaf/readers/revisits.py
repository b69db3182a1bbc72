"""Where the payloads of a file lie, so that a revisit finds the one it stands for (WARC 1.1 section 6.7).

Offsets are kept, never payloads. Records that repeat another are not remembered, so no circle can form.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator

from endleaf.readers.raw import Raw

MAX_KEYS = 600_000
"""Keys remembered, three a capture: about 60 MB. The oldest are forgotten first; crawlers that deduplicate
within a file refer to what came shortly before."""


_Key = tuple[str, str | None, str | None]


class Places:
    """Payloads by record id, by address and date, and by digest."""

    def __init__(self) -> None:
        self._places: dict[int, int | tuple[int, int]] = {}

    def remember(self, raw: Raw) -> None:
        """Take note of a record that holds a payload."""
        fields = raw.fields
        place = (raw.offset, raw.skip) if raw.skip else raw.offset
        keys = _keys(
            fields.get("warc-record-id"),
            fields.get("warc-target-uri"),
            fields.get("warc-date"),
            fields.get("warc-payload-digest"),
        )
        for key in keys:
            self._places[hash(key)] = place
        while len(self._places) > MAX_KEYS:
            del self._places[next(iter(self._places))]

    def candidates(self, revisit: Raw) -> list[tuple[int, int]]:
        """Where the payload may lie, the surest first."""
        fields = revisit.fields
        keys = _keys(
            fields.get("warc-refers-to"),
            fields.get("warc-refers-to-target-uri"),
            fields.get("warc-refers-to-date"),
            fields.get("warc-payload-digest"),
        )
        found = [self._places[hash(key)] for key in keys if hash(key) in self._places]
        return list(dict.fromkeys(place if isinstance(place, tuple) else (place, 0) for place in found))


def _keys(record_id: str | None, uri: str | None, date: str | None, stated: str | None) -> Iterator[_Key]:
    if record_id:
        yield "id", record_id, None
    if uri and date:
        yield "at", address(uri), date
    if stated:
        yield ("digest", *digest(stated))


def address(uri: str | None) -> str | None:
    """A target URI without the angle brackets that early tools wrote around it.

    >>> address("<http://example.org/>")
    'http://example.org/'
    """
    if uri and uri.startswith("<") and uri.endswith(">"):
        return uri[1:-1]
    return uri or None


def digest(stated: str) -> tuple[str, str]:
    """A labelled digest (WARC 1.1 section 5.8) as its algorithm, and its value in one form for hex and base 32.

    >>> digest("sha-256:ABCD") == digest("SHA256:abcd")
    True
    >>> digest("sha1:" + "A" * 32) == digest("sha1:" + "0" * 40)
    True
    """
    algorithm, _, value = stated.strip().partition(":")
    algorithm = algorithm.lower().replace("-", "")
    size = _SIZES.get(algorithm)
    if size and len(value) != 2 * size:
        with contextlib.suppress(ValueError):
            bare = value.rstrip("=")
            value = base64.b32decode(bare + "=" * (-len(bare) % 8), casefold=True).hex()
    return algorithm, value.lower()


def contradict(one: str | None, other: str | None) -> bool:
    """Whether two digests, of one algorithm, are of different bytes."""
    if one is None or other is None:
        return False
    first, second = digest(one), digest(other)
    return first[0] == second[0] and first[1] != second[1]


_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
"""Bytes of each algorithm's digest: hex is twice as long, base 32 is not."""
