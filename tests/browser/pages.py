"""Every kind of page endleaf writes, as files: what the browser and the checker look at."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from endleaf.explain import to_html
from endleaf.model import Moment, from_json
from endleaf.render import environment
from endleaf.report import Outcome, Tally
from endleaf.writers import WRITERS, index_html, report_html
from tests.explain.making import explained
from tests.strategies import HOSTILE

CASES = Path(__file__).resolve().parent.parent / "writers" / "cases"
DRAWN = Path(__file__).resolve().parent.parent / "explain" / "cases"


def write_all(folder: Path) -> list[Path]:
    """The pages of the writers' cases, an index and a report, and explanations."""
    jinja = environment()
    for case in sorted(CASES.iterdir()):
        page = from_json((case / "source.json").read_bytes())
        (folder / f"{case.name}.html").write_bytes(WRITERS["html"].write(page, jinja))
    tally, outcomes = Tally(), some_outcomes()
    for outcome in outcomes:
        tally.add(outcome)
    written = [outcome for outcome in outcomes if outcome.outcome == "written"]
    (folder / "index.html").write_text(index_html(written, jinja), "utf-8")
    (folder / "report.html").write_text(report_html(tally.report(), jinja), "utf-8")
    for name, source in some_sources():
        (folder / f"explained-{name}.html").write_text(to_html(explained(source)), "utf-8")
    return sorted(folder.glob("*.html"))


def some_sources() -> Iterator[tuple[str, str]]:
    """Pages to explain: laid out by tables, by marks, and with whatever would break out."""
    drawn = {case.name: next(case.glob("source.*")).read_text("utf-8") for case in sorted(DRAWN.iterdir())}
    yield "tables", drawn["nested-tables"]
    yield "modern", drawn["modern"]
    yield "hostile", hostile_source() + drawn["odd-tables"] + drawn["looks"]


def hostile_source() -> str:
    """A page that would run, ask for and break out of whatever it can."""
    words = escape("".join(HOSTILE))
    return (
        f"<title>{words}</title><meta name=author content='{words}'><div id='{words}'><p onclick=alert(1)>{words}"
        f"<img src=http://elsewhere.test/a.png alt='{words}'><script>alert(1)</script><iframe src=//elsewhere.test/>"
        "</iframe><style>p { background: url(http://elsewhere.test/b.png) }</style><form action=x>"
        "<input autofocus onfocus=alert(2)></form></div>"
    )


def some_outcomes() -> list[Outcome]:
    """Outcomes of every fate, of several hosts and years, with words that would break out of a page."""
    outcomes = [
        Outcome(
            outcome="written",
            source="a.warc.gz",
            url=f"http://host{number % 4}.example/<b>/{number}",
            captured_at=Moment(iso=f"{1996 + number}-06-28T05:06:32Z") if number % 5 else None,
            media_type="text/html",
            title=f"Page {number} <script>alert(1)</script>",
            archive="An Archive" if number % 2 else None,
            files=(f"pages/a {number}/page.html", f"pages/a {number}/page.txt"),
        )
        for number in range(24)
    ]
    return [
        *outcomes,
        Outcome(outcome="skipped", source="a.warc.gz", reason="an image", media_type="image/gif"),
        Outcome(
            outcome="failed",
            source="a.warc.gz",
            offset=12,
            reason="internal error: <ValueError>",
            url="http://x.example/",
        ),
        Outcome(outcome="damaged", source="b.warc.gz", offset=1234, reason="the gzip member ends early"),
    ]
