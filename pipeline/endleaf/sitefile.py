"""What was learned of sites, as files: read, put together, and made of sources."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from endleaf import readers
from endleaf.chrome.site import Survey, dump, leaf_of, load
from endleaf.errors import UnreadableSource
from endleaf.intake import place_of, records_of
from endleaf.lessons import learn
from endleaf.model import Capture, Damage
from endleaf.output import whole_file
from endleaf.remote import is_remote
from endleaf.report import Tally, bare_outcome

log = logging.getLogger(__name__)

_HEAD: Final = re.compile(rb"\s*\{\s*\"endleaf\"\s*:\s*\"site\"")


def read(files: Iterable[Path]) -> Survey | None:
    """What the files tell together; None where there are none. Raises :class:`UnreadableSource` for a wrong one."""
    survey: Survey | None = None
    for file in files:
        try:
            told = load(file.read_bytes(), str(file))
        except OSError as error:
            raise UnreadableSource(f"{file} cannot be read: {error.strerror or error}") from error
        if survey is None:
            survey = told
        else:
            survey.merge(told)
    return survey


def learned(arguments: Iterable[str], tally: Tally) -> Survey:
    """What sources, and site files among them, tell together; every record of the sources is counted in the tally.

    Raises UsageError for a source that is not there, :class:`UnreadableSource` for a site file that is none, or
    where there is nothing to learn from.
    """
    files: list[Path] = []
    sources: list[str] = []
    for argument in arguments:
        found = _site_files(argument)
        files += found
        if not found:
            sources.append(argument)
    survey = learn(_captures(sources, tally), read(files) or Survey(), leaf_of)
    if not (survey.kept or survey.rules):
        raise UnreadableSource("nothing was learned: the sources hold no page of a known address")
    return survey


def save(survey: Survey, path: Path) -> None:
    """The survey as a file, whole or not at all; ``-`` is standard output. Raises OutputError."""
    if str(path) == "-":
        sys.stdout.buffer.write(dump(survey))
    else:
        with whole_file(path) as file:
            file.write(dump(survey))


def _site_files(argument: str) -> list[Path]:
    """The site files an argument names; none where it names something else. JSON is nothing else to learn from."""
    if is_remote(argument) or Path(argument).is_dir():
        return []
    paths = list(readers.sources([argument]))
    if argument.lower().endswith(".json"):
        return paths
    return paths if all(_looks_like_one(path) for path in paths) else []


def _looks_like_one(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_HEAD.match(file.read(200)))
    except OSError:
        return False  # the readers say what is wrong with it


def _captures(sources: list[str], tally: Tally) -> Iterator[Capture]:
    for record in records_of(sources, tally):
        tally.add(bare_outcome(record))
        if isinstance(record, Capture):
            yield record
        elif isinstance(record, Damage):
            log.warning("%s", place_of(record))
