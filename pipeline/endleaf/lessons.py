"""The first pass: what the captures of each site tell of its template, in memory that does not grow with the crawl."""

from __future__ import annotations

import dataclasses
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.site import FEWEST, Leaf, Survey, bare_leaf, site_of
from endleaf.errors import NotAPage, PageTooLarge
from endleaf.framesets import Frames, Search
from endleaf.intake import Intake
from endleaf.kinds import kind_of
from endleaf.model import Capture
from endleaf.opened import opened
from endleaf.provenance import seen
from endleaf.way import Guidance

log = logging.getLogger(__name__)

_NOTHING: Final = np.zeros(0, np.uint64)
"""The keys of a page that was not parsed."""
_LONG: Final = 5_000
"""Captures after which a person who waits is told what for."""


def guided(guidance: Guidance, intake: Intake) -> Guidance:
    """The guidance of a run, with the frames of its pages, and what its sources tell of their sites if it asks.

    The sources are looked through twice, for reading a capture costs a tenth of parsing it: first for the
    addresses, which tell of which pages each site's sample will be, and which frames are wanted, then for those.
    """
    if intake.is_one_page():
        return _framed(guidance, Frames())
    learns = guidance.site is None and guidance.learn
    search = Search()
    plan = Plan(search.finding(intake.look()) if learns else _drained(search.finding(intake.look())))
    if plan.promising:
        site = learn(filter(plan.wants, search.holding(intake.look())), Survey())
        return _framed(dataclasses.replace(guidance, site=site), search.frames)
    if search.frames:
        deque(search.holding(intake.look()), 0)
    return _framed(guidance, search.frames)


def _framed(guidance: Guidance, frames: Frames) -> Guidance:
    """The guidance with these frames, unless it has others."""
    return dataclasses.replace(guidance, frames=frames) if guidance.frames is None else guidance


def _drained(captures: Iterable[Capture]) -> Iterable[Capture]:
    """Nothing, after all was looked at."""
    deque(captures, 0)
    return ()


class Plan:
    """Which captures are worth parsing, told by their addresses, times and types: the sample of each site that has
    pages enough for a template, and all whose addresses only a banner can tell."""

    def __init__(self, captures: Iterable[Capture]) -> None:
        self._chosen = Survey()
        self._unknown = False
        for number, capture in enumerate(captures):
            if number == _LONG:
                log.info("looking first for what the pages of each site share; --no-site does without")
            self._count(capture)
        sites = {site for site, _ in self._chosen.shelves}
        self._sites = {site for site in sites if self._chosen.known(site) >= FEWEST}

    @property
    def promising(self) -> bool:
        """Whether there is anything to learn."""
        return self._unknown or bool(self._sites)

    def wants(self, capture: Capture) -> bool:
        """Whether a capture is to be learned from."""
        if not capture.url:
            return self._unknown
        url, when = seen(capture.provenance)
        return site_of(url) in self._sites and self._chosen.holds(url, when)

    def _count(self, capture: Capture) -> None:
        url, when = seen(capture.provenance)
        if url and not self._chosen.wants(url, when):
            return
        try:
            kind_of(capture)
        except (NotAPage, PageTooLarge):
            return
        self._unknown |= not url
        self._chosen.add(url, Leaf(when, _NOTHING))


def learn(captures: Iterable[Capture], survey: Survey, leaf: Callable[[Blocks, str], Leaf] = bare_leaf) -> Survey:
    """Count the captures' pages into the survey, and give it back. ``leaf`` says what of a page is kept.

    A capture that the survey would not keep is not parsed, so a large crawl costs little more than reading it.
    What is no page, or breaks our code, teaches nothing: who converts it says so.
    """
    for capture in captures:
        try:
            _take(capture, survey, leaf)
        except (NotAPage, PageTooLarge):
            continue
        except Exception as error:  # noqa: BLE001 - whatever a page does to our code, the others still teach
            log.debug("%s: not learned from: %s: %s", capture.url, type(error).__name__, error)
    return survey


def _take(capture: Capture, survey: Survey, leaf: Callable[[Blocks, str], Leaf]) -> None:
    if capture.url and not survey.wants(*seen(capture.provenance)):
        return
    page = opened(capture)
    url, when = seen(page.provenance)
    if survey.wants(url, when):  # a saved file's address is known from its banner
        survey.add(url, leaf(Blocks(page.tree), when))
