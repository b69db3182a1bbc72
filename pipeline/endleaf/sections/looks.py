"""What an element's own CSS and class say of how its text looks."""

from __future__ import annotations

import re
from functools import lru_cache

CSS_LENGTH = 1000
"""Characters: a longer style or class is a program's, and says nothing of one line."""

_CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CSS_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_CSS_LARGE = re.compile(
    r"font-size\s*:\s*(?:(?:x-|xx-)?large|larger|1[89](?:\.\d+)?p[xt]|[2-9]\d(?:\.\d+)?p[xt]"
    r"|1\.[2-9]\d*r?em|[2-9](?:\.\d+)?r?em|1[2-9]\d%|[2-9]\d\d%)", re.IGNORECASE
)  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[HT]))(?i:sub|section|page|main|big|story|article|content|body)?-?"
    r"(?i:head(?:ing|line|er)?s?|titles?|hdr?|tit)\d{0,2}(?:$|[\s_-])"
)
"""Class names that call a block a heading."""


_CAPTION = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=C))(?i:photo|image|img|pic|picture|fig|figure|article|story)?-?"
    r"(?i:caption|cutline)s?(?:$|[\s_-]|\d|(?i:text))"
)
"""Class names that call a block the words under an image."""


_PERSONS = frozenset({"name", "author", "postauthor", "username", "bigusername", "poster", "nick"})
"""Class names that boards give the words that say who wrote a post."""


def person(name: str) -> bool:
    """Whether a class says that its words are who wrote a post: bold as they are, they head nothing.

    >>> person("name"), person("author url fn"), person("name-of-ship")
    (True, True, False)
    """
    return len(name) <= CSS_LENGTH and not _PERSONS.isdisjoint(name.lower().split())


@lru_cache(maxsize=4096)
def dressed(css: str) -> tuple[bool, bool, bool]:
    """Whether CSS makes text strong, stressed, large."""
    if len(css) > CSS_LENGTH:
        return (False, False, False)
    return (bool(_CSS_BOLD.search(css)), bool(_CSS_ITALIC.search(css)), bool(_CSS_LARGE.search(css)))


@lru_cache(maxsize=4096)
def named(name: str) -> bool:
    """Whether a class calls its block a heading."""
    return len(name) <= CSS_LENGTH and _NAMED.search(name) is not None


@lru_cache(maxsize=4096)
def captions(name: str) -> bool:
    """Whether a class calls its block the words under an image."""
    return len(name) <= CSS_LENGTH and _CAPTION.search(name) is not None
