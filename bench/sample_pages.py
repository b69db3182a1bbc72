"""The pages and pictures that the sample archives hold, and what a replay makes of a page's addresses."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

SAMPLES = Path(__file__).resolve().parent / "samples"


def sample(path: str) -> str:
    return (SAMPLES / path).read_text("utf-8")


def page(frame: str, path: str, **more: str) -> tuple[dict[str, str], str]:
    """A page's fields and its HTML: the fields, a blank line, and the body stand in one file; the frame goes round."""
    head, _, body = sample(path).partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines()) | more | {"body": body.strip()}
    text = re.sub(r"@(\w+)@", lambda found: fields[found[1]], sample(frame))
    return fields, text


_ADDRESS = re.compile(r'\b(href|src|action)="(?!#|mailto:|javascript:)([^"]+)"')


def replayed(html: str, url: str, replay: Callable[[str, str, str], str]) -> str:
    """A page's addresses as an archive's replay writes them: ``replay(attribute, tag's start, absolute URL)``."""

    def rewrite(found: re.Match[str]) -> str:
        start = html[html.rfind("<", 0, found.start()) : found.start()]
        return f'{found[1]}="{replay(found[1], start, urljoin(url, found[2]))}"'

    return _ADDRESS.sub(rewrite, html)


def inserted(html: str, pattern: str, text: str) -> str:
    """The text put in right after the first match."""
    found = re.search(pattern, html, re.IGNORECASE)
    if not found:
        raise ValueError(f"no {pattern} in the page")
    return html[: found.end()] + text + html[found.end() :]


# ----------------------------------------------------------------- pictures


def png(width: int, height: int, colour: Callable[[int, int], tuple[int, int, int]]) -> bytes:
    """A picture as PNG (RGB, 8 bits), drawn by a function of x and y."""
    rows = b"".join(b"\0" + bytes(c for x in range(width) for c in colour(x, y)) for y in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


SKY, SEA, STONE, WHITE, RED = (196, 216, 230), (58, 98, 124), (120, 112, 100), (250, 250, 246), (188, 52, 44)


def harbour_view(x: int, y: int) -> tuple[int, int, int]:
    if 30 < x < 42 and 18 < y < 56:
        return RED if (y - 18) // 8 % 2 else WHITE  # the pier light, in bands
    if x < 110 and 54 < y < 62:
        return STONE
    if 150 < x < 190 and 52 < y < 60:
        return WHITE
    return SKY if y < 56 else SEA


def crest(x: int, y: int) -> tuple[int, int, int]:
    within = (x - 24) ** 2 + (y - 24) ** 2
    return WHITE if within > 500 else RED if abs(x - 24) < 4 or abs(y - 16) < 3 else SEA


def hives(x: int, y: int) -> tuple[int, int, int]:
    if 60 < x % 140 < 100 and 40 < y < 90:
        return STONE if y % 16 == 8 else WHITE
    return SKY if y < 60 else SEA if y < 80 else STONE
