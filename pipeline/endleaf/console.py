"""What a person or a machine sees on standard error: messages of one line each, and a bar for long work."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from endleaf.errors import one_line
from endleaf.report import Outcome

if TYPE_CHECKING:
    from endleaf.fetch import Progress as Fetching


class PlainLines(logging.Formatter):
    """``endleaf: warning: what happened``, with no control characters in it, whatever the archive held."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        return f"endleaf: {level}{one_line(record.getMessage())}"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, message, and whatever the record carries as ``data``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "data", {}),
        }
        return msgspec.json.encode(line).decode()


def listen(verbosity: int, form: logging.Formatter) -> None:
    """Send endleaf's messages to standard error: -1 errors alone, 0 warnings too, 1 all."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(form)
    log = logging.getLogger("endleaf")
    log.handlers = [handler]
    log.propagate = False
    log.setLevel({-1: logging.ERROR, 0: logging.INFO}.get(verbosity, logging.DEBUG))


@contextmanager
def progress(shown: bool) -> Iterator[Callable[[Outcome], None]]:
    """A bar on standard error where a person watches; gives the function to call with each outcome."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading")
        counts = {"records": 0, "written": 0, "failed": 0, "damaged": 0}
        started = time.monotonic()

        def watch(outcome: Outcome) -> None:
            counts["records"] += outcome.outcome != "damaged"
            if outcome.outcome in counts:
                counts[outcome.outcome] += 1
            rate = counts["written"] / max(time.monotonic() - started, 0.001)
            here = one_line(outcome.source)[-40:]
            pages = f"{counts['records']:,} records, {counts['written']:,} pages ({rate:,.0f}/s)"
            bad = f"{counts['failed']:,} failed, {counts['damaged']:,} damaged places"
            bars.update(task, description=f"{here}  {pages}, {bad}")

        yield watch


@contextmanager
def fetching(shown: bool) -> Iterator[Callable[[Fetching], None]]:
    """A bar on standard error where a person watches a fetch; gives the function to call with its progress."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("asking", total=None)

        def watch(progress: Fetching) -> None:
            bad = f", {progress.failed:,} failed" if progress.failed else ""
            text = f"{progress.done:,} of {progress.of:,}{bad}, {progress.size / 1e6:,.1f} MB"
            here = one_line(progress.doing)[:60]
            bars.update(task, description=f"{text}  {here}", completed=progress.done, total=progress.of or None)

        yield watch
