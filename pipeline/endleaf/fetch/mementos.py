"""An archive's answer to a capture: the original response restored as far as the archive tells it.

What an archive adds to a head, and how it marks what it moved aside, differs (``X-Archive-Orig-Server`` at the
Wayback Machine and pywb). The head that is written has the original's lines and the ``Memento-Datetime``; the
archive's own head is kept whole in :attr:`Memento.told`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import IO, Literal
from urllib.parse import quote

from endleaf.fetch.asking import Answer, cleaned
from endleaf.fetch.linkformat import links_of
from endleaf.fetch.listed import folded, instant, joined, original, stamp_of
from endleaf.fetch.policy import Policy
from endleaf.fetch.troubles import Failed, Missing
from endleaf.readers.codings import undo
from endleaf.replay_urls import Replay, parse_replay
from endleaf.urls import absolute

Form = Literal["raw", "rewritten"]

_FIRST_CAPTURES = datetime(1991, 8, 6, tzinfo=UTC)
"""No page is older than the web; a date before it is a mistake."""
_AHEAD = timedelta(days=1)

_ORIGINAL = "x-archive-orig-"
_AS_THEY_ARE = frozenset(
    (
        "content-type",
        "content-language",
        "content-disposition",
        "location",
        "refresh",
        "www-authenticate",
        "content-encoding",
    )
)
"""Headers of the original that archives give under their own names."""
_OF_THE_WIRE = frozenset(
    ("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade", "proxy-connection", "te")
)
"""Headers of one connection (RFC 9110 section 7.6.1): false beside a body that is not on it."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_RELATIONS = frozenset(("original", "timegate", "timemap", "memento"))


@dataclass(slots=True)
class Memento:
    """A capture as it came: what is written of it."""

    url: str
    """The original URL."""
    date: str
    """Its time as a WARC-Date."""
    source: str
    """The archive's address of it."""
    head: bytes
    """The HTTP head, its blank line included."""
    body: IO[bytes]
    size: int
    status: int
    form: Form = "raw"
    location: str | None = None
    """Where an archived redirect leads."""
    told: tuple[tuple[str, str], ...] = ()
    """What the archive said of it: its whole head, or the record's own fields."""
    answer: str = ""
    """The archive's status line."""
    notes: list[str] = field(default_factory=list)
    part: str = ""
    """The bytes of ``source`` that it came from, where it is a part of a file."""

    @property
    def timestamp(self) -> str:
        """Its time as 14 digits."""
        return re.sub(r"\D", "", self.date)[:14]

    @property
    def key(self) -> str:
        """What tells it from every other capture of the archive."""
        return f"{self.timestamp}/{self.url}"

    @property
    def media_type(self) -> str:
        """The media type that its head declares, small letters; empty if none."""
        found = re.search(rb"(?im)^content-type:[ \t]*([^;\r\n]*)", self.head)
        return found[1].decode("latin-1").strip().lower() if found else ""

    def payload(self) -> bytes:
        """The body, its content coding undone within the limits of the readers."""
        self.body.seek(0)
        found = re.search(rb"(?im)^content-encoding:[ \t]*([^\r\n]*)", self.head)
        codings = [each.strip().lower() for each in found[1].decode("latin-1").split(",")] if found else []
        return undo(self.body.read(), codings).data


def identity(answer: Answer, asked: str, policy: Policy) -> tuple[str, str, str]:
    """Whose and when an answer's capture is: the original URL, 14 digits, and the archive's address of it.

    ``asked`` is the original URL that was asked for. Raises Missing or Failed where the answer is no capture.
    """
    replays = _replays(answer, asked, policy)
    stamp = _stated(answer) or next((replay.timestamp for replay in replays if instant(replay.timestamp)), "")
    if not answer.is_memento:
        _refuse(answer)
    if not stamp:
        raise Failed("its answer states no time that can be")
    exact = next((replay for replay in replays if replay.timestamp == stamp), None)
    replay = exact or (replays[-1] if replays else None)
    url = (original(replay.url) if replay else None) or asked
    source = replay.given if exact and replay else _dated(replay, stamp, answer.url)
    return url, stamp, absolute(source, None) or quote(source, safe="/:?&=%~!$'()*+,;@")


def _replays(answer: Answer, asked: str, policy: Policy) -> list[Replay]:
    """The replay URLs that an answer goes by: where it came from, then what it names as its place.

    The second may say more exactly when, or with which scheme; that it is of another page is not believed.
    """
    found = parse_replay(answer.url)
    named = parse_replay(content) if (content := joined(answer.url, answer.get("content-location") or "")) else None
    page = found.url if found else asked
    if named and not (policy.allows(content) and folded(named.url) == folded(page)):
        named = None
    return [replay for replay in (found, named) if replay]


def _dated(replay: Replay | None, stamp: str, url: str) -> str:
    if replay is None or not replay.timestamp:
        return url
    return f"{replay.prefix}{stamp}{replay.modifier}/{replay.url}"


def _refuse(answer: Answer) -> None:
    if answer.status in (404, 410):
        raise Missing("the archive does not have it")
    if answer.status in (401, 403, 451):
        raise Failed(
            f"the archive does not give it out ({answer.status})", "it may be open in the archive's reading room"
        )
    raise Failed(f"its answer ({answer.status}) is no capture: it has no Memento-Datetime")


def _stated(answer: Answer) -> str:
    """The Memento-Datetime as 14 digits; empty where it is none that can be."""
    try:
        when = parsedate_to_datetime(answer.get("memento-datetime") or "")
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return stamp_of(when) if _FIRST_CAPTURES <= when <= datetime.now(UTC) + _AHEAD else ""


def memento(answer: Answer, asked: str, policy: Policy, form: Form = "raw") -> Memento:
    """The capture that an answer holds. Raises Missing or Failed where it holds none."""
    url, stamp, source = identity(answer, asked, policy)
    notes = []
    if not _stated(answer):
        notes.append(
            f"its Memento-Datetime ({(answer.get('memento-datetime') or '')[:60]}) is none: its address gave the time"
        )
    if form == "rewritten":
        notes.append("the archive gives no raw bytes of it: the page has the archive's rewriting and its banner in it")
    body, size, coding = _body(answer, notes)
    stated = answer.get(_ORIGINAL + "content-length") or ""
    if stated.isascii() and stated.isdigit() and form == "raw" and len(notes) == 0 and int(stated[:18]) != size:
        notes.append(f"its head states {stated[:18]} bytes, and {size} came")
    fields = list(_restored(answer, url))
    location = next((value for name, value in fields if name.lower() == "location"), None)
    return Memento(
        url=url,
        date=iso(stamp),
        source=source,
        head=_head(answer, fields, size, coding),
        body=body,
        size=size,
        status=answer.status,
        form=form,
        location=location,
        told=answer.headers,
        answer=f"{answer.status} {answer.reason}".rstrip(),
        notes=notes,
    )


def iso(stamp: str) -> str:
    """14 digits as a WARC-Date."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"


def _body(answer: Answer, notes: list[str]) -> tuple[IO[bytes], int, str | None]:
    """The body that is written, its size, and the content coding it is in.

    Where the archive packed what the original had not packed, that is undone; what the original's server packed is
    kept as it came.
    """
    on_the_wire = answer.get("content-encoding")
    coded = answer.get(_ORIGINAL + "content-encoding")
    marked = any(name.lower().startswith(_ORIGINAL) for name, _ in answer.headers)
    if on_the_wire is None or on_the_wire.strip().lower() in ("", "identity"):
        if coded and _is_gzip(answer.body):
            return answer.body, answer.size, coded  # the archive gives the bytes as they are, and only moved the header
        if coded:
            notes.append(f"the archive undid its content coding ({coded[:40]})")
        return answer.body, answer.size, None
    if coded is not None or not marked:
        return answer.body, answer.size, on_the_wire
    undone = undo(answer.body.read(), [each.strip().lower() for each in on_the_wire.split(",")])
    notes += undone.notes
    if undone.notes:  # a bomb, or no such coding: it stays packed as it came
        answer.body.seek(0)
        return answer.body, answer.size, on_the_wire
    answer.body.seek(0)
    answer.body.truncate()
    answer.body.write(undone.data)
    answer.body.seek(0)
    return answer.body, len(undone.data), None


def _is_gzip(body: IO[bytes]) -> bool:
    start = body.read(3)
    body.seek(0)
    return start == b"\x1f\x8b\x08"


def _restored(answer: Answer, url: str) -> Iterator[tuple[str, str]]:
    """The original's headers: those that the archive moved aside, and those that it left where they were."""
    moved = {name.lower()[len(_ORIGINAL) :] for name, _ in answer.headers if name.lower().startswith(_ORIGINAL)}
    for name, value in answer.headers:
        key = name.lower()
        if key.startswith(_ORIGINAL):
            name = name[len(_ORIGINAL) :]
        elif key == "link":
            if any(link.relations & _RELATIONS for link in links_of([value])):
                continue
        elif key not in _AS_THEY_ARE or key in moved:
            continue
        if _TOKEN.match(name) and name.lower() not in _OF_THE_WIRE:
            yield name, _of_the_original(value, answer.url, url) if name.lower() == "location" else value


def _of_the_original(location: str, asked: str, url: str) -> str:
    """A redirect's target without the archive's prefix."""
    replay = parse_replay(joined(asked, location))
    return (original(replay.url) or url) if replay else location


def _head(answer: Answer, fields: list[tuple[str, str]], size: int, coding: str | None) -> bytes:
    kept = [
        (name, value)
        for name, value in fields
        if name.lower() not in ("content-length", "content-encoding", "memento-datetime")
    ]
    if coding:
        kept.append(("Content-Encoding", coding))
    kept.append(("Content-Length", str(size)))
    kept.append(("Memento-Datetime", answer.get("memento-datetime") or ""))
    lines = [
        f"HTTP/1.1 {answer.status} {answer.reason}".rstrip(),
        *(f"{name}: {cleaned(value)}" for name, value in kept),
    ]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
