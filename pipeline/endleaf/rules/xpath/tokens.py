"""The text of an XPath cut into its words (XPath 1.0, section 3.7)."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from endleaf.rules.selecting import BadSelector

LONGEST: Final = 2000
"""Characters: an expression that a person wrote is far shorter."""


class Token(NamedTuple):
    """A word: what it is, its text, and where it begins."""

    kind: Literal["number", "string", "name", "sign", "end"]
    text: str
    at: int


_NCNAME = r"[^\W\d][\w.\u00b7-]*"
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<string>\"[^\"]*\"|'[^']*')"
    rf"|(?P<name>{_NCNAME}(?::(?!:)(?:{_NCNAME}|\*))?)|(?P<sign>::|\.\.|//|!=|<=|>=|[()\[\].@,/|+=<>*$-]))"
)


def tokens_of(text: str) -> list[Token]:
    """The words, an ``end`` at their end. Raises :class:`BadSelector` for what is no word.

    >>> [token.text for token in tokens_of("//h1[@class='a-b'] ")]
    ['//', 'h1', '[', '@', 'class', '=', "'a-b'", ']', '']
    """
    if len(text) > LONGEST:
        raise BadSelector(f"more than {LONGEST} characters")
    found: list[Token] = []
    end, at = len(text.rstrip()), 0
    while at < end:
        read = _TOKEN.match(text, at)
        if read is None or read.lastgroup is None:
            rest = text[at:].lstrip()
            what = "a string is not closed" if rest[:1] in ("'", '"') else f"{rest[:1]!r} has no meaning"
            raise BadSelector(f"{what} before {rest[1:21]!r}" if rest[1:].strip() else f"{what} at the end")
        kind = read.lastgroup
        found.append(Token(kind, read[kind], read.start(kind)))  # type: ignore[arg-type]  # the groups' names
        at = read.end()
    found.append(Token("end", "", end))
    return found
