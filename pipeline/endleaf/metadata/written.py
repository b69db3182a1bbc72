"""The language a page's text is written in, by its letters and its commonest words: for pages that declare none, and
for templates in whose head a language was left that the text is not written in.
"""

from __future__ import annotations

import re
from collections import Counter

from endleaf.parse import TEXT, Tree

_ENOUGH = 700
"""Characters of text that are looked at: some hundred words."""

_GLANCE = 300
"""Characters that tell the script."""

_SHORTEST = 40
"""Characters of a text that is looked at first: shorter ones are menus, whose words are names."""

_LEAST_LETTERS = 30
"""Letters that a judgement needs."""

_LEAST_WORDS = 5
"""Common words that a judgement needs where the letters alone do not tell."""

_UNREAD = frozenset({"script", "style", "noscript", "textarea", "title", "template"})

# Scripts by their ranges (Unicode's blocks, without the rarely used ones), and the languages that are written in them.
_SCRIPTS = {
    "latin": (re.compile("[a-zA-ZÀ-ɏ]"), ()),
    "greek": (re.compile("[Ͱ-Ͽἀ-῿]"), ("el",)),
    "cyrillic": (re.compile("[Ѐ-ӿ]"), ("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky", "tg")),
    "kana": (re.compile("[ぁ-ヿ]"), ("ja",)),
    "hangul": (re.compile("[가-힣]"), ("ko",)),
    "han": (re.compile("[一-鿿]"), ("zh", "ja", "ko")),
    "hebrew": (re.compile("[א-ת]"), ("he", "yi")),
    "arabic": (re.compile("[ء-ۓ]"), ("ar", "fa", "ur", "ps", "ku", "ug")),
    "thai": (re.compile("[ก-๛]"), ("th",)),
    "devanagari": (re.compile("[ऀ-ॿ]"), ("hi", "mr", "ne", "sa")),
    "bengali": (re.compile("[ঀ-৿]"), ("bn", "as")),
    "tamil": (re.compile("[஀-௿]"), ("ta",)),
    "armenian": (re.compile("[Ա-և]"), ("hy",)),
    "georgian": (re.compile("[ა-ჿ]"), ("ka",)),
}

# Letters that tell the languages of one script apart, where one in a hundred letters is such a letter.
_LETTERS = {
    "cyrillic": (("be", "ў"), ("uk", "іїєґ"), ("sr", "јљњћђ"), ("mk", "ѓќѕ"), ("ru", "ыэё"), ("bg", "ъ")),
    "arabic": (("ur", "ٹڈڑے"), ("fa", "پچژگی")),
}

# The commonest words of languages in Latin letters, such as few others have.
_WORDS = {
    "en": "the and of to in is for that with was are on by this from have which it not be at",
    "de": "der die und das ist nicht von mit den ein eine auch auf sich für im dem des werden als wird",
    "fr": "le les des et est dans une que pour qui du sur pas plus avec par au ce sont la aux",
    "es": "el los las que de y en una por con para del se es como más su al lo pero",
    "it": "il di che è per una con del della sono non gli nel alla dei anche più si come le",
    "pt": "o os as que de e do da em um uma para com não por mais dos na ao são",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er ook als bij door",
    "pl": "i w na z się nie to że jest do jak przez po od dla oraz który są ale tym",
    "sv": "och att det som en är på för av med den inte till har om ett var från",
    "da": "og at det som er på for af med den ikke til har om et var der de fra blev",
    "nb": "og at det som er på for av med den ikke til har om et var ble fra også å",
    "fi": "ja on ei että se oli ovat mutta kun myös hän kuin joka sen tai ole",
    "cs": "a se na je v že s to i z do ale jako pro jsou by nebo která podle",
    "hu": "a az és hogy nem is egy meg van volt de csak ez már mint vagy el",
    "ro": "și în de la a cu pe nu că este mai din care pentru sau un prin fi",
    "tr": "ve bir bu için ile de da olarak daha çok gibi olan en ne var ama kadar",
    "cy": "yn y a ar i o yr mae am ei bod gan wedi hefyd gyda oedd fel ac",
}
_SPOKEN: dict[str, list[str]] = {}
for _language, _common in _WORDS.items():
    for _word in _common.split():
        _SPOKEN.setdefault(_word, []).append(_language)

_WORD = re.compile(r"[^\W\d_]+")


def language_of(tree: Tree) -> str | None:
    """The language of a page's text as a BCP 47 tag, or None where its letters and words do not tell."""
    text = _sample(tree)
    script = _script(text)
    if script is None:
        return None
    if script == "latin":
        return _by_words(text)
    return _by_letters(text, script) or _SCRIPTS[script][1][0]


def contradicted(language: str, tree: Tree) -> bool:
    """Whether a page's text is in a script that a language is not written in.

    >>> from endleaf.parse import parse
    >>> contradicted("en-US", parse("<p>" + "Το ρολόι σταμάτησε. " * 9))
    True
    """
    if language.partition("-")[0] not in _OF_LATIN:
        return False
    return _script(_sample(tree, _GLANCE)) not in (None, "latin")


_OF_LATIN = frozenset(_WORDS)


def _sample(tree: Tree, enough: int = _ENOUGH) -> str:
    """Some of the page's running text; of a page with little, what there is."""
    found: list[str] = []
    size = 0
    for shortest in (_SHORTEST, 2):
        for i, text in enumerate(tree.texts):
            if len(text) > shortest and tree.tags[i] == TEXT and tree.tags[tree.parents[i]] not in _UNREAD:
                found.append(text[:enough].strip())
                size += len(found[-1])
                if size >= enough:
                    return " ".join(found)
        if size >= enough / 4:
            break
    return " ".join(found)


def _script(text: str) -> str | None:
    """The script most of a text's letters are of."""
    if len(text.encode("ascii", "ignore")) > 0.8 * len(text):  # no other script leaves so much
        return "latin" if sum(map(str.isalpha, text)) >= _LEAST_LETTERS else None
    counts = {name: len(pattern.findall(text)) for name, (pattern, _) in _SCRIPTS.items()}
    if counts["kana"] * 10 > counts["han"]:  # a Japanese text has more kana than that, a Chinese one hardly any
        counts["kana"] += counts.pop("han")
    name = max(counts, key=lambda each: counts[each])
    most = counts[name] * (3 if name in ("han", "kana", "hangul") else 1)  # a letter there is a syllable or a word
    total = most + sum(count for other, count in counts.items() if other != name)
    return name if most >= _LEAST_LETTERS and most > total / 2 else None


def _by_letters(text: str, script: str) -> str | None:
    text = text.lower()
    least = max(2, len(text) // 200)
    for language, letters in _LETTERS.get(script, ()):
        if sum(map(text.count, letters)) >= least:
            return language
    return None


def _by_words(text: str) -> str | None:
    """The language whose common words the text has most of, clearly."""
    found = _WORD.findall(text.lower())
    best = Counter(language for word in found for language in _SPOKEN.get(word, ())).most_common(2)
    if not best or best[0][1] < max(_LEAST_WORDS, len(found) / 12):
        return None
    near = len(best) > 1 and best[1][1] > best[0][1] / 1.3 and {best[0][0], best[1][0]} != _TWINS
    return None if near else best[0][0]


_TWINS = {"da", "nb"}
"""Languages that share most of their common words: the one with more of them, by however few."""
