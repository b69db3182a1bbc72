"""Pages of two charsets, put together from parts, and pages that were made UTF-8 twice.

A template in UTF-8 around a text in windows-1252 (or the other way) breaks no rule that a whole page could keep: it is
read piece by piece, a piece being what lies between two tags.
"""

from __future__ import annotations

import re

from endleaf.decode.labels import decoded

_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character of UTF-8 beyond ASCII."""
_OTHER = "windows-1252"
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
                    "\u2013-\u2022\u2026\u2030\u2039\u203a\u2122]{1,3}")  # fmt: skip
_SIGNS_OF_IT = ("\u00c3", "\u00c2", "\u00e2\u20ac", "\u00d0", "\u00d1")
"""What UTF-8 read as windows-1252 shows for Western letters, signs, quotation marks, and Cyrillic."""
_MANY = 4
"""Characters of any script that do not come out of another charset's by chance."""
_OFTEN = 3
"""Places, at least, at which a text reads as UTF-8 once more before it is said to be twice encoded."""


def with_strangers(body: bytes) -> tuple[str, int]:
    """A page of UTF-8 with faults: pieces with no character of UTF-8 in them are read as windows-1252.

    Gives the text, and how many pieces those were.

    >>> with_strangers("<p>größer</p><p>".encode() + "schöner</p>".encode("cp1252"))
    ('<p>größer</p><p>schöner</p>', 1)
    """
    pieces, strangers = [], 0
    for piece in body.split(b"<"):
        try:
            pieces.append(piece.decode())
        except UnicodeDecodeError:
            is_stranger = not _SEQUENCE.search(piece)
            strangers += is_stranger
            pieces.append(decoded(piece, _OTHER if is_stranger else "utf-8"))
    return "<".join(pieces), strangers


def with_guests(body: bytes, name: str) -> tuple[str, int]:
    """A page of one byte a character: pieces that are UTF-8, and more than ASCII, are read as that.

    >>> with_guests("<p>größer</p><p>".encode("cp1252") + "schöner</p>".encode(), "windows-1252")
    ('<p>größer</p><p>schöner</p>', 1)
    """
    if not _SEQUENCE.search(body):
        return decoded(body, name), 0
    pieces, guests = [], 0
    for piece in body.split(b"<"):
        text = _as_guest(piece)
        guests += text is not None
        pieces.append(decoded(piece, name) if text is None else text)
    return "<".join(pieces), guests


def _as_guest(piece: bytes) -> str | None:
    """A piece as UTF-8, where it is that beyond chance: ``É®`` in windows-1252 is ``ɮ``, which nobody writes."""
    if piece.isascii():
        return None
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    beyond = re.findall(r"[^\x00-\x7f]", text)
    usual = all(letter < "\u0180" or "\u2000" <= letter <= "\u2122" for letter in beyond)
    return text if usual or len(beyond) >= _MANY else None


def twice(text: str) -> int:
    """At how many places a text shows UTF-8 that was taken for windows-1252 and made UTF-8 again; 0 for a few.

    >>> twice("Ã¼ber groÃŸe BÃ¼cher"), twice("über große Bücher")
    (3, 0)
    """
    if not any(sign in text for sign in _SIGNS_OF_IT):
        return 0
    found = sum(map(_is_utf8, _TWICE.findall(text)))
    return found if found >= _OFTEN else 0


def _is_utf8(characters: str) -> bool:
    try:
        characters.encode("cp1252").decode()
    except UnicodeError:
        return False
    return True
