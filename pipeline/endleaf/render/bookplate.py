"""The bookplate at the head of every page: who keeps it, when it was taken, from where.

Where the page had an archive's banner, its words stand here. Where it had none,
one is drawn from the record, and says so.
"""

from __future__ import annotations

from endleaf.model import Banner, Disagreement, Frozen, Page, Provenance
from endleaf.render.words import Date, date

NO_NAME = "A web archive"
"""The archive's name where neither banner nor record says it."""

# Fields of warcinfo that name who keeps a crawl, best first (Dublin Core; WARC 1.1 section 6.2).
KEEPERS = ("publisher", "operator")


class Layer(Frozen, frozen=True):
    """One banner or saver's mark below the outermost: what it is and what it says."""

    archive: str
    kind: str
    notice: tuple[str, ...]
    captured: Date | None
    url: str | None
    copy_url: str | None


class Dispute(Frozen, frozen=True):
    """A fact that record and page state differently."""

    what: str
    used: str
    used_from: str
    other: str
    other_from: str


class Bookplate(Frozen, frozen=True):
    """The banner, ready to show."""

    archive: str
    notice: tuple[str, ...]
    captured: Date | None
    url: str | None
    copy_url: str | None
    """The archive's own copy."""
    retrieved: Date | None
    drawn: bool
    """Whether the page had no archive's banner, and this one is drawn from the record."""
    content_at: str | None
    """Where the content is, if the page is but a frame around it."""
    layers: tuple[Layer, ...]
    disputes: tuple[Dispute, ...]


def bookplate_of(page: Page) -> Bookplate:
    """The bookplate of a page. What the record knows goes before what the banner says."""
    archives = [banner for banner in page.banners if banner.kind == "archive"]
    main = archives[0] if archives else None
    moment = page.captured_at or next((each.captured_at for each in archives if each.captured_at), None)
    frames = (banner.content_at for banner in page.banners if banner.content_at)
    return Bookplate(
        archive=main.archive if main else _keeper(page.provenance),
        notice=main.notice if main else (),
        captured=date(moment) if moment else None,
        url=page.url or next((banner.url for banner in page.banners if banner.url), None),
        copy_url=next((banner.replay_url for banner in archives if banner.replay_url), None),
        retrieved=date(main.retrieved_at) if main and main.retrieved_at else None,
        drawn=main is None,
        content_at=next(frames, None),
        layers=tuple(_layer(banner) for banner in page.banners if banner is not main),
        disputes=tuple(_dispute(each) for each in page.disagreements),
    )


def _keeper(known: Provenance) -> str:
    fields = {name.lower(): value for name, value in known.warcinfo}
    return next((fields[name.lower()] for name in KEEPERS if fields.get(name.lower())), NO_NAME)


def _layer(banner: Banner) -> Layer:
    return Layer(
        archive=banner.archive,
        kind=banner.kind,
        notice=banner.notice,
        captured=date(banner.captured_at) if banner.captured_at else None,
        url=banner.url,
        copy_url=banner.replay_url,
    )


_FACTS = {"url": "original address", "captured_at": "capture date"}


def _dispute(each: Disagreement) -> Dispute:
    return Dispute(
        what=_FACTS.get(each.what, each.what.replace("_", " ")),
        used=each.used,
        used_from=each.used_from,
        other=each.other,
        other_from=each.other_from,
    )


def citation_of(page: Page, title: str, plate: Bookplate) -> str:
    """The page as a bibliography would name it, one line."""
    said = page.metadata
    authors = ", ".join(author.value for author in said.authors)
    holder = said.site_name or said.publisher
    parts = [
        f"{authors}." if authors else "",
        f"“{title}.”" if title[-1:] not in ".?!" else f"“{title}”",
        f"{holder.value}." if holder else "",
        f"{plate.url}." if plate.url else "",
        _archived(plate),
    ]
    return " ".join(" ".join(parts).split())


def _archived(plate: Bookplate) -> str:
    words = "Archived web page" if plate.archive == NO_NAME else f"Archived by {plate.archive}"
    if plate.captured:
        words += f", {plate.captured.words}"
    return f"{words}: {plate.copy_url}" if plate.copy_url else f"{words}."
