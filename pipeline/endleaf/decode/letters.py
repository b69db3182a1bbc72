"""The letters of the languages, and which charset makes the most of a page's bytes into letters of one language.

Charsets of one script differ in a few letters only, so a detector that counts bytes confuses them, and a page of a
Czech school that declares iso-8859-1 shows ``ø`` where a reader expects ``ř``. Read rightly, every letter beyond
ASCII is one that a single language writes, and no sign stands within a word.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from endleaf.decode.labels import decoded

_LATIN = {
    "French": "àâæçèéêëîïôœùûüÿ",
    "German": "äöüßé",
    "Spanish": "áéíñóúü",
    "Portuguese": "àáâãçéêíóôõúü",
    "Italian": "àèéìíîòóù",
    "Dutch": "áäçèéëïóöü",
    "Swedish": "àåäéö",
    "Danish": "æøåéôòóêü",
    "Icelandic": "áæéíðóöúýþ",
    "Catalan": "àçèéíïòóúü",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Croatian": "čćđšž",
    "Slovenian": "čšž",
    "Romanian": "ăâîşţ",
    "Turkish": "âçğıİîöşûü",
    "Estonian": "äõöüšž",
    "Latvian": "āčēģīķļņōŗšūž",
    "Lithuanian": "ąčęėįšųūž",
    "Welsh": "âêîôûŵŷáéíóúïö",
    "Esperanto": "ĉĝĥĵŝŭ",
    "Vietnamese": "àáâãèéêìíòóôùúýăđĩũơư",
    "Maltese": "ċġħżàèìòù",
}
_CYRILLIC = {
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Macedonian": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}
_SCRIPTS: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    (
        _LATIN,
        ("windows-1252", "windows-1250", "windows-1254", "windows-1257", "iso-8859-2", "iso-8859-3", "iso-8859-13",
         "iso-8859-14", "iso-8859-15", "macintosh", "x-mac-ce", "ibm850", "ibm852", "windows-1258"),
    ),
    (_CYRILLIC, ("windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic")),
)  # fmt: skip
"""The alphabets of a script, and its charsets in the order of their use on the web: of two equals the first counts."""

LATIN = frozenset(_SCRIPTS[0][1]) - {"windows-1258"}
"""Charsets between which letters decide, and no detector alone; Vietnamese with its tones is like no other."""

_WITHIN = frozenset("’'‘`´-‐–—·/…")
"""Signs that may stand between two letters; any other there is a letter read wrongly."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Vietnamese tones, which windows-1258 writes behind their letter."""
_SIGNS = frozenset("ªºµ¹²³")
"""What Unicode counts among letters or digits, and no word is written with."""

_FEW = 2
"""Letters that must be foreign to every language before another charset is thought of."""
_WELL = 0.9
"""Share of the letters that must be one language's, in the charset that is taken instead; the rest may be names."""
_TIMES = 5
"""How many times fewer letters must be foreign in it: a page of one language and some names has as many in any."""
_ONE_SIGN = 2
"""Different letters up to which a page shows a sign or two, and no language: a pound sign is Latin-2's ``Ł``."""
_NOISE, _HALF = 20, 0.6
"""Letters, at least, of which less than this share is one language's, where they are no language's at all."""


class Reading(NamedTuple):
    """How well bytes read in a charset: the letters that are none of the language they fit best, and all there are."""

    foreign: int
    whole: int
    kinds: int
    """How many different letters there are."""

    @property
    def share(self) -> float:
        """The share of the letters that are the language's."""
        return 1 - self.foreign / self.whole if self.whole else 1.0


def better(spoken: bytes, name: str) -> str | None:
    """The charset in which bytes read far better than in ``name``, which is as believed; None where there is none.

    >>> better("Příliš žluťoučký kůň úpěl ďábelské ódy.".encode("cp1250"), "windows-1252")
    'windows-1250'
    >>> better("Où l’été passe, là-bas, la forêt brûle déjà.".encode("cp1252"), "windows-1252") is None
    True
    """
    if not any(name in charsets for _, charsets in _SCRIPTS):
        return None
    now = _reading(spoken, name)
    if now.foreign < _FEW:
        return None
    best, found = now, None
    for _, charsets in _SCRIPTS:
        for charset in charsets:
            reading = _reading(spoken, charset)
            if reading.share > best.share:
                best, found = reading, charset
    return found if best.share >= _WELL and best.foreign * _TIMES <= now.foreign else None


def is_noise(spoken: bytes, name: str) -> bool:
    """Whether what reads as letters in a charset is no language's, most of it: another script's bytes.

    >>> is_noise("城里的旧图书馆九点开门，来得早的人可以坐在窗边，只听见翻书的声音。".encode("gbk"), "windows-1252")
    True
    """
    reading = _reading(spoken, name)
    return reading.whole >= _NOISE and reading.share < _HALF


def western(spoken: bytes, name: str) -> str:
    """``name``, as a detector gave it, unless Western Europe's charset reads as well and the page is but a few signs.

    >>> western("for £7m".encode("cp1252"), "windows-1250")
    'windows-1252'
    >>> western("zażółć gęślą jaźń".encode("cp1250"), "windows-1250")
    'windows-1250'
    """
    if name == _WESTERN:
        return _EURO if _IN_EUROS.search(spoken) and not _ABOVE.search(spoken) else name
    as_western = _reading(spoken, _WESTERN)
    if not as_western.whole and spoken:  # dashes and section signs, of which any other charset makes letters
        return _WESTERN
    if name not in LATIN:
        return name
    reading = _reading(spoken, name)
    return _WESTERN if reading.kinds <= _ONE_SIGN and as_western.share >= reading.share else name


_WESTERN, _EURO = _SCRIPTS[0][1][0], "iso-8859-15"
_IN_EUROS = re.compile(rb"[0-9,.-] ?\xa4(?![0-9A-Za-z])|(?<![0-9A-Za-z])\xa4 ?[0-9]")
"""ISO 8859-15 differs from what the web takes it for in eight signs; of these only the euro is common."""
_ABOVE = re.compile(rb"[\x80-\x9f]")
"""What ISO 8859 has no characters for."""


def _reading(spoken: bytes, charset: str) -> Reading:
    letters, broken = _letters(decoded(spoken, charset))
    known = max((sum(letters[letter] for letter in alphabet) for alphabet in _written_in(charset)), default=0)
    whole = sum(letters.values()) + broken
    return Reading(whole - known, whole, len(letters))


@cache
def _written_in(charset: str) -> tuple[str, ...]:
    """The alphabets that a charset can write, all but two of their letters: writers went without those."""
    has = set(decoded(bytes(range(0x80, 0x100)), charset))
    alphabets = next(each for each, charsets in _SCRIPTS if charset in charsets)
    return tuple(each for each in alphabets.values() if sum(letter in has for letter in each) >= len(each) - 2)


def _letters(text: str) -> tuple[Counter[str], int]:
    """The letters beyond ASCII, small, and how many characters stand where no writer puts them."""
    letters: Counter[str] = Counter()
    broken = 0
    before = " "
    for at, character in enumerate(text):
        if character > "\x7f":
            after = text[at + 1 : at + 2]
            if character.isalpha() and character not in _SIGNS:
                mixed = "\u0370" <= character < "\u0530" and (_is_plain(before) or _is_plain(after))
                if mixed or (character.isupper() and before.islower()):
                    broken += 1
                else:
                    letters[character if character == "İ" else character.lower()] += 1
            elif _is_broken(character, before, after):
                broken += 1
        before = character
    return letters, broken


def _is_plain(character: str) -> bool:
    """Whether it is a letter of ASCII: in one word with a Greek or Cyrillic one, either is read wrongly."""
    return "a" <= character <= "z" or "A" <= character <= "Z"


def _is_broken(character: str, before: str, after: str) -> bool:
    """Whether a sign stands within a word, or is none that is ever written."""
    if character == "\ufffd" or "\x80" <= character < "\xa0":
        return True
    return (
        character not in _WITHIN
        and character not in _TONES
        and before.isalpha()
        and after.isalpha()
        and character != "\xa0"
    )
