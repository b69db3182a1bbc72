"""A page as bare text: what a corpus wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from endleaf.model import (
    Block,
    Definitions,
    Figure,
    List,
    Page,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from endleaf.render.addresses import clean
from endleaf.render.bare import bare


def plain_text(page: Page) -> str:
    r"""The page's title and its content in reading order, a blank line between two blocks.

    No banner, no link notes, no list marks or numbers, nothing for images; the
    cells of a table row are set apart by tabs. The text has no newline at its end.

    >>> from endleaf.model import Provenance, Text
    >>> lead = Section(blocks=(Paragraph(content=(Text(text="Once."),)),))
    >>> plain_text(Page(title="A tale", provenance=Provenance(source="a.html", container="html"), sections=(lead,)))
    'A tale\n\nOnce.'
    """
    return clean("\n\n".join(part for part in (_title(page), content_text(page)) if part))


def content_text(page: Page) -> str:
    """The content alone, without the title."""
    return "\n\n".join(chunk for section in page.walk() for chunk in _section(section) if chunk)


def _title(page: Page) -> str:
    return " ".join(page.title.split())


def _section(section: Section) -> Iterator[str]:
    yield " ".join(bare(section.heading).split())
    yield from _flow(section.blocks)


def _flow(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from _BLOCKS[type(block)](block)


def _prose(content: Any) -> str:
    """Inlines as lines, with white space collapsed in each."""
    text = bare(content)
    if "\n" in text:
        return "\n".join(line for line in (" ".join(each.split()) for each in text.split("\n")) if line)
    return " ".join(text.split())


def _list(block: List) -> Iterator[str]:
    items = ("\n".join(chunk for chunk in _flow(item.blocks) if chunk) for item in block.items)
    yield "\n".join(item for item in items if item)


def _table(block: Table) -> Iterator[str]:
    yield _prose(block.caption)
    rows = ("\t".join(" ".join(_cell(cell.blocks)) for cell in row.cells) for row in block.rows)
    yield "\n".join(row for row in rows if row.strip())


def _cell(blocks: tuple[Block, ...]) -> Iterator[str]:
    for chunk in _flow(blocks):
        yield from chunk.split()


def _definitions(block: Definitions) -> Iterator[str]:
    for item in block.items:
        chunks = (*map(_prose, item.terms), *_flow(item.blocks))
        yield "\n".join(chunk for chunk in chunks if chunk)


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    Paragraph: lambda block: iter((_prose(block.content),)),
    List: _list,
    Table: _table,
    Quote: lambda block: _flow(block.blocks),
    Preformatted: lambda block: iter((block.text.strip("\n"),)),
    Figure: lambda block: iter((_prose(block.caption),)),
    Definitions: _definitions,
    Rule: lambda _: iter(()),
}
