"""The files that a command's arguments name, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from endleaf.errors import UsageError


def sources(arguments: Iterable[str]) -> Iterator[Path]:
    """Files, the files below folders, and what globs match, each once.

    The order is the arguments' order, and below a folder the byte order of the paths, whatever the
    machine. Hidden files are left out, links to folders are not followed (they may lead in a circle).
    Raises UsageError for an argument that names nothing.
    """
    seen: set[str] = set()
    for argument in arguments:
        for path in _named(argument):
            if (key := os.fspath(path)) not in seen:
                seen.add(key)
                yield path


def _named(argument: str) -> Iterator[Path]:
    path = Path(argument)
    if path.is_dir():
        yield from below(path)
    elif path.exists():
        yield path
    elif glob.has_magic(argument):
        found = {path for match in _matching(argument) for path in below(match)}
        if not found:
            raise UsageError(f"nothing matches {argument}")
        yield from sorted(found, key=os.fsencode)
    else:
        raise UsageError(f"there is no file or folder {argument}")


def _matching(pattern: str) -> Iterator[Path]:
    """What a pattern matches, hidden files and links to folders aside."""
    path = Path(pattern)
    base, parts = Path(path.anchor), path.parts[1:] if path.anchor else path.parts
    for found in base.glob("/".join(parts)):
        hidden = any(part.startswith(".") for part in found.parts if part not in (*parts, ".."))
        if not hidden and not (found.is_dir() and found.is_symlink()):
            yield found


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in the byte order of their paths; a file is its own."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.is_dir() and (path is folder or not path.is_symlink()):
            waiting += sorted(_entries(path), key=_place, reverse=True)
        elif path.is_file():
            yield path


def _entries(folder: Path) -> list[Path]:
    try:
        return [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError as error:
        raise UsageError(f"the folder {folder} cannot be read: {error.strerror}") from error


def _place(path: Path) -> bytes:
    """A folder sorts as its files' paths do: with the slash that follows its name."""
    return os.fsencode(path.name) + (b"/" if path.is_dir() else b"")


def shown(path: Path) -> str:
    """A path as records name it; a name that is no UTF-8 with its odd bytes as escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
