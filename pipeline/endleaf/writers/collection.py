"""The two pages of a whole run: the index of its pages, and the report of what became of every record."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import jinja2

from endleaf.model import Frozen
from endleaf.render import fill
from endleaf.render.context import about
from endleaf.render.words import Date, date
from endleaf.report import Outcome, Report

FORMAT_NAMES = {".html": "HTML", ".txt": "text", ".md": "Markdown", ".json": "JSON"}
"""How the index names a file by its suffix; another suffix stands for itself."""

NO_HOST = "Pages of unknown address"


class File(Frozen, frozen=True):
    """One file of a page: its format's name, and its path from the index."""

    format: str
    path: str


class Entry(Frozen, frozen=True):
    """One page of the collection."""

    title: str
    url: str | None
    captured: Date | None
    archive: str | None
    files: tuple[File, ...]


class Host(Frozen, frozen=True):
    """A host's pages, by date and title."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


class Bar(Frozen, frozen=True):
    """One bar of a plot: ``share`` is its part of the largest, ``percent`` its part of the whole."""

    label: str
    count: int
    share: float
    percent: float


class Plot(Frozen, frozen=True):
    """The counts of one table of the report."""

    name: str
    bars: tuple[Bar, ...]


def index_html(pages: Iterable[Outcome], jinja: jinja2.Environment) -> str:
    """The index of a collection, through ``index.html``. Raises :class:`endleaf.errors.TemplateError`."""
    ordered = sorted(pages, key=_order)
    hosts = tuple(
        Host(name=name or NO_HOST, anchor=f"host-{number}", entries=tuple(map(_entry, group)))
        for number, (name, group) in enumerate(groupby(ordered, key=_host), 1)
    )
    moments = sorted(page.captured_at.iso for page in ordered if page.captured_at)
    years = tuple(dict.fromkeys((moments[0][:4], moments[-1][:4]))) if moments else ()
    archives = tuple(sorted({page.archive for page in ordered if page.archive}))
    context = {"hosts": hosts, "pages": len(ordered), "years": years, "archives": archives, "endleaf": about()}
    return fill(jinja, "index.html", context)


def report_html(report: Report, jinja: jinja2.Environment) -> str:
    """The report of a run, through ``report.html``. Raises :class:`endleaf.errors.TemplateError`."""
    plots = tuple(Plot(name=name, bars=_bars(name, counts)) for name, counts in report.by.items() if counts)
    return fill(jinja, "report.html", {"report": report, "plots": plots, "endleaf": about()})


def _order(page: Outcome) -> tuple[bool, str, str, str, tuple[str, ...]]:
    host = _host(page)
    return (not host, host, page.captured_at.iso if page.captured_at else "", page.title or "", page.files)


def _host(page: Outcome) -> str:
    try:
        return urlsplit(page.url or "").hostname or ""
    except ValueError:
        return ""


def _entry(page: Outcome) -> Entry:
    return Entry(
        title=" ".join((page.title or "").split()) or page.url or page.source,
        url=page.url,
        captured=date(page.captured_at) if page.captured_at else None,
        archive=page.archive,
        files=tuple(map(_file, page.files)),
    )


def _file(path: str) -> File:
    suffix = PurePosixPath(path).suffix
    return File(format=FORMAT_NAMES.get(suffix, suffix.removeprefix(".")), path=path)


def _bars(name: str, counts: tuple[tuple[str, int], ...]) -> tuple[Bar, ...]:
    largest = max(count for _, count in counts)
    total = sum(count for _, count in counts)
    ordered = sorted(counts) if name == "year" else counts
    return tuple(
        Bar(label=label, count=count, share=count / (largest or 1), percent=100 * count / (total or 1))
        for label, count in ordered
    )
