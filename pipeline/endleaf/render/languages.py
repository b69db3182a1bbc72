"""A page's language and direction, as HTML's ``lang`` and ``dir`` may say them."""

from __future__ import annotations

import re
import unicodedata


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 639-1: a language subtag of two letters that is none of these is no language, and HTML's checker refuses it.
_TWO_LETTERS = _codes(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
# Languages of three letters only that pages of archives are written in; others are left unsaid rather than wrong.
_THREE_LETTERS = _codes("ast ceb chr cmn fil frr fur gsw haw hsb dsb kab mni nap nds sco scn szl vec yue")
_SCRIPTS = _codes("Arab Cyrl Grek Hans Hant Hebr Jpan Kore Latn")
# ISO 3166-1 regions seen beside a language; an unknown region is dropped, the language stays.
_REGIONS = _codes(
    "AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK DZ EC EE EG ES FI FR GB GR HK HR HU ID IE IL IN IQ IR IS IT JO JP "
    "KE KR KW LB LT LU LV LY MA MO MT MX MY NG NL NO NZ OM PE PH PK PL PT QA RO RS RU SA SE SG SI SK SY TH TN TR TW UA "
    "US UY VE VN YE ZA"
)
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?(?:-.*)?\Z", re.IGNORECASE)

_RIGHT_TO_LEFT = _codes("ar dv fa he ps sd ug ur yi")

SAMPLE = 600
"""Letters looked at to tell the direction of a page that declares no language."""


def language_tag(declared: str) -> str:
    """A declared language as a tag that HTML's checker takes, or empty if it names no language.

    >>> language_tag("en-gb"), language_tag("cy-XX"), language_tag("zh-hans-CN"), language_tag("xx")
    ('en-GB', 'cy', 'zh-Hans-CN', '')
    """
    found = _TAG.match(declared.strip().replace("_", "-"))
    language = found[1].lower() if found else ""
    if not found or (language not in _TWO_LETTERS and language not in _THREE_LETTERS):
        return ""
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    parts = [language]
    if script in _SCRIPTS:
        parts.append(script)
    if region in _REGIONS:
        parts.append(region)
    return "-".join(parts)


def direction(language: str, sample: str) -> str:
    """``rtl`` or ``ltr``: by the language, and where that is not known by most of the letters.

    >>> direction("ar", ""), direction("", "שלום עולם, hello"), direction("", "")
    ('rtl', 'rtl', 'ltr')
    """
    if language:
        return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT and "Latn" not in language else "ltr"
    if sample.isascii():
        return "ltr"
    kinds = [unicodedata.bidirectional(character) for character in sample[:SAMPLE]]
    right = kinds.count("R") + kinds.count("AL")
    return "rtl" if right > kinds.count("L") else "ltr"
