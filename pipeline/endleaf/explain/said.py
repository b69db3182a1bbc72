"""The metadata with where each value stood, and every other statement the page makes of the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from endleaf.explain.told import Other, Stated
from endleaf.metadata import dates, kinds, languages, precedence, words
from endleaf.metadata.declared import value_of
from endleaf.metadata.precedence import Row
from endleaf.model import Field, Metadata, Moment, Value


def stated(said: Metadata) -> tuple[Stated, ...]:
    """The fields that have a value, in the order of a title page."""
    return tuple(_stated(kind, values, said) for kind in _KINDS if (values := _values(said, kind.name)))


def _values(said: Metadata, name: str) -> tuple[Value, ...]:
    value = getattr(said, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _stated(kind: _Kind, values: tuple[Value, ...], said: Metadata) -> Stated:
    taken = {each.source for each in values}
    others: dict[tuple[str, str], Other] = {}
    for field in _fields(said.declared, kind.table):
        other = value_of(field)
        if other.source not in taken and words.filled(other.value):
            agrees = any(kind.agree(each.value, other.value) for each in values)
            others[other.value, other.source] = Other(value=other.value, source=other.source, agrees=agrees)
    return Stated(
        label=kind.label,
        value="; ".join(each.value for each in values),
        source="; ".join(dict.fromkeys(each.source for each in values)),
        others=tuple(others.values()),
    )


# ------------------------------------------------------------ which fields


def _fields(declared: tuple[Field, ...], table: tuple[Row, ...]) -> Iterator[Field]:
    """The declared fields that a table has a row for."""
    keys = {row.key for row in table}
    return (field for field in declared if not keys.isdisjoint(_keys(field)))


def _keys(field: Field) -> Iterator[str]:
    """What the tables may call a field, as :mod:`endleaf.metadata.declared` spells it."""
    name = field.name.lower()
    if field.source == name:
        yield name
    elif field.source in ("json-ld", "microdata"):
        kind, _, path = field.name.partition(".")
        yield f"{field.source}:{kinds.group(kind)}.{path.lower()}"
    elif field.source in ("byline", "dated"):
        yield f"{field.source}:class"
    elif field.source == "link":
        yield from (f"link:{relation}" for relation in name.split())
    else:
        plain = name.replace("link rel=", "link ")
        yield f"{field.source}:{plain}"
        yield f"{field.source}:{plain.replace(':', '.').replace('e-gms.', 'egms.')}"


# ------------------------------------------------------- when they agree


def _alike(one: str, other: str) -> bool:
    """Whether two texts are the same words, or one is the longer form of the other.

    >>> _alike("Tide tables", "Tide Tables | Harbour Office"), _alike("Tide tables", "Moorings")
    (True, False)
    """
    short, long = sorted((words.key(one), words.key(other)), key=len)
    return short in long


def _same_name(one: str, other: str) -> bool:
    """Whether two names are of the same person or body: ``Teal, Ann`` is ``Ann Teal``."""
    return _alike(one, other) or sorted(one.casefold().replace(",", " ").split()) == sorted(
        other.casefold().replace(",", " ").split()
    )


def _same_date(one: str, other: str) -> bool:
    """Whether two dates may be the same moment, each as fine as it is stated.

    >>> _same_date("2004-06-28", "28 June 2004"), _same_date("2004-06-28", "2004-06-29T01:00:00Z")
    (True, False)
    """
    first, second = (Moment.from_iso(dates.w3cdtf(each) or "") for each in (one, other))
    return first.agrees(second) if first and second else _alike(one, other)


def _same_language(one: str, other: str) -> bool:
    first, second = (languages.tag(each) or each for each in (one, other))
    return first.partition("-")[0].lower() == second.partition("-")[0].lower()


class _Kind(NamedTuple):
    """A field of the metadata, the declarations it may come from, and when two of them say the same."""

    name: str
    label: str
    table: tuple[Row, ...]
    agree: Callable[[str, str], bool] = _alike


_KINDS: Final = (
    _Kind("title", "Title", precedence.TITLE),
    _Kind("authors", "Author", precedence.AUTHORS, _same_name),
    _Kind("description", "Description", precedence.DESCRIPTION),
    _Kind("published", "Published", precedence.PUBLISHED, _same_date),
    _Kind("modified", "Modified", precedence.MODIFIED, _same_date),
    _Kind("publisher", "Publisher", precedence.PUBLISHER, _same_name),
    _Kind("site_name", "Site", precedence.SITE_NAME),
    _Kind("subjects", "Subject", precedence.SUBJECTS),
    _Kind("language", "Language", precedence.LANGUAGE, _same_language),
    _Kind("rights", "Rights", precedence.RIGHTS),
    _Kind("canonical", "Canonical address", precedence.CANONICAL),
)
