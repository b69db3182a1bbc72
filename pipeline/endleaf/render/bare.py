"""Inlines as bare characters: no marks, no links, no images."""

from __future__ import annotations

from endleaf.model import Code, Image, Inline, LineBreak, Text


def bare(content: tuple[Inline, ...]) -> str:
    r"""The characters of a run of inlines; a line break is a newline, an image is nothing.

    >>> from endleaf.model import Strong
    >>> bare((Text(text="One "), Strong(content=(Text(text="two"),)), LineBreak(), Text(text="three")))
    'One two\nthree'
    """
    if len(content) == 1 and type(content[0]) is Text:
        return content[0].text
    out: list[str] = []
    _write(content, out)
    return "".join(out)


def _write(content: tuple[Inline, ...], out: list[str]) -> None:
    for inline in content:
        if isinstance(inline, Text | Code):
            out.append(inline.text)
        elif isinstance(inline, LineBreak):
            out.append("\n")
        elif not isinstance(inline, Image):
            _write(inline.content, out)
