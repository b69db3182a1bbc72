"""What records refer to, over all the sources of a run: payloads of revisits, first segments, ids used twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from endleaf.model import Frozen
from endleaf.readers.fixity import parsed
from endleaf.readers.raw import Raw
from endleaf.verify.hashes import Hashes

Found = Literal["found", "contradicted", "absent"]


class Wanted(Frozen, frozen=True):
    """What a record refers to, as hashes."""

    sure: tuple[int, ...]
    """Any one of these is it."""
    named: tuple[int, ...] = ()
    """These are the record that is named; where only they are known, it states another digest."""


_SAME = ("warc-date", "warc-target-uri", "warc-block-digest")
"""Where these are the same too, a record of the same id is a copy of it in another file, and nothing is wrong."""


class Targets:
    """The records that were met so far, in eight bytes for each way of referring to one."""

    def __init__(self) -> None:
        self._ids = Hashes()
        self._records = Hashes()
        self.captures: Counter[str] = Counter()
        """Captures of web addresses, by the file they are in: what an index of it lists."""
        self._keys = Hashes()

    def remember(self, raw: Raw, kind: str) -> bool:
        """Take note of a record; False where one of its id, and not the same, came before."""
        fields = raw.fields
        name = fields.get("warc-record-id")
        if kind not in ("revisit", "request", "warcinfo", "continuation") and raw.block_size:
            for key in _keys(name, fields.get("warc-target-uri"), fields.get("warc-date"), _digest(raw)):
                self._keys.add(key)
        if name and kind not in ("revisit", "continuation"):
            self._keys.add(hash(("segment", name)))
        fresh = self._records.add((name, kind, *(fields.get(field) for field in _SAME), raw.block_size))
        return not name or self._ids.add(name) or not fresh

    def look(self, wanted: Wanted) -> Found:
        """Whether what is wanted was met so far."""
        if any(key in self._keys for key in wanted.sure):
            return "found"
        return "contradicted" if any(key in self._keys for key in wanted.named) else "absent"


def wanted_by(raw: Raw, kind: str) -> Wanted | None:
    """What a record refers to; None where it is whole by itself."""
    fields = raw.fields
    if kind == "continuation":
        origin = fields.get("warc-segment-origin-id")
        return Wanted(sure=(hash(("segment", origin)),)) if origin else None
    if kind != "revisit":
        return None
    name, stated = fields.get("warc-refers-to"), _digest(raw)
    uri, date = fields.get("warc-refers-to-target-uri"), fields.get("warc-refers-to-date")
    named = tuple(_named(name, uri, date))
    if not stated:
        return Wanted(sure=named)
    exact = [*_exact(name, uri, date, stated), *_exact(name, uri, date, None), hash(("digest", *stated))]
    return Wanted(sure=tuple(exact), named=named)


_Digest = tuple[str, bytes | str] | None


def _digest(raw: Raw) -> _Digest:
    """The payload digest in one form for all spellings of it."""
    stated = raw.fields.get("warc-payload-digest")
    if not stated:
        return None
    labelled = parsed(stated)
    return labelled.algorithm, labelled.value or stated


def _keys(name: str | None, uri: str | None, date: str | None, stated: _Digest) -> Iterator[int]:
    """The hashes by which a payload may be wanted."""
    yield from _named(name, uri, date)
    yield from _exact(name, uri, date, stated)
    if stated:
        yield hash(("digest", *stated))


def _named(name: str | None, uri: str | None, date: str | None) -> Iterator[int]:
    if name:
        yield hash(("id", name))
    if uri and date:
        yield hash(("at", _bare(uri), date))


def _exact(name: str | None, uri: str | None, date: str | None, stated: _Digest) -> Iterator[int]:
    if name:
        yield hash(("id", name, stated))
    if uri and date:
        yield hash(("at", _bare(uri), date, stated))


def _bare(uri: str) -> str:
    """An address without the angle brackets that early tools wrote around it."""
    return uri.removeprefix("<").removesuffix(">")
