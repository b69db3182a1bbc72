"""The digests that records state of themselves, checked against their bytes (WARC 1.1 sections 5.8 and 5.9).

The standard takes the payload's digest of the body with its transfer coding undone; many crawlers take it of
the body as it was stored, chunks and all. Either is a match. A digest of other bytes of the record (the body
with its content coding undone, the whole block) is one too, and said.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from endleaf.model import Fixity, Verdict
from endleaf.readers.disk import Disk
from endleaf.readers.message import body_start, unchunked
from endleaf.readers.payload import holds_http, payload_of
from endleaf.readers.raw import Raw
from endleaf.readers.stored import block_pieces

if TYPE_CHECKING:
    from hashlib import _Hash

ALGORITHMS: dict[str, tuple[int, Callable[[], _Hash]]] = {
    "md5": (16, lambda: hashlib.md5(usedforsecurity=False)),
    "sha1": (20, lambda: hashlib.sha1(usedforsecurity=False)),
    "sha224": (28, hashlib.sha224),
    "sha256": (32, hashlib.sha256),
    "sha384": (48, hashlib.sha384),
    "sha512": (64, hashlib.sha512),
}
"""Label, lower case and without hyphens: the digest's bytes, and what makes it."""

_HTTP = re.compile(rb"HTTP/[0-9.]+ |[A-Z]{3,16} [^ \r\n]{1,8000} HTTP/[0-9.]+\r?\n")
"""How an HTTP message starts; some tools store one under another type."""

_LONGEST = 200
"""Characters of a stated digest that are told: the longest true one has 143."""


class Labelled(NamedTuple):
    """A digest as it is stated: its algorithm, and its bytes; none where they are not of the algorithm's length."""

    algorithm: str
    value: bytes | None
    form: str


def parsed(stated: str) -> Labelled:
    """A labelled digest, its value in base 32 (as the standard shows it), in hexadecimal or in base 64.

    >>> parsed("sha-1:" + "A" * 32) == parsed("SHA1:" + "a" * 32)
    True
    >>> parsed("sha1:" + "0" * 40).value == bytes(20)
    True
    >>> parsed("sha1:short").value is None
    True
    """
    label, colon, text = stated.strip().partition(":")
    algorithm = label.strip().lower().replace("-", "").replace("_", "") if colon else ""
    if algorithm not in ALGORITHMS:
        return Labelled(algorithm, None, "")
    size, _ = ALGORITHMS[algorithm]
    bare = text.strip().rstrip("=")
    for form, (length, read, _) in _FORMS.items():
        if len(bare) == length(size):
            try:
                return Labelled(algorithm, read(bare), form)
            except (binascii.Error, ValueError):
                break
    return Labelled(algorithm, None, "")


_FORMS: dict[str, tuple[Callable[[int], int], Callable[[str], bytes], Callable[[bytes], str]]] = {
    "base16": (
        lambda size: 2 * size,
        lambda text: base64.b16decode(text, casefold=True),
        lambda value: value.hex(),
    ),
    "base32": (
        lambda size: -(-8 * size // 5),
        lambda text: base64.b32decode(text + "=" * (-len(text) % 8), casefold=True),
        lambda value: base64.b32encode(value).decode().rstrip("="),
    ),
    "base64": (
        lambda size: -(-4 * size // 3),
        lambda text: base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_" if {*"-_"} & {*text} else None),
        lambda value: base64.b64encode(value).decode(),
    ),
}
"""The forms of a value, told apart by their length: that length, how to read it, how to write it."""


def digest_of(algorithm: str, pieces: Iterable[bytes | memoryview]) -> bytes:
    """The digest of bytes that come in pieces, by a key of ALGORITHMS."""
    made = ALGORITHMS[algorithm][1]()
    for piece in pieces:
        made.update(piece)
    return made.digest()


def checks(raw: Raw, disk: Disk) -> tuple[Fixity, ...]:
    """The digests that a record states, each with its verdict.

    ``disk`` is the file that the record was read from: a block that is too long to be held is read there again.
    """
    found = (_check(what, stated, raw, disk) for what, field in _FIELDS if (stated := raw.fields.get(field)))
    return tuple(found)


def payload_digest(raw: Raw, disk: Disk) -> str:
    """The SHA-1 of a payload as it was sent, its transfer coding included, in the form that WARC files state it."""
    return f"sha1:{base64.b32encode(digest_of('sha1', _stored(raw, disk, _body(raw)))).decode()}"


_FIELDS: tuple[tuple[Literal["block", "payload"], str], ...] = (
    ("block", "warc-block-digest"),
    ("payload", "warc-payload-digest"),
)


def complaint(checked: Fixity) -> str | None:
    """What a mismatch says in a clause; None for any other verdict.

    >>> complaint(Fixity(what="block", stated="md5:A", verdict="mismatch", found="md5:B"))
    'its block digest is not that of its bytes: it states md5:A, they give md5:B'
    """
    if checked.verdict != "mismatch":
        return None
    return (
        f"its {checked.what} digest is not that of its bytes: "
        f"it states {checked.stated[:_LONGEST]}, they give {checked.found}"
    )


def remark(checked: Fixity) -> str | None:
    """What is worth a note though no damage: a digest that nobody can check as it stands, or one of other bytes."""
    if checked.verdict in ("malformed", "unknown algorithm"):
        return f"its {checked.what} digest could not be checked ({checked.verdict}): {checked.stated[:_LONGEST]}"
    return (
        f"its {checked.what} digest is that of {checked.note}" if checked.verdict == "match" and checked.note else None
    )


def _check(what: Literal["block", "payload"], stated: str, raw: Raw, disk: Disk) -> Fixity:
    labelled = parsed(stated)
    if labelled.value is None:
        known = not labelled.algorithm or labelled.algorithm in ALGORITHMS
        return Fixity(what=what, stated=stated, verdict="malformed" if known else "unknown algorithm")
    if what == "payload" and raw.fields.get("warc-type", "").lower() == "revisit":
        return Fixity(what=what, stated=stated, verdict="not checkable", note="its payload is another record's")
    found = None
    for note, pieces in _blocks(raw, disk) if what == "block" else _payloads(raw, disk):
        value = digest_of(labelled.algorithm, pieces)
        if value == labelled.value:
            return Fixity(what=what, stated=stated, verdict="match", note=note)
        found = found or value
    return _contradicted(what, stated, raw, _spelt(labelled, found or b""))


def _contradicted(what: Literal["block", "payload"], stated: str, raw: Raw, found: str) -> Fixity:
    """The verdict on a digest that is none of the record's bytes: they may not all be here."""
    missing = _missing(what, raw)
    verdict: Verdict = "not checkable" if missing else "mismatch"
    return Fixity(what=what, stated=stated, verdict=verdict, found=None if missing else found, note=missing)


def _missing(what: str, raw: Raw) -> str | None:
    """Why a digest may be of more bytes than are here."""
    fields = raw.fields
    if fields.get("content-length") != str(raw.block_size):
        return "its block is not whole"
    if what == "payload" and "warc-segment-number" in fields:
        return "its payload is in several segments"
    if what == "payload" and "warc-truncated" in fields:
        return "the crawler cut it short"
    if what == "payload" and raw.block_size > len(raw.block):
        return "its block is too long to be looked at in every way"
    return None


def _spelt(labelled: Labelled, value: bytes) -> str:
    return f"{labelled.algorithm}:{_FORMS[labelled.form][2](value)}"


_Candidates = Iterator[tuple[str | None, Iterable[bytes | memoryview]]]


def _blocks(raw: Raw, disk: Disk) -> _Candidates:
    yield None, _stored(raw, disk, 0)
    if start := _body(raw):
        yield "the body alone", _stored(raw, disk, start)  # as early versions of some crawlers wrote it


def _body(raw: Raw) -> int:
    """Where an HTTP message's body starts; 0 in a block that is none."""
    return body_start(raw.block) if holds_http(raw) or _HTTP.match(raw.block) else 0


def _payloads(raw: Raw, disk: Disk) -> _Candidates:
    """The bytes that a payload digest may be of, the likeliest first."""
    start = _body(raw)
    yield None, _stored(raw, disk, start)
    if raw.block_size > len(raw.block):
        return
    if start:
        joined, _ = unchunked(raw.block[start:])
        if joined is not None:
            yield None, (joined,)
        yield "the decoded body", (payload_of(raw).body,)
        yield "the whole block", (raw.block,)


def _stored(raw: Raw, disk: Disk, start: int) -> Iterator[bytes | memoryview]:
    """The record's bytes from ``start`` of its block on, all of them."""
    if raw.block_size <= len(raw.block):
        yield memoryview(raw.block)[start:]
        return
    for piece in block_pieces(disk, raw):
        if start < len(piece):
            yield memoryview(piece)[start:]
        start = max(0, start - len(piece))
