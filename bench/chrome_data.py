"""The bench's pages as training examples for the chrome room: which blocks of a page its gold text holds.

A fixed fifth of the sites (:func:`held`) is never trained on by the shipped
model: every number reported for it is measured there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.tags import TEXT_CODE
from endleaf.decode import decode
from endleaf.parse import Tree, parse

# Their gold is a tool's own output, or snippets alone: nothing to learn from, and no part of the headline.
NOT_SCORED = ("readability", "trafilatura")
_LONG = 60_000  # tokens of a page or gold text that are aligned; alignment costs their product

# The same tokens as bench.py: words, and each character of scripts that part no words.
_CJK = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(f"[{_CJK}]|[^\\W{_CJK}]+")


@dataclass
class Example:
    """A page with its gold text."""

    dataset: str
    id: str
    site: str
    kind: str
    path: Path
    gold: str
    blocks: Blocks = field(repr=False, default=None)  # type: ignore[assignment]

    @property
    def held(self) -> bool:
        return held(self.site)


def held(site: str) -> bool:
    """Whether a site is of the fifth that the shipped model never saw."""
    return hashlib.sha256(site.encode()).digest()[0] < 51


def fold(site: str) -> int:
    """Which of three models, each trained without a third of the sites, has not seen a site."""
    return hashlib.sha256(b"f" + site.encode()).digest()[0] % 3


def examples(folders: list[Path]) -> Iterator[Example]:
    """Every page that has a gold text, in a fixed order."""
    for folder in sorted(folders):
        for gold in sorted(folder.glob("*/gold.jsonl")):
            name = gold.parent.name
            if name in NOT_SCORED:
                continue
            for line in filter(None, gold.read_text("utf-8").split("\n")):  # a line is what a line feed ends
                row: dict[str, Any] = json.loads(line)
                if row["text"].strip():
                    site = row.get("site") or _host(row.get("url") or "") or f"{name}/{row['id']}"
                    path = gold.parent / "html" / f"{row['id']}.html"
                    yield Example(name, row["id"], site.lower(), row.get("kind") or "", path, row["text"])


def _host(url: str) -> str | None:
    found = re.match(r"\w+://(?:www\d*\.)?([^/:?#]+)", url)
    return found and found.group(1)


def read(example: Example) -> Tree:
    return parse(decode(example.path.read_bytes(), None)[0])


def block_texts(blocks: Blocks) -> list[str]:
    """Each block's text, blank text nodes between its parts as well."""
    texts = blocks.tree.texts
    text = (blocks.codes == TEXT_CODE) & ~blocks.unseen
    return [
        "".join([texts[i] for i in (first + np.flatnonzero(text[first : last + 1])).tolist()])
        for first, last in zip(blocks.first.tolist(), blocks.last.tolist(), strict=True)
    ]


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def aligned(texts: list[str], gold: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """How many tokens each block has, and how many of them the gold text has in the same order."""
    page: list[str] = []
    of: list[int] = []
    for number, text in enumerate(texts):
        found = tokens(text)
        page += found
        of += [number] * len(found)
    sizes = np.bincount(np.array(of, np.int64), minlength=len(texts))
    known: dict[str, int] = {}
    a = [known.setdefault(t, len(known)) for t in page[:_LONG]]
    b = [known.setdefault(t, len(known)) for t in tokens(gold)[:_LONG]]
    common = np.zeros(len(page), np.bool_)
    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            common[block.src_start : block.src_end] = True
    return sizes, np.bincount(np.array(of, np.int64)[common], minlength=len(texts))


class Judge:
    """4-gram shingle F1 of any choice of a page's blocks, as bench.py counts it, without the text."""

    def __init__(self, texts: list[str], gold: str) -> None:
        known: dict[str, int] = {}
        pages = [[known.setdefault(t, len(known)) for t in tokens(text)] for text in texts]
        self._tokens = [np.array(page, np.uint64) for page in pages]
        wanted = np.array([known.setdefault(t, len(known)) for t in tokens(gold)], np.uint64)
        self._gold, self._counts = np.unique(_shingles(wanted), return_counts=True)

    def f1(self, content: npt.NDArray[np.bool_]) -> float:
        chosen = [self._tokens[i] for i in np.flatnonzero(content)]
        if not chosen:
            return 0.0
        got, counts = np.unique(_shingles(np.concatenate(chosen)), return_counts=True)
        at = np.minimum(np.searchsorted(self._gold, got), len(self._gold) - 1)
        both = np.where(self._gold[at] == got, np.minimum(self._counts[at], counts), 0).sum()
        return float(2 * both / max(1, counts.sum() + self._counts.sum()))


def _shingles(ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each four tokens in a row as one number (fewer than four: all there are)."""
    mixed = np.zeros(max(1, len(ids) - 3) if len(ids) else 0, np.uint64)
    for k in range(min(4, len(ids))):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + ids[k : k + len(mixed)] + np.uint64(1)
    return mixed
