"""The whole way of a page, from the bytes of a capture to the clean page: the main flow, on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import msgspec

from endleaf import chrome, metadata, sections
from endleaf.chrome.site import Survey
from endleaf.framesets import Frames, stitched
from endleaf.model import Capture, Frame, Link, List, ListItem, Metadata, Page, Paragraph, Provenance, Section, Text
from endleaf.opened import Opened, opened
from endleaf.parse import Tree
from endleaf.provenance import seen
from endleaf.rules import Chosen, Rules, choose


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is known beside the capture itself."""

    site: Survey | None = None
    """What the captures of the same sites told in a first pass."""
    frames: Frames | None = None
    """The captures of the frames that the pages of a run have."""
    rules: Rules | None = None
    """What a person says of their pages."""
    learn: bool = True
    """Whether a run over many captures first looks what they tell of their sites, where ``site`` is not given."""


NONE: Final = Guidance()


@dataclass(frozen=True, slots=True)
class Way:
    """A page, and what it was made from: the tree without its banners, frames in place, and what was kept of it."""

    page: Page
    tree: Tree
    kept: chrome.Kept


def page_from(capture: Capture, guidance: Guidance = NONE) -> Page:
    """A capture made clean. Raises :class:`NotAPage` where it holds none (an image, a redirect …), or PageTooLarge."""
    return walk(capture, guidance).page


def walk(capture: Capture, guidance: Guidance = NONE) -> Way:
    """The same, with what it was made from."""
    opening = opened(capture)
    provenance, links = opening.provenance, opening.links
    whole = stitched(opening, guidance.frames)
    tree = whole.tree
    chosen = _chosen(tree, provenance, guidance)
    said = chosen.over(_said(opening, tree), links)
    declared = said.title.value if said.title else None
    kept = chrome.strip(tree, declared, _advice(provenance, guidance, chosen))
    title = declared or sections.headline(tree, kept.keep)
    content = sections.content_of(tree, kept.keep, links, title)
    page = Page(
        title=title or provenance.url or PurePosixPath(provenance.source).name,
        provenance=provenance,
        banners=opening.banners,
        disagreements=opening.disagreements,
        metadata=said,
        titled=content.titled,
        sections=_with_named(content.sections, whole.frames, guidance.frames is not None),
        frames=whole.frames,
        removals=(*opening.removals, *whole.removals, *kept.removals),
        rules=tuple(chosen.applied),
        notes=(*opening.notes, *whole.notes, *links.notes, *chosen.notes),
    )
    return Way(page, tree, kept)


def _advice(provenance: Provenance, guidance: Guidance, chosen: Chosen) -> chrome.Advice:
    site = guidance.site.witness(*seen(provenance)) if guidance.site else None
    return chrome.Advice(site, chosen.ruled)


def _chosen(tree: Tree, provenance: Provenance, guidance: Guidance) -> Chosen:
    """What a person's rules for the page find on it."""
    if not guidance.rules:
        return Chosen(tree)
    return choose(guidance.rules, tree, seen(provenance)[0], provenance.captured_at)


def _said(page: Opened, tree: Tree) -> Metadata:
    """What a page says of itself; the title of a frameset page is its own, not that of what is in a frame."""
    known = (page.capture.http, page.links, page.provenance.captured_at)
    said = metadata.read(tree, *known)
    own = said if tree is page.tree else metadata.read(page.tree, *known)
    return msgspec.structs.replace(said, title=own.title or said.title)


def _with_named(content: tuple[Section, ...], frames: tuple[Frame, ...], looked: bool) -> tuple[Section, ...]:
    """The sections, links to the frames that are not in place before them; of a page alone, where it has no others."""
    links = [each for each in frames if each.provenance is None and each.url]
    if not links or (content and not looked):
        return content
    named = List(items=tuple(ListItem(blocks=(Paragraph(content=(_link(each),)),)) for each in links))
    if content and not content[0].heading:
        return (msgspec.structs.replace(content[0], blocks=(named, *content[0].blocks)), *content[1:])
    return (Section(blocks=(named,)), *content)


def _link(frame: Frame) -> Link:
    url = frame.url or ""
    return Link(content=(Text(text=frame.title or frame.name or url),), href=url, replay_href=frame.replay_url)
