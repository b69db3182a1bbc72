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


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is known beside the capture itself."""

    site: Survey | None = None
    """What the captures of the same sites told in a first pass."""


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
    said = metadata.read(lifted.tree, capture.http, links)
    declared = said.title.value if said.title else None
    kept = chrome.strip(lifted.tree, declared, _advice(provenance, guidance))
    title = declared or sections.headline(lifted.tree, kept.keep)
    page = Page(
        title=title or provenance.url or PurePosixPath(provenance.source).name,
        provenance=provenance,
        banners=lifted.banners,
        disagreements=disagreements,
        metadata=said,
        sections=sections.cut(lifted.tree, kept.keep, links, title),
        removals=(*lifted.removals, *kept.removals),
        notes=(*capture.notes, *lifted.tree.notes, *_of_charset(charset)),
    )
    return Way(page, lifted.tree, kept)


def read(capture: Capture) -> tuple[Tree, Charset]:
    """A capture's tree. Raises :class:`NotAPage` where it holds no page, or PageTooLarge."""
    kind = kind_of(capture)
    text, charset = decode(capture.payload, capture.http.get("content-type") if capture.http else None)
    return (parse(text) if kind == "html" else tree_of(text)), charset


def _advice(provenance: Provenance, guidance: Guidance) -> chrome.Advice:
    if guidance.site is None:
        return chrome.Advice()
    when = provenance.captured_at.timestamp if provenance.captured_at else ""
    return chrome.Advice(site=guidance.site.witness(provenance.url, when))


def _of_charset(charset: Charset) -> Iterator[str]:
    if charset.replaced:
        yield f"{charset.replaced} characters were not valid {charset.name} and became U+FFFD"
