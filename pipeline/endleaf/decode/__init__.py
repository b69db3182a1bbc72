"""Bytes to text, with the evidence for the charset.

In order: a byte-order mark; bytes that are UTF-8 with more than ASCII in them, whatever is declared (of the
pages that declare gb2312 or iso-8859-1, many are UTF-8, and no other charset looks like it by chance); the
HTTP header; the page's own declaration; a detector. Every claim is kept as evidence, used or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bs4.dammit import EncodingDetector
from turbohtml.detect import detect

from endleaf.decode.escapes import escaped
from endleaf.decode.labels import decoded, name_of
from endleaf.decode.letters import LATIN, better, is_noise, western
from endleaf.decode.mixed import twice, with_guests, with_strangers
from endleaf.model import Charset, Evidence

_DECLARED_IN = 16384
"""Bytes in which the page's own declaration is sought. Browsers look at 1,024, but a replayed page has the
archive's scripts before its own head."""

_SAMPLE = 1 << 16
"""Bytes the detector sees, 64 KiB from the first that is not ASCII on: fewer may be all menu. It takes up to
4 ms for them, but only for the few pages that declare nothing and are no UTF-8, or are doubted."""

_HEARD = 1 << 13
"""Bytes by which a declaration is doubted, 8 KiB."""

_NEARLY = 5
"""Bytes beyond ASCII for each that breaks UTF-8, at least, in a text that is UTF-8 with faults: cut in the
middle of a character, or joined from two sources. In a text of another charset nearly every one breaks it."""

_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_ASCII = bytes(range(128))

Source = Literal["bom", "http", "container", "meta", "utf-8", "detector", "default", "text"]
_Claims = list[tuple[str, str]]
"""What was claimed, and where: ``("gb2312", "meta")``."""
_Decoded = tuple[str, str, Source]


def decode(
    payload: bytes, content_type: str | None = None, where: Literal["http", "container"] = "http"
) -> tuple[str, Charset]:
    """The text of a payload and the charset it was decoded with.

    ``content_type`` is the HTTP header's value, with its parameters, or what the container states in its place.
    NULs are left out: no text has them.

    >>> text, charset = decode("größe".encode(), "text/html; charset=iso-8859-1")
    >>> text, charset.name, charset.source
    ('größe', 'utf-8', 'utf-8')
    >>> [(claim.value, claim.where) for claim in charset.evidence]
    [('iso-8859-1', 'http')]
    """
    body, mark = EncodingDetector.strip_byte_order_mark(payload)
    claims = list(_claims(body, content_type, where))
    if mark:
        claims.insert(0, (mark, "bom"))
    (text, name, source), replaced = _decoded(body, mark, claims)
    if 0 in body:  # a look at the bytes costs a thirtieth of one at the characters
        text = text.replace("\0", "")
    if name in _UNICODE and not body.isascii() and (places := twice(text)):
        claims.append(("utf-8 encoded twice", f"{_TEXT}{places} of its places"))
    evidence = tuple(Evidence(what="charset", value=value, where=where) for value, where in claims)
    return text, Charset(name=name, source=source, evidence=evidence, replaced=replaced)


def notes_of(charset: Charset) -> tuple[str, ...]:
    """What a reader of the page should know of how its bytes were read, a sentence each.

    >>> notes_of(decode("<p>größer</p><p>".encode() + b"sch\\xf6ner</p>")[1])
    ('the text, 1 of its pieces: windows-1252',)
    """
    found = [f"{each.where}: {each.value}" for each in charset.evidence if each.where.startswith(_TEXT)]
    if charset.replaced:
        found.insert(0, f"{charset.replaced} characters were not valid {charset.name} and became U+FFFD")
    return tuple(found)


def _claims(body: bytes, content_type: str | None, where: str) -> Iterator[tuple[str, str]]:
    if content_type and (found := _HTTP.search(content_type)):
        yield found[1], where
    declared = EncodingDetector.find_declared_encoding(body[:_DECLARED_IN], is_html=True, search_entire_document=True)
    if declared:
        yield declared, "meta"


def _decoded(body: bytes, mark: str | None, claims: _Claims) -> tuple[_Decoded, int]:
    """The text, its charset, where that was said; and how many characters were replaced."""
    if mark:
        name = name_of(mark) or "utf-8"
        found: _Decoded = decoded(body, name), name, "bom"
    elif body.isascii():
        found = _ascii(body, claims)
    else:
        try:
            return (body.decode(), "utf-8", _said(claims, "utf-8") or "utf-8"), 0
        except UnicodeDecodeError:
            found = _not_quite_utf8(body, claims)
    text, name, _ = found
    replaced = text.count("\ufffd")
    if replaced and name == "utf-8":
        replaced = max(0, replaced - body.count(b"\xef\xbf\xbd"))
    return found, replaced


def _said(claims: _Claims, *names: str) -> Source | None:
    """Where a charset was declared."""
    for label, where in claims:
        if name_of(label) in names:
            return _place(where)
    return None


def _ascii(body: bytes, claims: _Claims) -> _Decoded:
    """ASCII bytes are the same text in nearly every charset: the exceptions hide more behind escapes or NULs."""
    if b"\0" in body and (wide := _wide(body)):
        return decoded(body, wide), wide, _said(claims, wide, "utf-16le") or "detector"
    if name := escaped(body):
        return decoded(body, name), name, _said(claims, name) or "detector"
    for label, where in claims:
        declared = name_of(label)
        if declared and not declared.startswith(("utf-16", "utf-32")):
            return body.decode("ascii"), declared, _place(where)
    return body.decode("ascii"), "utf-8", "utf-8"


def _wide(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: in its markup every other byte is NUL, or three of four."""
    if body[:_SAMPLE].count(0) * 2 > min(len(body), _SAMPLE):
        return "utf-32le" if body[0] else "utf-32be"
    even, odd = body[0:_SAMPLE:2].count(0), body[1:_SAMPLE:2].count(0)
    size = min(len(body), _SAMPLE) // 2
    if odd > size * _WIDE and even * 20 < odd:
        return "utf-16le"
    if even > size * _WIDE and odd * 20 < even:
        return "utf-16be"
    return None


def _not_quite_utf8(body: bytes, claims: _Claims) -> _Decoded:
    if b"\0" in body[:_SAMPLE] and (wide := _wide(body)):
        return decoded(body, wide), wide, _said(claims, wide, "utf-16le") or "detector"
    text = decoded(body, "utf-8")
    high = len(body.translate(None, _ASCII))
    if text.count("\ufffd") * _NEARLY <= high:
        text, strangers = with_strangers(body)
        _tell(claims, "windows-1252", strangers)
        return text, "utf-8", _said(claims, "utf-8") or "utf-8"
    text, name, source = _legacy(body, claims)
    if name in _SINGLE:
        text, guests = with_guests(body, name)
        _tell(claims, "utf-8", guests)
    return text, name, source


def _tell(claims: _Claims, name: str, pieces: int) -> None:
    if pieces:
        claims.append((name, f"{_TEXT}{pieces} of its pieces"))


def _legacy(body: bytes, claims: _Claims) -> _Decoded:
    """A charset older than UTF-8: as declared, unless the bytes speak plainly against it."""
    said = [(name, _place(where)) for label, where in claims if (name := name_of(label)) and name not in _UNICODE]
    spoken = _spoken(body)
    return _declared(body, spoken, said) if said else _undeclared(body, spoken)


def _undeclared(body: bytes, spoken: bytes) -> _Decoded:
    detected, sure = _detected(body)
    name = better(spoken, detected) or western(spoken, detected)
    return decoded(body, name), name, "detector" if sure or name != detected else "default"


def _declared(body: bytes, spoken: bytes, said: list[tuple[str, Source]]) -> _Decoded:
    name, source = said[0]
    text = decoded(body, name)
    if len({each for each, _ in said}) == 1 and not _doubtful(name, text, spoken):
        other = better(spoken, name)
        return (decoded(body, other), other, "detector") if other else (text, name, source)
    found, sure = _detected(body)
    closer = better(spoken, found)
    is_plain = closer or (sure and (found not in LATIN or better(spoken, name)))
    found = closer or found
    for each, place in said:
        if each == found:
            return decoded(body, each), each, place
    read = decoded(body, found)
    if is_plain and read.count("\ufffd") <= text.count("\ufffd") + _SOME * len(read):
        return read, found, "detector"
    return text, name, source


def _spoken(body: bytes) -> bytes:
    """The first runs between tags that hold more than ASCII, without the markup around them."""
    runs, size = [], 0
    for piece in body.split(b"<"):
        if piece.isascii():
            continue
        run = piece.rpartition(b">")[2]
        if not run.strip(_SPACES).isascii():
            runs.append(run[:_HEARD])
            size += len(run)
            if size > _HEARD:
                break
    return b" ".join(runs)


def _doubtful(name: str, text: str, spoken: bytes) -> bool:
    """Whether the bytes look unlike what is declared."""
    high = len(spoken.translate(None, _ASCII))
    if name == _DEFAULT:
        return high > max(_FEW, _FOREIGN * len(spoken)) or is_noise(spoken, name)
    return text.count("\ufffd", 0, len(spoken)) > _BROKEN * high


def _place(where: str) -> Source:
    return "http" if where == "http" else "container" if where == "container" else "meta"


def _detected(body: bytes) -> tuple[str, bool]:
    """What bytes look like, and whether anything speaks for it. What they declare is hidden from the detector."""
    first = _HIGH.search(body)
    start = first.start() if first else 0
    match = detect(_HIDE.sub(b"", body[start : start + _SAMPLE]))
    return name_of(match.encoding or "") or _DEFAULT, match.confidence > 0


_DEFAULT = "windows-1252"
"""What the web takes bytes for that say nothing; so it is also what servers declare without knowing."""

_SINGLE = frozenset(("windows-1252", "iso-8859-15"))
"""Charsets of one byte a character in which UTF-8's sequences are no words: in a Cyrillic one they may be."""

_TEXT = "the text, "
"""Where evidence stands that the bytes give, and nobody declared."""

_UNICODE = frozenset(("utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"))

_FOREIGN = 0.12
"""Share of bytes beyond ASCII, in the runs that have any, at which a page that declares a Western charset is
doubted: French and German runs have 2 to 6 %, Russian, Greek and Chinese ones 50 to 100 %, less in scripts."""

_FEW = 40
"""Bytes beyond ASCII that may be signs, a copyright or a row of bullets, and no foreign text."""

_SOME = 0.01
"""Share of a text's characters that may be invalid in what it plainly is, where a Western charset has every byte."""

_BROKEN = 0.02
"""Share of bytes beyond ASCII that may be invalid in the declared charset before it is doubted."""

_WIDE = 0.2
"""Share of byte pairs with one NUL from which bytes are UTF-16: markup alone makes more."""

_HIDE = re.compile(rb"charset|encoding", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_SPACES = b" \t\r\n\xa0"
"""No-break spaces alone say nothing of a charset."""
