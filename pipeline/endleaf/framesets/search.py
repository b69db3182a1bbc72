"""Frames found and held while the sources of a run are looked through, before they are read."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from endleaf.errors import NotAPage, PageTooLarge
from endleaf.framesets.held import Frames
from endleaf.framesets.slots import key_of, may_frame, slots
from endleaf.model import Capture
from endleaf.opened import opened
from endleaf.urls import absolute, base_of

log = logging.getLogger(__name__)


class Search:
    """Two looks: :meth:`finding` wants the frames that the captures' pages have, :meth:`holding` holds them.

    Each passes on what it looks at, so that others may look with it.
    """

    def __init__(self) -> None:
        self.frames = Frames()

    def finding(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """The captures, each searched for frames on the way."""
        for capture in captures:
            if may_frame(capture.payload):
                self._want(capture)
            elif capture.http and 300 <= capture.http.status < 400:
                self._follow(capture)
            yield capture
        self.frames.settle()

    def holding(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """The captures, each held on the way if a frame's."""
        for capture in captures:
            self.frames.offer(capture)
            yield capture

    def _want(self, capture: Capture) -> None:
        try:
            page = opened(capture)
            for slot in slots(page):
                self.frames.want(slot.keys, page.provenance.captured_at)
        except (NotAPage, PageTooLarge):
            return
        except Exception as error:  # noqa: BLE001 - whatever a page does to our code, who converts it says so
            log.debug("%s: not searched for frames: %s: %s", capture.url, type(error).__name__, error)

    def _follow(self, capture: Capture) -> None:
        location = capture.http.get("location") if capture.http else None
        key = key_of(capture.provenance)
        to = absolute(location, base_of(key)) if location and key else None
        if key and to and (to := to.partition("#")[0]) != key:
            self.frames.moved(key, to)
