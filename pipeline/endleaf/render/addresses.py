"""Addresses and characters: the last gate before anything is written, whatever an earlier room let through."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

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


# Not text in any format we write: C0 and C1 controls but tab and newline, lone surrogates, noncharacters.
# The astral noncharacters end each plane.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)


def clean(text: str) -> str:
    r"""Text without control characters; what is no character at all becomes U+FFFD.

    A control character that separates words (form feed, vertical tab, U+0085) becomes a space.

    >>> clean("a\x0cb\x1b[31m")
    'a b[31m'
    """
    return _NO_TEXT.sub(_harmless, text)


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    if character.isspace():
        return " "
    return "" if ord(character) < 0xA0 else "\ufffd"


def file_name(src: str) -> str:
    """What to call an image that has no words: the last part of its address.

    >>> file_name("http://example.org/pics/team%20photo.jpg?size=2")
    'team photo.jpg'
    """
    from urllib.parse import unquote

    name = unquote(src.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2])
    return " ".join(name.split()) or "image"
