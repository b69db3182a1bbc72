"""One pass over the flat tree: kept text to blocks and headings, with no recursion.

What is open stands on an explicit stack with the index where it ends. An inline
element changes the style, a block element ends the paragraph, and a structural
one (list, quote, table, heading …) opens a box as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from endleaf.parse import TEXT, Tree
from endleaf.sections import boxes, looks, tables
from endleaf.sections.flow import HEADING_LENGTH, Flow, Head, blocks_of, look
from endleaf.sections.inlines import (
    BREAK,
    PLAIN,
    Resolver,
    Run,
    Style,
    collapsed,
    image,
    lines_of,
)

BOX_DEPTH = 24
"""Lists, quotes and tables nested deeper are read as plain flow: their text stays, their frames go."""


class Walk:
    """Reads the kept nodes of a tree into :attr:`root`'s flow."""

    def __init__(self, tree: Tree, keep: bytearray, links: Resolver, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self.tree = tree
        self.keep = keep
        self.links = links
        self.root = boxes.Box()
        self.box: boxes.Box = self.root
        self.boxes: list[boxes.Box] = [self.root]
        self.runs: list[Run] = []
        self.spaced = True
        self.style = PLAIN
        self.verbatim: list[str] | None = None
        self.cells: dict[int, tables.CellBox] = {}
        self.sizes: Counter[int] = Counter()
        self.strong = 0
        # (end, style before, verbatim before, the box it opened, the node of a block or -1)
        self.open: list[tuple[int, Style, bool, boxes.Box | None, int]] = []

    def read(self) -> Flow:
        """Walk over the whole tree; gives the root's flow."""
        tags, texts, ends, keep = self.tree.tags, self.tree.texts, self.tree.ends, self.keep
        opened, handlers = self.open, self.handlers
        total = len(tags)
        opened.append((total + 1, PLAIN, False, None, -1))
        top = total + 1
        i = 1
        while i < total:
            while i >= top:
                self.close()
                top = opened[-1][0]
            if not keep[i]:
                i = ends[i]
                continue
            tag = tags[i]
            if tag == TEXT:
                self.text(texts[i])
                i += 1
                continue
            handler = handlers.get(tag)
            if handler is None:
                i += 1
                if self.tree.attrs[i - 1]:
                    self.css(i - 1)
                    top = opened[-1][0]
            else:
                i = handler(self, i)
                top = opened[-1][0]
        while len(opened) > 1:
            self.close()
        self.flush(-1)
        return self.root.flow

    # -------------------------------------------------------------- characters

    def text(self, text: str) -> None:
        """Add characters to the paragraph, white space collapsed across the borders of inlines."""
        if self.verbatim is not None:
            self.verbatim.append(text)
            return
        if text.isspace():
            if not self.spaced:
                self.runs.append((self.style, " "))
                self.spaced = True
            return
        text = collapsed(text)
        if self.spaced and text[:1] == " ":
            text = text[1:]
        if text:
            self.runs.append((self.style, text))
            self.spaced = text[-1] == " "

    def line_break(self, i: int) -> int:
        """``br``."""
        if self.verbatim is not None:
            self.verbatim.append("\n")
        elif self.runs:
            self.runs.append((self.style, BREAK))
            self.spaced = True
        return i + 1

    def picture(self, i: int) -> int:
        """``img``."""
        leaf = image(self.tree.attrs[i], self.links)
        if leaf is None:
            return i + 1
        if isinstance(leaf, str):
            self.text(leaf)
        elif self.verbatim is not None:
            self.verbatim.append(leaf.alt)
        else:
            self.runs.append((self.style, leaf))
            self.spaced = False
        return i + 1

    def flush(self, closing: int) -> None:
        """End the paragraph. ``closing`` is the block that ends here, or -1 where another begins."""
        if self.verbatim:
            block = boxes.preformatted(self.verbatim)
            self.verbatim = []
            if block is not None:
                self.box.target().append(block)
        if not self.runs:
            return
        lines = lines_of(self.runs)
        self.runs = []
        self.spaced = True
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            return
        flow = self.box.target()
        if self.box.heads:
            self.weigh(lines)
            if len(lines) == 1:
                head = self.candidate(lines[0], closing)
                if head:
                    flow.append(head)
                    return
        flow.extend(blocks_of(lines))

    def weigh(self, lines: list[list[Run]]) -> None:
        """Count characters by how they look: what most of a page looks like is no sign of a heading."""
        for line in lines:
            for style, leaf in line:
                if isinstance(leaf, str):
                    self.sizes[style.size] += len(leaf)
                    if style.strong:
                        self.strong += len(leaf)

    def candidate(self, line: list[Run], closing: int) -> Head | None:
        """A line that may be a visual heading: strong, of another size, or in a block whose class says so."""
        # A bullet's image, and the space after it, are not dressed as the words are.
        style, leaf = next((run for run in line if isinstance(run[1], str) and not run[1].isspace()), line[0])
        if isinstance(leaf, str) and len(leaf) > HEADING_LENGTH:
            return None
        called = closing >= 0 and looks.named(self.tree.attrs[closing].get("class", ""))
        if not (called or style.strong or style.size != PLAIN.size):
            return None
        head = look(line)
        if head is None or not (called or head.strong or head.size != PLAIN.size):
            return None
        head.named = called
        return head

    # ----------------------------------------------------------------- borders

    def close(self) -> None:
        """End what was opened last."""
        _, style, verbatim, box, node = self.open.pop()
        if node >= 0:
            if self.runs or self.verbatim:
                self.flush(node)
            self.verbatim = [] if verbatim else None
        if box is not None:
            self.boxes.pop()
            self.box = self.boxes[-1]
            box.close(self.box)
        self.style = style

    def inline(self, i: int, style: Style) -> int:
        """Open an inline element."""
        if style is not self.style:
            self.open.append((self.tree.ends[i], self.style, False, None, -1))
            self.style = style
        return i + 1

    def block(self, i: int, box: boxes.Box | None = None, *, end: int = 0) -> int:
        """Open a block, and its box."""
        if self.runs or self.verbatim:
            self.flush(-1)
        if box is not None:
            if len(self.boxes) >= BOX_DEPTH:
                box = None
            else:
                self.boxes.append(box)
                self.box = box
        self.open.append((end or self.tree.ends[i], self.style, self.verbatim is not None, box, i))
        self.verbatim = None
        attrs = self.tree.attrs[i]
        if attrs and "style" in attrs:
            self.style = self.dressed(attrs["style"])
        return i + 1

    def css(self, i: int) -> None:
        """An element that is plain by its tag: its style may say more, and its role may say heading."""
        attrs = self.tree.attrs[i]
        if attrs.get("role") == "heading":
            self.handlers["h2"](self, i)
        elif "style" in attrs:
            self.inline(i, self.dressed(attrs["style"]))

    def dressed(self, css: str) -> Style:
        """The style that an element's own CSS makes of the present one."""
        strong, emphasis, large = looks.dressed(css)
        style = self.style
        if strong:
            style = style.within("strong")
        if emphasis:
            style = style.within("emphasis")
        return style.sized(style.size + 1) if large else style


Handler = Callable[[Walk, int], int]
"""Opens the element at a place; gives the place to go on at."""
