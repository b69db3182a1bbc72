"""The charset labels of the web: what a page that says ``iso-8859-1`` means (WHATWG Encoding, section 4.2).

Python's codec names are not these labels: its ``iso-8859-1`` and ``gb2312`` are narrower than what every
browser does under those names. The decoders are turbohtml's, which are the standard's.
"""

from __future__ import annotations

import codecs
import re

import turbohtml.detect  # noqa: F401 (it registers the whatwg-* codecs)

from endleaf.decode.tables import OWN

_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "ibm866": "866 cp866 csibm866 ibm866",
    "iso-8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso-8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso-8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso-8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
    "iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso-8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
    "iso_8859-8 iso_8859-8:1988 visual",
    "iso-8859-8-i": "csiso88598i iso-8859-8-i logical",
    "iso-8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso-8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso-8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso-8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso-8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "macintosh": "csmacintosh mac macintosh x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    "windows-1253": "cp1253 windows-1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
    "latin5 windows-1254 x-cp1254",
    "windows-1255": "cp1255 windows-1255 x-cp1255",
    "windows-1256": "cp1256 windows-1256 x-cp1256",
    "windows-1257": "cp1257 windows-1257 x-cp1257",
    "windows-1258": "cp1258 windows-1258 x-cp1258",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gbk": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
    "gb18030": "gb18030",
    "big5": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso-2022-jp",
    "shift_jis": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "euc-kr": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949",
    "utf-16be": "unicodefffe utf-16be",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    # Browsers show nothing of these two, for fear of scripts hidden in them; no script passes here.
    "hz-gb-2312": "hz-gb-2312 hz",
    "iso-2022-kr": "csiso2022kr iso-2022-kr",
    # Seen on pages, and in no standard.
    "utf-32le": "utf-32 utf-32le",
    "utf-32be": "utf-32be",
    "ibm437": "437 cp437 cspc8codepage437 ibm437 dos-us",
    "ibm737": "737 cp737 ibm737",
    "ibm775": "775 cp775 cspc775baltic ibm775",
    "ibm850": "850 cp850 cspc850multilingual ibm850 dos",
    "ibm852": "852 cp852 cspcp852 ibm852 pc-852 pc852",
    "ibm855": "855 cp855 csibm855 ibm855",
    "ibm857": "857 cp857 csibm857 ibm857",
    "ibm862": "862 cp862 cspc862latinhebrew dos-862 ibm862",
    "ibm864": "864 cp864 csibm864 ibm864",
    "cp720": "cp720 dos-720 720",
    "x-mac-ce": "x-mac-ce x-mac-centraleurroman maccentraleurope maclatin2 x-mac-latin2 mac-ce",
    "x-mac-greek": "x-mac-greek macgreek",
    "x-mac-turkish": "x-mac-turkish macturkish",
    "x-mac-icelandic": "x-mac-icelandic maciceland",
    "x-mac-croatian": "x-mac-croatian maccroatian",
    "x-mac-romanian": "x-mac-romanian macromania",
    "x-mac-arabic": "x-mac-arabic macarabic",
    "x-mac-farsi": "x-mac-farsi macfarsi",
    "koi8-t": "koi8-t",
    "ptcp154": "ptcp154 csptcp154 pt154 cp154 cyrillic-asian",
    "johab": "johab ms1361 x-johab windows-1361 cp1361",
    "iso-2022-cn": "csiso2022cn iso-2022-cn iso-2022-cn-ext",
    "euc-tw": "euc-tw x-euc-tw cns11643",
    "viscii": "viscii csviscii viscii1.1-1",
    "tcvn": "tcvn tcvn5712-1 tcvn-5712 x-viet-tcvn5712 x-viet-tcvn tcvn5712-1:1993",
}

LABELS: dict[str, str] = {label: name for name, labels in _LABELS.items() for label in labels.split()}
"""Label to name, both in lower case."""

_CODECS = {
    "hz-gb-2312": "hz", "iso-2022-kr": "iso2022_kr", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be",
    "ibm437": "cp437", "ibm737": "cp737", "ibm775": "cp775", "ibm850": "cp850", "ibm852": "cp852", "ibm855": "cp855",
    "ibm857": "cp857", "ibm862": "cp862", "ibm864": "cp864", "cp720": "cp720", "x-mac-ce": "mac-latin2",
    "x-mac-greek": "mac-greek", "x-mac-turkish": "mac-turkish", "x-mac-icelandic": "mac-iceland",
    "x-mac-croatian": "mac-croatian", "x-mac-romanian": "mac-romanian", "x-mac-arabic": "mac-arabic",
    "x-mac-farsi": "mac-farsi", "koi8-t": "koi8-t", "ptcp154": "ptcp154", "johab": "johab",
}  # fmt: skip
"""Python's own decoders where the web's standard has none."""

_NOISE = re.compile(r"^[\s\"'=]+|[\s\"';,/>]+$")
_LOOSE = (
    (re.compile(r"^(?:windows|win|cp)[-_]?(\d{3,4})$"), r"windows-\1"),
    (re.compile(r"^(?:x[-_])?ms[-_]?(936|950|949|932)$"), r"windows-\1"),
    (re.compile(r"^iso[-_ ]?8859[-_ ]?(\d{1,2})$"), r"iso-8859-\1"),
    (re.compile(r"^utf[-_ ]?(8|16|32)$"), r"utf-\1"),
    (re.compile(r"^(euc|koi8|shift)[_ ](\w+)$"), r"\1-\2"),
)
_PAGES = {"windows-936": "gbk", "windows-950": "big5", "windows-932": "shift_jis"}


def name_of(label: str) -> str | None:
    """The charset that a label means; None for one that means none, and for UTF-7, which no page may use.

    >>> name_of("ISO-8859-1"), name_of("gb2312"), name_of("win-1251")
    ('windows-1252', 'gbk', 'windows-1251')
    >>> name_of("utf-7") is None
    True
    """
    label = _NOISE.sub("", label).lower()
    if label in LABELS:
        return LABELS[label]
    for pattern, form in _LOOSE:
        if pattern.match(label):
            loose = pattern.sub(form, label)
            return LABELS.get(loose) or _PAGES.get(loose)
    return None


def decoded(payload: bytes, name: str) -> str:
    """Bytes in a charset of :data:`LABELS` as text; what is not valid in it becomes U+FFFD.

    >>> decoded(b"caf\\xe9 \\x80", "windows-1252")
    'café €'
    """
    own = OWN.get(name)
    if own:
        return own(payload)
    return codecs.decode(payload, _CODECS.get(name) or f"whatwg-{name}", "replace")
