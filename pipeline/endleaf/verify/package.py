"""A WACZ as a package: what the readers' own check of it finds, by its codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from endleaf.readers import source_at, wacz_package
from endleaf.verify.findings import Finding, finding


def of_package(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with a WACZ apart from its records. Raises UnreadableSource where it is no zip."""
    with source_at(path) as source:
        for found in wacz_package.findings(source):
            name = f"{source.name}!{found.file}" if found.file else source.name
            yield finding(f"wacz-{found.kind}", found.reason, name)
