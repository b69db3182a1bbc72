"""What each HTML element does to the walk: a table from names to handlers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from endleaf.model import Rule
from endleaf.parse import TEXT, Tree
from endleaf.sections import boxes, looks, tables
from endleaf.sections.inlines import PLAIN
from endleaf.sections.walk import BOX_DEPTH, Handler, Walk

_SIZE = re.compile(r"\s*([+-]?)(\d)")


def _skip(walk: Walk, i: int) -> int:
    return walk.tree.ends[i]


def _flow(walk: Walk, i: int) -> int:
    attrs = walk.tree.attrs[i]
    if "role" in attrs and attrs["role"] == "heading":
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
    attrs = walk.tree.attrs[i]
    style = walk.style.as_named() if looks.named(attrs.get("class", "")) else walk.style
    found = _SIZE.match(attrs.get("size", ""))
    if found:
        sign, size = found.group(1), int(found.group(2))
        # HTML 3.2: a signed size is relative to the base font, not to the font around it.
        style = style.sized(PLAIN.size + size if sign == "+" else PLAIN.size - size if sign else size)
    return walk.inline(i, style)


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
        end = _last_neighbour(walk, i)
        unclosed = end == walk.tree.ends[walk.tree.parents[i]]
        walk.block(i, boxes.LooseListBox() if unclosed else boxes.ListBox(), end=end)
    return walk.block(i, boxes.ItemBox(partial(_silenced, walk, i)))


def _silenced(walk: Walk, i: int) -> bool:
    tree, keep = walk.tree, walk.keep
    return any(not keep[k] and tree.text(k).strip() for k in tree.children(i))


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
    tree = walk.tree
    if len(walk.boxes) >= BOX_DEPTH:
        return walk.block(i)
    if tables.is_data(tree, walk.keep, i):
        return walk.block(i, tables.TableBox())
    aside = tree.attrs[i].get("align", "").lower() in ("left", "right") and tree.find("img", i) is not None
    return walk.block(i, boxes.FloatBox() if aside else None)


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

HANDLERS: dict[str, Handler] = {
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
