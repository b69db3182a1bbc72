"""Names of authors out of declared values and bylines."""

from __future__ import annotations

import re

from endleaf.metadata import dates, words

# What stands before the name in a byline.
_LEAD = re.compile(
    r"(?:(?:story|article|posted|written|published|submitted|reported|edited|words|text|photos?)\s+)?"
    r"(?:by|von|par|por|di|af|av|door|autore?|author|authors?|reporter|writer|text)\b\s*[:|]?\s+(?=\S)", re.IGNORECASE
)  # fmt: skip

# Where a byline's names end and its dates, places and counts begin.
_END = re.compile(
    r"\s*(?:\||·|•|–|—|\n|/|\bon\s+\w+\s+\d|\bat\s+(?:\w+\s+)?\d|\bpublished\b|\bupdated\b|\bposted\b|\bfor\s+the\b|\bfor\s+[A-Z]|"
    r",\s*(?:senior|staff|chief|the\b|bbc|cnn|editor|correspondent|reporter|writer|special|associated|ph\.?d|m\.?d\b)|"
    r"\s-\s|\d).*", re.IGNORECASE | re.DOTALL
)  # fmt: skip

# Accounts that write for nobody, and words of the page about its author: no one's name.
_NOBODY = frozenset({
    "admin", "administrator", "author", "authors", "anonymous", "byline", "by", "editor", "guest", "none", "null",
    "posted", "published", "root", "staff", "system", "unknown", "user", "view", "all", "posts", "webmaster",
    "wordpress", "writer", "follow", "share", "read", "more"
}) | {"view all posts", "read more", "site admin", "super user"}  # fmt: skip

_PARTED = re.compile(r"\s*(?:;|\s\|\s|\s&\s|,\s*and\s|\sand\s|\sund\s|\set\s|\sy\s)\s*")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’‐-]*\.?\Z")
# Small words within names: of nobles, of Spanish, Dutch, German, Arabic names.
_PARTICLES = frozenset({
    "von", "van", "der", "den", "de", "la", "le", "del", "di", "da", "dos", "bin", "ibn", "al", "el", "ten", "ter",
    "zu", "und", "y"
})  # fmt: skip

# AGLS describes agents by pairs in one value (its usage guide, section on creator; the syntax is DCMI's DCSV).
_AGENT = re.compile(r"\b(?:personal|corporate)Name\s*=\s*([^;=]+)", re.IGNORECASE)

# Government pages give a branch's e-mail address after its name: it is no part of who wrote.
_MAIL = re.compile(r"[,;]?\s*[<(]?(?:mailto:)?[^\s@,;<>()]+@[^\s@,;<>()]+\.[a-z]{2,}[>)]?", re.IGNORECASE)

_LONGEST = 500
"""Characters: a longer value tells of its authors, and names none."""


def catalogued(text: str) -> list[str]:
    """The names of a cataloguer's field: parted by semicolons alone, for a body's name may hold commas.

    >>> catalogued("Ann Teal; Ben Shaw"), catalogued("Harbour Office, Web Team, web@harbour.example")
    (['Ann Teal', 'Ben Shaw'], ['Harbour Office, Web Team'])
    >>> catalogued("corporateName=Department of Creeks; address=2 Billabong Street")
    ['Department of Creeks']
    """
    text = words.plain(text)
    if len(text) > _LONGEST or words.is_address(text) or not words.filled(text):
        return []
    agent = _AGENT.search(text)
    text = _MAIL.sub("", agent[1] if agent else text)
    if _LEAD.match(text):
        text = _LEAD.sub("", text, count=1)
    pieces = (piece.strip(" ,") for piece in text.split(";"))
    return [piece for piece in pieces if words.filled(piece) and piece.lower() not in _NOBODY]


def declared(text: str) -> list[str]:
    """The names of a field that names authors: also parted by commas and "and", where every piece is a full name.

    >>> declared("Ann Teal, Ben Shaw and Cy Oak"), declared("Teal, Ann"), declared("http://a.example/ann")
    (['Ann Teal', 'Ben Shaw', 'Cy Oak'], ['Teal, Ann'], [])
    """
    return [piece.strip() for name in catalogued(text) for piece in _people(name)]


def _people(text: str) -> list[str]:
    """Several names parted by commas and "and", where every piece is a person's full name; else the text whole."""
    pieces = [piece for part in _PARTED.split(text) for piece in part.split(",") if piece.strip()]
    return pieces if len(pieces) > 1 and all(_full_name(piece) for piece in pieces) else [text]


def _full_name(text: str) -> bool:
    """Two to four words, each but a particle with a capital (or of a script that has none)."""
    parts = text.split()
    return 2 <= len(parts) <= 5 and all(
        _NAME_WORD.match(part) and (part.lower() in _PARTICLES or not part[0].islower()) for part in parts
    )


def byline(text: str) -> list[str]:
    """The names of a byline's text, its parts divided by bars; nothing where none looks like a name.

    >>> byline("By Ann Teal | 28 June 2004"), byline("Jun 3, 2004 | by | Ann Teal | , | Ben Shaw | Editor")
    (['Ann Teal'], ['Ann Teal', 'Ben Shaw'])
    >>> byline("Posted by Ann Teal and Ben Shaw on June 3"), byline("3 comments")
    (['Ann Teal', 'Ben Shaw'], [])
    """
    pieces = [piece for piece in _PIECES.split(words.plain(text)) if piece]
    lead = next((k for k, piece in enumerate(pieces) if _LEAD.match(piece + " x")), None)
    if lead is None:
        return next((names for names in map(_names, pieces) if names), [])
    pieces = pieces[lead:] if _LEAD.match(pieces[lead]) else pieces[lead + 1 :]
    names = _names(pieces[0]) if pieces else []
    k = 1
    while names and k + 1 < len(pieces) and pieces[k].lower() in _JOINTS:
        names += _names(pieces[k + 1])
        k += 2
    return names


_PIECES = re.compile(r"\s*[|·•\n]\s*|\s+[–—-]\s+")
_JOINTS = frozenset({",", "and", "&", ", and", "und", "et", "y"})

_ROLE = re.compile(
    r",\s+(?:(?!and\b|und\b|et\b)[a-z].*|[^,]*\b(?i:reporter|correspondent|editor|writer|columnist|critic|analyst|"
    r"photographer|director|manager|officer|secretary|president|minister|staff)\b.*)"
)
"""What follows a name and a comma: in small letters, or with an office's name: "weather correspondent"."""


def _names(piece: str) -> list[str]:
    """The names of one piece of a byline."""
    piece = _ROLE.sub("", piece)
    piece = _END.sub("", _LEAD.sub("", piece, count=1) if _LEAD.match(piece) else piece)
    names = declared(piece)
    return names if all(_likely(name) for name in names) else []


def _likely(name: str) -> bool:
    """Whether a text with a byline's class is a name: short, capitalised, of name's words alone, and no date's."""
    parts = name.split()
    return (
        len(name) <= 50
        and 1 <= len(parts) <= 5
        and (len(parts) > 1 or (len(name) > 2 and not dates.names_time(name)))
        and all(_NAME_WORD.match(part) for part in parts)
        and not any(part[0].islower() and part.lower() not in _PARTICLES for part in parts)
    )
