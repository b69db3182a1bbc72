"""A page as a plain outline to write by hand and compare: the notation that README.md defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    Table,
    Text,
)


def outline(page: Page) -> str:
    """The banners, the title, and every section and block of a page, a line each."""
    return "".join(line.rstrip() + "\n" for line in _page(page))


def _page(page: Page) -> Iterator[str]:
    for banner in page.banners:
        yield f"banner: {banner.archive} {banner.captured_at.iso if banner.captured_at else ''}"
    yield f"title: {page.title}"
    for section in page.walk():
        if section.heading:
            yield f"{'#' * section.level} {_words(section.heading)}"
        yield from _blocks(section.blocks)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content=content):
            yield f"p {_words(content)}"
        case List(items=items, ordered=ordered, start=start):
            for number, item in enumerate(items, start):
                yield from _marked(f"{number}. " if ordered else "- ", item.blocks)
        case Table(rows=rows, caption=caption):
            yield f"table {_words(caption)}"
            for row in rows:
                yield "  " + " ".join(f"|{'!' if cell.header else ''} {_cell(cell.blocks)}" for cell in row.cells)
        case Quote(blocks=blocks):
            yield from (f"> {line}" for line in _blocks(blocks))
        case Preformatted(text=text):
            yield "pre"
            yield from (f"  '{line}".rstrip() for line in text.strip("\n").split("\n"))
        case Figure(images=images, caption=caption):
            yield f"figure {_words(images)} {_words(caption)}"
        case Definitions(items=items):
            for entry in items:
                yield f"dt {' / '.join(map(_words, entry.terms))}"
                yield from (f"  {line}" for line in _blocks(entry.blocks))
        case Rule():
            pass


def _marked(mark: str, blocks: Sequence[Block]) -> Iterator[str]:
    """A list item: its first paragraph beside the mark, the rest indented under it."""
    if blocks and isinstance(blocks[0], Paragraph):
        yield mark + _words(blocks[0].content)
        blocks = blocks[1:]
    else:
        yield mark
    yield from (f"  {line}" for line in _blocks(blocks))


def _cell(blocks: Sequence[Block]) -> str:
    return "; ".join(line.removeprefix("p ") for line in _blocks(blocks))


def _words(content: Sequence[Inline]) -> str:
    return " ".join(_text(content).split())


def _text(content: Sequence[Inline]) -> str:
    out = ""
    for inline in content:
        match inline:
            case Text(text=text) | Code(text=text):
                out += text
            case LineBreak():
                out += " / "
            case Image(alt=alt):
                out += f"{{{alt}}}"
            case _:
                out += _text(inline.content)
    return out
