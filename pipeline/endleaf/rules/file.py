"""Rules from their files: TOML, checked whole before anything is converted. Every error is one line that says where."""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import msgspec

from endleaf.errors import RulesError
from endleaf.rules.pattern import BadPattern, pattern_of
from endleaf.rules.rule import PLACES, VALUES, Rule, Rules
from endleaf.rules.selecting import BadSelector
from endleaf.rules.selector import Selector, selector_of
from endleaf.rules.span import BadMoment, Span, digits_of

_Texts = str | list[str]
_Read = TypeVar("_Read")


class _Written(msgspec.Struct, rename={"from_": "from", "day_first": "day-first"}):
    """A rule as the file has it."""

    url: _Texts = ""
    name: str = ""
    from_: Any = None
    to: Any = None
    day_first: bool | None = None
    content: _Texts = ""
    keep: _Texts = ""
    drop: _Texts = ""
    title: _Texts = ""
    author: _Texts = ""
    date: _Texts = ""
    next: _Texts = ""


_KEYS: Final = tuple(field.encode_name for field in msgspec.structs.fields(_Written))
_TYPES: Final = {
    "str": "a text", "int": "a number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a table", "null": "nothing", "datetime": "a date", "date": "a date", "time": "a time",
}  # fmt: skip


def load(files: Iterable[Path | str]) -> Rules:
    """The rules of these files. Raises :class:`~endleaf.errors.RulesError` that tells the first thing wrong."""
    rules: list[Rule] = []
    for file in files:
        found, problems = read(file)
        if problems:
            others = f"; and {len(problems) - 1} more: see endleaf rules check {file}" if problems[1:] else ""
            raise RulesError(problems[0] + others)
        rules += found
    for rule, other in _alike(rules):
        raise RulesError(f"{rule.file}: {rule.name}: a rule of {other.file} has that name; no two may share one")
    return Rules(rules)


def _alike(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule]]:
    named: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in named:
            yield rule, named[rule.name]
        named[rule.name] = rule


def read(file: Path | str) -> tuple[list[Rule], list[str]]:
    """A file's rules, and a line for each thing that is wrong in it. Raises RulesError where it cannot be read."""
    try:
        data = Path(file).read_bytes()
        told = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise RulesError(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RulesError(f"{file}: byte {error.start} is no UTF-8, as TOML must be") from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{file}: no TOML: {error}") from error
    except RecursionError as error:
        raise RulesError(f"{file}: no TOML that can be read: too deeply nested") from error
    reading = _Reading(str(file), hashlib.sha256(data).hexdigest(), [])
    return list(reading.rules(told)), reading.problems


class _Wrong(Exception):
    """Something is wrong here: ``place`` is the key, empty where it is the rule as a whole."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}" if place else what)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read."""

    file: str
    sha256: str
    problems: list[str]

    def rules(self, told: dict[str, Any]) -> Iterator[Rule]:
        """The rules that are right; what is wrong with the others is noted."""
        for key in told:
            if key != "rule":
                self.problems.append(f"{self.file}: {_unknown(key, ('rule',))}")
        tables = told.get("rule", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.problems.append(f"{self.file}: rules begin with [[rule]], in two pairs of brackets")
        elif not tables and not self.problems:
            self.problems.append(f"{self.file}: there is no [[rule]] in it")
        else:
            yield from self._of(tables)

    def _of(self, tables: list[dict[str, Any]]) -> Iterator[Rule]:
        seen: dict[str, int] = {}
        for number, table in enumerate(tables, 1):
            before = len(self.problems)
            rule = self._rule(number, table)
            if rule and rule.name in seen:
                self._note(number, table, _Wrong("name", f"rule {seen[rule.name]} has it; no two may share one"))
            elif rule and len(self.problems) == before:
                seen[rule.name] = number
                yield rule

    def _note(self, number: int, table: dict[str, Any], wrong: _Wrong) -> None:
        self.problems.append(f"{self.file}: rule {number}{_label(table)}: {wrong}")

    def _rule(self, number: int, table: dict[str, Any]) -> Rule | None:
        for key in table:
            if key not in _KEYS:
                self._note(number, table, _Wrong("", _unknown(key, _KEYS)))
        try:
            written = _typed({key: value for key, value in table.items() if key in _KEYS})
            span = _span(written)
        except _Wrong as wrong:
            self._note(number, table, wrong)
            return None

        def tried(key: str, read: Callable[[str], _Read]) -> tuple[_Read, ...]:
            found: list[_Read] = []
            for place, text in _texts(key, getattr(written, key)):
                try:
                    found.append(read(text))
                except (BadPattern, BadSelector) as error:
                    self._note(number, table, _Wrong(f'{place} "{text}"', str(error)))
            return tuple(found)

        if not written.url:
            self._note(number, table, _Wrong("", "url is missing: which pages is it for?"))
        selectors = {key: tried(key, _element_selector) for key in PLACES if getattr(written, key)}
        selectors |= {key: tried(key, selector_of) for key in VALUES if getattr(written, key)}
        if not selectors:
            self._note(number, table, _Wrong("", f"it does nothing; it needs one of {', '.join((*PLACES, *VALUES))}"))
        return Rule(
            name=written.name.strip() or f"{Path(self.file).name}#{number}",
            file=self.file,
            sha256=self.sha256,
            patterns=tried("url", pattern_of),
            selectors=selectors,
            span=span,
            day_first=written.day_first,
        )


def _element_selector(text: str) -> Selector:
    selector = selector_of(text)
    if not selector.finds_elements:
        raise BadSelector("it must select elements or text(), not attributes or a value")
    return selector


def _label(table: dict[str, Any]) -> str:
    """The rule's name, or the first address it is for, to know it by."""
    url = table.get("url")
    for label in (table.get("name"), url, url[0] if isinstance(url, list) and url else None):
        if isinstance(label, str) and label.strip():
            return f" ({label.strip()})"
    return ""


def _texts(key: str, value: _Texts) -> Iterator[tuple[str, str]]:
    """The texts of a key with their places; places count from one."""
    if isinstance(value, str):
        if value:
            yield key, value
        return
    yield from ((f"{key}[{number}]", text) for number, text in enumerate(value, 1))


def _typed(table: dict[str, Any]) -> _Written:
    try:
        return msgspec.convert(table, _Written)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$.")
        key, bracket, _ = path.rstrip("`").partition("[")
        value = table.get(key)
        if bracket and isinstance(value, list):
            at = next((n for n, each in enumerate(value, 1) if not isinstance(each, str)), 1)
            _wrong(f"{key}[{at}]", f"it must be a text, and is {_kind(value[at - 1])}")
        wants = "true or false" if key == "day-first" else "a text" if key == "name" else "a text or a list of texts"
        _wrong(key, f"it must be {wants}, and is {_kind(value)}" if key in table else what)


def _wrong(place: str, what: str) -> NoReturn:
    raise _Wrong(place, what)


def _kind(value: object) -> str:
    kind = {"dict": "object", "list": "array"}.get(type(value).__name__, type(value).__name__)
    return _TYPES.get(kind, kind)


def _span(written: _Written) -> Span:
    ends: list[str] = []
    for key, value in (("from", written.from_), ("to", written.to)):
        try:
            ends.append("" if value is None else digits_of(value))
        except BadMoment as error:
            raise _Wrong(f"{key} {value!r}" if isinstance(value, str) else key, str(error)) from error
    first, last = ends
    size = min(len(first), len(last))
    if first[:size] > last[:size]:
        _wrong("to", f"{last} is before from, {first}")
    return Span(first, last)


def _unknown(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key.lower(), list(known), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return f"unknown key {key!r}; {hint}"
