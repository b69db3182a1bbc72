"""What stands beside a saved page and is no page of its own: its parts, and what the saving tool left.

Only what is beyond doubt: a file that might be a page is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from endleaf.readers.disk import Disk
from endleaf.readers.source import Source

_FOLDERS: Final = (
    "_files", "-files", ".files",  # English; Arabic, Chinese, Korean
    "_archivos", "-archivos",  # Spanish
    "_arquivos", "_ficheiros", "-ficheiros",  # Portuguese
    "_bestanden", "-bestanden",  # Dutch
    "-Dateien", "_Dateien",  # German
    "_fichiers", "-fichiers",  # French
    "_bylos", "_failid", "_fails",  # Lithuanian, Estonian, Latvian
    "_datoteke", "_fajlovi", "_dosyalar", "_elemei",  # Croatian, Serbian, Turkish, Hungarian
    "_file", "_fitxategiak", "_fitxers",  # Italian, Basque, Catalan
    "_pliki", "-pliki", "_soubory", "_subory", "_tiedostot", "-filer",  # Polish, Czech, Slovak, Finnish, Swedish
)  # fmt: skip
"""What browsers name the folder of a page's parts, in the language they speak."""

_FOLDER: Final = re.compile(rf"(?P<page>.+)(?:{'|'.join(map(re.escape, _FOLDERS))})\Z", re.IGNORECASE)
_ENDINGS: Final = (".html", ".htm", ".xhtml", ".shtml", ".HTML", ".HTM")
"""What the page beside the folder is called; the folder's name may have the ending too."""

MARKS: Final = ("hts-cache", "hts-log.txt")
"""What HTTrack leaves beside the host folders of a mirror."""
_OWN: Final = frozenset(
    ("hts-log.txt", "hts-cache", "hts-in_progress.lock", "hts-paused.lock", "hts-nohash", "cookies.txt", "backblue.gif",
     "fade.gif", "doit.log")
)  # fmt: skip
"""HTTrack's own files and folders."""
_OWN_INDEX: Final = re.compile(rb"HTTrack Website Copier</title>|Mirror and index made by HTTrack", re.IGNORECASE)
_WGET_LOG: Final = re.compile(r"wget-log(?:\.[0-9]{1,3})?\Z|wget\.log\Z")
_HEAD: Final = 8192
_ORIGINAL: Final = ".orig"
_HTML: Final = re.compile(rb"[^\0]{0,4000}?<(?:!doctype|html|head|title|body|frameset)[\s>]", re.IGNORECASE)


def reason_of(source: Source) -> str | None:
    """Why a file is no page or file of the collection itself; None where it is one."""
    return next(filter(None, (rule(source) for rule in _RULES)), None)


def _part(source: Source) -> str | None:
    parts = source.path.parts
    for i, folder in enumerate(parts[:-1]):
        found = _FOLDER.match(folder)
        if found:
            around = PurePath(*parts[:i])
            page = next((page for page in _names(found["page"]) if source.beside.has(around / page)), None)
            if page:
                return f"a part of the saved page {page}"
    return None


def _names(page: str) -> Iterator[str]:
    if page.endswith(_ENDINGS):
        yield page
    yield from (page + ending for ending in _ENDINGS)


def _of_httrack(source: Source) -> str | None:
    parts = source.path.parts
    for i, part in enumerate(parts):
        top = PurePath(*parts[:i])
        last = i == len(parts) - 1
        if (part in _OWN or (last and part == "index.html")) and any(source.beside.has(top / mark) for mark in MARKS):
            if part in _OWN:
                return "a file of HTTrack's own"
            if _OWN_INDEX.search(source.disk.peek(0, _HEAD)):
                return "HTTrack's own list of what it mirrored"
    return None


def _of_wget(source: Source) -> str | None:
    name = source.path.name
    if _WGET_LOG.match(name):
        return "wget's own log"
    if name.endswith(_ORIGINAL) and looks_html(source.disk):
        for page in (name.removesuffix(_ORIGINAL), name.removesuffix(_ORIGINAL) + ".html"):
            if source.beside.has(source.path.with_name(page)):
                return f"the page as it came, which is the payload of {page}"
    return None


def looks_html(disk: Disk) -> bool:
    """Whether a file begins as a page does."""
    return _HTML.match(disk.peek(0, _HEAD)) is not None


_RULES: Final[tuple[Callable[[Source], str | None], ...]] = (_part, _of_httrack, _of_wget)


def original_of(source: Source) -> PurePath | None:
    """The page as it came, where wget kept it before it rewrote the links (``-K``); with ``-E`` it added an ending."""
    for name in (source.path.name + _ORIGINAL, source.path.name.removesuffix(".html") + _ORIGINAL):
        path = source.path.with_name(name)
        if name != source.path.name and source.beside.has(path):
            return path
    return None
