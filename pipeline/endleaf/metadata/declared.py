"""Everything a page declares of itself, in document order, findable by a key.

A key is ``source:name`` in lower case, with the name's vocabulary spelled one way (``dc.``, ``dcterms.``,
``egms.``, ``aglsterms.``): the tables of :mod:`endleaf.metadata.precedence` are written in these keys.
The fields themselves keep the page's own spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from endleaf.metadata import words
from endleaf.model import Field, Value

MOST_FIELDS = 400
"""Fields kept of a page. The richest real heads declare about 250; beyond that it is a data feed, not a head."""

MOST_CHARACTERS = 2000
"""Characters kept of a field. The longest honest descriptions have about 1,500; ``articleBody`` repeats the page."""


class Declared:
    """The fields found so far, in order, and the way to them by key."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self._by_key: dict[str, list[Field]] = {}
        self._unreadable: list[Field] = []
        self._left = 0

    def add(self, field: Field, *keys: str) -> None:
        """A field as declared, findable by its keys."""
        if len(self.fields) < MOST_FIELDS:
            self.fields.append(field)
        else:
            self._left += 1
        for key in keys:
            self._by_key.setdefault(key, []).append(field)

    def add_unreadable(self, source: str, what: str) -> None:
        """Say that something was declared in a form that could not be read."""
        self._unreadable.append(Field(name="unreadable", value=what, source=source))

    def get(self, key: str) -> Sequence[Field]:
        """The fields of that key, in document order."""
        return self._by_key.get(key, ())

    def under(self, prefix: str) -> Iterator[Field]:
        """The fields whose key begins so."""
        for key, fields in self._by_key.items():
            if key.startswith(prefix):
                yield from fields

    def kept(self) -> tuple[Field, ...]:
        """The fields as a page keeps them. Where there are too many, or too long ones, a last field says how many."""
        kept = self.fields + self._unreadable[:MOST_FIELDS]
        long = sum(len(field.value) > MOST_CHARACTERS for field in kept)
        if long:
            kept = [_cut(field) for field in kept]
            kept.append(_note(f"{long} values were cut to {MOST_CHARACTERS} characters"))
        if self._left:
            kept.append(_note(f"{self._left} more fields are declared"))
        return tuple(kept)


def _cut(field: Field) -> Field:
    if len(field.value) <= MOST_CHARACTERS:
        return field
    return Field(name=field.name, value=field.value[:MOST_CHARACTERS], source=field.source, scheme=field.scheme)


def _note(text: str) -> Field:
    return Field(name="limit", value=text, source="endleaf")


def value_of(field: Field, text: str | None = None) -> Value:
    """A value with its source: ``meta:DC.title``, or ``title`` alone where the source has but one field.

    >>> value_of(Field(name="DC.title", value=" Tide  tables ", source="meta"))
    Value(value='Tide tables', source='meta:DC.title')
    """
    source = field.source if field.source == field.name else f"{field.source}:{field.name}"
    return Value(value=words.plain(field.value) if text is None else text, source=source)
