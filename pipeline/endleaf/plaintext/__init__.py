"""A text-only snapshot as a tree, so that every later room reads it as it reads a page.

Text copied from a browser, or dumped by a text browser, still shows its shape:
blank lines part paragraphs, short lines alone are headings, bullets and numbers
are lists, columns of blanks are tables, and a menu is a run of short lines. Each
becomes the element it was.

    lines    what a line by itself looks like
    menus    where menus stand
    parts    headings and their levels, paragraphs, lists, tables
    writing  the elements
"""

from __future__ import annotations

from endleaf.parse import Grower, Tree
from endleaf.plaintext.lines import chunks_of
from endleaf.plaintext.parts import parts_of
from endleaf.plaintext.writing import write

__all__ = ["tree_of"]


def tree_of(text: str) -> Tree:
    """A text-only snapshot as a tree of headings, paragraphs, lists, tables, ``pre`` and ``nav``.

    >>> tree = tree_of("Tea\\n\\nLeaves\\n\\nGreen leaves are not black.\\n\\n * hot\\n * iced\\n")
    >>> [tree.tags[i] for i in range(len(tree)) if tree.tags[i][0] != "#"]
    ['html', 'body', 'h1', 'h2', 'p', 'ul', 'li', 'li']
    """
    chunks = chunks_of(text)
    grower = Grower()
    with grower.element("html"), grower.element("body"):
        write(parts_of(chunks), grower)
    return grower.tree()
