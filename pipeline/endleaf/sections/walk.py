"""One pass over the flat tree: kept text to blocks and headings, with no recursion.

What is open stands on an explicit stack with the index where it ends. An inline
element changes the style, a block element ends the paragraph, and a structural
one (list, quote, table, heading …) opens a box as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from endleaf.model import Rule
from endleaf.parse import TEXT, Tree
from endleaf.sections import boxes, tables
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

CSS_LENGTH = 1000
"""Characters: a longer style or class is a program's, and says nothing of one line."""

_SIZE = re.compile(r"\s*([+-]?)(\d)")
_CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CSS_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_CSS_LARGE = re.compile(
    r"font-size\s*:\s*(?:(?:x-|xx-)?large|larger|1[89](?:\.\d+)?p[xt]|[2-9]\d(?:\.\d+)?p[xt]"
    r"|1\.[2-9]\d*r?em|[2-9](?:\.\d+)?r?em|1[2-9]\d%|[2-9]\d\d%)", re.IGNORECASE
)  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[HT]))(?i:sub|section|page|main|big|story|article|content|body)?-?"
    r"(?i:head(?:ing|line|er)?s?|titles?|hdr?|tit)\d{0,2}(?:$|[\s_-])"
)
"""Class names that call a block a heading."""


class Walk:
    """Reads the kept nodes of a tree into :attr:`root`'s flow."""

    def __init__(self, tree: Tree, keep: bytearray, links: Resolver) -> None:
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
        opened = self.open
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
            handler = _HANDLERS.get(tag)
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
        style, leaf = line[0]
        if isinstance(leaf, str) and len(leaf) > HEADING_LENGTH:
            return None
        named = closing >= 0 and _named(self.tree.attrs[closing].get("class", ""))
        if not (named or style.strong or style.size != PLAIN.size):
            return None
        head = look(line)
        if head is None or not (named or head.strong or head.size != PLAIN.size):
            return None
        head.named = named
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
            _heading(self, i)
        elif "style" in attrs:
            self.inline(i, self.dressed(attrs["style"]))

    def dressed(self, css: str) -> Style:
        """The style that an element's own CSS makes of the present one."""
        strong, emphasis, large = _css(css)
        style = self.style
        if strong:
            style = style.within("strong")
        if emphasis:
            style = style.within("emphasis")
        return style.sized(style.size + 1) if large else style


@lru_cache(maxsize=4096)
def _css(css: str) -> tuple[bool, bool, bool]:
    """Whether CSS makes text strong, stressed, large."""
    if len(css) > CSS_LENGTH:
        return (False, False, False)
    return (bool(_CSS_BOLD.search(css)), bool(_CSS_ITALIC.search(css)), bool(_CSS_LARGE.search(css)))


@lru_cache(maxsize=4096)
def _named(name: str) -> bool:
    """Whether a class calls its block a heading."""
    return len(name) <= CSS_LENGTH and _NAMED.search(name) is not None


# --------------------------------------------------------------- the handlers

Handler = Callable[[Walk, int], int]


def _skip(walk: Walk, i: int) -> int:
    return walk.tree.ends[i]


def _flow(walk: Walk, i: int) -> int:
    attrs = walk.tree.attrs[i]
    if attrs and attrs.get("role") == "heading":
        return _heading(walk, i)
    return walk.block(i)


def _wrapped(kind: str) -> Handler:
    def handler(walk: Walk, i: int) -> int:
        return walk.inline(i, walk.style.within(kind))

    return handler


def _code(walk: Walk, i: int) -> int:
    return walk.inline(i, walk.style.as_code())


def _sized(by: int) -> Handler:
    def handler(walk: Walk, i: int) -> int:
        return walk.inline(i, walk.style.sized(walk.style.size + by))

    return handler


def _font(walk: Walk, i: int) -> int:
    found = _SIZE.match(walk.tree.attrs[i].get("size", ""))
    if not found:
        return i + 1
    sign, size = found.group(1), int(found.group(2))
    # HTML 3.2: a signed size is relative to the base font, not to the font around it.
    return walk.inline(i, walk.style.sized(PLAIN.size + size if sign == "+" else PLAIN.size - size if sign else size))


def _link(walk: Walk, i: int) -> int:
    href = walk.tree.attrs[i].get("href", "")
    target = walk.links.resolve(href) if href else None
    return walk.inline(i, walk.style.within("link", target)) if target is not None else i + 1


def _rule(walk: Walk, i: int) -> int:
    walk.flush(-1)
    walk.box.target().append(Rule())
    return i + 1


_RANKS = {f"h{rank}": rank for rank in range(1, 7)}


def _heading(walk: Walk, i: int) -> int:
    tree = walk.tree
    attrs = tree.attrs[i]
    rank = _RANKS.get(tree.tags[i], 0)
    if not rank:
        level = attrs.get("aria-level", "").strip()
        rank = min(6, int(level)) if level in {*"123456789"} else 2
    anchor = attrs.get("id", "")
    if not anchor and tree.ends[i] - i > 2:
        inner = next(tree.find_all("a", i), None)
        if inner is not None:
            anchor = tree.attrs[inner].get("name", "") or tree.attrs[inner].get("id", "")
    return walk.block(i, boxes.HeadBox(rank, anchor))


def _list(walk: Walk, i: int) -> int:
    attrs = walk.tree.attrs[i]
    ordered = walk.tree.tags[i] == "ol"
    start = attrs.get("start", "").strip() if ordered else ""
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start, re.ASCII) else 1
    return walk.block(i, boxes.ListBox(ordered=ordered, start=number))


def _item(walk: Walk, i: int) -> int:
    if not isinstance(walk.box, boxes.ListBox):
        walk.block(i, boxes.ListBox(), end=_last_neighbour(walk, i))
    return walk.block(i, boxes.ItemBox())


def _last_neighbour(walk: Walk, i: int) -> int:
    """Where the items end that stand beside this one with no list around them."""
    tree = walk.tree
    end = at = tree.ends[i]
    while at < len(tree) and tree.parents[at] == tree.parents[i]:
        if tree.tags[at] == "li":
            end = tree.ends[at]
        elif walk.keep[at] and not (tree.tags[at] == TEXT and tree.texts[at].isspace()):
            break
        at = tree.ends[at]
    return end


def _table(walk: Walk, i: int) -> int:
    shallow = len(walk.boxes) < BOX_DEPTH
    return walk.block(i, tables.TableBox() if shallow and tables.is_data(walk.tree, walk.keep, i) else None)


def _row(walk: Walk, i: int) -> int:
    if isinstance(walk.box, tables.TableBox):
        tree, row = walk.tree, []
        for k in tree.children(i):
            if tree.tags[k] in ("td", "th"):
                row.append(_new_cell(tree, k))
                walk.cells[k] = row[-1]
        walk.box.rows.append(row)
    return walk.block(i)


def _new_cell(tree: Tree, i: int) -> tables.CellBox:
    attrs = tree.attrs[i]
    header = tree.tags[i] == "th" or "scope" in attrs or tree.tags[tree.parents[tree.parents[i]]] == "thead"
    return tables.CellBox(
        header=header,
        colspan=tables.span(attrs.get("colspan"), tables.COLUMNS),
        rowspan=tables.span(attrs.get("rowspan"), tables.ROWS),
    )


def _cell(walk: Walk, i: int) -> int:
    return walk.block(i, walk.cells.pop(i, None))


def _caption(walk: Walk, i: int) -> int:
    return walk.block(i, tables.TableCaptionBox() if isinstance(walk.box, tables.TableBox) else None)


def _pre(walk: Walk, i: int) -> int:
    walk.block(i)
    walk.verbatim = []
    return i + 1


def _quote(walk: Walk, i: int) -> int:
    cite = walk.tree.attrs[i].get("cite", "")
    target = walk.links.resolve(cite) if cite else None
    return walk.block(i, boxes.QuoteBox(target.href if target is not None else None))


def _boxed(box: Callable[[], boxes.Box]) -> Handler:
    def handler(walk: Walk, i: int) -> int:
        return walk.block(i, box())

    return handler


def _head(walk: Walk, i: int) -> int:
    """The document's head holds no text of the page, unless a parser put the page into it."""
    return walk.tree.ends[i]


_INVISIBLE = (
    "script", "style", "template", "head", "title", "meta", "link", "base", "iframe", "noembed",
    "svg:script", "svg:style", "#comment", "#doctype",
)  # fmt: skip
"""Never text of a page: code, raw text that may hold markup, and what the head declares."""

_BLOCKS = (
    "html", "body", "div", "p", "section", "article", "main", "header", "footer", "nav", "aside", "hgroup", "center",
    "address", "form", "fieldset", "legend", "details", "summary", "dialog", "search", "tbody", "thead", "tfoot",
    "option", "optgroup", "select", "textarea", "frameset", "frame", "noframes", "marquee", "multicol", "layer",
    "video", "audio", "object", "applet", "svg", "math", "map", "isindex",
)  # fmt: skip

_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_INVISIBLE, _skip),
    **dict.fromkeys(_BLOCKS, _flow),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), _wrapped("emphasis")),
    **dict.fromkeys(("strong", "b"), _wrapped("strong")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _code),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _pre),
    **dict.fromkeys(_RANKS, _heading),
    **dict.fromkeys(("ul", "ol", "dir", "menu"), _list),
    **dict.fromkeys(("td", "th"), _cell),
    "sup": _wrapped("sup"),
    "sub": _wrapped("sub"),
    "big": _sized(1),
    "small": _sized(-1),
    "font": _font,
    "a": _link,
    "br": Walk.line_break,
    "img": Walk.picture,
    "hr": _rule,
    "li": _item,
    "table": _table,
    "tr": _row,
    "caption": _caption,
    "blockquote": _quote,
    "figure": _boxed(boxes.FigureBox),
    "figcaption": _boxed(boxes.CaptionBox),
    "dl": _boxed(boxes.DefinitionsBox),
    "dt": _boxed(boxes.TermBox),
    "dd": _boxed(boxes.DescriptionBox),
}
