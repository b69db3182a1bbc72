"""SURT keys: a URL as indexes sort it, its host's labels turned round and what varies without meaning left out.

The rules are those of the Internet Archive's canonicaliser, which OpenWayback, pywb and Browsertrix write their
indexes by. A key is for finding: two URLs that one server tells apart may have the same.
"""

from __future__ import annotations

import re
import socket
from urllib.parse import quote_from_bytes, unquote_to_bytes

_DROPPED = re.compile(rb"[\t\r\n]")
_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*):(//)?")
_PORT = re.compile(rb"(.*?)(?::([0-9]*))?\Z", re.DOTALL)
_LITERAL = re.compile(rb"\[([0-9A-Fa-f:.]*)\](?::([0-9]*))?\Z")
"""An IPv6 address; keys have it without its brackets."""
_WWW = re.compile(rb"www[0-9]*\.")
_DEFAULTS = {b"http": b"80", b"https": b"443"}
_NUMBERS = re.compile(rb"(?:[1-9][0-9]*|0[0-7]*)(?:\.[0-9]+){0,3}\Z")
"""An IPv4 address of one to four numbers, decimal or octal (inet_aton)."""

_VERBATIM = (b"filedesc", b"warcinfo")
"""Records that describe a file are listed under their own names."""

_NESTED = re.compile(rb"%(?:25)+")
"""A per cent sign that was escaped again and again."""
_DEEPEST = 16
"""Rounds of unescaping: nobody escapes so often; the bound is for those who mean harm."""
_SAFE = "".join(map(chr, range(0x21, 0x7F))).replace("%", "").replace("#", "")

_SESSIONS = tuple(
    re.compile(rb"(?si)(.*)(?:" + name + rb")(?:&|\Z)")
    for name in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)
"""Session ids in a query: of Java, PHP, forums, ASP, ColdFusion. The last of each name goes."""
_ASP_NET = tuple(
    re.compile(rb"(?si)(.*/)" + part + rb"/([^?]+\.aspx.*)\Z")
    for part in (rb"\((?:[a-z]\([0-9a-z]{24}\))+\)", rb"\([0-9a-z]{24}\)")
)
"""Session ids in a path: ASP.NET's, a folder in brackets."""
_LONGEST = 1 << 14
"""Bytes of a path or a query in which session ids are sought, 16 KiB: in a longer one the search could take long."""


def surt(url: str) -> str:
    """The key of a URL, ASCII alone; ``-`` for an empty one.

    Scheme, ``www``, default port, user and fragment go; all becomes lower case:

    >>> surt("https://user:secret@WWW2.Example.org:443/A/B#part")
    'org,example)/a/b'
    >>> surt("http://example.org:8080"), surt("https://example.org:80/"), surt("example.org/a")
    ('org,example:8080)/', 'org,example:80)/', 'org,example)/a')

    The path is made plain, its last slash goes, and so does an empty query:

    >>> surt("http://example.org/a//b/../c/./d/?")
    'org,example)/a/c/d'

    Parameters are sorted:

    >>> surt("http://example.org/?b=2&A=1&c")
    'org,example)/?a=1&b=2&c'

    Session ids go:

    >>> surt("http://example.org/?PHPSESSID=0123456789abcdef0123456789abcdef&a=1")
    'org,example)/?a=1'
    >>> surt("http://example.org/(S(4hqa0555fwsecu455xqckv45))/page.aspx")
    'org,example)/page.aspx'

    Escapes are undone, however often they were made, and made where they must be:

    >>> surt("http://example.org/%7Eann/%2541 b%E9?q=%2F"), surt("http://example.org/é%zz")
    ('org,example)/~ann/a%20b%e9?q=/', 'org,example)/%c3%a9%25zz')

    A name of other letters than ASCII's is written in Punycode; addresses are turned round as names are:

    >>> surt("http://bücher.example/"), surt("http://192.0.2.7:8080/x"), surt("http://3221225991/")
    ('example,xn--bcher-kva)/', '7,2,0,192:8080)/x', '7,2,0,192)/')
    >>> surt("http://[2001:DB8::1]/x")
    '2001:db8::1)/x'

    A URL of another scheme is the same where it has a host, and keeps its scheme where it has none:

    >>> surt("ftp://ftp.example.org/x"), surt("metadata://example.org/x")
    ('org,example,ftp)/x', 'org,example)/x')
    >>> surt("dns:WWW.example.org"), surt("urn:uuid:1F"), surt("file:///a/B.html"), surt("data:text/html,A")
    ('dns:www.example.org', 'urn:uuid:1f', 'file:/a/b.html', 'data:text/html,a')
    """
    data = _DROPPED.sub(b"", url.encode("utf-8", "surrogatepass")).strip()
    if not data or data.startswith(_VERBATIM):
        return data.decode("utf-8", "replace") or "-"
    scheme, authority, rest = _divided(data.partition(b"#")[0])
    host = _host(authority)
    path, _, query = rest.partition(b"?")
    tail = _path(path, rooted=bool(host)) + _query(query)
    if not host:
        return (scheme + b":" + tail).decode("ascii")
    name, port = host
    labels = b",".join(reversed(_WWW.sub(b"", name, count=1).split(b".") if _WWW.match(name) else name.split(b".")))
    shown = b":" + port if port and port != _DEFAULTS.get(scheme) else b""
    return (labels + shown + b")" + tail).decode("ascii")


def unsurt(key: str) -> str:
    """A URL of which ``key`` is the key, for an index that does not tell the URL itself.

    >>> unsurt("org,example:8080)/a?b"), unsurt("dns:example.org")
    ('http://example.org:8080/a?b', 'dns:example.org')
    """
    host, bracket, rest = key.partition(")")
    if not bracket or "/" in host:
        return key
    name, colon, port = host.partition(":") if host.count(":") < 2 else (f"[{host}]", "", "")
    return f"http://{'.'.join(reversed(name.split(',')))}{colon}{port}{rest}"


def _divided(url: bytes) -> tuple[bytes, bytes, bytes]:
    """Scheme in lower case, authority and the rest; a URL without a scheme is taken as one of HTTP."""
    found = _SCHEME.match(url)
    if found is None or (b"." in found[1] and not found[2]):  # host:port
        return b"http", *_authority(url.lstrip(b"/"))
    scheme, rest = found[1].lower(), url[found.end() :]
    if scheme in _DEFAULTS:
        rest = rest.lstrip(b"/")
    elif not found[2]:
        return scheme, b"", rest
    return scheme, *_authority(rest)


def _authority(rest: bytes) -> tuple[bytes, bytes]:
    end = re.search(rb"[/?]", rest)
    cut = end.start() if end else len(rest)
    return rest[:cut], rest[cut:]


def _host(authority: bytes) -> tuple[bytes, bytes] | None:
    """A host's name and its port; None where there is none."""
    place = authority.rpartition(b"@")[2]
    found = _LITERAL.match(place)
    if found:
        return found[1].lower(), found[2] or b""
    parts = _PORT.match(place)
    name, port = (parts[1], parts[2] or b"") if parts else (place, b"")
    name = _punycode(_unescaped(name)).replace(b"..", b".").strip(b".")
    name = _dotted(name) or _escaped(name).lower()
    return (name, port) if name else None


def _punycode(name: bytes) -> bytes:
    if name.isascii():
        return name
    try:
        return name.decode("utf-8", "ignore").encode("idna")
    except UnicodeError:
        return name


def _dotted(name: bytes) -> bytes | None:
    """An IPv4 address in its usual form, however it was written."""
    if name.isdigit():
        return ".".join(str(byte) for byte in (int(name[:20]) & 0xFFFFFFFF).to_bytes(4)).encode()
    if not _NUMBERS.match(name):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(name.decode())).encode()
    except OSError:
        return None


def _path(path: bytes, *, rooted: bool) -> bytes:
    plain = _escaped(_plain(_unescaped(path)) if rooted else _unescaped(path)).lower()
    if len(plain) < _LONGEST:
        for pattern in _ASP_NET:
            plain = pattern.sub(rb"\1\2", plain)
    return plain[:-1] if len(plain) > 1 and plain.endswith(b"/") else plain


def _plain(path: bytes) -> bytes:
    """A path without empty and dotted parts; ``..`` at the root stays, for nothing is above it."""
    kept: list[bytes] = []
    parts = path.split(b"/")[1:]
    for part in parts:
        if part == b".." and kept:
            kept.pop()
        elif part != b".":
            kept.append(part)
    *inner, last = kept or [b""]
    return b"/" + b"".join(part + b"/" for part in inner if part) + last


def _query(query: bytes) -> bytes:
    plain = _escaped(_unescaped(query))
    if len(plain) < _LONGEST:
        for pattern in _SESSIONS:
            plain = pattern.sub(rb"\1", plain, count=1)
    if not plain:
        return b""
    parameters = sorted(tuple(each.split(b"=", 1)) for each in plain.lower().split(b"&"))
    return b"?" + b"&".join(b"=".join(each) for each in parameters)


def _unescaped(text: bytes) -> bytes:
    for _ in range(_DEEPEST):
        plain = unquote_to_bytes(_NESTED.sub(b"%", text))
        if plain == text:
            break
        text = plain
    return text


def _escaped(text: bytes) -> bytes:
    return quote_from_bytes(text, safe=_SAFE).encode("ascii")
