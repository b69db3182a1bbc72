"""Which pages are measured: whole sets or the held-out fifth of their sites, and so many a set."""

from __future__ import annotations

import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.chrome_data import examples

Pages = dict[str, list[dict[str, Any]]]
"""The gold rows of each set, as the judge loads them."""

PARTS = ("dev", "train")


def unpacked(shared: Path, work: Path) -> list[Path]:
    """The folders of sets in shared/bench, unpacked into a working folder."""
    for part in PARTS:
        with tarfile.open(shared / "bench" / f"{part}.tar.xz") as tar:
            tar.extractall(work / part, filter="data")
    return [work / part for part in PARTS]


def chosen(code: ModuleType, folders: list[Path], *, held: bool, most: int | None = None) -> Pages:
    """The pages with a gold text of the sets that count, in the judge's order, at most so many of each set.

    ``held`` takes the pages of the held-out fifth alone, none of whose sites the shipped model was trained on.
    The same folders give the same pages; a larger ``most`` adds to a smaller one's.
    """
    wanted = {(each.dataset, each.id) for each in examples(folders) if each.held or not held}
    pages: Pages = {}
    for dataset in sorted({dataset for dataset, _ in wanted}):
        rows = [
            row
            for folder in folders
            if (folder / dataset).is_dir()
            for row in code.load(folder, dataset, "all", 0)
            if (dataset, row["id"]) in wanted
        ]
        rows.sort(key=lambda row: code.sha(f"{dataset}/{row['id']}"))
        pages[dataset] = rows[:most]
    return pages
