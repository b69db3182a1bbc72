"""Sections as text to read and compare: a line a block, its inlines marked, its children indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from endleaf.links import Links
from endleaf.model import (
    Block,
    Code,
    Definitions,
    Emphasis,
    Figure,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Strong,
    Superscript,
    Table,
    Text,
)
from endleaf.parse import TEXT, Tree, parse
from endleaf.sections import cut

PAGE = "http://example.org/a/page.html"


def everything(tree: Tree) -> bytearray:
    return bytearray(b"\1" * len(tree))


def cut_all(html: str, title: str | None = None) -> tuple[Section, ...]:
    """The sections of a page all of which is kept."""
    tree = parse(html)
    return cut(tree, everything(tree), Links(tree, PAGE, ()), title)


def shape(sections: Sequence[Section]) -> str:
    return "".join(line + "\n" for section in sections for line in _section(section))


def _section(section: Section) -> Iterator[str]:
    yield f"{'=' * section.level} {words(section.heading)} #{section.anchor}" if section.heading else "(lead)"
    for block in section.blocks:
        yield from _block(block, "  ")
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block, at: str) -> Iterator[str]:
    match block:
        case Paragraph(content=content):
            yield f"{at}p {words(content)}"
        case List(items=items, ordered=ordered, start=start):
            yield f"{at}{f'ol {start}' if ordered else 'ul'}"
            for item in items:
                yield f"{at}- li"
                yield from _blocks(item.blocks, at + "    ")
        case Table(rows=rows, caption=caption):
            yield f"{at}table {words(caption)}".rstrip()
            for row in rows:
                yield (
                    at
                    + "  "
                    + " | ".join(
                        ("!" if cell.header else "")
                        + "; ".join(line.strip() for line in _blocks(cell.blocks, ""))
                        + (f" <{cell.colspan}x{cell.rowspan}>" if (cell.colspan, cell.rowspan) != (1, 1) else "")
                        for cell in row.cells
                    )
                )
        case Quote(blocks=blocks, cite=cite):
            yield f"{at}quote {cite or ''}".rstrip()
            yield from _blocks(blocks, at + "  ")
        case Preformatted(text=text):
            yield f"{at}pre"
            yield from (f"{at}  |{line}" for line in text.split("\n"))
        case Figure(images=images, caption=caption):
            yield f"{at}figure {words(images)} {words(caption)}".rstrip()
        case Definitions(items=entries):
            yield f"{at}dl"
            for entry in entries:
                yield f"{at}  dt {' / '.join(words(term) for term in entry.terms)}"
                yield from _blocks(entry.blocks, at + "    ")
        case Rule():
            yield f"{at}rule"


def _blocks(blocks: Sequence[Block], at: str) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, at)


def words(content: Sequence[Inline]) -> str:
    out = ""
    for inline in content:
        match inline:
            case Text(text=text):
                out += text
            case Code(text=text):
                out += f"`{text}`"
            case LineBreak():
                out += " // "
            case Image(src=src, alt=alt):
                out += f"<img {src} {alt}>"
            case Link(content=inner, href=href):
                out += f"[{words(inner)}]({href})"
            case Strong(content=inner):
                out += f"*{words(inner)}*"
            case Emphasis(content=inner):
                out += f"_{words(inner)}_"
            case Superscript(content=inner):
                out += f"^{words(inner)}^"
            case _:
                out += f"~{words(inline.content)}~"
    return out


def bare(value: object) -> Iterator[str]:
    """All characters of sections or blocks, headings and captions in, in the order they are read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from bare(one)
    elif isinstance(value, LineBreak):
        yield " "
    elif isinstance(value, Figure):
        yield from bare(value.caption)
    elif isinstance(value, Table):
        yield from (*bare(value.caption), " ", *bare(value.rows))
    elif not isinstance(value, Image | Rule):
        for name in ("heading", "text", "content", "terms", "blocks", "items", "rows", "cells", "sections"):
            yield from bare(getattr(value, name, ()))
        if not isinstance(value, Text | Code | Link | Strong | Emphasis):
            yield " "


HIDDEN = frozenset({"script", "style", "template", "head", "title", "iframe", "noembed", "svg:script", "svg:style"})


def kept_text(tree: Tree) -> Iterator[str]:
    """The characters of a tree that a page shows, in order."""
    i = 1
    while i < len(tree):
        if tree.tags[i] in HIDDEN:
            i = tree.ends[i]
            continue
        if tree.tags[i] == TEXT:
            yield tree.texts[i]
        i += 1
