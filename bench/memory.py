"""Peak memory of converting a large WARC, made here by repeating pages.

    python bench/memory.py PAGES_DIR [--gigabytes 1] [--work DIR] [--to html,text,markdown,json]

Writes a record-gzip WARC of that many GB on disk, of HTML files found below
PAGES_DIR each under an URL of its own, converts it with the `endleaf` command,
and prints the peak resident memory of that process beside the peak of a bare
pass of the same reader over the same file. Exits 1 above the ceiling of 300 MB.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CEILING_MB = 300


def make(path: Path, pages: list[Path], size: int) -> int:
    """Write captures until the file has that many bytes; gives how many."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in count():
            if file.tell() >= size:
                return number
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            page = pages[number % len(pages)].read_bytes()
            record = writer.create_warc_record(
                f"http://site{number % 97}.example/{number}", "response", payload=io.BytesIO(page), http_headers=head
            )
            writer.write_record(record)
    raise AssertionError("unreachable")


def peak_mb(command: list[str]) -> tuple[float, float, int]:
    """Run a command; gives its peak resident MB, its CPU seconds, and its exit status."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    print(f"  {time.monotonic() - started:.0f} s, {usage.ru_utime + usage.ru_stime:.0f} s CPU")
    return usage.ru_maxrss / 1024, usage.ru_utime, os.waitstatus_to_exitcode(status)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--to", default="html,text,markdown,json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        warc = Path(folder) / "large.warc.gz"
        captures = make(warc, sorted(options.pages.rglob("*.html")), int(options.gigabytes * 1e9))
        print(f"{captures} captures in {warc.stat().st_size / 1e9:.2f} GB")
        endleaf = str(Path(sys.executable).parent / "endleaf")
        convert = [endleaf, "convert", str(warc), "-o", str(Path(folder) / "out"), "--to", options.to, "-q"]
        ours, _, status = peak_mb(convert)
        bare, _, _ = peak_mb([endleaf, "list", str(warc), "-q"])
    print(
        f"convert: peak {ours:.0f} MB (ceiling {CEILING_MB}), exit {status}; list: peak {bare:.0f} MB; "
        f"ratio {ours / bare:.2f}; this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    return 0 if ours <= CEILING_MB else 1


if __name__ == "__main__":
    sys.exit(main())
