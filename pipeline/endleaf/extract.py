"""One page at a time: from a source to standard output, or a stream of pages for a harness."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from endleaf import readers
from endleaf.cdx.seeking import captures_of
from endleaf.errors import InputError, NotAPage, UsageError, one_line
from endleaf.model import Capture, Page, Provenance
from endleaf.plain import plain_text
from endleaf.way import NONE, Guidance, page_from

Made = TypeVar("Made")


def page_of(source: Path, url: str | None = None, name: str | None = None, guidance: Guidance = NONE) -> Page:
    """The first page of a source, or the first of that original URL; ``name`` is told as its source, if given.

    Raises :class:`InputError` where there is no such page.
    """
    return first_of(source, lambda capture: page_from(capture, guidance), url, name)


def first_of(source: Path, make: Callable[[Capture], Made], url: str | None = None, name: str | None = None) -> Made:
    """What is made of the first capture that holds a page, or the first of that original URL.

    Raises :class:`InputError` where there is none; ``make`` raises NotAPage for what holds no page.
    """
    last = "no record in it is a capture"
    for capture in itertools.chain(captures_of(source, url) if url else (), readers.read(source)):
        if url is not None and capture.url != url:
            last = f"no capture of {url} in it"
            continue
        try:
            return make(_renamed(capture, str(source), name))
        except NotAPage as error:
            last = f"its captures hold no page ({error})"
    raise InputError(f"{name or source}: {last}; `endleaf list` shows what is there")


def _renamed(capture: Capture, old: str, name: str | None) -> Capture:
    if name is None:
        return capture
    source = capture.provenance.source.replace(old, name, 1)
    return msgspec.structs.replace(capture, provenance=msgspec.structs.replace(capture.provenance, source=source))


class _Asked(msgspec.Struct):
    id: str
    path: str
    url: str | None = None


def answers(lines: Iterable[bytes], guidance: Guidance = NONE) -> Iterator[bytes]:
    """The service behind ``extract --jsonl``: a line ``{id, path, url}`` in, a line ``{id, text, cpu_ms}`` out.

    ``text`` is the page's plain text, ``cpu_ms`` the CPU milliseconds from its bytes to that text. A page that
    cannot be made has an ``err`` beside an empty text. Raises :class:`UsageError` for a line that asks nothing.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = msgspec.json.decode(line, type=_Asked)
        except msgspec.MsgspecError as error:
            raise UsageError(f"line {number}: {error}; each line is a JSON object of id, path and url") from error
        yield msgspec.json.encode(_answer(asked, guidance)) + b"\n"


def _answer(asked: _Asked, guidance: Guidance) -> dict[str, object]:
    try:
        payload = Path(asked.path).read_bytes()
    except OSError as error:
        return {"id": asked.id, "text": "", "cpu_ms": 0.0, "err": f"{asked.path}: {error.strerror}"}
    started = time.process_time()
    answer: dict[str, object] = {"id": asked.id, "text": ""}
    try:
        known = Provenance(source=asked.path, container="html", url=asked.url, media_type="text/html")
        answer["text"] = plain_text(page_from(Capture(provenance=known, payload=payload), guidance))
    except InputError as error:
        answer["err"] = str(error)
    except Exception as error:  # noqa: BLE001 - one page's failure must not end the stream
        answer["err"] = one_line(f"internal error: {type(error).__name__}: {error}")
    return answer | {"cpu_ms": round((time.process_time() - started) * 1000, 3)}
