"""A page's address texts to valid absolute URLs, as a browser would read them (WHATWG URL, sections 4.4 and 4.5).

What comes out is a valid URL string: only ASCII, nothing a URL may not hold.
It may be stricter than a browser: what no browser could open gives None.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

import idna

LIMIT = 8192
"""Characters. RFC 9110 section 4.1 asks servers for at least 8000; a longer address is data, not a place."""

HIERARCHICAL = frozenset({"http", "https", "ftp"})
OPAQUE = frozenset({"mailto", "tel"})

_SAFE_PATH = r"(?:[A-Za-z0-9_~!$&()*+,;=@-]|/(?![./])|(?<=[A-Za-z0-9_-])\.)*"
_SAFE_QUERY = r"(?:\?[A-Za-z0-9._~!$&()*+,;=:@/?-]*)?"
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/" + _SAFE_PATH + _SAFE_QUERY)
"""An absolute URL that needs nothing done to it."""
_PLAIN_PATH = re.compile(r"/?(?=[A-Za-z0-9_])" + _SAFE_PATH + _SAFE_QUERY)
"""A path that needs nothing but its base."""
_STRIP = "".join(map(chr, range(0x21)))
_INSIDE = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_BAD_PATH = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/%-]+")
_BAD_QUERY = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")
_DOT = re.compile(r"(?:\.|%2e){1,2}", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)")
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::([0-9]{0,9}))?", re.DOTALL)
_PORTS = {"http": 80, "https": 443, "ftp": 21}


class Base(NamedTuple):
    """An absolute URL taken apart, to resolve others against."""

    scheme: str
    host: str
    """Host and port."""
    path: str
    query: str
    root: str
    """The URL with no path."""
    folder: str
    """The URL up to the last slash of its path."""


def base_of(url: str | None) -> Base | None:
    """A URL as a base; None where it cannot be one (it is none, or mailto:)."""
    whole = absolute(url, None) if url else None
    if whole is None:
        return None
    scheme, _, rest = whole.partition("://")
    if not rest:
        return None
    body, question, query = rest.partition("#")[0].partition("?")
    host, _, path = body.partition("/")
    root, path = f"{scheme}://{host}", "/" + path
    return Base(scheme, host, path, question + query, root, root + path[: path.rfind("/") + 1])


def cleaned(text: str) -> str:
    r"""The text without what a browser drops before it reads an address.

    >>> cleaned(" \x01http://exa\nmple.org/\t ")
    'http://example.org/'
    """
    text = text.strip(_STRIP)
    return text if text.isprintable() else text.translate(_INSIDE)


def absolute(href: str, base: Base | None) -> str | None:
    """The absolute URL an address text means; None where it means none, or one of a scheme that is no place.

    >>> base = base_of("http://www.example.org/a/b.html?c")
    >>> absolute("../d e.html#Ü", base)
    'http://www.example.org/d%20e.html#%C3%9C'
    >>> absolute("//Bücher.example:80/%zz", base)
    'http://xn--bcher-kva.example/%25zz'
    >>> absolute("java\\tscript:alert(1)", base) is absolute("x.html", None) is None
    True
    """
    text = cleaned(href)
    return resolved(text, base) if text else None


def resolved(text: str, base: Base | None) -> str | None:
    """:func:`absolute` for a text that is :func:`cleaned` and not empty."""
    if len(text) > LIMIT:
        return None
    if _PLAIN.fullmatch(text):
        return text
    if base and _PLAIN_PATH.fullmatch(text):
        return (base.root if text[0] == "/" else base.folder) + text
    found = _SCHEME.match(text)
    if not found:
        return _relative(text, base) if base else None
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme in OPAQUE:
        opaque = _encoded(rest.lstrip("/"), _BAD_QUERY)
        return f"{scheme}:{opaque}" if opaque else None
    if scheme not in HIERARCHICAL:
        return None
    if base and base.scheme == scheme and rest[:2].replace("\\", "/") != "//":
        return _relative(rest, base)
    path, query, fragment = _parts(rest)
    host, slash, path = path.lstrip("/").partition("/")
    return _built(scheme, host, slash + path, query, fragment)


def _relative(text: str, base: Base) -> str | None:
    path, query, fragment = _parts(text)
    if path.startswith("//"):
        host, slash, path = path.lstrip("/").partition("/")
        return _built(base.scheme, host, slash + path, query, fragment)
    if not path:
        path, query = base.path, query or base.query
    elif not path.startswith("/"):
        path = base.path[: base.path.rfind("/") + 1] + path
    return f"{base.scheme}://{base.host}{_tail(path, query, fragment)}"


def _parts(text: str) -> tuple[str, str, str]:
    found = _PARTS.match(text)
    path, query, fragment = found.groups("") if found else (text, "", "")
    return path.replace("\\", "/"), query, fragment


def _built(scheme: str, authority: str, path: str, query: str, fragment: str) -> str | None:
    # Credentials are no part of a valid URL of the web (section 4.3), and only serve to mislead.
    found = _AUTHORITY.fullmatch(authority.rpartition("@")[2])
    host = _valid_host(found[1]) if found else None
    port = int((found and found[2]) or _PORTS[scheme])
    if host is None or port > 65535:
        return None
    if port != _PORTS[scheme]:
        host += f":{port}"
    return f"{scheme}://{host}{_tail(path, query, fragment)}"


def _valid_host(host: str) -> str | None:
    """A host as ASCII, lower case; None where it cannot be one."""
    if "%" in host:
        host = unquote(host)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    host = host.lower()
    if len(host) > 253:
        return None
    if _HOST.fullmatch(host):
        last = host.rstrip(".").rpartition(".")[2]
        return host if not last.isdigit() or _IPV4.fullmatch(host) else None
    return host if _IPV6.fullmatch(host) else None


def _tail(path: str, query: str, fragment: str) -> str:
    path = _without_dots(_encoded(path, _BAD_PATH)) if path else "/"
    if query:
        path += "?" + _encoded(query[1:], _BAD_QUERY)
    return path + "#" + _encoded(fragment[1:], _BAD_QUERY) if fragment else path


def _without_dots(path: str) -> str:
    if "/." not in path and "/%2" not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if not _DOT.fullmatch(step):
            kept.append(step)
        elif len(step.lower().replace("%2e", ".")) == 2 and kept:
            kept.pop()
    if _DOT.fullmatch(steps[-1]):
        kept.append("")
    return "/" + "/".join(kept)


def _encoded(text: str, bad: re.Pattern[str]) -> str:
    return bad.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    # A lone surrogate is read as U+FFFD, as every encoder of the web does.
    text = found[0].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8"))
