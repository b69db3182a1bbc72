"""The first pass: what the captures of each site tell of its template, in memory that does not grow with the crawl."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Iterable

from endleaf import banners
from endleaf.chrome.blocks import Blocks
from endleaf.chrome.site import Leaf, Survey, bare_leaf
from endleaf.errors import NotAPage, PageTooLarge
from endleaf.intake import Intake
from endleaf.model import Capture
from endleaf.provenance import settle
from endleaf.way import Guidance, read, seen

log = logging.getLogger(__name__)


def guided(guidance: Guidance, intake: Intake) -> Guidance:
    """The guidance of a run, with what its sources tell of their sites where it asks for that."""
    if guidance.site is not None or not guidance.learn or intake.is_one_page():
        return guidance
    return dataclasses.replace(guidance, site=learn(intake.look(), Survey()))


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
    tree, charset = read(capture)
    lifted = banners.lift(tree, capture)
    provenance, _ = settle(capture, lifted.banners, charset)
    url, when = seen(provenance)
    if survey.wants(url, when):  # a saved file's address is known from its banner
        survey.add(url, leaf(Blocks(lifted.tree), when))
