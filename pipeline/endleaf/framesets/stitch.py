"""A page with its frames in place, those of its frames' pages as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from endleaf.errors import NotAPage, PageTooLarge
from endleaf.framesets.graft import Part, grafted
from endleaf.framesets.held import Frames
from endleaf.framesets.slots import Slot, keys_of, slots
from endleaf.kinds import LARGEST_PAGE
from endleaf.model import Capture, Frame, Removal
from endleaf.opened import Opened, opened
from endleaf.parse import Tree

DEPTH: Final = 5
"""Framesets within framesets that are opened."""
MOST: Final = 100
"""Frames of one page that are put in place."""
TOLD: Final = 500
"""Frames of one page that are told of each by itself."""


@dataclass(frozen=True, slots=True)
class Stitched:
    """A page with its frames in place."""

    tree: Tree
    """The same object where the page has no frame that is held."""
    frames: tuple[Frame, ...] = ()
    """In document order, a frameset's own after it."""
    removals: tuple[Removal, ...] = ()
    """The words of the frames' banners, and of what stood in the page for browsers without frames."""
    notes: tuple[str, ...] = ()


def stitched(page: Opened, frames: Frames | None) -> Stitched:
    """Put the captures that are held into a page. Without ``frames`` all are but named, for none was looked for."""
    if page.tree.find("frame") is None and page.tree.find("iframe") is None:
        return Stitched(page.tree)
    work = _Work(frames)
    tree = work.tree(page, tuple(keys_of(page.capture)), 1)
    return Stitched(tree, tuple(work.found), tuple(work.removals), tuple(work.notes))


@dataclass(slots=True)
class _Work:
    frames: Frames | None
    found: list[Frame] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bytes: int = 0
    count: int = 0

    def tree(self, page: Opened, around: tuple[str, ...], level: int) -> Tree:
        """The page's tree with its frames in place. ``around`` are the keys of the page and of all around it."""
        parts: dict[int, Part] = {}
        wanted = list(slots(page))
        told = wanted[: max(0, TOLD - len(self.found))]
        if len(told) < len(wanted):
            self.notes.append(f"{len(wanted) - len(told)} more frames are not shown")
        for slot in told:
            part = self._part(slot, page, around, level)
            if part:
                parts[slot.node] = part
        if not parts:
            return page.tree
        # What is for browsers without frames says nothing where every frame is there.
        instead = set(page.tree.find_all("noframes")) if len(parts) == len(wanted) else set()
        for i in sorted(instead):
            text = " ".join(page.tree.text(i).split())
            if text:
                self.removals.append(Removal(reason="noframes", where=page.tree.path(i), text=text))
        return grafted(page.tree, parts, instead, page.links)

    def _part(self, slot: Slot, page: Opened, around: tuple[str, ...], level: int) -> Part | None:
        """A frame's page; where there is none to show, the frame is named, with the reason."""
        inner = self._opened(slot, page, around, level)
        if isinstance(inner, str):
            self.found.append(self._frame(slot, level, None))
            self.notes.append(f"the frame {_told(slot)} {inner}")
            return None
        self.found.append(self._frame(slot, level, inner))
        self.removals += inner.removals
        self.notes += [f"in the frame {slot.name or slot.stem}: {note}" for note in inner.notes]
        tree = self.tree(inner, (*around, *keys_of(inner.capture)), level + 1)
        attrs = {"id": slot.name, "class": slot.stem}
        return Part(tree, inner.links, {name: value for name, value in attrs.items() if value})

    def _opened(self, slot: Slot, page: Opened, around: tuple[str, ...], level: int) -> Opened | str:
        """What is in a frame, or why nothing is."""
        if self.frames is None:
            return "was not looked for"
        capture = self.frames.nearest(slot.keys, page.provenance.captured_at)
        if capture is None:
            return self.frames.why(slot.keys)
        refused = self._refused(capture, around, level)
        if refused:
            return refused
        try:
            inner = opened(capture)
        except (NotAPage, PageTooLarge) as error:
            return f"holds no page ({error})"
        self.count += 1
        self.bytes += len(capture.payload)
        return inner

    def _refused(self, capture: Capture, around: tuple[str, ...], level: int) -> str:
        if set(around) & set(keys_of(capture)):
            return "is the page itself, or one around it"
        if level > DEPTH:
            return f"is not shown: it lies in more than {DEPTH} framesets"
        if self.count >= MOST or self.bytes + len(capture.payload) > LARGEST_PAGE:
            return "is not shown: the page has too many frames, or too large ones"
        return ""

    @staticmethod
    def _frame(slot: Slot, level: int, inner: Opened | None) -> Frame:
        return Frame(
            name=slot.name,
            title=slot.title or ("" if slot.name else slot.stem),
            level=level,
            url=slot.target.href if slot.target else None,
            replay_url=slot.target.replay_href if slot.target else None,
            provenance=inner.provenance if inner else None,
        )


def _told(slot: Slot) -> str:
    address = slot.target.href if slot.target else ""
    return ", ".join(filter(None, (slot.name or slot.title or slot.stem, address))) + ("," if address else "")
