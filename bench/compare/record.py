"""A run on record: what was measured, with what, when; and that with the comparison as JSON."""

from __future__ import annotations

import msgspec

from bench.compare.standing import Comparison


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader must know to do it again."""

    command: str
    date: str
    """Of the day it was done: YYYY-MM-DD."""
    python: str
    held: bool
    """Whether the pages are those of the held-out fifth alone."""
    most: int | None
    """At most so many pages a set; None for all."""
    releases: dict[str, str]
    """The version of each tool that was run."""
    missing: tuple[str, ...] = ()
    """Peers that do not import here."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    run: Run
    comparison: Comparison


def to_json(record: Record) -> bytes:
    """The record as JSON for people and scripts, its numbers rounded to four places."""
    return msgspec.json.format(msgspec.json.encode(_rounded(msgspec.to_builtins(record))), indent=1) + b"\n"


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
