"""An explanation in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from endleaf.explain.signs import GROUPS
from endleaf.explain.told import Explained, Step, Told
from endleaf.render.words import counted, spoken

_KEPT: Final[Mapping[Step, str]] = {
    "score": "Its score settled it.",
    "list-or-table": "It stays with the list or table it is part of, most of which stays.",
    "heading": "It is a heading, and what stands under it stays.",
    "plain-rule": "The page has too many blocks to be scored; this one reads like text.",
    "site": "The page’s site settled it: what its other pages tell brought it back.",
    "custom": "It is something that pages of this manner have in their text, such as the source under a table.",
    "rules": "A rule that you gave keeps it: {rule}.",
}
_REMOVED: Final[Mapping[Step, str]] = {
    "score": "Its score settled it.",
    "list-or-table": "It goes with the list or table it is part of.",
    "heading": "It is a heading, and what stands under it goes.",
    "plain-rule": "The page has too many blocks to be scored; this one does not read like text.",
    "site": "The page’s site settled it: the same block stands on many of its other pages.",
    "custom": "It is something that pages of this manner set around their text, such as a masthead or a breadcrumb.",
    "rules": "A rule that you gave drops it: {rule}.",
}

_IN_PART: Final = "What in it only leads elsewhere goes: a way back, a row of links at its end."

_HOW: Final[Mapping[str, str]] = {
    "network": "A small network scored each block by itself and by what stands around it; lists, data tables and "
    "headings then stay together with what they belong to.",
    "plain rule": "The page has too many blocks for the network: a plain rule told text from links.",
    "site": "The other pages of its site were heard: what repeats on many of them counts less.",
    "customs": "What pages of a known manner always have stays or goes: boards, mail archives, site maps, mastheads.",
    "rules": "Rules that you gave had the last word.",
}


def how(explained: Explained) -> Iterator[str]:
    """How the page was told."""
    for step in explained.steps:
        yield _HOW[step]
    for rule in explained.page.rules:
        found = ", ".join(f"{place} ({count})" for place, count in rule.found)
        yield f"The rule {rule.name} of {rule.file} found {found or 'nothing'}."
    if explained.bar is not None:
        yield (
            f"On this page a block of {percent(explained.bar)} or more is content by itself. The numbers beside what "
            "speaks for or against one are log odds: by how much its score would fall or rise were that not known."
        )


def label(told: Told, explained: Explained) -> str:
    """What became of a block, in a few words: ``removed: link list``."""
    if told.state == "part":
        return "kept in part"
    return told.state + (f": {reason}" if (reason := _reason(told, explained)) else "")


def why(told: Told, explained: Explained) -> Iterator[str]:
    """Why, in sentences."""
    if told.score is not None:
        bar = f", where {percent(explained.bar)} is enough" if explained.bar is not None else ""
        yield f"It is {likely(told.score)} likely to be content{bar}."
    if told.state == "part":
        yield f"A rule that you gave cuts through it: {told.rule}." if told.rule else _IN_PART
    else:
        yield (_KEPT if told.state == "kept" else _REMOVED)[told.settled_by].replace("{rule}", told.rule)


def facts(told: Told, explained: Explained, number: int) -> Iterator[tuple[str, str]]:
    """What else there is to know of a block, each with its label."""
    removal = explained.page.removals[told.removal] if told.removal is not None else None
    if removal:
        yield "Removed with", f"{removal.where or 'the page'} ({spoken(removal.reason)})"
    if told.where and not (removal and removal.where == told.where):
        yield "Stands in", told.where
    for named in told.named:
        yield "Named", f"{named.element}: {', '.join(named.tells)}"
    yield "Text", f"{counted(told.words, 'word')}, {percent(told.linked)} of it links"
    yield "Place", f"block {number + 1:,} of {len(explained.blocks):,}, below {percent(told.before)} of the words"
    for words, sign in (("For", 1), ("Against", -1)):
        found = [f"{GROUPS[each.group].words} ({each.odds:+.1f})" for each in told.signs if each.odds * sign > 0]
        if found:
            yield words, "; ".join(found).replace("-", "−")


def _reason(told: Told, explained: Explained) -> str:
    return spoken(explained.page.removals[told.removal].reason) if told.removal is not None else ""


def likely(score: float) -> str:
    """A score in percent: the network is never certain, though its third digit may say so."""
    return percent(min(max(score, 0.001), 0.999))


def percent(share: float) -> str:
    """A share in percent, never rounded to all or nothing that it is not.

    >>> [percent(share).replace("\u00a0", " ") for share in (0.974, 0.9999, 0.0001, 0)]
    ['97 %', 'over 99 %', 'under 1 %', '0 %']
    """
    if 0 < share < 0.01:
        return "under 1\u00a0%"
    return "over 99\u00a0%" if 0.99 < share < 1 else f"{share:.0%}".replace("%", "\u00a0%")
