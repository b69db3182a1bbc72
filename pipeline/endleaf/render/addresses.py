"""Addresses: the last gate before one is written, whatever an earlier room let through."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from endleaf.plain import clean

SCHEMES = ("http", "https", "mailto", "tel", "ftp")
"""Schemes a link may have. None of them can run anything."""

# The common case, checked by one match: an ASCII address in which nothing needs quoting.
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?"
_SOUND = re.compile(
    rf"(?:https?|ftp)://{_HOST}(?::\d{{1,4}})?(?:[/?](?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{{2}})*)?"
    r"(?:#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?",
    re.IGNORECASE,
)
# What RFC 3986 allows nowhere in a URL, or what HTML's checker refuses; a percent sign that escapes nothing too.
_UNSAFE = re.compile(r"""[\x00-\x20\x7f-\xa0"<>\\^`{|}\[\]\u2028\u2029\ud800-\udfff]|%(?![0-9A-Fa-f]{2})""")
_OPAQUE = re.compile(r"(mailto|tel):([^\s:/?#][^\s]*)", re.IGNORECASE)
_AUTHORITY = re.compile(
    rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:%]*@)?(?:{_HOST}|\[[0-9a-f:.]+\])(?::\d{{0,5}})?", re.IGNORECASE
)


def safe(href: str) -> str | None:
    """An address as it may stand in an export, or None if it may not.

    Absolute, of one of :data:`SCHEMES`, with whatever a URL may not hold
    percent-encoded (as a browser would before asking for it).

    >>> safe("http://example.org/a b")
    'http://example.org/a%20b'
    >>> safe("javascript:alert(1)") is None
    True
    """
    if _SOUND.fullmatch(href):
        return href
    href = href.strip()
    if _OPAQUE.fullmatch(href):
        return _UNSAFE.sub(_quoted, href).replace("#", "%23")
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return None
    host = _ascii_host(parts.netloc)
    if parts.scheme.lower() not in ("http", "https", "ftp") or host is None or port == 0:
        return None
    rest = _UNSAFE.sub(_quoted, parts.path)
    if rest and not rest.startswith("/"):
        return None
    if parts.query:
        rest += "?" + _UNSAFE.sub(_quoted, parts.query)
    if parts.fragment:
        rest += "#" + _UNSAFE.sub(_quoted, parts.fragment).replace("#", "%23")
    return f"{parts.scheme.lower()}://{host}{rest}"


def _ascii_host(netloc: str) -> str | None:
    """The authority in ASCII (RFC 5890 for names of other scripts), or None if it is none."""
    if not netloc.isascii():
        user, at, host = netloc.rpartition("@")
        try:
            netloc = user + at + host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return netloc if _AUTHORITY.fullmatch(netloc) else None


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def file_name(src: str) -> str:
    """What to call an image that has no words: the last part of its address.

    >>> file_name("http://example.org/pics/team%20photo.jpg?size=2")
    'team photo.jpg'
    """
    name = clean(unquote(src.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]))
    return " ".join(name.split()) or "image"
