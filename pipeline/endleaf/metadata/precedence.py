"""Which declaration wins: for every field a table, the first that gives a readable value is taken.

Each row is a key of :class:`endleaf.metadata.declared.Declared` and the reason of its place.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Row(NamedTuple):
    """A declaration's key, and why it stands where it stands in its table."""

    key: str
    why: str


TITLE = (
    Row("meta:citation_title", "of a paper, as it is to be cited"),
    Row("meta:dc.title", "a cataloguer's title"),
    Row("meta:dcterms.title", "the same vocabulary, newer"),
    Row("meta:aglsterms.title", "Australian government's"),
    Row("heading", "what a reader sees: the h1 that says what the declared titles say"),
    Row("json-ld:article.headline", "written for this article, with no site's name"),
    Row("microdata:article.headline", "as above, in the text"),
    Row("meta:og:title", "written to be shown elsewhere, mostly bare of the site's name"),
    Row("title", "always there, mostly with the site's name"),
    Row("meta:twitter:title", "a copy of og:title, or shortened"),
    Row("meta:title", "set by content systems, seldom by people"),
    Row("microdata:article.name", "a listing's short name"),
    Row("json-ld:work.name", "the thing the page is about"),
    Row("json-ld:article.name", "a system's short name"),
    Row("json-ld:webpage.name", "as <title>, by a plug-in"),
)

DESCRIPTION = (
    Row("meta:description", "written for this page, for a list of results"),
    Row("meta:dc.description", "a cataloguer's"),
    Row("meta:dcterms.description", "the same vocabulary, newer"),
    Row("meta:dcterms.abstract", "a refinement of it"),
    Row("meta:dc.description.abstract", "the same as RFC 2731 spells it"),
    Row("meta:aglsterms.description", "Australian government's"),
    Row("meta:og:description", "for sharing, often cut short"),
    Row("json-ld:article.description", "by a plug-in, often the text's start"),
    Row("microdata:article.description", "as above"),
    Row("meta:twitter:description", "a copy of og:description"),
    Row("json-ld:webpage.description", "by a plug-in"),
    Row("meta:citation_abstract", "a whole abstract"),
)

AUTHORS = (
    Row("json-ld:article.author.name", "a person or a body, mostly as an item of its own"),
    Row("meta:citation_author", "of a paper, as it is to be cited"),
    Row("meta:author", "HTML's own name for it"),
    Row("meta:dc.creator", "a cataloguer's; with government pages mostly a body"),
    Row("meta:dcterms.creator", "the same vocabulary, newer"),
    Row("meta:aglsterms.creator", "Australian government's"),
    Row("meta:dc.creator.personalname", "RFC 2731's refinement"),
    Row("meta:parsely-author", "for a press analytics service, from the newsroom's system"),
    Row("meta:sailthru.author", "for a mailing service, likewise"),
    Row("meta:byl", "a newspaper's byline"),
    Row("microdata:article.author", "marked in the text"),
    Row("meta:article:author", "mostly a profile's address, which is passed over"),
    Row("a:author", "a linked byline"),
    Row("byline:class", "a byline by its class alone"),
    Row("meta:twitter:data1", "a card's line, where its label says that it names who wrote"),
    Row("json-ld:webpage.author.name", "by a plug-in"),
    Row("json-ld:article.creator.name", "a rarer spelling"),
    Row("json-ld:work.author.name", "who made the thing the page is about"),
    Row("microdata:work.author", "who made the thing the page is about"),
)
WROTE = frozenset({
    "written by", "author", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da",
    "geschreven door", "autor", "skrivet av", "skrevet av", "napisane przez",
})  # fmt: skip
"""Labels of a card's first line that make it a name; the plug-in that writes them speaks its site's tongue."""

CATALOGUED = frozenset(
    {"meta:dc.creator", "meta:dcterms.creator", "meta:aglsterms.creator", "meta:dc.creator.personalname",
     "meta:citation_author"}
)  # fmt: skip
"""Rows that name one author a field, or several parted by semicolons: a comma there is a body's or "Teal, Ann"'s."""

BYLINES = frozenset({"a:author", "byline:class"})
"""Rows whose text is a line for readers, to be read with care."""

PUBLISHED = (
    Row("meta:article:published_time", "machine-made with the article"),
    Row(
        "json-ld:article.datepublished", "the same by another plug-in, and where they differ, less often what is shown"
    ),
    Row("microdata:article.datepublished", "marked in the text"),
    Row("meta:citation_publication_date", "of a paper, as it is to be cited"),
    Row("meta:citation_date", "the same, older"),
    Row("meta:dcterms.issued", "Dublin Core's word for publishing"),
    Row("meta:dc.date.issued", "the same as RFC 2731 spells it"),
    Row("meta:dcterms.available", "when it could first be had"),
    Row("meta:dc.date.available", "the same as RFC 2731 spells it"),
    Row("meta:dcterms.created", "made, which for a web page is near to published"),
    Row("meta:dc.date.created", "the same as RFC 2731 spells it"),
    Row("meta:dc.date.x-created", "an experimental refinement of RFC 2731"),
    Row("meta:dcterms.date", "a date of any event, mostly publishing"),
    Row("meta:dc.date", "a date of any event, mostly publishing"),
    Row("meta:aglsterms.datelicensed", "Australian government's"),
    Row("meta:pubdate", "a newspaper's"),
    Row("meta:publishdate", "a newspaper's"),
    Row("meta:publish-date", "a newspaper's"),
    Row("meta:publish_date", "a newspaper's"),
    Row("meta:publication_date", "a newspaper's"),
    Row("meta:publicationdate", "a newspaper's"),
    Row("meta:originalpublicationdate", "a broadcaster's"),
    Row("meta:prism.publicationdate", "of a periodical"),
    Row("meta:parsely-pub-date", "for a press analytics service"),
    Row("meta:sailthru.date", "for a mailing service"),
    Row("meta:dateposted", "a content system's"),
    Row("meta:published", "a content system's"),
    Row("meta:created", "a content system's"),
    Row("meta:date", "HTML 2's habit: of the page, whichever event"),
    Row("time:pubdate", "an early draft of HTML5"),
    Row("json-ld:webpage.datepublished", "by a plug-in"),
    Row("json-ld:work.datepublished", "when the thing the page is about came out"),
    Row("json-ld:work.uploaddate", "of a video"),
    Row("json-ld:article.datecreated", "a draft's date at times"),
)

NAMED_PUBLISHED = re.compile(
    r"(?:^|[\W_])(?:first_?)?(?:pub(?:lish(?:ed|ing)?|lication)?|issued?|post(?:ed)?|creat(?:ed|ion)|upload(?:ed)?)"
    r"(?:[\W_]?(?:on|at|date|time))?$|^(?:ms\.|og:article:)?date$|date_?(?:published|posted|created|issued)$",
    re.IGNORECASE,
)  # fmt: skip
"""What the metas of content systems are named that hold a date of publishing: ``published_on``, ``ms.date``."""

LOOSE_DATES = frozenset({"time:pubdate", "time:updated"})
"""Rows whose text is a line for readers: a date is looked for in it, and nothing else in it is given."""

MODIFIED = (
    Row("json-ld:article.datemodified", "machine-made with the article"),
    Row("meta:article:modified_time", "machine-made with the article"),
    Row("microdata:article.datemodified", "marked in the text"),
    Row("meta:dcterms.modified", "Dublin Core's word for it"),
    Row("meta:dc.date.modified", "the same as RFC 2731 spells it"),
    Row("meta:dc.date.x-metadatalastmodified", "an experimental refinement of RFC 2731"),
    Row("meta:og:updated_time", "machine-made"),
    Row("meta:last-modified", "set by hand or by a content system"),
    Row("meta:lastmod", "set by a content system"),
    Row("meta:modified", "set by a content system"),
    Row("meta:revised", "set by hand"),
    Row("http-equiv:last-modified", "set by hand or by a content system"),
    Row("time:updated", "marked in the text"),
    Row("json-ld:webpage.datemodified", "by a plug-in"),
)

SERVED = (Row("http:last-modified", "the file's date, or the moment it was made for the reader"),)
"""The last resort for when a page was changed: a line of the page is nearer to what its author did."""

PUBLISHER = (
    Row("meta:dc.publisher", "a cataloguer's"),
    Row("meta:dcterms.publisher", "the same vocabulary, newer"),
    Row("meta:aglsterms.publisher", "Australian government's"),
    Row("json-ld:article.publisher.name", "mostly an item of its own"),
    Row("microdata:article.publisher", "marked in the text"),
    Row("meta:citation_publisher", "of a paper"),
    Row("meta:publisher", "set by a content system"),
    Row("meta:article:publisher", "mostly a profile's address, which is passed over"),
    Row("json-ld:website.publisher.name", "the site's"),
    Row("json-ld:webpage.publisher.name", "the page's, by a plug-in"),
    Row("json-ld:organization.name", "the body whose site it is"),
)

SITE_NAME = (
    Row("meta:og:site_name", "what it is for"),
    Row("json-ld:website.name", "what it is for"),
    Row("microdata:website.name", "what it is for"),
    Row("meta:application-name", "a site as an application"),
    Row("meta:apple-mobile-web-app-title", "the same, shortened for a home screen"),
    Row("meta:cps_site_name", "a broadcaster's"),
)

SUBJECTS = (
    Row("meta:dc.subject", "a cataloguer's, of a scheme or free"),
    Row("meta:dcterms.subject", "the same vocabulary, newer"),
    Row("meta:dc.subject.keyword", "refined as UK government once did"),
    Row("meta:dc.subject.category", "refined as UK government once did"),
    Row("meta:egms.subject.category", "UK government's category list"),
    Row("meta:egms.subject.keyword", "UK government's free words"),
    Row("meta:egms.subject.service", "UK government's list of services"),
    Row("meta:aglsterms.subject", "Australian government's"),
    Row("meta:aglsterms.function", "Australian government's"),
    Row("meta:article:section", "where the site files it"),
    Row("json-ld:article.articlesection", "where the site files it"),
    Row("meta:article:tag", "one a field"),
    Row("meta:keywords", "a list with commas, often the whole site's"),
    Row("meta:news_keywords", "a list with commas"),
    Row("meta:citation_keywords", "a list with commas or semicolons"),
    Row("json-ld:article.keywords", "a list, or a string with commas"),
    Row("microdata:article.keywords", "a list with commas"),
)
COMMA_LISTS = frozenset(
    {"meta:keywords", "meta:news_keywords", "meta:citation_keywords", "json-ld:article.keywords",
     "microdata:article.keywords"}
)  # fmt: skip
"""Where practice parts by commas. Terms of schemes hold commas: "Government, politics and public administration"."""

LANGUAGE = (
    Row("html:lang", "governs how the text is read aloud, so it is mostly right"),
    Row("html:xml:lang", "the same in XHTML"),
    Row("http-equiv:content-language", "HTML 4's way"),
    Row("meta:dc.language", "a cataloguer's"),
    Row("meta:dcterms.language", "the same vocabulary, newer"),
    Row("json-ld:article.inlanguage", "by a plug-in"),
    Row("json-ld:webpage.inlanguage", "by a plug-in"),
    Row("meta:og:locale", "a whole site's, often left as en_US"),
    Row("meta:content-language", "HTML 4's way, misspelled"),
    Row("meta:language", "set by hand"),
    Row("http:content-language", "a whole server's"),
)

RIGHTS = (
    Row("meta:dcterms.license", "a licence says most"),
    Row("link:license", "HTML's own relation"),
    Row("a:license", "the same in the text"),
    Row("http:link license", "the same in the HTTP head"),
    Row("json-ld:article.license", "by a plug-in"),
    Row("json-ld:webpage.license", "by a plug-in"),
    Row("microdata:article.license", "marked in the text"),
    Row("meta:dc.rights", "a cataloguer's"),
    Row("meta:dcterms.rights", "the same vocabulary, newer"),
    Row("meta:dc.rights.copyright", "refined as UK government once did"),
    Row("meta:egms.copyright", "UK government's"),
    Row("meta:dcterms.rightsholder", "who holds it"),
    Row("meta:copyright", "set by hand"),
    Row("meta:rights", "set by hand"),
    Row("meta:rights-standard", "a rights service's"),
    Row("json-ld:article.copyrightnotice", "a newsroom's"),
    Row("json-ld:article.copyrightholder.name", "who holds it"),
    Row("link:copyright", "HTML 4's relation to a notice"),
)

CANONICAL = (
    Row("link:canonical", "RFC 6596"),
    Row("http:link canonical", "RFC 6596 in the HTTP head"),
    Row("meta:og:url", "for sharing: the same purpose"),
    Row("json-ld:article.url", "by a plug-in"),
    Row("json-ld:article.mainentityofpage", "by a plug-in"),
    Row("json-ld:article.mainentityofpage.@id", "by a plug-in"),
    Row("json-ld:webpage.url", "by a plug-in"),
    Row("meta:dc.identifier", "a cataloguer's, where it is an address"),
    Row("meta:dcterms.identifier", "the same vocabulary, newer"),
)
