"""Listing the captures of a WARC.gz, beside FastWARC's bare iteration over the same file in the same run.

    python bench/listing.py [FILE ...] [--rounds 5]

Without files, it makes three: responses of 2, 10 and 52 KB of markup, a gzip member each. FastWARC reads with
`parse_http=False` and does nothing with the records; endleaf checks every member's trailer and each record's
length, and makes the line of each capture. Prints the ratio of records a second by the best round of each, and the
peak memory of a process that lists the file.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from endleaf.listing import lines_of
from endleaf.report import Tally

SIZES = (2_000, 10_000, 52_000)
BYTES = 60_000_000
WORDS = ("harbour", "tide", "lamp", "keeper", "slipway", "fog", "signal", "net", "buoy", "mist", "gull", "pilot")


def make(path: Path, size: int) -> None:
    """Write responses of that many bytes of markup until there are enough."""
    chance = random.Random(size)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(BYTES // (size + 5_000)):
            words = (
                f'<p class="c{chance.randrange(40)}">{chance.choice(WORDS)} {chance.random():.5f}'
                for _ in range(size // 25)
            )
            head = StatusAndHeaders("200 OK", [("Server", "mill"), ("Content-Type", "text/html")], protocol="HTTP/1.1")
            page = "".join(words).encode()[:size]
            url = f"http://mill{number % 50}.example/{number}"
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=head))


def bare(path: Path) -> int:
    """FastWARC's records, counted."""
    with path.open("rb") as file:
        return sum(1 for _ in ArchiveIterator(file, parse_http=False))


def listed(path: Path) -> int:
    """Our lines, counted."""
    return sum(1 for _ in lines_of([str(path)], Tally()))


def best(read: Callable[[Path], int], path: Path, rounds: int) -> float:
    """Seconds of CPU of the fastest round."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        read(path)
        taken.append(time.process_time() - start)
    return min(taken)


def peak(path: Path) -> float:
    """MB of a process that lists the file."""
    words = [sys.executable, "-c", "from endleaf.cli import main; main()", "list", str(path)]
    code = "import sys, resource, subprocess; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)"
    code += "; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    return float(subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True).stdout)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="endleaf-") as folder:
        files = asked.files
        if not files:
            files = [Path(folder) / f"{size // 1000} KB.warc.gz" for size in SIZES]
            for path, size in zip(files, SIZES, strict=True):
                make(path, size)
        for path in files:
            ratio = best(bare, path, asked.rounds) / best(listed, path, asked.rounds)
            print(
                f"{path.name}: {bare(path)} records; {ratio:.2f} of FastWARC's bare iteration; peak {peak(path):.0f} MB"
            )


if __name__ == "__main__":
    main()
