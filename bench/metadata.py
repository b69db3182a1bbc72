"""Title, author, date and language against the bench's gold, beside trafilatura and htmldate, in one run.

    python bench/metadata.py --data DIR [--data DIR] [--pages 150] [--held] [--sets] [--misses N]

DIR is an unpacked ``dev`` or ``train`` folder of shared/bench. Of each set that has such gold, every k-th page is
taken; ``--held`` takes only the fifth of the sites that nothing is tuned on. Of the pages with gold: ``right``,
``wrong`` (something else is given) and ``none``; of those without: ``extra``, where something is given all the same.
A title matches by its letters and digits, an author by its words in any order (ratio 90), a date by its day, a
language by its first subtag.

``date`` is what htmldate answers, asked for the original date: when a page was published, else when it was changed.
``published`` is our stricter answer, which has no peer. CPU is for metadata alone: ours from the flat tree (which
the page needs anyway), the peers' from their lxml tree.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import htmldate
from lxml import html as lxml_html
from rapidfuzz import fuzz
from trafilatura import extract_metadata
from trafilatura.utils import load_html

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.chrome_data import held
from endleaf import metadata
from endleaf.decode import decode
from endleaf.links import Links
from endleaf.metadata import words
from endleaf.parse import parse

Answer = dict[str, str]
FIELDS = ("title", "author", "date", "published", "lang")
LANGUAGES = {"Greek": "el", "Polish": "pl", "English": "en", "Chinese": "zh", "Russian": "ru"}
"""The gold's names."""


def ours(payload: bytes, url: str | None) -> tuple[Answer, float]:
    """Our answer, and the milliseconds of CPU it took."""
    tree = parse(decode(payload, None)[0])
    links = Links(tree, url, ())
    start = time.process_time()
    found = metadata.read(tree, None, links)
    spent = (time.process_time() - start) * 1000
    date = found.published or found.modified
    answer = {
        "title": found.title.value if found.title else "",
        "author": "; ".join(author.value for author in found.authors),
        "date": date.value if date else "",
        "published": found.published.value if found.published else "",
        "lang": found.language.value if found.language else "",
    }
    return answer, spent


def trafilatura(payload: bytes, url: str | None) -> tuple[Answer, float]:
    """trafilatura's answer, and the milliseconds of CPU it took."""
    tree = load_html(payload)
    if not isinstance(tree, lxml_html.HtmlElement):
        return {"title": "", "author": "", "date": ""}, 0.0
    start = time.process_time()
    found = extract_metadata(tree, default_url=url)
    spent = (time.process_time() - start) * 1000
    return {"title": found.title or "", "author": found.author or "", "date": found.date or ""}, spent


def dated(payload: bytes, url: str | None) -> tuple[Answer, float]:
    """htmldate's answer, and the milliseconds of CPU it took."""
    tree = load_html(payload)
    if not isinstance(tree, lxml_html.HtmlElement):
        return {"date": ""}, 0.0
    start = time.process_time()
    date = htmldate.find_date(tree, url=url, original_date=True, extensive_search=True)
    return {"date": date or ""}, (time.process_time() - start) * 1000


def attribute(payload: bytes, url: str | None) -> tuple[Answer, float]:  # noqa: ARG001 - the tools' signature
    """The lang attribute alone."""
    tree = load_html(payload)
    return {"lang": (tree.get("lang") or "") if tree is not None else ""}, 0.0


TOOLS: dict[str, Callable[[bytes, str | None], tuple[Answer, float]]] = {
    "endleaf": ours,
    "trafilatura": trafilatura,
    "htmldate": dated,
    "lang attribute": attribute,
}


def matches(field: str, gold: str, given: str) -> bool:
    if field == "title":
        return words.key(gold) == words.key(given)
    if field == "author":
        return fuzz.token_sort_ratio(_names(gold), _names(given)) >= 90
    if field == "lang":
        return LANGUAGES[gold] == given.partition("-")[0]
    return gold[:10] == given[:10]


def _names(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def gold_of(row: dict[str, Any], field: str) -> str:
    gold = row.get("date" if field == "published" else field) or ""
    return "; ".join(gold) if isinstance(gold, list) else gold


def sample(folder: Path, most: int, only_held: bool) -> list[dict[str, Any]]:
    """At most so many rows of a set that has gold for metadata."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_bytes().splitlines()]
    if not any(gold_of(row, field) for row in rows for field in FIELDS):
        return []
    if only_held:
        rows = [row for row in rows if held(row.get("site") or urlsplit(row.get("url") or "").hostname or row["id"])]
    return rows[:: max(1, len(rows) // most)][:most]


class Tally:
    """What became of each field, tool by tool."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, tool: str, field: str, gold: str, given: str) -> str:
        outcome = "none" if not given else "right" if gold and matches(field, gold, given) else "wrong"
        if not gold:
            outcome = "extra" if given else "quiet"
        self.counts[tool, field][outcome] += 1
        return outcome

    def lines(self) -> Iterator[str]:
        for field in FIELDS:
            for tool in TOOLS:
                count = self.counts[tool, field]
                rows, without = sum(count[each] for each in ("right", "wrong", "none")), count["extra"] + count["quiet"]
                if rows:
                    shares = "  ".join(f"{each} {count[each] / rows:.3f}" for each in ("right", "wrong", "none"))
                    extra = f"extra {count['extra'] / without:.3f} of {without}" if without else ""
                    yield f"{field:<10} {tool:<15} {shares}  of {rows:<5} {extra}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, action="append")
    parser.add_argument("--pages", type=int, default=150, help="at most so many pages of a set")
    parser.add_argument("--held", action="store_true", help="only the sites that nothing is tuned on")
    parser.add_argument("--sets", action="store_true", help="a table for each set too")
    parser.add_argument("--misses", type=int, default=0, help="print so many of our misses a set and field")
    options = parser.parse_args()
    total, cpu = Tally(), defaultdict[str, list[float]](list)
    for folder in sorted(path.parent for data in options.data for path in data.glob("*/gold.jsonl")):
        rows = sample(folder, options.pages, options.held)
        one = Tally()
        misses: Counter[str] = Counter()
        for row in rows:
            payload = (folder / "html" / f"{row['id']}.html").read_bytes()
            for tool, run in TOOLS.items():
                answer, spent = run(payload, row.get("url"))
                cpu[tool].append(spent)
                for field in answer:
                    if not any(gold_of(each, field) for each in rows):
                        continue
                    gold = gold_of(row, field)
                    outcome = one.add(tool, field, gold, answer[field])
                    total.add(tool, field, gold, answer[field])
                    if tool == "endleaf" and outcome in ("wrong", "none") and misses[field] < options.misses:
                        misses[field] += 1
                        print(f"  {folder.name}/{row['id']} {field}: gold {gold!r}, given {answer[field]!r}")
        if rows and options.sets:
            print(folder.name, *one.lines(), sep="\n")
    print("all", *total.lines(), sep="\n")
    for tool, times in cpu.items():
        if any(times):
            print(f"{tool:<15} CPU {sum(times) / len(times):.2f} ms a page over {len(times)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
