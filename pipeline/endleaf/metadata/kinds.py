"""The types of schema.org that say what a page is, grouped by what they are to it."""

from __future__ import annotations

# The page's own matter: CreativeWork types that are read. A vocabulary's newer kinds end in one of these too.
_ARTICLE = (
    "article", "blogposting", "blog posting", "newsarticle", "report", "scholarlyarticle", "techarticle",
    "liveblogposting", "discussionforumposting", "socialmediaposting", "opinionnewsarticle", "chapter", "webcontent",
    "governmentservice", "publicationissue", "legislation", "creativework", "qapage", "question",
)  # fmt: skip

# Works and things that a page may be about as a whole: their name is the page's, their maker its author.
_WORK = (
    "recipe", "book", "movie", "videoobject", "podcastepisode", "review", "course", "howto", "dataset",
    "softwareapplication", "softwaresourcecode", "photograph", "musicrecording", "event", "product",
    "faqpage", "jobposting",
)  # fmt: skip

GROUPS: dict[str, str] = {
    **dict.fromkeys(_ARTICLE, "article"),
    **dict.fromkeys(_WORK, "work"),
    **dict.fromkeys(("webpage", "itempage", "aboutpage", "contactpage", "profilepage", "medicalwebpage"), "webpage"),
    "website": "website",
    **dict.fromkeys(("organization", "newsmediaorganization", "governmentorganization", "corporation"), "organization"),
}
"""Type in lower case -> the group its fields are found by: ``json-ld:article.headline``."""


def group(name: str) -> str:
    """The group of a type, given as a name or as an address; "" for one that says nothing of the page.

    >>> group("http://schema.org/NewsArticle"), group("AnalysisNewsArticle"), group("BreadcrumbList")
    ('article', 'article', '')
    """
    name = short(name).lower()
    return GROUPS.get(name) or ("article" if name.endswith("article") else "")


def short(name: str) -> str:
    """A type's own name, without its vocabulary's address.

    >>> short("https://schema.org/Article"), short("schema:Person")
    ('Article', 'Person')
    """
    return name.strip().rstrip("/").replace("#", "/").replace(":", "/").rpartition("/")[2]
