"""The words around a date, and the classes of its elements, that say what the date is of."""

from __future__ import annotations

import re

# Words before a date that make it the day the page came out, in the languages whose pages the archives hold most.
_PUBLISHED = (
    "published", "publish", "publication", "posted", "post", "issued", "created", "written",
    "added", "submitted", "uploaded", "filed", "veröffentlicht", "veröffentlichung", "erschienen",
    "erstellt", "publiziert", "vom", "publiée?", "mise? en ligne", "parue?", "postée?", "créée?",
    "publicado", "publicación", "pubblicato", "gepubliceerd", "geplaatst", "publicerad",
    "publiseret", "publisert", "opublikowano", "dodano", "опубликовано", "δημοσιεύτηκε", "δημοσίευση",
    "发布时间", "发布于", "发表时间", "发表于", "发布日期", "公開日", "掲載日", "投稿日", "配信",
)  # fmt: skip

# Words for a date: of publishing, where no other word says what it is of.
_DATE = ("dated?", "datum", "fecha", "data", "дата", "日期", "时间")

# Words that make it the day of the last change.
_MODIFIED = (
    "up-?dated?", "modified", "modification", "reviewed", "revised", "revision", "changed?", "edited", "corrected",
    "aktualisiert", "geändert", "änderung", "aktualisierung", "stand", "mise? à jour", "màj", "modifiée?",
    "actualizado", "actualización", "aggiornato", "aggiornamento", "bijgewerkt", "gewijzigd", "atualizado",
    "uppdaterad", "opdateret", "oppdatert", "zaktualizowano", "aktualizacja", "обновлено", "изменено", "ενημέρωση",
    "更新时间", "更新日", "更新", "修改",
)  # fmt: skip

# Words that make it the day of something else.
_OTHER = (
    "registered", "registration", "joined", "member since", "since", "copyright", "retrieved", "accessed", "expires?",
    "expiry", "deadline", "closing", "closes", "until", "till", "due", "valid", "effective", "starts?", "ends?",
    "begins?", "born", "died", "isbn", "today", "starting", "ending", "archived", "in reply to", "next", "©",
    "(?:first|last) message", "reply", "comments?", "visited", "seen", "bis", "seit", "geboren",
)  # fmt: skip

SAID = re.compile(
    rf"(?<![^\W\d_])(?:(?P<published>{'|'.join(_PUBLISHED)})|(?P<modified>{'|'.join(_MODIFIED)})"
    rf"|(?P<other>{'|'.join(_OTHER)})|(?P<date>{'|'.join(_DATE)}))(?![^\W\d_])",
    re.IGNORECASE,
)
"""A word that says what a date is of; the last one before the date counts."""

_PUBLISHED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:published|posted|created|uploaded|authored|issued|submitted)(?:$|[\s_-])"
    r"|(?:publi(?:c|sh)\w*|pub|post(?:ed|ing)?|entry|articles?|art|story|news|blog|issue|upload(?:ed)?|creat(?:ed|ion)"
    r"|item|content|page|byline|meta|author)[_-]{0,2}(?:info-?)?(?:date|time)"
    r"|date-?(?:pub|post|creat|line|header|display)|dateline|dtpub|postdetails|posthead|fecha|datum", re.IGNORECASE
)  # fmt: skip
_MODIFIED_CLASS = re.compile(r"updat|modif|revis|review|last-?(?:ed|ch)", re.IGNORECASE)
_OTHER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:events?|calendar|joined)(?:$|[\s_-])|(?:start|end)[_-]?date|expir|deadline|birth|today|clock|masthead|current|copyright|"
    r"weather|schedul|valid|arriv|depart", re.IGNORECASE
)  # fmt: skip
DATE_CLASS = re.compile(r"date|(?:^|[\s_-])(?:time|dt|day)(?:$|[\s_-])|timestamp|time$", re.IGNORECASE)

CLASSES = {"other": _OTHER_CLASS, "published": _PUBLISHED_CLASS, "modified": _MODIFIED_CLASS}
"""What an element's classes and id say the date within is of, the first that is found."""
