"""The commands. Each is a few lines: it hands its words to the rooms that do the work.

Data goes to standard output, messages to standard error. Exit status: 0 clean,
1 some inputs damaged or failed, 2 nothing usable or wrong usage, 3 could not
write, 75 the output is locked by another run, 128+n stopped by signal n.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from endleaf import __version__, console
from endleaf.errors import EndleafError, UsageError, one_line

if TYPE_CHECKING:
    from endleaf.verify.codes import Level
    from endleaf.way import Guidance

log = logging.getLogger(__name__)

SHELLS = ("bash", "zsh", "fish")


class Stopped(BaseException):
    """A signal asked the run to end; it unwinds like Ctrl-C, so that no half file stays."""

    def __init__(self, number: int) -> None:
        self.number = number


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="endleaf %(version)s")
def commands() -> None:
    """From archived web snapshots to clean pages that keep their archive's banner."""


def talks(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that say how much it says."""
    command = click.option("--log-json", is_flag=True, help="Messages as JSON, one object a line.")(command)
    command = click.option("-v", "--verbose", is_flag=True, help="Say more.")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Say only what failed.")(command)


def _listen(quiet: bool, verbose: bool, log_json: bool, **_: Any) -> None:
    console.listen(-1 if quiet else int(verbose), console.JsonLines() if log_json else console.PlainLines())


TEMPLATES = click.option(
    "--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of your own templates."
)


def guides(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what is known beside the captures; :func:`_guidance` takes them."""
    path = click.Path(path_type=Path)
    command = click.option("--site", type=path, multiple=True, help="What learn made; may be given again.")(command)
    return click.option("--rules", type=path, multiple=True, help="Your own rules; may be given again.")(command)


def _guidance(rules: Iterable[Path], site: Iterable[Path], no_site: bool = False, **_: Any) -> Guidance:
    from endleaf import sitefile
    from endleaf.rules import load
    from endleaf.way import Guidance

    if no_site and site:
        raise UsageError("--site and --no-site: give one of them")
    return Guidance(site=sitefile.read(site), rules=load(rules), learn=not no_site)


@commands.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True)
@click.option("--to", "formats", default="html,text,markdown,json", show_default=True, help="Formats, with commas.")
@TEMPLATES
@guides
@click.option("--no-site", is_flag=True, help="Take each page by itself: no first look at what a site's pages share.")
@click.option("--fixity/--no-fixity", default=True, help="Check the digests that records state. [default: fixity]")
@talks
def convert(sources: tuple[str, ...], output: Path, formats: str, templates: Path | None, **words: Any) -> int:
    """Convert every page of SOURCES: files, folders, globs, or addresses of archive files."""
    from endleaf import convert as run
    from endleaf.readers import Asked
    from endleaf.report import exit_status

    _listen(**words)
    guidance = _guidance(**words)
    with console.progress(shown=not (words["quiet"] or words["log_json"])) as watch:
        wanted = [name.strip() for name in formats.split(",") if name.strip()]
        report = run(sources, output, wanted, templates, watch, guidance, asked=Asked(words["fixity"]))
    totals = report.totals
    log.info(
        "%d records of %d sources: %d pages written, %d skipped, %d failed, %d damaged places, %d unreadable sources",
        *(totals[name] for name in ("records", "sources", "written", "skipped", "failed", "damaged", "unreadable")),
        extra={"data": totals},
    )
    log.info("the collection is %s, the accounting %s", output / "index.html", output / "report.html")
    return exit_status(report)


@commands.command()
@click.argument("source", required=False)
@click.option("--url", help="The original URL of the page, where SOURCE holds several.")
@click.option("--to", "form", default="text", show_default=True, help="text, markdown, html or json.")
@click.option("--jsonl", is_flag=True, help="Lines of {id, path, url} in, of {id, text, cpu_ms} out.")
@TEMPLATES
@guides
@talks
def extract(source: str | None, url: str | None, form: str, jsonl: bool, templates: Path | None, **words: Any) -> int:
    """Print one page of SOURCE (- for standard input), clean."""
    from endleaf.extract import answers, page_of
    from endleaf.render import environment, render

    _listen(**words)
    guidance = _guidance(**words)
    out = sys.stdout.buffer
    if jsonl:
        for line in answers(sys.stdin.buffer, guidance):
            out.write(line)
            out.flush()
        return 0
    if source is None:
        raise UsageError("extract needs a SOURCE (- for standard input), or --jsonl")
    with _given(source) as (path, name):
        page = page_of(path, url, name, guidance)
    out.write(render(page, form, environment(templates)).encode("utf-8", "replace"))
    return 0


@contextmanager
def _given(source: str) -> Iterator[tuple[Path, str | None]]:
    """A source's path, and what to call it: standard input becomes a file first."""
    if source != "-":
        yield Path(source), None
        return
    with tempfile.TemporaryDirectory(prefix="endleaf-") as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(sys.stdin.buffer.read())
        yield path, "standard input"


@commands.command()
@click.argument("source")
@click.option("--url", help="The original URL of the page, where SOURCE holds several.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("-"), help="A file (- for standard output)."
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of HTML.")
@TEMPLATES
@guides
@talks
def explain(source: str, url: str | None, output: Path, as_json: bool, templates: Path | None, **words: Any) -> int:
    """Show why one page of SOURCE (- for standard input) becomes what it becomes, as an HTML page."""
    from endleaf import explain as run
    from endleaf.explain import to_html, to_json
    from endleaf.extract import first_of
    from endleaf.output import whole_file
    from endleaf.render import environment

    _listen(**words)
    guidance = _guidance(**words)
    with _given(source) as (path, name):
        made = first_of(path, lambda capture: run(capture, guidance), url, name)
    said = to_json(made) + b"\n" if as_json else to_html(made, environment(templates)).encode("utf-8", "replace")
    if str(output) == "-":
        sys.stdout.buffer.write(said)
        return 0
    with whole_file(output) as file:
        file.write(said)
    return 0


@commands.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("site.json"), show_default=True)
@talks
def learn(sources: tuple[str, ...], output: Path, **talk: bool) -> int:
    """Learn what the pages of each site share, from SOURCES; files that learn made are merged in."""
    from endleaf.report import Tally, exit_status
    from endleaf.sitefile import learned, save

    _listen(**talk)
    tally = Tally()
    survey = learned(sources, tally)
    save(survey, output)
    log.info("%s: %d pages of %d sites", output, survey.kept, survey.sites)
    report = tally.report()
    return exit_status(report) if report.totals["sources"] else 0


@commands.command(name="list")
@click.argument("sources", nargs=-1, required=True)
@click.option("--cdxj", "form", flag_value="cdxj", help="As a CDXJ index, sorted.")
@click.option("--cdx", "form", flag_value="cdx", help="As a CDX index of 11 columns, sorted.")
@talks
def list_captures(sources: tuple[str, ...], form: str | None, **talk: bool) -> int:
    """List the captures of SOURCES: timestamp, status, media type, bytes on disk, place, URL."""
    from endleaf.indexing import index_of
    from endleaf.listing import lines_of
    from endleaf.report import Tally, exit_status

    _listen(**talk)
    tally = Tally()
    if form:
        sys.stdout.buffer.writelines(index_of(sources, form, tally))
    else:
        for line in lines_of(sources, tally):
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    return exit_status(tally.report())


@commands.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--jsonl", is_flag=True, help="A JSON object a line, as they come.")
@click.option("--strict", is_flag=True, help="Warnings count: exit 1 for them too.")
@talks
def verify(sources: tuple[str, ...], as_json: bool, jsonl: bool, strict: bool, **words: Any) -> int:
    """Check SOURCES: structure, truncation, digests, WACZ packages, indexes, BagIt bags."""
    from endleaf.verify import FORMS, Inspection, of_level

    if as_json and jsonl:
        raise UsageError("--json and --jsonl: give one of them")
    _listen(**words)
    form = "json" if as_json else "jsonl" if jsonl else "text"
    least: Level = "note" if words["verbose"] or form != "text" else "warning"
    if words["quiet"]:
        least = "warning" if strict else "error"
    run = Inspection(sources, strict=strict)
    for piece in FORMS[form](of_level(run, least)):
        sys.stdout.buffer.write(piece)
    return run.verdict.exit_status


@commands.group(name="rules")
def rules_commands() -> None:
    """Rules of your own for the pages of a site."""


@rules_commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1)
@talks
def check(file: Path, sources: tuple[str, ...], **talk: bool) -> int:
    """Check the rules in FILE; with SOURCES, print which rules are for which captures, and what they find."""
    from endleaf.render.words import counted
    from endleaf.report import Tally, exit_status
    from endleaf.rulecheck import Findings, lines_of
    from endleaf.rules import Rules, read

    _listen(**talk)
    found, problems = read(file)
    for problem in problems:
        log.error("%s", one_line(problem))
    if problems:
        return 2
    log.info("%s: %s, all well-formed", file, counted(len(found), "rule"))
    if not sources:
        return 0
    tally, findings = Tally(), Findings(Rules(found))
    for line in lines_of(Rules(found), sources, tally, findings):
        click.echo(line)
    for name, pages in findings.pages():
        log.info("%s: the rule %s is for %s", file, name, counted(pages, "page") if pages else "no page")
    for name, place in findings.idle():
        log.warning("%s: the rule %s: %s found nothing on any of its pages", file, name, place)
    return exit_status(tally.report())


@commands.command()
@click.argument("url", required=False)
@click.option("--at", help="The capture nearest to this date (2004, 2004-06-28, 14 digits); else the latest.")
@click.option("--all", is_flag=True, help="All captures.")
@click.option("--from-date", help="All captures from this date on.")
@click.option("--to-date", help="All captures up to this date.")
@click.option("--prefix", is_flag=True, help="All captures of all URLs that begin with URL.")
@click.option("--from", "archive", help="An archive, by name (--archives) or base URL.  [default: wayback]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file: .warc.gz, or .warc.")
@click.option("--requisites", is_flag=True, help="The images, styles and frames of the pages too.")
@click.option("--limit", "most", type=click.IntRange(1), default=10_000, show_default=True, help="Captures at most.")
@click.option(
    "--max-bytes", "size", type=click.IntRange(1), default=100 << 20, help="Of one capture.  [default: 100 MiB]"
)
@click.option("--deadline", "seconds", type=click.FloatRange(0.1), default=300, help="Seconds for one.  [default: 300]")
@click.option("--contact", default="", help="Your e-mail or web address, told to the archive in the User-Agent.")
@click.option("--allow-host", "hosts", multiple=True, help="A further host that may be asked; may be given again.")
@click.option("--allow-private", "private", is_flag=True, help="Loopback and local addresses may be asked.")
@click.option("--resume", is_flag=True, help="Go on where the same command stopped (it does so without this, too).")
@click.option("--restart", is_flag=True, help="Begin anew, whatever is there.")
@click.option("--archives", is_flag=True, help="List the archives known by name, and what each gives.")
@talks
def fetch(url: str | None, output: Path | None, resume: bool, restart: bool, archives: bool, **words: Any) -> int:
    """Fetch captures of URL from a public archive into a WARC file; a replay URL means that capture of that archive."""
    from endleaf.fetch import Wish, table
    from endleaf.fetch import fetch as run

    talk = {name: words.pop(name) for name in ("quiet", "verbose", "log_json")}
    _listen(**talk)
    if archives:
        click.echo(table())
        return 0
    if url is None or (resume and restart) or str(output) == "-":
        raise UsageError("fetch needs a URL, a file for -o, and one of --resume and --restart at most")
    with console.fetching(shown=not (talk["quiet"] or talk["log_json"])) as watch:
        got = run(Wish(url=url, **words), output, restart=restart, watch=watch)
    counts = {name: got.counts.get(name, 0) for name in ("written", "revisits", "missing", "failed", "unknown")}
    log.info(
        "%s: %d captures written (%d of them the same bytes as another), %d not in the archive, %d failed, %d unknown",
        got.path or "no file", *counts.values(), extra={"data": counts},
    )  # fmt: skip
    return got.exit_status


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path))
@talks
def templates(folder: Path, **talk: bool) -> int:
    """Copy the templates into FOLDER, to be edited and used with convert --templates FOLDER."""
    from endleaf.render.copies import copy_templates

    _listen(**talk)
    for copy in copy_templates(folder):
        click.echo(copy)
    return 0


@commands.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print the completion script for SHELL; for bash: eval "$(endleaf completion bash)"."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"{shell}: no completion for this shell")
    click.echo(kind(commands, {}, "endleaf", "_ENDLEAF_COMPLETE").source())
    return 0


def main() -> NoReturn:
    """The entry point: runs a command and turns every error into one line and an exit status."""
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _stop)
    console.listen(0, console.PlainLines())
    sys.exit(_run())


def _stop(number: int, _: FrameType | None) -> NoReturn:
    raise Stopped(number)


def _run() -> int:
    try:
        status = commands(standalone_mode=False, prog_name="endleaf")
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        message = one_line(error.format_message())
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "endleaf"
        log.error("%s; see %s --help", message.rstrip("."), command)
        return 2
    except (click.Abort, KeyboardInterrupt):
        log.error("stopped by Ctrl-C")
        return 128 + signal.SIGINT
    except Stopped as stopped:
        log.error("stopped by signal %d", stopped.number)
        return 128 + stopped.number
    except BrokenPipeError:  # the reader of our output went away: there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except EndleafError as error:
        log.error("%s", error)
        return error.exit_status
