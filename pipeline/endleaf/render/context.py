"""What a page's templates see: the contract of ``docs/templates.md``, made from a page."""

from __future__ import annotations

from collections.abc import Iterable

import endleaf
from endleaf.model import Field, Frozen, Metadata, Page, Section, Value
from endleaf.plain import bare
from endleaf.render.bookplate import Bookplate, bookplate_of, citation_of
from endleaf.render.languages import SAMPLE, direction, language_tag
from endleaf.render.record import Fact, facts_of, facts_of_frames, facts_of_rules
from endleaf.render.words import Date, declared_date, spoken

SECTIONS_FOR_CONTENTS = 3
"""From so many headed sections on, a page has a table of contents."""


class Contents(Frozen, frozen=True):
    """An entry of the table of contents."""

    heading: str
    anchor: str
    entries: tuple[Contents, ...] = ()


class Described(Frozen, frozen=True):
    """A row of metadata: what the page says of itself, and where it says so."""

    label: str
    value: str
    source: str


class Removed(Frozen, frozen=True):
    """All removals of one reason."""

    reason: str
    """The reason in words: ``link list``."""
    blocks: int
    words: int
    samples: tuple[str, ...]
    """The beginnings of the first texts that went."""


class About(Frozen, frozen=True):
    """The tool that made the export."""

    name: str
    version: str


def about() -> About:
    """The tool, as every template knows it."""
    return About(name="endleaf", version=endleaf.__version__)


class Context(Frozen, frozen=True):
    """Every name a page template may use."""

    page: Page
    title: str
    url: str | None
    language: str
    direction: str
    bookplate: Bookplate
    captured: Date | None
    authors: tuple[str, ...]
    published: Date | None
    modified: Date | None
    contents: tuple[Contents, ...]
    metadata: tuple[Described, ...]
    declared: tuple[Field, ...]
    provenance: tuple[Fact, ...]
    removals: tuple[Removed, ...]
    notes: tuple[str, ...]
    citation: str
    endleaf: About

    def names(self) -> dict[str, object]:
        """The names and values, for Jinja."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def context_of(page: Page) -> Context:
    """The context of a page."""
    said = page.metadata
    title = " ".join(page.title.split()) or page.url or "Untitled page"
    language = language_tag(said.language.value) if said.language else ""
    plate = bookplate_of(page)
    return Context(
        page=page,
        title=title,
        url=page.url,
        language=language,
        direction=direction(language, title + _sample(page.sections)),
        bookplate=plate,
        captured=plate.captured,
        authors=tuple(author.value for author in said.authors if author.value.strip()),
        published=_said_date(said.published),
        modified=_said_date(said.modified),
        contents=_contents(page),
        metadata=tuple(_described(said)),
        declared=said.declared,
        provenance=(*facts_of(page.provenance), *facts_of_frames(page.frames), *facts_of_rules(page.rules)),
        removals=_removed(page),
        notes=page.notes,
        citation=citation_of(page, title, plate),
        endleaf=about(),
    )


def _said_date(said: Value | None) -> Date | None:
    return declared_date(said.value) if said and said.value.strip() else None


def _sample(sections: tuple[Section, ...]) -> str:
    """The page's first words, to tell its direction by."""
    sample = ""
    for section in sections[:4]:
        sample += bare(section.heading)
        for block in section.blocks[:4]:
            sample += bare(getattr(block, "content", ()))
        if len(sample) > SAMPLE:
            break
    return sample


def _contents(page: Page) -> tuple[Contents, ...]:
    if sum(1 for section in page.walk() if section.heading) < SECTIONS_FOR_CONTENTS:
        return ()
    return _entries(page.sections)


def _entries(sections: tuple[Section, ...]) -> tuple[Contents, ...]:
    entries: list[Contents] = []
    for section in sections:
        heading = " ".join(bare(section.heading).split())
        below = _entries(section.sections)
        if heading:
            entries.append(Contents(heading=heading, anchor=section.anchor, entries=below))
        else:
            entries.extend(below)
    return tuple(entries)


def _described(said: Metadata) -> Iterable[Described]:
    """What the page says of itself, in the order of a title page."""
    rows: tuple[tuple[str, Value | None], ...] = (
        ("Title", said.title),
        *(("Author", author) for author in said.authors),
        ("Description", said.description),
        ("Published", said.published),
        ("Modified", said.modified),
        ("Publisher", said.publisher),
        ("Site", said.site_name),
        *(("Subject", subject) for subject in said.subjects),
        ("Language", said.language),
        ("Rights", said.rights),
        ("Canonical address", said.canonical),
        ("Next page", said.next),
    )
    return (
        Described(label=label, value=value.value, source=value.source)
        for label, value in rows
        if value and value.value.strip()
    )


SAMPLES = 3
"""How many removed texts of one reason are shown; the JSON export has them all."""

SAMPLE_LENGTH = 140
"""Characters shown of a removed text: enough to know it by."""


def _removed(page: Page) -> tuple[Removed, ...]:
    by: dict[str, list[str]] = {}
    for removal in page.removals:
        by.setdefault(removal.reason, []).append(removal.text)
    return tuple(
        Removed(
            reason=spoken(reason),
            blocks=len(texts),
            words=sum(len(text.split()) for text in texts),
            samples=tuple(_shortened(text) for text in texts[:SAMPLES] if text.strip()),
        )
        for reason, texts in by.items()
    )


def _shortened(text: str) -> str:
    words = " ".join(text[: 4 * SAMPLE_LENGTH].split())
    return words if len(words) <= SAMPLE_LENGTH else words[:SAMPLE_LENGTH].rstrip() + "…"
