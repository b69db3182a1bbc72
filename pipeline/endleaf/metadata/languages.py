"""Declared languages as BCP 47 tags, which is what HTML's ``lang`` takes."""

from __future__ import annotations

import re

# ISO 639-2 codes (terminological, then bibliographic where it differs) that have a two-letter code: BCP 47
# (RFC 5646 section 2.2.1) wants the shorter, and Dublin Core of the 2000s declares the longer ("ISO 639-2/T").
_SHORTER: dict[str, str] = {
    long: row.split()[0]
    for row in (
        "af afr", "sq sqi alb", "ar ara", "hy hye arm", "az aze", "eu eus baq", "be bel", "bn ben", "bs bos",
        "br bre", "bg bul", "ca cat", "zh zho chi", "kw cor", "co cos", "hr hrv", "cs ces cze", "da dan",
        "nl nld dut", "en eng", "eo epo", "et est", "fo fao", "fi fin", "fr fra fre", "fy fry", "gd gla",
        "gl glg", "ka kat geo", "de deu ger", "el ell gre", "gu guj", "ht hat", "ha hau", "he heb", "hi hin",
        "hu hun", "is isl ice", "ig ibo", "id ind", "ga gle", "it ita", "ja jpn", "kn kan", "kk kaz", "km khm",
        "ko kor", "ku kur", "ky kir", "lo lao", "la lat", "lv lav", "lt lit", "lb ltz", "mk mkd mac", "mg mlg",
        "ms msa may", "ml mal", "mt mlt", "gv glv", "mi mri mao", "mr mar", "mn mon", "ne nep", "no nor",
        "nb nob", "nn nno", "oc oci", "pa pan", "fa fas per", "pl pol", "pt por", "ps pus", "qu que",
        "ro ron rum", "rm roh", "ru rus", "sa san", "sr srp", "si sin", "sk slk slo", "sl slv", "so som",
        "es spa", "sw swa", "sv swe", "ta tam", "te tel", "th tha", "bo bod tib", "tr tur", "uk ukr", "ur urd",
        "uz uzb", "vi vie", "cy cym wel", "yi yid", "yo yor", "zu zul",
    )
    for long in row.split()[1:]
}  # fmt: skip

# Names that heads give where a code belongs: the ones seen, in English and in the language itself.
_NAMED = {
    "english": "en", "uk english": "en-GB", "welsh": "cy", "cymraeg": "cy", "french": "fr", "francais": "fr",
    "français": "fr", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "italian": "it",
    "italiano": "it", "dutch": "nl", "portuguese": "pt", "russian": "ru", "gaelic": "gd", "irish": "ga",
}  # fmt: skip

# RFC 5646 section 2.1: language, script, region, variants; then what begins with a single letter.
_TAG = re.compile(
    r"([a-z]{2,3})((?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-z](?:-[a-z0-9]{2,8})+)*)\Z",
    re.IGNORECASE,
)
_CHARSETS = frozenset({"utf", "iso", "gbk", "big"})
"""What stands in a language's place where somebody took it for the charset's."""


def tag(text: str) -> str | None:
    """A declared language as a BCP 47 tag in its usual spelling, or None where it is none. Of a list, the first.

    >>> tag("eng"), tag("en_GB"), tag("EN-us, fr"), tag("English"), tag("zh-hans-cn"), tag("utf-8")
    ('en', 'en-GB', 'en-US', 'en', 'zh-Hans-CN', None)
    """
    text = re.split(r"[,;]", text, maxsplit=1)[0].strip()
    named = _NAMED.get(text.lower())
    if named:
        return named
    found = _TAG.match(text.replace("_", "-"))
    if not found:
        return None
    language = found[1].lower()
    if language in _CHARSETS:
        return None
    parts = [_SHORTER.get(language, language)]
    return "-".join(parts + [_CASED.get(len(part), str.lower)(part) for part in found[2].split("-")[1:]])


_CASED = {4: str.title, 2: str.upper}
"""How RFC 5646 section 2.1.1 spells subtags of that length: scripts ``Hans``, regions ``GB``."""
