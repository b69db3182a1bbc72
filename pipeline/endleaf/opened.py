"""A capture opened: its tree without banners, what settles where and when it was taken, and its links."""

from __future__ import annotations

from typing import NamedTuple

from endleaf import banners
from endleaf.decode import decode, notes_of
from endleaf.kinds import kind_of
from endleaf.links import Links
from endleaf.model import Banner, Capture, Charset, Disagreement, Provenance, Removal
from endleaf.parse import Tree, parse
from endleaf.plaintext import tree_of
from endleaf.provenance import settle


class Opened(NamedTuple):
    """A page before anything is judged of it."""

    capture: Capture
    tree: Tree
    banners: tuple[Banner, ...]
    removals: tuple[Removal, ...]
    """The banners' words."""
    provenance: Provenance
    disagreements: tuple[Disagreement, ...]
    links: Links

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how it was read."""
        charset = self.provenance.charset
        return (*self.capture.notes, *self.tree.notes, *(notes_of(charset) if charset else ()))


def opened(capture: Capture) -> Opened:
    """Open a capture. Raises :class:`NotAPage` where it holds no page, or PageTooLarge."""
    tree, charset = read(capture)
    lifted = banners.lift(tree, capture)
    provenance, disagreements = settle(capture, lifted.banners, charset)
    links = Links(lifted.tree, provenance.url, lifted.banners)
    return Opened(capture, lifted.tree, lifted.banners, lifted.removals, provenance, disagreements, links)


def read(capture: Capture) -> tuple[Tree, Charset]:
    """A capture's tree, its banners in it. Raises as :func:`opened` does."""
    kind = kind_of(capture)
    text, charset = _text(capture)
    return (parse(text) if kind == "html" else tree_of(text)), charset


def _text(capture: Capture) -> tuple[str, Charset]:
    if capture.declared is not None:
        return decode(capture.payload, capture.declared, "container")
    return decode(capture.payload, capture.http.get("content-type") if capture.http else None)
