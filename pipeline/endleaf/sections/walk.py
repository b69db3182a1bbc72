"""One pass over the flat tree: kept text to blocks and headings, with no recursion.

What is open stands on an explicit stack with the index where it ends. An inline
element changes the style, a block element ends the paragraph, and a structural
one (list, quote, table, heading …) opens a box as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from endleaf import imagemaps
from endleaf.model import Image, Inline, Link, List, ListItem, Paragraph, Text
from endleaf.parse import TEXT, Tree
from endleaf.pictures import icon
from endleaf.sections import boxes, looks, tables
from endleaf.sections.flow import HEADING_LENGTH, Flow, Head, block_of, blocks_of, first_word, look
from endleaf.sections.inlines import (
    BREAK,
    BULLET,
    PLAIN,
    Resolver,
    Run,
    Style,
    collapsed,
    image,
    lines_of,
    text_of,
    trimmed,
    unadorned,
    unmarked,
    unparted,
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
        self.maps: dict[str, list[int]] | None = None
        """The image maps that no image has shown yet, once they are asked for."""
        self.broken = False
        """Whether line breaks are among the runs."""
        self.pictured = False
        """Whether images are among the runs."""
        self.cells: dict[int, tables.CellBox] = {}
        self.sizes: Counter[int] = Counter()
        self.strong = 0
        # (end, style before, verbatim before, the box it opened, the node of a block or -1)
        self.open: list[tuple[int, Style, bool, boxes.Box | None, int]] = []

    def read(self) -> Flow:
        """Walk over the whole tree; gives the root's flow."""
        tags, texts, keep = self.tree.tags, self.tree.texts, self.keep
        opened, handlers = self.open, self.handlers
        total = len(tags)
        opened.append((total + 1, PLAIN, False, None, -1))
        top = total + 1
        i = keep.find(1, 1)
        while 0 < i < total:
            while i >= top:
                self.close()
                top = opened[-1][0]
            if not keep[i]:  # what holds kept nodes is kept itself, so none is skipped
                i = keep.find(1, i)
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
        if "  " in text or not text.isprintable():
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
            self.broken = True
            self.spaced = True
        return i + 1

    def picture(self, i: int) -> int:
        """``img``."""
        attrs = self.tree.attrs[i]
        leaf = image(attrs, self.links)
        if leaf is None:
            return i + 1
        self.pictured = True
        if self.verbatim is not None:
            self.verbatim.append(collapsed(attrs.get("alt", "")).strip())
        else:
            self.runs.append((self.style, leaf))
            self.spaced = self.spaced and leaf is BULLET
            if "usemap" in attrs:
                self.areas(attrs["usemap"])
        return i + 1

    def areas(self, name: str) -> None:
        """The links of an image map, as a list under the paragraph of the first image that uses it."""
        if self.maps is None:
            self.maps = imagemaps.maps_of(self.tree)
        areas = self.maps.pop(imagemaps.name_of(name), ())
        entries = dict.fromkeys(self.area(i) for i in areas if self.keep[i])
        if entries:
            self.flush(-1)
            items = tuple([ListItem(blocks=(Paragraph(content=(entry,)),)) for entry in entries])
            self.box.target().append(List(items=items))

    def area(self, i: int) -> Inline:
        """An area's words, and where it leads."""
        words = Text(text=collapsed(imagemaps.words(self.tree, i)).strip())
        target = self.links.resolve(self.tree.attrs[i].get("href", ""))
        return Link(content=(words,), href=target.href, replay_href=target.replay_href) if target else words

    def flush(self, closing: int) -> None:
        """End the paragraph. ``closing`` is the block that ends here, or -1 where another begins."""
        if self.verbatim:
            block = boxes.preformatted(self.verbatim)
            self.verbatim = []
            if block is not None:
                self.box.target().append(block)
        if not self.runs:
            return
        lines = lines_of(self.runs) if self.broken else [trimmed(self.runs)]
        lines[-1] = unparted(lines[-1])
        self.runs = []
        self.spaced = True
        self.broken = False
        if self.pictured:
            lines = self.beside_words(lines)
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            return
        flow = self.box.target()
        name = self.tree.attrs[closing].get("class", "") if closing >= 0 else ""
        if name and looks.captions(name):
            self.box.words_under(blocks_of(lines))
            return
        if self.box.heads:
            self.weigh(lines)
        if len(lines) == 1:
            line = lines[0]
            head = self.candidate(line, called=bool(name) and looks.named(name)) if self.box.heads else None
            flow.append(head or block_of(line))
        else:
            flow.extend(blocks_of(lines))

    def beside_words(self, lines: list[list[Run]]) -> list[list[Run]]:
        """Lines with the images that mean something: marks where they begin a line, in a heading none that adorn."""
        self.pictured = False
        if isinstance(self.box, boxes.HeadBox) and any(text_of(line).strip() for line in lines):
            return [unadorned(line) for line in lines]
        return [_marked_once(line) if line and _marks(line) else unmarked(line) for line in lines]

    def weigh(self, lines: list[list[Run]]) -> None:
        """Count characters by how they look: what most of a page looks like is no sign of a heading."""
        for line in lines:
            for style, leaf in line:
                if isinstance(leaf, str):
                    self.sizes[style.size] += len(leaf)
                    if style.strong:
                        self.strong += len(leaf)

    def candidate(self, line: list[Run], *, called: bool) -> Head | None:
        """A line that may be a visual heading: strong, of another size, or in a block whose class says so."""
        style, leaf = first_word(line)
        if isinstance(leaf, str) and len(leaf) > HEADING_LENGTH:
            return None
        if not (called or style.strong or style.named or style.size != PLAIN.size):
            return None
        head = look(line)
        if head is None or not (called or head.strong or head.named or head.size != PLAIN.size):
            return None
        head.named = head.named or called
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
            return
        style = self.dressed(attrs["style"]) if "style" in attrs else self.style
        if "class" in attrs and looks.named(attrs["class"]):
            style = style.as_named()
        elif "class" in attrs and looks.person(attrs["class"]):
            style = style.as_person()
        self.inline(i, style)

    def dressed(self, css: str) -> Style:
        """The style that an element's own CSS makes of the present one."""
        strong, emphasis, large = looks.dressed(css)
        style = self.style
        if strong:
            style = style.within("strong")
        if emphasis:
            style = style.within("emphasis")
        return style.sized(style.size + 1) if large else style


def _marks(line: list[Run]) -> bool:
    """Whether a line begins with an image that marks it: a bullet, or an icon without words before some."""
    leaf = line[0][1]
    if isinstance(leaf, Image):
        return not leaf.alt and icon(leaf.width, leaf.height) and bool(text_of(line).strip())
    return leaf is BULLET


def _marked_once(line: list[Run]) -> list[Run]:
    """A line with its first mark alone; none where marks are all there is, for then they part what stands around."""
    rest = unmarked(line[1:])
    return [(line[0][0], BULLET), *rest] if rest or len(line) == 1 else []


Handler = Callable[[Walk, int], int]
"""Opens the element at a place; gives the place to go on at."""
