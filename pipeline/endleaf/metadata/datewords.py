"""The words around a date, and the classes of its elements, that say what the date is of."""

from __future__ import annotations

import re
from functools import lru_cache

# What a date is of, and the words that say so, in the languages whose pages the archives hold most. Of a phrase the
# word that tells stands for the whole: "mise en ligne", "member since".
_WORDS = {
    "published":
        "published publish publication posted post issued created written added submitted uploaded filed "
        "veröffentlicht veröffentlichung erschienen erstellt publiziert vom publié publiée ligne paru parue posté "
        "postée créé créée publicado publicación pubblicato gepubliceerd geplaatst publicerad publiseret publisert "
        "opublikowano dodano опубликовано δημοσιεύτηκε δημοσίευση",
    "modified":
        "update updated up-dated modified modification reviewed revised revision change changed edited corrected "
        "aktualisiert geändert änderung aktualisierung stand jour màj modifié modifiée actualizado actualización "
        "aggiornato aggiornamento bijgewerkt gewijzigd atualizado uppdaterad opdateret oppdatert zaktualizowano "
        "aktualizacja обновлено изменено ενημέρωση",
    "other":
        "registered registration joined since copyright © retrieved accessed expire expires expiry deadline closing "
        "closes until till due valid effective start starts end ends begin begins born died isbn today starting "
        "ending archived reply next message messages comment comments visited seen bis seit geboren",
    "date": "date dated datum fecha data дата",
}  # fmt: skip

_SAYS = {word: says for says, words in _WORDS.items() for word in words.split()}

# The same in scripts that do not part words: found anywhere, the first that is.
_UNPARTED = {
    "更新": "modified", "修改": "modified", "发布": "published", "发表": "published", "公開日": "published",
    "掲載日": "published", "投稿日": "published", "配信": "published", "日期": "date", "时间": "date",
}  # fmt: skip

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?|©")


def said(text: str) -> str:
    """What the words of a text say a date after it is of: the last word that tells. ``date`` alone is of publishing.

    >>> said("Published on"), said("Date last modified:"), said("Date:"), said("By Ann Teal")
    ('published', 'modified', 'published', '')
    """
    kinds = [kind for word in _TOKEN.findall(text.lower()) if (kind := _says(word))]
    return next((kind for kind in reversed(kinds) if kind != "date"), "published" if kinds else "")


def _says(word: str) -> str:
    if word[0] < _FIRST_UNPARTED:
        return _SAYS.get(word, "")
    return next((says for part, says in _UNPARTED.items() if part in word), "")


_FIRST_UNPARTED = "\u2e80"  # where Unicode's blocks of Chinese and Japanese writing begin


def letters_beside(text: str) -> int:
    """How many letters a text has in words that say nothing of a date."""
    return sum(len(word) for word in _TOKEN.findall(text.lower()) if not _says(word))


# Classes and ids that say the same of the date within.
_PUBLISHED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:published|posted|created|uploaded|authored|issued|submitted)(?:$|[\s_-])"
    r"|(?:publi(?:c|sh)\w*|pub|post(?:ed|ing)?|entry|articles?|art|story|news|blog|issue|upload(?:ed)?|creat(?:ed|ion)"
    r"|item|content|page|byline|meta|author)[_-]{0,2}(?:info-?)?(?:date|time)"
    r"|date-?(?:pub|post|creat|line|header|display)|dateline|dtpub|postdetails|posthead|fecha|datum", re.IGNORECASE
)  # fmt: skip
_MODIFIED_CLASS = re.compile(r"updat|modif|revis|review|last-?(?:ed|ch)", re.IGNORECASE)
_OTHER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:events?|calendar|joined)(?:$|[\s_-])|(?:start|end)[_-]?date|expir|deadline|birth|today|clock|"
    r"masthead|current|copyright|weather|schedul|valid|arriv|depart", re.IGNORECASE
)  # fmt: skip
_DATE_CLASS = re.compile(r"date|(?:^|[\s_-])(?:time|dt|day)(?:$|[\s_-])|timestamp|time$", re.IGNORECASE)

_CLASSES = {"other": _OTHER_CLASS, "published": _PUBLISHED_CLASS, "modified": _MODIFIED_CLASS, "date": _DATE_CLASS}
"""What an element's names may say of the date within; the first that is found counts."""


@lru_cache(maxsize=4096)
def named(names: str) -> tuple[str, str]:
    """(class, what it says the date within is of) by an element's classes and ids; nothing where none tells.

    >>> named("small post-date"), named("last-updated"), named("stamp time"), named("story")
    (('post-date', 'published'), ('last-updated', 'modified'), ('time', 'date'), ('', ''))
    """
    for says, pattern in _CLASSES.items():
        if pattern.search(names):
            return next((name for name in names.split() if pattern.search(name)), names.split(maxsplit=1)[0]), says
    return "", ""
