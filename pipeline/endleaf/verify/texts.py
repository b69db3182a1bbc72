"""What is found, as lines for people, as one JSON document, or as JSON lines."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from endleaf.errors import one_line
from endleaf.verify.codes import Level
from endleaf.verify.findings import Finding, Summary, Verdict

Found = Finding | Summary | Verdict

ALIKE = 5
"""Warnings of one code that are told for one file; the rest is counted in its summary. Errors are all told."""


def of_level(found: Iterable[Found], least: Level) -> Iterator[Found]:
    """What is found, of a level or above; ``error`` as the level leaves out files and runs with no error too."""
    levels = ("error", "warning", "note")
    wanted = levels[: levels.index(least) + 1]
    for each in found:
        if isinstance(each, Finding):
            if each.level in wanted:
                yield each
        elif least != "error" or (isinstance(each, Summary) and each.outcome in ("errors", "unreadable")):
            yield each


def lines(found: Iterable[Found]) -> Iterator[bytes]:
    """A line for each finding, and some for each file."""
    return (line.encode() + b"\n" for each in _few(found) for line in _lines_of(each))


def _few(found: Iterable[Found]) -> Iterator[Found]:
    """All but the warnings and notes that a file has too many of; its summary counts them."""
    told: Counter[tuple[str, str]] = Counter()
    for each in found:
        if isinstance(each, Finding):
            told[each.source, each.code] += 1
            if each.level != "error" and told[each.source, each.code] > ALIKE:
                continue
        elif isinstance(each, Summary):
            told.clear()
        yield each


def _lines_of(each: Found) -> Iterator[str]:
    if isinstance(each, Finding):
        yield line_of(each)
    elif isinstance(each, Summary):
        yield from summary_of(each)
    else:
        yield verdict_of(each)


def line_of(found: Finding) -> str:
    r"""``file, offset N, record <id>, URL: level: what is wrong [code]``, safe for a terminal.

    >>> from endleaf.verify.findings import finding
    >>> line_of(finding("truncated", "it ends early", "a.warc", offset=7, url="http://a.example/\x1b"))
    'a.warc, offset 7, http://a.example/\\x1b: error: it ends early [truncated]'
    """
    place = [found.source]
    place += [f"offset {found.offset}"] if found.offset is not None else []
    place += [f"record {found.record_id}"] if found.record_id else []
    place += [found.url] if found.url else []
    said = f"{found.message} [{found.code}{f'; {found.standard}' if found.standard else ''}]"
    return one_line(f"{', '.join(_short(part) for part in place)}: {found.level}: {said}")


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST else f"{part[:_LONGEST]}…"


_LONGEST = 2000
"""Characters of a name or address that are told in a line: a terminal shows no more with profit."""


def summary_of(file: Summary) -> Iterator[str]:
    """A file's sums: a line with its verdict, then records, digests, revisits and findings, where there are any."""
    yield one_line(f"{file.source}: {_WORDS[file.outcome]} ({file.container})")
    rows = (
        ("records", _counts(file.records)),
        ("digests", _counts(msgspec.structs.asdict(file.digests))),
        ("revisits", _counts(msgspec.structs.asdict(file.revisits))),
        ("findings", _counts(file.codes)),
    )
    yield from (one_line(f"    {name}: {said}") for name, said in rows if said)
    if file.bag:
        complete, valid = ("is" if file.bag.complete else "is not"), ("is" if file.bag.valid else "is not")
        yield f"    bag: it {complete} complete, it {valid} valid; {file.bag.files} payload files are listed"


_WORDS = {
    "sound": "nothing wrong",
    "warnings": "nothing lost, but against the standard",
    "errors": "damaged",
    "unreadable": "nothing in it can be read",
}


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def verdict_of(verdict: Verdict) -> str:
    """The whole run in a line."""
    files, found = _counts(verdict.files) or "no files", _counts(verdict.findings)
    return f"files: {files}; findings: {found or 'none'}"


# --------------------------------------------------------------------- JSON


def json_lines(found: Iterable[Found]) -> Iterator[bytes]:
    """A JSON object a line, its ``type`` one of ``finding``, ``file`` and, last, ``verdict``."""
    encoder = msgspec.json.Encoder()
    return (encoder.encode(each) + b"\n" for each in found)


def document(found: Iterable[Found]) -> Iterator[bytes]:
    """One JSON document, in pieces: the findings as they come, then the files, which wait on the disk meanwhile."""
    encoder = msgspec.json.Encoder()
    with tempfile.TemporaryFile() as files:
        yield b'{"findings":['
        before = {Finding: b"\n", Summary: b"\n"}
        verdict = b"null"
        for each in found:
            if isinstance(each, Verdict):
                verdict = encoder.encode(each)
                continue
            write: Callable[[bytes], object] | None = files.write if isinstance(each, Summary) else None
            piece = before[type(each)] + encoder.encode(each)
            before[type(each)] = b",\n"
            if write:
                write(piece)
            else:
                yield piece
        yield b'\n],"files":['
        files.seek(0)
        yield from iter(lambda: files.read(1 << 16), b"")
        yield b'\n],"verdict":' + verdict + b"}\n"


FORMS: dict[str, Callable[[Iterable[Found]], Iterator[bytes]]] = {
    "text": lines,
    "json": document,
    "jsonl": json_lines,
}
"""How findings are written."""
