"""A page's provenance as facts to show: where the record stands, what it holds, how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from endleaf.model import AppliedRule, Charset, Frame, Frozen, Provenance, RefersTo
from endleaf.render.words import counted, date, number

CHARSET_FROM = {
    "bom": "by its byte order mark",
    "container": "as the file that holds it declares",
    "http": "by the HTTP header",
    "meta": "by the page's own declaration",
    "utf-8": "since the bytes are valid UTF-8",
    "detector": "as a detector guessed",
    "default": "as a last resort",
    "text": "as text it was given",
}


DIGESTS = {"match": "as declared and checked", "mismatch": "as declared, which its bytes contradict"}
"""What is said of a digest that was checked; where it could not be, that it is declared is all there is to say."""


class Fact(Frozen, frozen=True):
    """One fact of the record."""

    label: str
    value: str
    literal: bool = False
    """Whether the value is to be read character by character: an identifier, a digest."""


def facts_of(known: Provenance) -> Iterator[Fact]:
    """The facts of a provenance, from the file inward."""
    yield Fact(label="File", value=known.source, literal=True)
    yield Fact(label="Container", value=_container(known))
    if known.record_id:
        yield Fact(label="Record", value=known.record_id, literal=True)
    if known.refers_to:
        yield Fact(label="Revisit of", value=_revisited(known), literal=True)
    if known.method not in (None, "GET"):
        yield Fact(label="HTTP request", value=f"{known.method}: the page is what was answered to it")
    if known.status is not None:
        yield Fact(label="HTTP status", value=str(known.status))
    if known.media_type:
        yield Fact(label="Media type", value=known.media_type, literal=True)
    yield from _digests(known)
    if known.sha256:
        yield Fact(label="SHA-256 of what was read", value=known.sha256, literal=True)
    if known.charset:
        yield Fact(label="Charset", value=_charset(known.charset))
    for name, value in known.crawl:
        yield Fact(label=f"Capture: {name}", value=value)
    for name, value in known.warcinfo:
        yield Fact(label=f"Crawl: {name}", value=value)
    for piece in known.evidence:
        yield Fact(label=f"Evidence: {piece.what.replace('_', ' ')}", value=f"{piece.value} ({piece.where})")


def _digests(known: Provenance) -> Iterator[Fact]:
    """What the record declares of its bytes, and whether they agree."""
    verdicts: dict[str, str] = {each.what: each.verdict for each in known.fixity}
    for what, value in (("payload", known.payload_digest), ("block", known.block_digest)):
        if value:
            said = DIGESTS.get(verdicts.get(what, ""), "as declared")
            yield Fact(label=f"{what.capitalize()} digest, {said}", value=value, literal=True)


def facts_of_rules(rules: tuple[AppliedRule, ...]) -> Iterator[Fact]:
    """The rules that a person gave for the page, each by its name, its file and the file's digest."""
    for rule in rules:
        yield Fact(label="Rule by hand", value=f"{rule.name}, of {rule.file} (SHA-256 {rule.sha256})")


def facts_of_frames(frames: tuple[Frame, ...]) -> Iterator[Fact]:
    """Which capture stands in the place of each frame."""
    for frame in frames:
        named = frame.name or frame.title
        yield Fact(label=f"Frame {named}" if named else "Frame", value=_framed(frame))


def _framed(frame: Frame) -> str:
    known = frame.provenance
    if known is None:
        return ", ".join(filter(None, (frame.url, "not in place")))
    parts = (
        known.url or frame.url,
        date(known.captured_at).words if known.captured_at else None,
        known.source,
        _container(known),
        f"SHA-256 {known.sha256}" if known.sha256 else None,
        f"charset {known.charset.name}" if known.charset else None,
    )
    return ", ".join(filter(None, parts))


def _container(known: Provenance) -> str:
    words = known.container
    if known.record_type:
        words += f", {known.record_type} record"
    if known.offset is not None:
        words += f" at byte {number(known.offset)}"
    if known.length is not None:
        words += f", {counted(known.length, 'byte')} long"
    return words


def _revisited(known: Provenance) -> str:
    to = known.refers_to
    if to is None:
        return ""
    parts = [part for part in (to.record_id, to.url, date(to.date).words if to.date else None) if part]
    return ", ".join((*parts, _found(to)))


def _found(to: RefersTo) -> str:
    if not to.resolved:
        return "not found"
    return f"found in {to.source} at byte {number(to.offset)}" if to.source and to.offset is not None else "found"


def _charset(charset: Charset) -> str:
    words = f"{charset.name}, {CHARSET_FROM[charset.source]}"
    if charset.replaced:
        words += f"; {counted(charset.replaced, 'character')} could not be read"
    others = [f"{piece.where} says {piece.value}" for piece in charset.evidence]
    return "; ".join((words, *others))
