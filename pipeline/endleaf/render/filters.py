"""The filters and functions that templates have, beside Jinja's own. ``docs/templates.md`` says what each does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from endleaf.model import (
    Block,
    Definitions,
    Figure,
    Inline,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
)
from endleaf.plain import bare
from endleaf.render import aligned, markdown, marks, text, yaml
from endleaf.render.addresses import safe
from endleaf.render.grid import lay
from endleaf.render.html import inlines, unlinked
from endleaf.render.words import counted, number, spoken

KINDS: dict[type, str] = {
    Paragraph: "paragraph",
    List: "list",
    Table: "table",
    Quote: "quote",
    Preformatted: "preformatted",
    Figure: "figure",
    Definitions: "definitions",
    Rule: "rule",
}


def kind(block: Block) -> str:
    """The name of a block's kind: the macro of ``blocks.html`` that writes it."""
    return KINDS[type(block)]


def sole(blocks: tuple[Block, ...]) -> tuple[Inline, ...] | None:
    """The inlines of blocks that are a single paragraph, which needs no element of its own; else None."""
    if len(blocks) == 1 and type(blocks[0]) is Paragraph:
        return blocks[0].content
    return None


def one_line(text: str) -> str:
    """A text on one line, white space collapsed."""
    return " ".join(text.split())


def capfirst(text: str) -> str:
    """A text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "inlines": inlines,
    "unlinked": unlinked,
    "bare": bare,
    "kind": kind,
    "sole": sole,
    "grid": lay,
    "address": safe,
    "number": number,
    "spoken": spoken,
    "as_text": text.body,
    "underline": aligned.underline,
    "as_markdown": markdown.body,
    "markdown": marks.one_line,
    "markdown_link": marks.address_line,
    "oneline": one_line,
    "capfirst": capfirst,
    "yaml": yaml.scalar,
}

GLOBALS: Mapping[str, Callable[..., Any]] = {"counted": counted}
