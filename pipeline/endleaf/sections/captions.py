"""Captions tied to their figures and tables, by what stands under an image, and by what a paragraph calls itself."""

from __future__ import annotations

import re

from endleaf.model import Block, Code, Figure, Image, Inline, LineBreak, Paragraph, Table, Text
from endleaf.sections.flow import Flow, Head
from endleaf.sections.inlines import plain

CAPTION_LENGTH = 400
"""Characters: more than this under an image is text beside it."""

_OF_TABLE = re.compile(r"(?i:tab(?:le|leau|elle|la|ela|ulka|ell)|표|表)\s*[\dIVX]+\b")
_OF_FIGURE = re.compile(
    r"(?i:fig(?:ure|ura)?|abb(?:ildung)?|plate|photo(?:graph)?|chart|map|illustration|diagram)\.?\s*[\dIVX]+\s*[.:)\-–—]"
)


def images_of(block: object) -> tuple[Image, ...]:
    """The images of a block that holds nothing else, linked or not."""
    if isinstance(block, Figure):
        return () if block.caption else block.images
    if not isinstance(block, Paragraph):
        return ()
    images: list[Image] = []
    stack: list[Inline] = list(reversed(block.content))
    while stack:
        one = stack.pop()
        if isinstance(one, Image):
            images.append(one)
        elif isinstance(one, Text | Code):
            if not one.text.isspace():
                return ()
        elif not isinstance(one, LineBreak):
            stack.extend(reversed(one.content))
    return tuple(images)


def pictured(flow: Flow) -> Figure | None:
    """Images and the words under them as a figure; None where a flow is anything else."""
    images: list[Image] = []
    caption: list[tuple[Inline, ...]] = []
    for item in flow:
        some = () if caption else images_of(item)
        if some:
            images.extend(some)
            continue
        if not isinstance(item, Paragraph | Head) or (isinstance(item, Head) and item.rank):
            return None
        some, content = ((), item.content) if images else _above(item.content)
        images.extend(some)
        caption.append(content)
        if not images:
            return None
    if not caption or sum(len(plain(content)) for content in caption) > CAPTION_LENGTH:
        return None
    return Figure(images=tuple(images), caption=joined(caption))


def captioned(flow: Flow, words: Flow) -> None:
    """Add a block that its class calls a caption to a flow: to the images in it or before it, else as it is."""
    figure = pictured(words)
    if figure is None and flow and (above := pictured([flow[-1], *words])) is not None:
        del flow[-1]
        figure = above
    flow.extend(words if figure is None else [figure])


def _above(content: tuple[Inline, ...]) -> tuple[tuple[Image, ...], tuple[Inline, ...]]:
    """The images that stand on lines of their own above a paragraph's words, and the words."""
    breaks = [number for number, one in enumerate(content) if isinstance(one, LineBreak)]
    for number in breaks:
        images = images_of(Paragraph(content=content[:number]))
        if images and plain(content[number:]).strip():
            return images, content[number + 1 :]
    return (), content


def joined(contents: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Several contents as one, a line break between two."""
    out: list[Inline] = []
    for content in contents:
        if out:
            out.append(LineBreak())
        out.extend(content)
    return tuple(out)


def tied(items: list[Block | Head]) -> list[Block | Head]:
    """A flow with the paragraphs that call themselves a caption in the table or figure beside them.

    >>> from endleaf.model import Cell, Row
    >>> table = Table(rows=(Row(cells=(Cell(),)),))
    >>> [type(block).__name__ for block in tied([Paragraph(content=(Text(text="Table 2. Wool"),)), table])]
    ['Table']
    """
    out: list[Block | Head] = []
    for item in items:
        tie = _tied(out[-1], item) if out else None
        if tie is None:
            out.append(item)
        else:
            out[-1] = tie
    return out


def _tied(above: Block | Head, item: Block | Head) -> Table | Figure | None:
    if isinstance(item, Table) and not item.caption and isinstance(above, Paragraph):
        return Table(rows=item.rows, caption=above.content) if _calls_itself(above, _OF_TABLE) else None
    if isinstance(above, Figure) and not above.caption and isinstance(item, Paragraph):
        return Figure(images=above.images, caption=item.content) if _calls_itself(item, _OF_FIGURE) else None
    return None


def _calls_itself(paragraph: Paragraph, name: re.Pattern[str]) -> bool:
    words = plain(paragraph.content).strip()
    return len(words) <= CAPTION_LENGTH and name.match(words) is not None
