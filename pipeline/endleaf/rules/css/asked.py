"""What a CSS selector asks, as typed parts (Selectors Level 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Combinator = Literal[" ", ">", "+", "~"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A test of an attribute. ``operator``: ``=``, ``~=``, ``|=``, ``^=``, ``$=``, ``*=``; empty: it is there."""

    name: str
    operator: str = ""
    value: str = ""
    folded: bool = False
    """Whether upper and lower case are one."""


@dataclass(frozen=True, slots=True)
class Nth:
    """A place among the siblings: ``step`` n + ``first``, of all or of those of its own name, from either end."""

    step: int
    first: int
    of_type: bool = False
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    """``:is(…)``, ``:not(…)``, or ``:has(…)``: the first step of each of its selectors is how it stands to this one."""

    kind: Literal["is", "not", "has"]
    selectors: tuple[Complex, ...]


@dataclass(slots=True)
class Compound:
    """What is asked of one element."""

    tag: str | None = None
    ids: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    places: list[Nth] = field(default_factory=list)
    nested: list[Nested] = field(default_factory=list)
    contains: list[tuple[str, ...]] = field(default_factory=list)
    empty: bool = False
    root: bool = False


Complex = tuple[tuple[Combinator, Compound], ...]
"""Compounds, each with how it stands to the one before it."""


@dataclass(frozen=True, slots=True)
class Css:
    """A selector list, and the attribute that ``::attr(name)`` at its end takes, if any."""

    selectors: tuple[Complex, ...]
    attribute: str | None = None
