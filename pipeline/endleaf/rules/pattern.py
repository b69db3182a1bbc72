"""Which addresses a rule is for: a host, with its subdomains on request, and a path with ``*`` in it.

The form is the one of archives' indexes: ``example.org/news/*``, ``*.example.org``. As in their keys (SURT), what
makes no other page makes no difference: scheme, ``www.``, default port, upper and lower case, a slash at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from endleaf.urls import Base, base_of

_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_WWW: Final = re.compile(r"www\d*\.(?=[^.]+\.)")
_SURT: Final = re.compile(r"(?:https?://\(?)?[\w-]+(?:,[\w-]+)+[,)]")

Glob = tuple[str, ...]
"""A text cut at its stars."""


class BadPattern(ValueError):
    """A pattern that cannot be read: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page's address as patterns see it."""

    host: str
    path: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read.

    ``host`` is empty for any; ``below`` says whether its subdomains are meant too; ``path`` is None for any;
    ``parameters`` is None where the query does not count, and empty where there must be none.
    """

    text: str
    host: str
    below: bool
    path: Glob | None
    parameters: tuple[Glob, ...] | None

    def matches(self, address: Address | None) -> bool:
        """Whether a page's address is meant. A page of unknown address is meant by ``*`` alone.

        >>> pattern = pattern_of("*.example.org/news/*?id=*")
        >>> [pattern.matches(address_of(url)) for url in ("https://www.example.org/News/a.asp?lang=en&id=3",
        ...     "http://a.b.example.org/news/?id=3", "http://example.org/news/a.asp", "http://example.net/news/?id=3")]
        [True, True, False, False]
        """
        if address is None:
            return not self.host and self.path is None and self.parameters is None
        return self._of_host(address.host) and self._of_path(address.path) and self._of_query(address.parameters)

    def _of_host(self, host: str) -> bool:
        return not self.host or host == self.host or (self.below and host.endswith("." + self.host))

    def _of_path(self, path: str) -> bool:
        bare = path.removesuffix("/")
        return self.path is None or fits(self.path, bare) or fits(self.path, bare + "/")

    def _of_query(self, parameters: tuple[str, ...]) -> bool:
        if self.parameters is None:
            return True
        if not self.parameters:
            return not parameters
        return all(any(fits(glob, each) for each in parameters) for glob in self.parameters)


def pattern_of(text: str) -> Pattern:
    """A pattern from its text. Raises :class:`BadPattern`."""
    bare = text.strip()
    if _SURT.match(bare):
        raise BadPattern("write the host as in an address, example.org/path, not as a SURT")
    rest = _SCHEME.sub("", bare, count=1)
    if "://" in rest.partition("/")[0] + "/" + rest.partition("/")[2][:1] or "#" in rest:
        raise BadPattern("only http and https addresses have patterns, and no fragment is part of one")
    place, question, query = rest.partition("?")
    host, slash, path = place.partition("/")
    below = host.startswith("*.")
    host = _host(host.removeprefix("*."))
    return Pattern(
        text=text,
        host=host,
        below=below,
        path=_glob("/" + path) if slash else None,
        parameters=tuple(_glob(each) for each in query.split("&") if each) if question else None,
    )


def _host(text: str) -> str:
    if text == "*":
        return ""
    if "*" in text:
        raise BadPattern("a star in a host stands alone or begins it: *.example.org (that host and all below it)")
    base = base_of(f"http://{text}/") if text else None
    if base is None or "@" in text:
        raise BadPattern("it begins with no host; a pattern is host/path, such as example.org/news/*")
    return _bare(base.host)


def _bare(host: str) -> str:
    return _WWW.sub("", host)


def address_of(url: str | None) -> Address | None:
    """An address as patterns see it; None for none, or one of another scheme than http, https and ftp."""
    base = base_of(url)
    if base is None:
        return None
    return Address(_bare(base.host), _folded(base.path), _parameters(base))


def _parameters(base: Base) -> tuple[str, ...]:
    return tuple(_folded(each) for each in base.query.removeprefix("?").split("&") if each)


def _folded(text: str) -> str:
    return unquote(text).lower()


def _glob(text: str) -> Glob:
    return tuple(_folded(piece) for piece in text.split("*"))


def fits(glob: Glob, text: str) -> bool:
    """Whether a text fits a glob: in time that grows with the text alone, however many stars there are.

    >>> fits(("/a", "b", ""), "/a/xb/c"), fits(("ab", "ba"), "aba")
    (True, False)
    """
    first, *middle = glob
    if not middle:
        return text == first
    last = middle.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
