"""The job that takes captures along their way: the main flow, on one screen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

import jinja2
import msgspec

from endleaf.errors import NotAPage, OutputError, PageTooLarge, TemplateError, UsageError, one_line
from endleaf.intake import Intake, place_of
from endleaf.lessons import guided
from endleaf.model import Capture, Damage, Page, Record
from endleaf.names import page_folder
from endleaf.output import MANIFEST, OutputTree
from endleaf.readers import Asked
from endleaf.render import environment
from endleaf.report import (
    Outcome,
    Report,
    RuleUse,
    SiteUse,
    Tally,
    bare_outcome,
    from_provenance,
    outcome_of,
    said,
    to_json,
)
from endleaf.way import NONE, Guidance, page_from
from endleaf.writers import WRITERS, Writer, index_html, report_html

log = logging.getLogger(__name__)

FORMATS = ("html", "text", "markdown", "json")
"""What a run writes unless told otherwise."""

CHECKED = Asked(fixity=True)
"""Digests are checked unless told otherwise: they cost a hundredth of a run (docs/records.md)."""


def convert(  # noqa: PLR0913 - the library's door to a whole run: what, where to, how, and what is known
    arguments: Iterable[str],
    output: Path,
    formats: Iterable[str] = FORMATS,
    templates: Path | None = None,
    watch: Callable[[Outcome], None] = lambda _: None,
    guidance: Guidance = NONE,
    *,
    asked: Asked = CHECKED,
) -> Report:
    """The main job: every page of the sources, in every format, into the output folder, and all accounted for.

    ``arguments`` are files, folders, globs, or http(s) addresses of archive files; ``watch`` is called with
    each outcome as it comes; ``guidance`` has the rules that a person gives, and what is known of the sites:
    unless it says otherwise, a first pass over the sources learns that; ``asked`` is what the readers are asked
    for beside the records, which is to check their digests. Raises UsageError for a source that
    is not there or a format that is none, and OutputError, OutputLocked or TemplateError; whatever is wrong
    with an input stands in the report instead.
    """
    wanted, press = writers_of(formats), environment(templates)
    with OutputTree(output) as tree, Intake(arguments, output, asked) as intake:
        known = guided(guidance, intake)
        tally = Tally(_uses(guidance), _sites(guidance, known))
        stale = tree.earlier_files()
        with tree.stream(MANIFEST) as manifest:
            for record in intake.records(tally):
                outcome = _outcome(record, known, lambda page: _save(page, tree, wanted, press))
                manifest.write(msgspec.json.encode(outcome) + b"\n")
                tally.add(outcome)
                if outcome.outcome == "written":
                    stale.difference_update(outcome.files)
                log.debug("%s: %s", outcome.url or outcome.source, said(outcome))
                watch(outcome)
            tree.settle()  # the manifest names no file that is not there
        del known  # what was learned of the sites makes room for the index
        report = tally.report()
        tree.save("report.json", to_json(report))
        tree.save("report.html", report_html(report, press).encode())
        tree.save("index.html", index_html(_written(tree), press).encode())
        tree.remove(stale)
    for rule in report.rules:
        if not rule.pages:
            log.warning("%s: the rule %s was for no page of this run", rule.file, rule.name)
    return report


def _written(tree: OutputTree) -> Iterator[Outcome]:
    """The run's pages, read back from its manifest: a run of any size holds none of them meanwhile."""
    with tree.lines(MANIFEST) as lines:
        for line in lines:
            outcome = msgspec.json.decode(line, type=Outcome)
            if outcome.outcome == "written":
                yield outcome


def _uses(guidance: Guidance) -> Iterator[RuleUse]:
    for rule in guidance.rules or ():
        yield RuleUse(name=rule.name, file=rule.file, sha256=rule.sha256)


def _sites(given: Guidance, known: Guidance) -> SiteUse | None:
    site = known.site
    return None if site is None else SiteUse(learned=given.site is None, sites=site.sites, pages=site.kept)


def writers_of(formats: Iterable[str]) -> tuple[Writer, ...]:
    """The writers of these formats. Raises :class:`UsageError` for a name that is none."""
    names = list(formats)
    for name in names:
        if name not in WRITERS:
            raise UsageError(f"{name}: no such format; there are {', '.join(WRITERS)}")
    return tuple(WRITERS[name] for name in dict.fromkeys(names))


def _outcome(record: Record, guidance: Guidance, save: Callable[[Page], tuple[str, ...]]) -> Outcome:
    """What becomes of one record: one page's failure is that page's alone."""
    if isinstance(record, Damage):
        log.warning("%s", place_of(record))
    if not isinstance(record, Capture):
        return bare_outcome(record)
    try:
        page = page_from(record, guidance)
        written = from_provenance(page.provenance, "written")
        banner = next((each.archive for each in page.banners if each.kind == "archive"), None)
        rules = tuple(rule.name for rule in page.rules)
        frames = next((each.content_at for each in page.banners if each.content_at), None)
        return msgspec.structs.replace(
            written,
            title=page.title,
            archive=banner,
            detail=f"the content is at {frames}" if frames else None,
            files=save(page),
            rules=rules,
            notes=page.notes,
        )
    except NotAPage as error:
        return outcome_of(record, "skipped", error.reason, error.detail)
    except PageTooLarge as error:
        log.warning("%s: %s", record.url or record.provenance.source, error)
        return outcome_of(record, "failed", str(error))
    except (OutputError, TemplateError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a page does to our code, the others still come
        reason = one_line(f"internal error: {type(error).__name__}: {error}")
        log.error("%s: %s", record.url or record.provenance.source, reason)
        return outcome_of(record, "failed", reason)


def _save(page: Page, tree: OutputTree, writers: Iterable[Writer], press: jinja2.Environment) -> tuple[str, ...]:
    known = page.provenance
    folder = tree.claim(page_folder(known.url, known.captured_at, PurePosixPath(known.source).name))
    return tuple(tree.save(folder / f"page{writer.suffix}", writer.write(page, press)) for writer in writers)
