"""The careful way through a WARC or ARC file: any bytes at all, one stretch at a time, in bounded memory.

A stretch is one gzip member (or more, where a record runs on), or one record of a plain file. After
damage the next record or member that can be read is sought, so that no intact record is lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeadersParser

from endleaf.readers.disk import Disk
from endleaf.readers.feeds import Flat, Inflated, next_start
from endleaf.readers.grammar import WARC, Grammar
from endleaf.readers.packings import GZIP, Packing
from endleaf.readers.raw import MAX_BLOCK, Raw, Trouble, contradictions, fields_of
from endleaf.readers.window import Window, swallowed

Stretch = Generator[Raw | Trouble, None, int]

_ENDLESS = 1 << 62
"""The size to read where a record states none: up to where the next one starts."""

_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
"""Digits only (WARC 1.1 section 5.3): int() would also take signs, underscores and other scripts' digits."""

_HEADS = StatusAndHeadersParser([], verify=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What tells the records of WARC from those of ARC."""

    grammar: Grammar
    head: Callable[[Window], tuple[Raw, int | None] | None]
    """Reads a record's head: the record so far, and its block's size as it states it, None where it states none;
    None where there is no head."""
    length: str
    """The name of the field that states it."""
    closing: int
    """Line ends that close a record."""
    packing: Packing = GZIP
    """How records are packed, where they are."""
    keep: int = MAX_BLOCK
    """Bytes of a block that are kept."""


def stretch(disk: Disk, offset: int, form: Form | None = None) -> Stretch:
    """What stands in the stretch that starts at ``offset``, of a WARC unless ``form`` says otherwise; returns where the
    next one starts."""
    form = form or WARCS
    if disk.peek(offset, len(form.packing.magic)) == form.packing.magic:
        return (yield from _members(disk, offset, form))
    return (yield from _plain(disk, offset, form))


def _plain(disk: Disk, offset: int, form: Form) -> Stretch:
    """One record of a plain file, or the bytes before the next one."""
    window = Window(Flat(disk, offset), form.grammar, form.keep)
    window.skip_newlines()
    start = offset + window.at
    if window.ended():
        return disk.size
    found = form.head(window) if window.starts() else None
    if found is None:
        end = next_start(disk, start + 1, form.grammar, form.packing)
        yield Trouble(start, f"{end - start} bytes that are no record")
        return end
    raw, size = found
    _fill(window, raw, size, trusted=size is not None and _tidy(disk, offset + window.at + size, form))
    lines = window.skip_newlines()
    if window.ended() and lines < form.closing and not raw.troubles:
        raw.troubles.append("the file ends before the two line ends that close its last record")
    raw.offset, raw.length = start, offset + window.at - start
    yield raw
    return offset + window.at


def _tidy(disk: Disk, end: int, form: Form) -> bool:
    """Whether a record may end here: line ends, then the end of the file, a record or a gzip member."""
    rest = disk.peek(end, 2 * form.grammar.reach).lstrip(b"\r\n")
    return end <= disk.size and (
        not rest or form.grammar.record.match(rest) is not None or rest.startswith(form.packing.magic)
    )


def _members(disk: Disk, offset: int, form: Form) -> Stretch:
    """The records of a gzip member; the next member is another stretch, unless a record runs on into it."""
    feed = Inflated(disk, offset, form.grammar, form.packing)
    window = Window(feed, form.grammar, form.keep)
    trusted, told = True, False
    while True:
        window.skip_newlines()
        if window.ended():
            break
        origin, skip = window.place
        found = form.head(window) if window.starts() else None
        if found is None:
            yield Trouble(origin, f"{window.skip_record()} bytes in a {form.packing.unit} that are no record")
            continue
        raw, size = found
        raw.offset, raw.skip = origin, skip
        _fill(window, raw, size, trusted=trusted and size is not None)
        if trusted and size is not None and (raw.block_size < size or not window.tidy()):
            trusted = False  # from here on, no length is believed over the start of a record
            _unswallow(window, raw, form)
        window.skip_newlines()
        if not window.ended() and not window.starts():
            raw.troubles.append(f"{window.skip_record()} bytes follow it that are no record")
        _note_end(feed, raw, alone=skip == 0 and window.ended())
        told = told or (feed.damage in raw.troubles)
        yield raw
    if not feed.damage:
        return feed.end if feed.end is not None else disk.size
    if not told:
        yield Trouble(feed.origin, feed.damage)
    return next_start(disk, feed.origin + 1, form.grammar, form.packing)


def _note_end(feed: Inflated, raw: Raw, *, alone: bool) -> None:
    """What the member's end says of a record: its length on disk, and the damage it shares."""
    if alone and feed.end is not None:
        raw.length = feed.end - raw.offset
    if feed.damage and (alone or raw.troubles):
        raw.troubles.append(feed.damage)


def _unswallow(window: Window, raw: Raw, form: Form) -> None:
    """Go back to the record that a block with too big a length took in."""
    start = swallowed(raw.block, form.grammar)
    if start is None and raw.block_size == len(raw.block):
        return  # it took in none
    kept = len(raw.block) if start is None else start
    if raw.block_size == len(raw.block):
        window.give_back(raw.block[kept:])
    else:
        window.go_back(window.at - raw.block_size + kept)
    raw.troubles.append(f"its {form.length} of {raw.fields['content-length']} reaches into the next record")
    raw.block, raw.block_size = raw.block[:kept], kept
    _close(raw)


def _head(window: Window) -> tuple[Raw, int | None] | None:
    """The record's head, and its block's size as it states it; None where it is longer than any record's."""
    found = window.head()
    if found is None:
        return None
    head, whole = found
    version = head.split(b"\n", 1)[0].strip().decode("latin-1")
    parsed = _HEADS.parse(io.BytesIO(head if whole else _without_cut_line(head)))
    pairs = [(name, value.strip()) for name, value in parsed.headers]  # a folded value begins with its fold
    raw = Raw(0, 0, None, version, fields_of(pairs), b"", 0, contradictions(pairs))
    if not whole:
        raw.troubles.append("it is cut short inside its header")
    return raw, _stated(raw) if whole else None


def _without_cut_line(head: bytes) -> bytes:
    """A field that is cut could state a wrong address; a cut type is known to be whole or is none at all."""
    before, newline, last = head.rpartition(b"\n")
    return head if last.lower().startswith(b"warc-type") else before + newline


def _stated(raw: Raw) -> int | None:
    """The block's size as the record states it."""
    stated = raw.fields.get("content-length")
    if stated is None:
        raw.troubles.append("it states no Content-Length")
        return None
    if not _LENGTH.fullmatch(stated):
        raw.troubles.append(f"its Content-Length is no number: {stated[:40]}")
        return None
    return int(stated)


def _fill(window: Window, raw: Raw, size: int | None, *, trusted: bool) -> None:
    """Read the record's block."""
    block = window.block(_ENDLESS if size is None else size, trusted=trusted)
    raw.block, raw.block_size = block.kept, block.size
    if size is None or block.size < size:
        _close(raw)
    if size is not None and block.size < size:
        raw.troubles.append(f"its block ends after {block.size} of {size} bytes")


def _close(raw: Raw) -> None:
    """Take off the two line ends that close a record, where the block's end was found by what follows it."""
    if raw.block_size == len(raw.block):
        for end in (b"\r\n\r\n", b"\n\n"):
            if raw.block.endswith(end):
                raw.block = raw.block.removesuffix(end)
                raw.block_size = len(raw.block)
                return


WARCS = Form(grammar=WARC, head=_head, length="Content-Length", closing=2)
