"""The server's answer that Safari keeps with a part: an archived NSHTTPURLResponse, in a property list of its own."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from endleaf.model import Http, Moment
from endleaf.readers.mhtml_head import moment
from endleaf.readers.webarchive_plists import BINARY, FAULTS

_LONGEST: Final = 1 << 20
"""Bytes of an answer's archive. Real ones have one or two thousand."""
_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
"""From which the system counts seconds."""
_SENT, _STATUS = "$4", "$6"
"""Where the archive of an answer has the time that it came in, and its status."""


class Answer(NamedTuple):
    """What is known of an answer; nothing where none was kept, or it cannot be read."""

    http: Http | None = None
    sent: Moment | None = None
    stated: str = ""
    where: str = ""


def answer_of(archive: object) -> Answer:
    """The answer in an archive."""
    if not isinstance(archive, bytes) or len(archive) > _LONGEST or not archive.startswith(BINARY):
        return Answer()
    try:
        whole = plistlib.loads(archive)
    except FAULTS:
        return Answer()
    objects = whole.get("$objects") if isinstance(whole, dict) else None
    if not isinstance(objects, list):
        return Answer()
    headers = tuple(_headers(objects))
    root = next((each for each in objects if isinstance(each, dict) and _STATUS in each), {})
    status, came = _value(objects, root.get(_STATUS)), _value(objects, root.get(_SENT))
    http = Http(status=status if isinstance(status, int) and 100 <= status < 600 else 0, headers=headers)
    date = http.get("date") or ""
    sent = moment(date) if date else None
    if sent:
        return Answer(http, sent, date[:200], "the Date header of its archived answer")
    try:
        when = _EPOCH + timedelta(seconds=came) if isinstance(came, float) and came > 0 else None
    except (OverflowError, ValueError):
        when = None
    if when is None:
        return Answer(http)
    sent = Moment.of(when.replace(microsecond=0))
    return Answer(http, sent, sent.iso, "the time in its archived answer")


def _headers(objects: list[object]) -> Iterator[tuple[str, str]]:
    """The fields of the answer's head: the archive's first dictionary of texts."""
    for each in objects:
        if not isinstance(each, dict) or not isinstance(each.get("NS.keys"), list):
            continue
        values = each.get("NS.objects")
        for key, value in zip(each["NS.keys"], values if isinstance(values, list) else (), strict=False):
            name, text = _value(objects, key), _value(objects, value)
            if isinstance(name, str) and isinstance(text, str):
                yield name, text
        return


def _value(objects: list[object], reference: object) -> object:
    if isinstance(reference, plistlib.UID) and reference.data < len(objects):
        return objects[reference.data]
    return None
