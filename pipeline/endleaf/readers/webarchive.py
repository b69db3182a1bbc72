"""Safari's .webarchive: a property list of a page, what it shows, and its frames, each of which may be such a list.

It holds no date of its own. Where the server's answer is kept with a part, its Date header tells when that was sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from endleaf.errors import UnreadableSource
from endleaf.model import Capture, Damage, Evidence, Passed, Provenance, Record
from endleaf.readers.codings import MAX_BODY
from endleaf.readers.payload import media_type
from endleaf.readers.source import Source
from endleaf.readers.webarchive_answers import Answer, answer_of
from endleaf.readers.webarchive_plists import Broken, plist

DEPTH: Final = 20
"""Frames within frames. Browsers themselves stop at some ten."""
MOST: Final = 100_000
"""Parts of one file. A page shows some hundred."""


def read(source: Source) -> Iterator[Record]:
    """The page, then its parts, then its frames. Raises UnreadableSource where the file cannot be read."""
    if source.asked.noted:
        return  # no record of another file refers to a part
    try:
        whole = plist(source.disk)
    except Broken as error:
        raise UnreadableSource(f"{source.name} is a Safari web archive that cannot be read: {error}") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("WebMainResource"), dict):
        raise UnreadableSource(f"{source.name} is a property list, and no web archive: there is no main resource in it")
    waiting, count = [(whole, 1)], 0
    while waiting:
        archive, level = waiting.pop()
        for part in _parts(archive):
            count += 1
            if count > MOST:
                yield Damage(source=source.name, reason=f"it has more than {MOST} parts: the others are not read")
                return
            yield from _records(source, part)
        frames = [each for each in _list(archive.get("WebSubframeArchives")) if isinstance(each, dict)]
        if frames and level >= DEPTH:
            yield Damage(source=source.name, reason=f"it has frames in more than {DEPTH} frames: they are not read")
        else:
            waiting += [(frame, level + 1) for frame in reversed(frames)]


def _parts(archive: dict[str, object]) -> Iterator[object]:
    if "WebMainResource" in archive:
        yield archive["WebMainResource"]
    yield from _list(archive.get("WebSubresources"))


def _records(source: Source, part: object) -> Iterator[Record]:
    if not isinstance(part, dict):
        yield Damage(source=source.name, reason="a part of it is none: it is damaged")
        return
    data, url = part.get("WebResourceData"), _text(part.get("WebResourceURL")) or None
    answer = answer_of(part.get("WebResourceResponse"))
    known = _provenance(source, part, url, answer)
    if not isinstance(data, bytes):
        yield Passed(provenance=known, reason="a part without its bytes")
        return
    kept = data[:MAX_BODY]
    charset = _text(part.get("WebResourceTextEncodingName"))
    kind = _text(part.get("WebResourceMIMEType"))
    yield Capture(
        provenance=_with_hash(known, kept),
        payload=kept,
        http=answer.http,
        declared=f"{kind}; charset={charset}" if charset else kind or None,
    )
    if len(data) > MAX_BODY:
        reason = f"a part has {len(data)} bytes; only the first {MAX_BODY} are kept"
        yield Damage(source=source.name, reason=reason, url=url)


def _provenance(source: Source, part: dict[str, object], url: str | None, answer: Answer) -> Provenance:
    frame = _text(part.get("WebResourceFrameName"))
    evidence = [Evidence(what="url", value=url, where="WebResourceURL")] if url else []
    if answer.stated:
        evidence.append(Evidence(what="captured_at", value=answer.stated, where=answer.where))
    return Provenance(
        source=source.name,
        container="webarchive",
        url=url,
        captured_at=answer.sent,
        status=answer.http.status or None if answer.http else None,
        media_type=media_type(_text(part.get("WebResourceMIMEType"))),
        crawl=(("WebResourceFrameName", frame[:1000]),) if frame else (),
        evidence=(*evidence, Evidence(what="archive", value="Safari", where="the form of the file")),
    )


def _with_hash(known: Provenance, payload: bytes) -> Provenance:
    return replace(known, sha256=hashlib.sha256(payload).hexdigest(), length=len(payload))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
