"""Text to tree: the one place that knows the parsers, and their limits.

tree    the flat tree: a subtree is a range, every later stage a loop
html    what a browser would build; the limits
grown   a tree grown from a parser's events
foreign SVG and MathML within HTML
xhtml   what only XML reads right
rescue  what a browser would swallow
frames  frameset pages
"""

from __future__ import annotations

from endleaf.parse import frames, html, rescue, xhtml
from endleaf.parse.tree import COMMENT, DOCTYPE, ROOT, TEXT, Grower, Tree

__all__ = ["COMMENT", "DOCTYPE", "ROOT", "TEXT", "Grower", "Tree", "parse"]

MENDINGS = 8
"""How often one page is mended and read again: each time costs a parse, and what is unclosed eight times is no page."""


def parse(text: str) -> Tree:
    """A document's tree as a browser would build it, with the text a browser would have swallowed.

    ``text`` is as :func:`endleaf.decode.decode` gives it: with no NUL and no lone surrogate.
    ``tree.notes`` says in a sentence each what was done differently, and what was left out.

    >>> tree = parse("<p>One<p>Two &amp; <b>three")
    >>> [tree.text(i) for i in tree.find_all("p")]
    ['One', 'Two & three']
    >>> parse("<p>One <!-- never closed <p>Two").notes
    ['a comment that was never closed ends where markup goes on']
    """
    tree = xhtml.read(text)
    if tree is None:
        tree = _html(text)
    return frames.with_noframes(tree, _fragment)


def _html(text: str) -> Tree:
    tree, codes = html.read(text)
    closed = rescue.self_closed(text, tree)
    if closed is not None:
        tree, codes = html.read(text := closed)
        tree.notes.append("elements closed in XML's way were closed in HTML's")
    if tree.find("frameset") is not None and (unframed := frames.text_beside(text)) is not None:
        tree, codes = html.read(text := unframed)
        frames.restored(tree)
        tree.notes.append("text beside framesets was kept")
    return _mended(text, tree, codes)


def _mended(text: str, tree: Tree, codes: frozenset[str]) -> Tree:
    notes: list[str] = []
    for _ in range(MENDINGS):
        source = _normal(text) if codes or _ends_raw(tree) else text
        mended = rescue.unswallowed(source, tree, codes)
        if mended is None:
            break
        text, note = mended
        notes.append(note)
        tree, codes = html.read(text)
    tree.notes.extend(dict.fromkeys(notes))
    return tree


def _ends_raw(tree: Tree) -> bool:
    """Whether the last text stands where markup is no markup, and holds some."""
    last = next((i for i in range(len(tree) - 1, 0, -1) if tree.texts[i]), 0)
    return tree.tags[tree.parents[last]] in rescue.RAW and rescue.MARKUP.search(tree.texts[last]) is not None


def _normal(text: str) -> str:
    """The input stream as the parser sees it (WHATWG HTML, section 13.2.3.5), so that lengths agree."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _fragment(text: str) -> Tree:
    return html.read(text)[0]
