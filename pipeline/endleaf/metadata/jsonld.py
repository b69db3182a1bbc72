"""JSON-LD in script elements: every scalar becomes a field; the page's own item is findable by key.

Read as data, not as linked data: no context is fetched or expanded (JSON-LD 1.1 would want it), names are
taken as schema.org's, which is what pages use. Broken JSON is mended where the break is a known one
(:func:`loads`), else one field says that a block could not be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from endleaf.metadata import kinds, words
from endleaf.metadata.declared import Declared
from endleaf.model import Field
from endleaf.parse import Tree

_MOST_DEPTH = 12
"""Levels below an item: honest ones have 5. What lies deeper is counted, not read."""

# Properties whose value is an item of its own that one name stands for.
_NAMED = frozenset({
    "author", "creator", "publisher", "editor", "contributor", "copyrightholder", "sourceorganization", "ispartof"
})  # fmt: skip

# What pages wrap a script in, so that old browsers do not show it or XML parsers do not read it.
_OPENING = re.compile(r"\s{0,99}(?:/\*|//)?\s{0,9}(?:<!\[CDATA\[|<!--)(?:\s{0,9}(?:\*/|//))?")
_CLOSING = re.compile(r"(?:/\*|//)?\s{0,9}(?:\]\]>|-->)\s{0,9}(?:\*/)?\s{0,99};?\s{0,99}\Z")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^"]+|"', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)


def read(tree: Tree, scripts: list[int], title: str, found: Declared) -> None:
    """The page's JSON-LD. ``title`` helps to tell the page's own item among several."""
    items: list[dict[str, Any]] = []
    for i in scripts:
        if "ld+json" not in tree.attrs[i].get("type", "").lower():
            continue
        text = tree.text(i)
        if not text.strip():
            continue
        try:
            items.extend(_items(loads(text)))
        except (ValueError, RecursionError):
            found.add_unreadable("json-ld", f"a block of {len(text)} characters is no JSON: {words.clean(text[:80])}")
    by_id = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and len(item) > 1}
    own = _own(items, title)
    for item in items:
        _declare(item, by_id, any(item is one for one in own), found)


def loads(text: str) -> Any:
    """JSON as pages write it: wrapped in comments or CDATA, trailing commas, raw line breaks in strings, bad escapes,
    several values in a row. Raises ValueError where that does not make it JSON.

    >>> loads('<!-- {"a": "one\\n two", "b": [1, 2,],} -->')
    {'a': 'one\\n two', 'b': [1, 2]}
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        pass
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, max(0, len(text) - 250))
    text = text[opening.end() if opening else 0 : closing.start() if closing else None]
    text = "".join(
        _BAD_ESCAPE.sub("", piece) if piece[0] == '"' else _TRAILING_COMMA.sub("", _COMMENT.sub("", piece))
        for piece in _PIECE.findall(text)
    ).strip()
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        values = _several(text)
        return values[0] if len(values) == 1 else values


def _several(text: str) -> list[Any]:
    """JSON values one after another, raw line breaks in their strings allowed. What follows the last must be next to
    nothing.
    """
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            if values and len(text) - at < 20:
                break  # a stray brace or semicolon
            raise
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """The top items of a block: of its lists and @graph lists, and what they say the page is mainly about."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if len(value) > ("@graph" in value) + ("@context" in value):
                yield value
            main = value.get("mainEntity")
            if isinstance(main, dict) and kinds.group(_type(value)) == "webpage":
                waiting.append(main)
            if isinstance(value.get("@graph"), list | dict):
                waiting.append(value["@graph"])


def _type(item: dict[str, Any]) -> str:
    """An item's type; of several, the first that says something of the page."""
    declared = item.get("@type", "")
    names = [name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)]
    return next((kinds.short(name) for name in names if kinds.group(name)), kinds.short(names[0]) if names else "")


def _own(items: list[dict[str, Any]], title: str) -> list[dict[str, Any]]:
    """The items that are the page's own: the first of a group, but of several articles the one the title names."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault(kinds.group(_type(item)), []).append(item)
    groups.pop("", None)
    own: list[dict[str, Any]] = []
    wanted = words.key(title)
    for group, those in groups.items():
        if group in ("article", "work") and len(those) > 1:
            heads = {words.key(words.plain(_headline(item))): item for item in reversed(those)}
            chosen = [item for head, item in heads.items() if head and head in wanted]
            own.extend(chosen[:1] or (those[:1] if len(heads) == 1 else []))
        else:
            own.append(those[0])
    return own


def _headline(item: dict[str, Any]) -> str:
    head = item.get("headline") or item.get("name")
    return head if isinstance(head, str) else ""


def _declare(item: dict[str, Any], by_id: dict[str, dict[str, Any]], own: bool, found: Declared) -> None:
    """Every scalar of an item as a field; those of the page's own item under their keys."""
    kind = _type(item)
    group = kinds.group(kind) if own else ""
    deeper = 0
    for path, value in _scalars(item, by_id):
        if value is None:
            deeper += 1
            continue
        name = words.clean(f"{kind}.{path}" if kind else path)
        found.add(Field(name=name, value=value, source="json-ld"), *(_keys(group, path) if group else ()))
    if deeper:
        found.add_unreadable("json-ld", f"{deeper} values of {kind or 'an item'} lie deeper than {_MOST_DEPTH} levels")


def _keys(group: str, path: str) -> list[str]:
    """What a field of the page's own item is found by: its path, where that is short enough for any table."""
    names = path.lower().split(".")
    if len(names) == 1 and names[0] in _NAMED:
        names.append("name")  # a name in place of an item
    return [f"json-ld:{group}.{'.'.join(names)}"] if len(names) <= 2 else []


def _scalars(item: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """(path, text) of every scalar below an item, in order; None for what lies too deep. A reference to an item of
    the page is followed once.
    """
    waiting: list[tuple[str, Any, int]] = [("", item, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > _MOST_DEPTH:
            yield path, None
        elif isinstance(value, dict):
            if depth == 1 and set(value) <= {"@id", "@type"} and path.lower() in _NAMED:
                whole = by_id.get(str(value.get("@id")))
                if whole:
                    value = {name: whole[name] for name in ("@type", "name", "@id") if name in whole}
            waiting.extend(
                (f"{path}.{name}" if path else name, inner, depth + 1)
                for name, inner in reversed(value.items())
                if name not in ("@context", "@graph")
            )
        elif isinstance(value, list):
            waiting.extend((path, inner, depth + isinstance(inner, list)) for inner in reversed(value))
        elif value is not None and value != "":
            yield path, words.clean(_spelled(value))


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
