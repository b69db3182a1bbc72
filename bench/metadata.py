"""Title, author and date against the bench's gold, ours beside trafilatura's, in one run.

    python bench/metadata.py --data DIR [--pages 150] [--misses N]

DIR is the unpacked ``dev`` folder of shared/bench. Of each set that has such gold, every k-th page is taken.
``right`` is the share of gold rows that are matched, ``wrong`` the share of gold rows where something else is
given, ``extra`` the share of the rows without gold where something is given all the same; a title matches by its
letters and digits, an author by its words in any order (ratio 90), a date by its day.
CPU is for metadata alone: ours from the flat tree (which the page needs anyway), the peer's from its lxml tree.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from rapidfuzz import fuzz
from trafilatura import extract_metadata
from trafilatura.utils import load_html

from endleaf import metadata
from endleaf.decode import decode
from endleaf.links import Links
from endleaf.metadata import words
from endleaf.parse import parse

FIELDS = ("title", "author", "date")
Answer = dict[str, str]


def ours(payload: bytes, url: str | None) -> tuple[Answer, float]:
    """Our answer, and the milliseconds of CPU it took."""
    tree = parse(decode(payload, None)[0])
    links = Links(tree, url, ())
    start = time.process_time()
    found = metadata.read(tree, None, links)
    spent = (time.process_time() - start) * 1000
    answer = {
        "title": found.title.value if found.title else "",
        "author": "; ".join(author.value for author in found.authors),
        "date": found.published.value[:10] if found.published else "",
    }
    return answer, spent


def peer(payload: bytes, url: str | None) -> tuple[Answer, float]:
    """trafilatura's answer, and the milliseconds of CPU it took."""
    tree = load_html(payload)
    if not isinstance(tree, lxml_html.HtmlElement):
        return {}, 0.0
    start = time.process_time()
    found = extract_metadata(tree, default_url=url)
    spent = (time.process_time() - start) * 1000
    return {"title": found.title or "", "author": found.author or "", "date": found.date or ""}, spent


def matches(field: str, gold: str, given: str) -> bool:
    if field == "title":
        return words.key(gold) == words.key(given)
    if field == "author":
        return fuzz.token_sort_ratio(_names(gold), _names(given)) >= 90
    return gold[:10] == given[:10]


def _names(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def sample(folder: Path, most: int) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_bytes().splitlines()]
    rows = [row for row in rows if any(row.get(field) for field in FIELDS)]
    return rows[:: max(1, len(rows) // most)][:most]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=150, help="at most so many pages of a set")
    parser.add_argument("--misses", type=int, default=0, help="print so many of our misses a set and field")
    options = parser.parse_args()
    tools: dict[str, Callable[[bytes, str | None], tuple[Answer, float]]] = {"endleaf": ours, "trafilatura": peer}
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    cpu: dict[str, list[float]] = defaultdict(list)
    for folder in sorted(path.parent for path in options.data.glob("*/gold.jsonl")):
        counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
        shown: dict[str, int] = defaultdict(int)
        rows = sample(folder, options.pages)
        for row in rows:
            payload = (folder / "html" / f"{row['id']}.html").read_bytes()
            for tool, run in tools.items():
                answer, spent = run(payload, row.get("url"))
                cpu[tool].append(spent)
                for field in FIELDS:
                    gold, given = row.get(field), answer.get(field, "")
                    if not gold:
                        for counted in (counts, totals):
                            counted[tool, field][3] += 1
                            counted[tool, field][4] += bool(given)
                        continue
                    gold = "; ".join(gold) if isinstance(gold, list) else gold
                    right = matches(field, gold, given)
                    for counted in (counts, totals):
                        counted[tool, field][0] += 1
                        counted[tool, field][1] += right
                        counted[tool, field][2] += bool(given) and not right
                    if tool == "endleaf" and not right and shown[field] < options.misses:
                        shown[field] += 1
                        print(f"  {folder.name}/{row['id']} {field}: gold {gold!r}, given {given!r}")
        if rows:
            report(folder.name, counts)
    report("all", totals)
    for tool, times in cpu.items():
        print(f"{tool:<12} CPU {sum(times) / max(1, len(times)):.2f} ms a page over {len(times)} pages")
    return 0


def report(name: str, counts: dict[tuple[str, str], list[int]]) -> None:
    for field in FIELDS:
        line = f"{name:<14} {field:<7}"
        for tool in ("endleaf", "trafilatura"):
            rows, right, wrong, without, extra = counts[tool, field]
            if rows:
                line += f"  {tool} right {right / rows:.3f} wrong {wrong / rows:.3f}"
                line += f" extra {extra / without:.3f}" if without else ""
        if counts["endleaf", field][0]:
            print(f"{line}  of {counts['endleaf', field][0]}")


if __name__ == "__main__":
    sys.exit(main())
