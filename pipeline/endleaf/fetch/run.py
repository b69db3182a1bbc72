"""The whole way: a wish becomes a plan, the plan a file, and what came of it a status.

A trouble with one capture is a line and the run goes on; where the archive asks to be left alone, or three captures
in a row could not be had, the run stops, and the same command goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from endleaf.fetch.asking import Asker, Clock, Limits
from endleaf.fetch.harvest import Harvest, Stop
from endleaf.fetch.plan import Plan, Wish
from endleaf.fetch.policy import policy_for
from endleaf.fetch.unfinished import Unfinished, is_whole, unfinished
from endleaf.fetch.warcs import Records
from endleaf.fetch.wire import Resolver
from endleaf.model import Frozen

log = logging.getLogger("endleaf")


class Progress(Frozen, frozen=True):
    """How far a run is."""

    done: int = 0
    of: int = 0
    failed: int = 0
    """Failed or unknown."""
    size: int = 0
    """Bytes of payloads."""
    doing: str = ""


class Fetched(Frozen, frozen=True):
    """What a run came to. ``path`` is None where there is no file under its final name."""

    path: Path | None
    counts: dict[str, int]
    """``written``, ``revisits`` (among the written), ``missing``, ``failed``, ``unknown``."""
    stopped: bool = False

    @property
    def exit_status(self) -> int:
        """0 all that was asked for; 1 something is unknown or failed; 2 the archive has nothing of it."""
        if self.stopped or self.counts.get("failed") or self.counts.get("unknown"):
            return 1
        return 0 if self.path else 2


@dataclass(frozen=True)
class Ways:
    """Time and names, so that tests need neither."""

    clock: Clock = field(default_factory=Clock)
    resolve: Resolver | None = None


OURS = Ways()


def fetch(
    wish: Wish,
    output: Path | None = None,
    *,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda _: None,
    ways: Ways = OURS,
) -> Fetched:
    """Fetch what is wished for into a WARC file (``.gz``: a member a record), named after the URL unless it is given.

    Raises :class:`endleaf.errors.UsageError`, OutputError, OutputLocked.
    """
    plan = Plan(wish)
    policy = policy_for(plan.service, wish.hosts, private=wish.private)
    asker = Asker(policy, plan.agent, Limits(wish.size, wish.seconds), ways.clock, ways.resolve)
    path = output or Path(plan.name)
    if not restart and is_whole(path, plan.asked):
        log.info("%s: all of it is there already; --restart fetches it anew", path)
        return Fetched(path=path, counts={})
    try:
        with unfinished(path, plan.asked, restart=restart) as made:
            return _harvested(plan, asker, made, watch)
    except KeyboardInterrupt:
        log.error("%s.part: the same command goes on from here", path)
        raise
    finally:
        asker.close()


def _harvested(plan: Plan, asker: Asker, made: Unfinished, watch: Callable[[Progress], None]) -> Fetched:
    gzip = made.path.name.lower().endswith(".gz")
    harvest = Harvest(plan, asker, made, Records(made.part, gzip=gzip, warcinfo_id=made.begun.warcinfo_id))
    harvest.watch = lambda doing: watch(_progress(harvest, doing))
    asker.waiting = lambda seconds, why: harvest.watch(f"{why}: waiting {seconds:.0f} s")
    if made.resumed:
        log.info("%s: going on with %d captures in it", made.path, len(made.keys))
    if not made.end:
        harvest.begin()
    try:
        harvest.run()
    except Stop as stop:
        log.error("%s: stopped: %s", made.part_path, stop)
        return Fetched(path=None, counts=dict(harvest.counts), stopped=True)
    return _finished(harvest, made)


def _finished(harvest: Harvest, made: Unfinished) -> Fetched:
    counts = harvest.counts
    open_ends = counts["failed"] + counts["unknown"]
    if not made.keys:
        if not open_ends:
            log.error("%s has no capture of %s that was asked for", harvest.plan.service.name, harvest.plan.url)
        if not open_ends or not made.rows:
            made.drop()
        return Fetched(path=None, counts=dict(counts))
    made.publish(whole=not open_ends)
    return Fetched(path=made.path, counts=dict(counts))


def _progress(harvest: Harvest, doing: str) -> Progress:
    counts = harvest.counts
    failed = counts["failed"] + counts["unknown"]
    done = counts["written"] + counts["missing"] + failed
    return Progress(done=done, of=harvest.of, failed=failed, size=harvest.size, doing=doing)
