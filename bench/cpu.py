"""CPU a page, bytes to clean page, against trafilatura on the same pages in the same run.

    python bench/cpu.py DIR [--pages 300] [--seed 1]

DIR holds *.html files (searched below it). Both tools run in this process, page
about, each page's order turned, so that the machine's moods fall on both alike.
Prints CPU milliseconds a page and the ratio of the means; absolute times mean
little. Needs the bench dependency group.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from endleaf.errors import EndleafError
from endleaf.model import Capture, Provenance
from endleaf.plain import plain_text
from endleaf.way import page_from


def ours(payload: bytes) -> object:
    known = Provenance(source="page.html", container="html", media_type="text/html")
    try:
        return plain_text(page_from(Capture(provenance=known, payload=payload)))
    except EndleafError:
        return None


def peer() -> Callable[[bytes], object]:
    from trafilatura import extract

    return lambda payload: extract(payload, include_comments=False, include_tables=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = sorted(options.folder.rglob("*.html"))
    pages = [path.read_bytes() for path in random.Random(options.seed).sample(found, min(options.pages, len(found)))]
    tools: dict[str, Callable[[bytes], object]] = {"endleaf": ours, "trafilatura": peer()}
    spent = dict.fromkeys(tools, 0.0)
    for tool in tools.values():  # what is loaded at the first call is no page's time
        tool(b"<html><body><h1>A</h1><p>A page of one paragraph, long enough to be one.</p></body></html>")
    for number, payload in enumerate(pages):
        order = list(tools) if number % 2 else list(tools)[::-1]
        for name in order:
            started = time.process_time()
            tools[name](payload)
            spent[name] += time.process_time() - started
    for name, seconds in spent.items():
        print(f"{name:<12} {1000 * seconds / len(pages):8.2f} ms CPU a page over {len(pages)} pages")
    print(f"ratio endleaf / trafilatura: {spent['endleaf'] / spent['trafilatura']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
