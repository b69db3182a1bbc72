"""Bare characters: of a run of inlines, and of a whole page, which is what a corpus wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from endleaf.model import (
    Block,
    Code,
    Definitions,
    Figure,
    Image,
    Inline,
    LineBreak,
    List,
    Page,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
    Text,
)


def plain_text(page: Page) -> str:
    r"""The page's content in reading order, under its title where the content shows that; a blank line parts blocks.

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


def text_of(blocks: tuple[Block, ...]) -> str:
    """The same of some blocks."""
    return "\n\n".join(chunk for chunk in _flow(blocks) if chunk)


def _title(page: Page) -> str:
    return " ".join(page.title.split()) if page.titled else ""


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


# --------------------------------------------------------------- characters


def bare(content: tuple[Inline, ...]) -> str:
    r"""The characters of a run of inlines; a line break is a newline, an image is nothing.

    >>> from endleaf.model import Strong
    >>> bare((Text(text="One "), Strong(content=(Text(text="two"),)), LineBreak(), Text(text="three")))
    'One two\nthree'
    """
    if len(content) == 1 and type(content[0]) is Text:
        return content[0].text
    out: list[str] = []
    _collect(content, out)
    return "".join(out)


def _collect(content: tuple[Inline, ...], out: list[str]) -> None:
    for inline in content:
        if isinstance(inline, Text | Code):
            out.append(inline.text)
        elif isinstance(inline, LineBreak):
            out.append("\n")
        elif not isinstance(inline, Image):
            _collect(inline.content, out)


# What is text in every format we write: all but C0 and C1 controls (tab and newline stay), surrogates and
# noncharacters (two end each plane). The commonest come first, since the ranges are tried in order.
_CHARACTERS = "\\n\\t -~\\xa0-\\ud7ff\\ue000-\\ufdcf\\ufdf0-\\ufffd" + "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17)
)
_ALL_TEXT = re.compile(f"[{_CHARACTERS}]*")
_NO_TEXT = re.compile(f"[^{_CHARACTERS}]")


def clean(text: str) -> str:
    r"""Text without control characters; what is no character at all becomes U+FFFD.

    A control character that separates words (form feed, vertical tab, U+0085) becomes a space.

    >>> clean("a\x0cb\x1b[31m")
    'a b[31m'
    """
    return text if _ALL_TEXT.fullmatch(text) else _NO_TEXT.sub(_harmless, text)


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    if character.isspace():
        return " "
    return "" if ord(character) < 0xA0 else "\ufffd"
