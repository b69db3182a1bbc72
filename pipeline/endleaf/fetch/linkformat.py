"""Link format (RFC 8288, RFC 6690): the Link header and the TimeMap, one link at a time, however long the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MOST = 1 << 16
"""Characters of one link, 64 KiB: what is longer is no link, and is passed over."""

# Every quantifier is possessive: a hostile list must not make the match go back over what it has read.
_NAME = r"[\w*!#$&+.^`|~-]++"
_VALUE = r'(?:"[^"]*+"|[^",;\s<]*+)'
_LINK = re.compile(
    r"[\s,]*+<(?P<url>[^<>]*+)>"
    rf"(?P<parameters>(?:\s*+;\s*+{_NAME}(?:\s*+=\s*+{_VALUE})?+)*+)\s*+;?+\s*+(?:,|(?=<)|\Z)"
)
_PARAMETER = re.compile(rf'\s*+;\s*+({_NAME})(?:\s*+=\s*+(?:"([^"]*+)"|([^",;\s<]*+)))?+')


class Link(NamedTuple):
    """A link: where to, its relations, and its other parameters (names in small letters)."""

    url: str
    relations: frozenset[str]
    parameters: dict[str, str]


class Links:
    """Links out of pieces of text; ``broken`` counts the places that are none."""

    def __init__(self) -> None:
        self.broken = 0

    def read(self, pieces: Iterable[str]) -> Iterator[Link]:
        """The links of a text that comes in pieces; no more than one piece and one link are held."""
        held = ""
        for piece in pieces:
            held += piece
            # What follows the last comma may go on: a comma may also stand within a URL or quotes.
            yield from self._whole(held, last=False)
            held = self._rest
        yield from self._whole(held, last=True)

    def _whole(self, text: str, *, last: bool) -> Iterator[Link]:
        at = 0
        self._rest = ""
        while at < len(text):
            found = _LINK.match(text, at)
            if found and (last or found.end() < len(text) or text[-1] == ","):
                yield _link(found)
                at = found.end()
                continue
            if not last and len(text) - at <= MOST:
                break
            if text[at:].strip(" \t\r\n,\0"):
                self.broken += 1
            at = _next(text, at)
        self._rest = text[at:]


def _next(text: str, at: int) -> int:
    """The start of the next thing that looks like a link."""
    found = text.find("<", at + 1)
    return found if found >= 0 else len(text)


def _link(found: re.Match[str]) -> Link:
    parameters = {each[1].lower(): each[2] or each[3] or "" for each in _PARAMETER.finditer(found["parameters"])}
    return Link(found["url"].strip(), frozenset(parameters.pop("rel", "").lower().split()), parameters)


def links_of(headers: Iterable[str]) -> list[Link]:
    """The links of Link headers.

    >>> [link.url for link in links_of(['<http://a.example/?x=1,2>; rel=original, <http://b.example/>; rel="a b"'])]
    ['http://a.example/?x=1,2', 'http://b.example/']
    """
    return list(Links().read(header[:MOST] + "," for header in headers))
