"""A copy of the shipped templates, to be edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from endleaf.errors import OutputError
from endleaf.render import TEMPLATES


def copy_templates(folder: Path) -> Iterator[Path]:
    """Copy every shipped template into a folder; gives each copy's path.

    Raises :class:`OutputError` where one is there already (it may hold somebody's work) or cannot be written.
    """
    shipped = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    for path in shipped:
        if (folder / path.relative_to(TEMPLATES)).exists():
            raise OutputError(f"{folder / path.relative_to(TEMPLATES)} is there already: choose a new folder")
    for path in shipped:
        copy = folder / path.relative_to(TEMPLATES)
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        except OSError as error:
            raise OutputError(f"{copy}: {error.strerror}: cannot write there") from error
        yield copy
