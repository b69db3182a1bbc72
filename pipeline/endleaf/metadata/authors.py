"""Who wrote a page: by what it declares, by a class that says byline, else by a line that a reader knows as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from endleaf.metadata import bylines, head, people, precedence, words
from endleaf.metadata.declared import Declared, value_of
from endleaf.metadata.sheet import Sheet
from endleaf.model import Field, Value


def authors_of(sheet: Sheet, found: Declared, heads: Callable[[], Sequence[int]]) -> tuple[Value, ...]:
    """The authors of the first table row that names any: rows are not mixed, for they name the same people twice.
    ``heads`` gives the page's own headings; it is asked where nothing is declared.
    """
    label = next((field.value.lower() for field in found.get("meta:twitter:label1")), "")
    for key, _ in precedence.AUTHORS:
        if key == "meta:twitter:data1" and label not in precedence.WROTE:
            continue
        if key == "byline:class":
            head.read_bylines(sheet, found)
        reading = _reading(key)
        named = [(name, field) for field in found.get(key) for name in reading(field.value)]
        if named and key == "byline:class":  # the next one is a photographer's, or a teaser's
            named = [(name, field) for name, field in named if field is named[0][1]]
        if named:
            return distinct(named)
    return tuple(Value(value=name, source="text") for name in dict.fromkeys(bylines.shown(sheet, heads())))


def _reading(key: str) -> Callable[[str], list[str]]:
    """How a row's text is read into names."""
    if key in precedence.CATALOGUED:
        return people.catalogued
    return people.byline if key in precedence.BYLINES else people.declared


def distinct(pairs: Iterable[tuple[str, Field]]) -> tuple[Value, ...]:
    """The texts with their sources, each once, whatever its spelling."""
    seen: dict[str, Value] = {}
    for text, field in pairs:
        seen.setdefault(words.key(text), value_of(field, text))
    return tuple(seen.values())
