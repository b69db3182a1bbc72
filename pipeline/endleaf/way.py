"""The whole way of a page, from the bytes of a capture to the clean page: the main flow, on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from endleaf import banners, chrome, metadata, sections
from endleaf.chrome.site import Survey
from endleaf.decode import decode
from endleaf.kinds import kind_of
from endleaf.links import Links
from endleaf.model import Capture, Charset, Page, Provenance
from endleaf.parse import Tree, parse
from endleaf.plaintext import tree_of
from endleaf.provenance import settle
from endleaf.replay_urls import parse_replay
from endleaf.rules import Chosen, Rules, choose


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is known beside the capture itself."""

    site: Survey | None = None
    """What the captures of the same sites told in a first pass."""
    rules: Rules | None = None
    """What a person says of their pages."""
    learn: bool = True
    """Whether a run over many captures first looks what they tell of their sites, where ``site`` is not given."""


NONE: Final = Guidance()


@dataclass(frozen=True, slots=True)
class Way:
    """A page, and what it was made from: the tree without its banners, and what was kept of it."""

    page: Page
    tree: Tree
    kept: chrome.Kept


def page_from(capture: Capture, guidance: Guidance = NONE) -> Page:
    """A capture made clean. Raises :class:`NotAPage` where it holds none (an image, a redirect …), or PageTooLarge."""
    return walk(capture, guidance).page


def walk(capture: Capture, guidance: Guidance = NONE) -> Way:
    """The same, with what it was made from."""
    tree, charset = read(capture)
    lifted = banners.lift(tree, capture)
    provenance, disagreements = settle(capture, lifted.banners, charset)
    links = Links(lifted.tree, provenance.url, lifted.banners)
    chosen = _chosen(lifted.tree, provenance, guidance)
    said = chosen.over(metadata.read(lifted.tree, capture.http, links, provenance.captured_at), links)
    declared = said.title.value if said.title else None
    kept = chrome.strip(lifted.tree, declared, _advice(provenance, guidance, chosen))
    title = declared or sections.headline(lifted.tree, kept.keep)
    content = sections.content_of(lifted.tree, kept.keep, links, title)
    page = Page(
        title=title or provenance.url or PurePosixPath(provenance.source).name,
        provenance=provenance,
        banners=lifted.banners,
        disagreements=disagreements,
        metadata=said,
        titled=content.titled,
        sections=content.sections,
        removals=(*lifted.removals, *kept.removals),
        rules=tuple(chosen.applied),
        notes=(*capture.notes, *lifted.tree.notes, *_of_charset(charset), *links.notes, *chosen.notes),
    )
    return Way(page, lifted.tree, kept)


def read(capture: Capture) -> tuple[Tree, Charset]:
    """A capture's tree. Raises :class:`NotAPage` where it holds no page, or PageTooLarge."""
    kind = kind_of(capture)
    text, charset = decode(capture.payload, capture.http.get("content-type") if capture.http else None)
    return (parse(text) if kind == "html" else tree_of(text)), charset


def seen(provenance: Provenance) -> tuple[str | None, str]:
    """Where and when a site showed a page: its address, the original one of a crawled replay, and 14 digits or none."""
    url, at = provenance.url, provenance.captured_at
    replay = parse_replay(url) if url else None
    known = replay and replay.archive_id  # any other site may write such addresses, and is not believed
    return replay.url if replay and known else url, at.timestamp if at else ""


def _advice(provenance: Provenance, guidance: Guidance, chosen: Chosen) -> chrome.Advice:
    site = guidance.site.witness(*seen(provenance)) if guidance.site else None
    return chrome.Advice(site, chosen.ruled)


def _chosen(tree: Tree, provenance: Provenance, guidance: Guidance) -> Chosen:
    """What a person's rules for the page find on it."""
    if not guidance.rules:
        return Chosen(tree)
    return choose(guidance.rules, tree, seen(provenance)[0], provenance.captured_at)


def _of_charset(charset: Charset) -> Iterator[str]:
    if charset.replaced:
        yield f"{charset.replaced} characters were not valid {charset.name} and became U+FFFD"
