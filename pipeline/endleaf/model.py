"""The whole document model: what a capture is, and what a page becomes.

Every type is immutable, typed down to the inline, and goes to JSON and back
(:func:`to_json`, :func:`from_json`); ``docs/page.schema.json`` is made from it.
No markup of an archived page has a place here: text is text, a link's address
is an absolute URL of an allowed scheme, and so every format that is written
from the model is safe by construction.

>>> page = Page(title="Hello", provenance=Provenance(source="a.html", container="html"))
>>> from_json(to_json(page)) == page
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The base of every record of the model: immutable, keyword-only, small in JSON."""


# ------------------------------------------------------------------ moments

Precision = Literal["year", "month", "day", "minute", "second", "fraction"]

_FORM: dict[Precision, str] = {
    "year": "%Y",
    "month": "%Y-%m",
    "day": "%Y-%m-%d",
    "minute": "%Y-%m-%dT%H:%MZ",
    "second": "%Y-%m-%dT%H:%M:%SZ",
    "fraction": "%Y-%m-%dT%H:%M:%S.%fZ",
}
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?"
    r"(Z|[+-]\d\d:?\d\d)?)?)?)?\Z"
)


class Moment(Frozen, frozen=True):
    """A point in time in UTC, no finer than its source stated it.

    ``iso`` is W3CDTF (a profile of ISO 8601), cut at ``precision``: an archive's
    notice that states a day gives ``2004-06-28``, never a made-up midnight.
    """

    iso: str
    precision: Precision = "second"

    @classmethod
    def of(cls, when: datetime, precision: Precision = "second") -> Moment:
        """A datetime (naive ones are taken as UTC) at a precision.

        >>> Moment.of(datetime(2004, 6, 28, 5, 6, 32), "day").iso
        '2004-06-28'
        """
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        # strftime's %Y is not padded below year 1000 on every platform.
        iso = when.strftime(_FORM[precision].replace("%Y", f"{when.year:04d}"))
        return cls(iso=iso, precision=precision)

    @classmethod
    def from_timestamp(cls, digits: str) -> Moment | None:
        """A replay timestamp of 4 to 14 digits (``YYYYMMDDhhmmss`` cut short); None if it is no date.

        >>> Moment.from_timestamp("20040628050632").iso
        '2004-06-28T05:06:32Z'
        >>> Moment.from_timestamp("2004").precision
        'year'
        >>> Moment.from_timestamp("20041399") is None
        True
        """
        if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 14):
            return None
        precision: Precision
        for size, precision, form in (
            (14, "second", "%Y%m%d%H%M%S"),
            (12, "minute", "%Y%m%d%H%M"),
            (8, "day", "%Y%m%d"),
            (6, "month", "%Y%m"),
            (4, "year", "%Y"),
        ):
            if len(digits) >= size:
                try:
                    return cls.of(datetime.strptime(digits[:size], form), precision)
                except ValueError:
                    return None
        return None

    @classmethod
    def from_iso(cls, text: str) -> Moment | None:
        """A W3CDTF or WARC-Date string (WARC 1.1 section 5.4: fractions of 1 to 9 digits); None if it is none.

        >>> Moment.from_iso("2014-01-26T20:06:24.123Z").precision
        'fraction'
        >>> Moment.from_iso("2014-01-26T21:06:24+01:00").iso
        '2014-01-26T20:06:24Z'
        >>> Moment.from_iso("yesterday") is None
        True
        """
        found = _ISO.match(text.strip())
        if not found:
            return None
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        precision: Precision = (
            "fraction" if fraction else "second" if second else "minute" if hour
            else "day" if day else "month" if month else "year"
        )  # fmt: skip
        try:
            when = datetime(
                int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
                min(int(second or 0), 59),  # a leap second has no datetime of its own
                int((fraction or ".0")[1:7].ljust(6, "0")),
            )  # fmt: skip
            if zone and zone != "Z":
                when = datetime.fromisoformat(when.isoformat() + zone)
            moment = cls.of(when, precision)
        except (ValueError, OverflowError):
            return None
        if fraction and (not zone or zone == "Z"):  # keep the fraction's own digits
            return cls(iso=moment.iso.partition(".")[0] + fraction + "Z", precision="fraction")
        return moment

    @property
    def when(self) -> datetime:
        """The earliest instant this moment may mean, as an aware datetime."""
        found = _ISO.match(self.iso)
        if not found:
            raise ValueError(f"not a moment: {self.iso!r}")
        year, month, day, hour, minute, second, fraction, _ = found.groups()
        return datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or ".0")[1:7].ljust(6, "0")), tzinfo=UTC,
        )  # fmt: skip

    @property
    def timestamp(self) -> str:
        """Fourteen digits, unknown parts at their earliest: the form of replay URLs and of output paths.

        >>> Moment(iso="2004-06-28", precision="day").timestamp
        '20040628000000'
        """
        when = self.when
        return f"{when.year:04d}{when.month:02d}{when.day:02d}{when.hour:02d}{when.minute:02d}{when.second:02d}"

    def agrees(self, other: Moment) -> bool:
        """Whether the two may be the same moment, each at its own precision.

        >>> Moment(iso="2004-06-28", precision="day").agrees(Moment(iso="2004-06-28T05:06:32Z"))
        True
        """
        size = min(_DIGITS[self.precision], _DIGITS[other.precision])
        return self.timestamp[:size] == other.timestamp[:size]


_DIGITS: dict[Precision, int] = {"year": 4, "month": 6, "day": 8, "minute": 12, "second": 14, "fraction": 14}


# ------------------------------------------------------ capture, provenance


class Http(Frozen, frozen=True):
    """The archived HTTP response's head. Header names keep their spelling; look them up with :meth:`get`."""

    status: int = 0
    reason: str = ""
    version: str = "HTTP/1.1"
    headers: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """The first header of that name, in any case, or None.

        >>> Http(headers=(("Content-Type", "text/html"),)).get("content-type")
        'text/html'
        """
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of that name, in order."""
        name = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == name)


class Evidence(Frozen, frozen=True):
    """One piece of evidence for a fact: ``what`` it speaks of, the ``value`` it gives, and ``where`` it stood.

    ``what`` is one of ``url``, ``captured_at``, ``archive``, ``charset``, ``retrieved_at``, ``replay_url``.
    """

    what: str
    value: str
    where: str


class Charset(Frozen, frozen=True):
    """The charset a payload was decoded with, where that came from, and every other claim that was set aside."""

    name: str
    source: Literal["bom", "http", "container", "meta", "utf-8", "detector", "default", "text"]
    evidence: tuple[Evidence, ...] = ()
    replaced: int = 0
    """How many characters became U+FFFD because the bytes were not valid in the charset."""


class RefersTo(Frozen, frozen=True):
    """What a revisit record points at (WARC 1.1 section 6.7.2), and whether its payload was found."""

    record_id: str | None = None
    url: str | None = None
    date: Moment | None = None
    resolved: bool = False
    source: str | None = None
    """The file that its payload was found in, and where."""
    offset: int | None = None

    @property
    def words(self) -> str:
        """What it points at, in words; none where it names nothing.

        >>> RefersTo(url="http://a.example/", date=Moment(iso="2004-06-28T05:06:32Z")).words
        'http://a.example/ at 2004-06-28T05:06:32Z'
        """
        told = [self.url, f"at {self.date.iso}" if self.date else None, self.record_id]
        return " ".join(filter(None, told))


Verdict = Literal["match", "mismatch", "unknown algorithm", "malformed", "not checkable"]


class Fixity(Frozen, frozen=True):
    """A digest that a record states of itself (WARC 1.1 sections 5.8 and 5.9), checked against its bytes."""

    what: Literal["block", "payload"]
    stated: str
    verdict: Verdict
    found: str | None = None
    """What the bytes give, in the form that was stated, where that is another."""
    note: str | None = None
    """Why it could not be checked, or which bytes it is of where it is not those the standard names."""


class Provenance(Frozen, frozen=True):
    """What the record (or the file) knows of a capture: where it stands, what it holds, and when it was taken."""

    source: str
    """The file as the user named it; a member of a container follows a ``!``: ``a.wacz!archive/b.warc.gz``."""
    container: str
    """The reader that read it: ``warc``, ``wacz``, ``html``, ``text`` …"""
    url: str | None = None
    captured_at: Moment | None = None
    offset: int | None = None
    """Bytes into the file (compressed, as it lies on disk)."""
    length: int | None = None
    record_id: str | None = None
    record_type: str | None = None
    refers_to: RefersTo | None = None
    payload_digest: str | None = None
    """As the record declares it: ``sha1:BASE32…``."""
    block_digest: str | None = None
    fixity: tuple[Fixity, ...] = ()
    """The two digests, checked; empty where none is declared, or nobody asked."""
    sha256: str | None = None
    """Hex SHA-256 of the payload as it was read, content encodings undone."""
    status: int | None = None
    media_type: str | None = None
    charset: Charset | None = None
    method: str | None = None
    """The method of the HTTP request that it answers, where a request record says."""
    crawl: tuple[tuple[str, str], ...] = ()
    """What its record's other fields and the crawler's metadata tell of it, by the names they use."""
    warcinfo: tuple[tuple[str, str], ...] = ()
    """The fields of the warcinfo record that governs this one."""
    evidence: tuple[Evidence, ...] = ()


class Capture(Frozen, frozen=True):
    """One captured payload with all its record knows: what readers give and :func:`endleaf.page_from` takes."""

    provenance: Provenance
    payload: bytes
    """The body, transfer and content encodings undone."""
    http: Http | None = None
    declared: str | None = None
    """The Content-Type that its container states of the bytes as they are here, with parameters; it goes before the
    HTTP head's, which may speak of other bytes. None where the container states none."""
    notes: tuple[str, ...] = ()
    """What was wrong with it, a sentence each: a false chunked header, a digest that does not match …"""

    @property
    def url(self) -> str | None:
        """The original URL."""
        return self.provenance.url

    @property
    def media_type(self) -> str:
        """The declared media type, lower case, without parameters; empty if none is declared."""
        return self.provenance.media_type or ""


class Passed(Frozen, frozen=True):
    """A record that was read whole and is no capture: a request, a warcinfo, a metadata record."""

    provenance: Provenance
    reason: str
    detail: str | None = None
    """What the reason leaves open: of which record it is a further segment."""


class Damage(Frozen, frozen=True):
    """A place in an input where something could not be read. The good records around it still come."""

    source: str
    reason: str
    offset: int | None = None
    record_id: str | None = None
    url: str | None = None


Record = Capture | Passed | Damage


# ------------------------------------------------------------------- banner


class Banner(Frozen, frozen=True):
    """What an archive or a saver left in the page: one layer of the chain, outermost first in ``Page.banners``."""

    archive_id: str
    """A key of ARCHIVES in replay_hosts or of SAVERS in banners.layers: ``ukgwa``, ``wayback``, ``singlefile`` …"""
    archive: str
    """The name a reader knows: ``UK Government Web Archive``."""
    kind: Literal["archive", "saver"] = "archive"
    notice: tuple[str, ...] = ()
    """The notice's own words, verbatim, a paragraph each; empty where the archive shows none."""
    captured_at: Moment | None = None
    url: str | None = None
    """The original URL."""
    replay_url: str | None = None
    """The archive's own copy."""
    retrieved_at: Moment | None = None
    content_at: str | None = None
    """A page that only frames the capture says here where the content is."""
    evidence: tuple[Evidence, ...] = ()


class Disagreement(Frozen, frozen=True):
    """A fact that two sources state differently. The record's is the one used."""

    what: str
    used: str
    used_from: str
    other: str
    other_from: str


# ------------------------------------------------------------------ inlines


class Text(Frozen, frozen=True, tag="text"):
    """Plain characters. White space is collapsed, but not at the ends: neighbours join as they read."""

    text: str


class Link(Frozen, frozen=True, tag="link"):
    """A link. ``href`` is the original URL; ``replay_href`` the archive's, where the page had one."""

    content: tuple[Inline, ...]
    href: str
    replay_href: str | None = None


class Emphasis(Frozen, frozen=True, tag="emphasis"):
    """Stressed text: ``em``, ``i``, ``cite`` and the like."""

    content: tuple[Inline, ...]


class Strong(Frozen, frozen=True, tag="strong"):
    """Strong text: ``strong``, ``b``."""

    content: tuple[Inline, ...]


class Code(Frozen, frozen=True, tag="code"):
    """Code or keyboard input."""

    text: str


class LineBreak(Frozen, frozen=True, tag="break"):
    """A line break within a paragraph."""


class Image(Frozen, frozen=True, tag="image"):
    """An image: its original URL (as the page wrote it where that leads nowhere), the archive's URL, and its words."""

    src: str
    alt: str = ""
    replay_src: str | None = None
    width: int | None = None
    height: int | None = None


class Superscript(Frozen, frozen=True, tag="sup"):
    """Superscript."""

    content: tuple[Inline, ...]


class Subscript(Frozen, frozen=True, tag="sub"):
    """Subscript."""

    content: tuple[Inline, ...]


Inline = Text | Link | Emphasis | Strong | Code | LineBreak | Image | Superscript | Subscript


# ------------------------------------------------------------------- blocks


class Paragraph(Frozen, frozen=True, tag="paragraph"):
    """A paragraph."""

    content: tuple[Inline, ...]


class ListItem(Frozen, frozen=True):
    """One item of a list: its blocks, a nested list among them."""

    blocks: tuple[Block, ...]


class List(Frozen, frozen=True, tag="list"):
    """An ordered or unordered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


class Cell(Frozen, frozen=True):
    """A table cell."""

    blocks: tuple[Block, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Row(Frozen, frozen=True):
    """A table row."""

    cells: tuple[Cell, ...]


class Table(Frozen, frozen=True, tag="table"):
    """A data table. (Tables that only laid the page out are gone.)"""

    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()


class Quote(Frozen, frozen=True, tag="quote"):
    """A block quotation."""

    blocks: tuple[Block, ...]
    cite: str | None = None


class Preformatted(Frozen, frozen=True, tag="preformatted"):
    """Text whose white space counts."""

    text: str


class Figure(Frozen, frozen=True, tag="figure"):
    """One or more images with their caption."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...] = ()


class Definition(Frozen, frozen=True):
    """Terms, and what is said of them."""

    terms: tuple[tuple[Inline, ...], ...]
    blocks: tuple[Block, ...] = ()


class Definitions(Frozen, frozen=True, tag="definitions"):
    """A definition list."""

    items: tuple[Definition, ...]


class Rule(Frozen, frozen=True, tag="rule"):
    """A thematic break."""


Block = Paragraph | List | Table | Quote | Preformatted | Figure | Definitions | Rule


class Section(Frozen, frozen=True):
    """A heading and what stands under it. The lead, before any heading, has none."""

    level: int = 1
    """1 for the page's top sections, and one more for each step down (not the tag's number)."""
    heading: tuple[Inline, ...] = ()
    anchor: str = ""
    """Unique in the page, safe as an id."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


# ----------------------------------------------------------------- metadata


class Field(Frozen, frozen=True):
    """A field the page (or its HTTP head) declares, as it stands: the name keeps its spelling."""

    name: str
    value: str
    source: str
    """Where it was found: ``meta``, ``http``, ``json-ld``, ``microdata``, ``link``, ``title``, ``html`` …"""
    scheme: str | None = None


class Value(Frozen, frozen=True):
    """A value with its source: ``source:name`` of the declared field it was taken from; ``heading``, ``text`` or
    ``dated:class`` for what the page shows and does not declare; ``url`` for what its address tells.
    """

    value: str
    source: str


class Metadata(Frozen, frozen=True):
    """What the page says of itself; each value says where it was found."""

    title: Value | None = None
    description: Value | None = None
    authors: tuple[Value, ...] = ()
    published: Value | None = None
    """W3CDTF where the form could be read, else as declared; never later than the capture."""
    modified: Value | None = None
    """The same, of the last change."""
    publisher: Value | None = None
    site_name: Value | None = None
    subjects: tuple[Value, ...] = ()
    language: Value | None = None
    """A BCP 47 tag; declared, or as the text's letters and words tell."""
    rights: Value | None = None
    canonical: Value | None = None
    next: Value | None = None
    """The address of the article's next page, where a person's rule names it."""
    declared: tuple[Field, ...] = ()


# --------------------------------------------------------------------- page


class Removal(Frozen, frozen=True):
    """What was stripped from the page: its text, where it stood, and why it went."""

    reason: str
    """A short code, the same in every report: ``banner``, ``navigation``, ``link-list``, ``form`` …"""
    where: str
    """A path in the page as it was read: ``body/div#menu/ul``."""
    text: str = ""
    rule: str = ""
    """The name of the rule, where a person's rule took it away (``reason`` is ``rule``)."""


class Frame(Frozen, frozen=True):
    """A frame of the page: which capture stands in its place, or that it is but named."""

    name: str = ""
    title: str = ""
    level: int = 1
    """1 for a frame of the page itself, and one more for each frameset within a frame."""
    url: str | None = None
    """Where the page says that its content is."""
    replay_url: str | None = None
    """The archive's own copy of it, where the page had that."""
    provenance: Provenance | None = None
    """Of the capture that stands in its place; None where there is none, and ``Page.notes`` say why."""


class AppliedRule(Frozen, frozen=True):
    """A person's rule that was applied to the page: its name, its file with SHA-256 in hex, and what it found."""

    name: str
    file: str
    sha256: str
    found: tuple[tuple[str, int], ...] = ()
    """How many places of the page each of its selectors found, by its place in the rule: ``drop[2]``, ``title``."""


class Page(Frozen, frozen=True):
    """A capture made clean: its banner, provenance, metadata and sections, and what was taken away."""

    title: str
    provenance: Provenance
    banners: tuple[Banner, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    metadata: Metadata = Metadata()
    titled: bool = True
    """Whether the content itself shows the title; else it is known from the page's metadata, or its URL, alone."""
    sections: tuple[Section, ...] = ()
    frames: tuple[Frame, ...] = ()
    """The frames of a frameset page in document order, those of a frameset within it after it."""
    removals: tuple[Removal, ...] = ()
    rules: tuple[AppliedRule, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was read: limits met, text rescued, bytes replaced …"""

    @property
    def url(self) -> str | None:
        """The original URL."""
        return self.provenance.url

    @property
    def captured_at(self) -> Moment | None:
        """When the capture was taken."""
        return self.provenance.captured_at

    def walk(self) -> Iterator[Section]:
        """Every section, in reading order."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.sections))


# --------------------------------------------------------------------- JSON

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Page)


def to_json(page: Page) -> bytes:
    """A page as one line of UTF-8 JSON."""
    return _ENCODER.encode(page)


def from_json(data: bytes | str) -> Page:
    """A page from its JSON. Raises :class:`msgspec.ValidationError` where the JSON is no page."""
    return _DECODER.decode(data)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a page, as committed in ``docs/page.schema.json``."""
    return msgspec.json.schema(Page)
