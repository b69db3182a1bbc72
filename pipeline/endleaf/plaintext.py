"""A text-only snapshot as a tree, so that every later room reads it as it reads a page.

Text copied from a browser, or dumped by a text browser, still shows its shape:
blank lines part paragraphs, short lines alone are headings, bullets and numbers
are lists, columns of blanks are tables, and a menu is a run of short lines. Each
becomes the element it was.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import pairwise

from endleaf.parse import Grower, Tree

HEADING_LENGTH = 100
"""Characters: a line longer than this is a paragraph."""

WRAP_LIMIT = 100
"""Columns: text whose longest line is longer was not wrapped by hand or by a text browser."""

FULL = 0.7
"""A line is full where it reaches this share of the longest line."""

SHORT = 60
"""Characters: a line shorter than this was ended on purpose, as in an address or a poem."""

LOWER = 3
"""A long line is a sentence where one word in so many begins without a capital; in a row of links few do."""

MENU_LINE = 40
"""Characters: what a menu's line is shorter than."""

MENU_STARS = 3
"""Lines of bare asterisks (a text browser's image without words) that tell a menu."""

MENU_RUN = 4
"""Short lines in a block above the page's first sentence that tell a menu."""

_STARS = re.compile(r"(?:\*[\s\xa0]*)+\Z")
_STARRED = re.compile(r".{1,60}?[\s\xa0]\*[\s\xa0]*\Z")
_BARS = re.compile(r"[\s\xa0](?:\||•|·|»|>|::)[\s\xa0]")
_BULLET = re.compile(r"([•·●○◦▪■‣►*+o-]|[–—])[ \t\xa0]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}(?=[.)])|[a-z](?=\)))[.)][ \t\xa0]+(?=\S)")
_DOTTED = re.compile(r"(\d+(?:\.\d+)*)\.?\s")
_RULE = re.compile(r"[ \t]*([-_=*~#])(?:[ \t]*\1){4,}[ \t]*\Z")
_UNDERLINE = re.compile(r"[ \t]*([=\-~^\"'*#+])\1{2,}[ \t]*\Z")
_UNDERLINES = {"=": 0, "-": 1}
_GAP = re.compile(r"\S(?: {3,}|\t+)(?=\S)")
_PROSE = re.compile(r"\w[.!?;:,。！？](?:[\s\"'”’)]|\Z)")
_BLANKS = " \t\xa0"
_LEAD = re.compile(r"(?:[•·●○◦▪■‣►*+-][ \t\xa0]+)?(?:\[\d{1,4}\])?")
"""A menu line's bullet, and a text browser's number of a link."""
LONE = "-–—*+o"
"""Marks that alone are as well a dash, or a note."""

_MENU_WORDS = frozenset({
    "home", "print", "print this page", "printer friendly", "printer friendly version", "text only", "sitemap",
    "text only version", "site map", "search", "help", "contact us", "contact", "feedback", "feedback page",
    "skip to content", "skip to main content", "skip navigation", "back to top", "top of page", "go", "login",
    "log in", "register", "subscribe", "accessibility", "a-z", "a to z", "index",
})  # fmt: skip


class Line:
    """A line: its indent in columns, and its words."""

    __slots__ = ("gap", "indent", "raw", "text")

    def __init__(self, raw: str, gap: int) -> None:
        self.raw = raw.rstrip(_BLANKS)
        self.text = raw.strip(_BLANKS)
        lead = raw[: len(raw) - len(raw.lstrip(_BLANKS))]
        self.indent = len(lead.expandtabs(8))
        self.gap = gap
        """Blank lines above it."""

    @property
    def prose(self) -> bool:
        """Whether it reads as (part of) a sentence."""
        if len(self.text) <= 25:
            return False
        if _PROSE.search(self.text):
            return True
        words = self.text.split()
        return len(self.text) > SHORT and sum(not word[0].isupper() for word in words) * LOWER >= len(words)


Chunk = list[Line]


def tree_of(text: str) -> Tree:
    """A text-only snapshot as a tree of headings, paragraphs, lists, tables, ``pre`` and ``nav``.

    >>> tree = tree_of("Tea\\n\\nLeaves\\n\\nGreen leaves are not black.\\n\\n * hot\\n * iced\\n")
    >>> [tree.tags[i] for i in range(len(tree)) if tree.tags[i][0] != "#"]
    ['html', 'body', 'h1', 'h2', 'p', 'ul', 'li', 'li']
    """
    chunks = _chunks(text)
    grower = Grower()
    with grower.element("html"), grower.element("body"):
        _write(_parts(chunks), grower)
    return grower.tree()


# -------------------------------------------------------------- lines, chunks


def _chunks(text: str) -> list[Chunk]:
    """The lines that stand together, blank lines between them; the indent they all share taken off."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    chunks: list[Chunk] = []
    gap = 1
    for raw in text.split("\n"):
        line = Line(raw, gap)
        if not line.text:
            gap += 1
            continue
        if gap or not chunks:
            chunks.append([])
        chunks[-1].append(line)
        gap = 0
    margin = min((line.indent for chunk in chunks for line in chunk), default=0)
    for chunk in chunks:
        for line in chunk:
            line.indent -= margin
            line.raw = line.raw[min(margin, len(line.raw) - len(line.raw.lstrip(_BLANKS))) :]
    return chunks


def _wrap_width(chunks: Sequence[Chunk]) -> int:
    """The column that the text was wrapped at; 0 where each line is a paragraph of its own."""
    longest = max((len(line.raw) for chunk in chunks for line in chunk), default=0)
    if longest > WRAP_LIMIT:
        return 0
    inner = [len(line.raw) for chunk in chunks for line, below in pairwise(chunk) if _flows(line, below)]
    full = sum(length >= longest * FULL for length in inner)
    return longest if full >= 2 and full * 2 >= len(inner) else 0


def _flows(line: Line, below: Line) -> bool:
    """Whether a line may go on in the one below: no list, no columns, no underlined heading."""
    return (
        line.indent == below.indent
        and not (_mark(line) or _mark(below) or _GAP.search(line.text))
        and not _UNDERLINE.match(below.raw)
    )


# ---------------------------------------------------------------------- parts


class Part:
    """A piece of the page: its ``kind`` (heading, p, list, pre, table, nav, hr) and its lines."""

    __slots__ = ("key", "kind", "level", "lines")

    def __init__(self, kind: str, lines: Sequence[Line], key: tuple[int, int] = (0, 0)) -> None:
        self.kind = kind
        self.lines = list(lines)
        self.key = key
        """How a heading looks: its underline or capitals, and the depth of its number."""
        self.level = 1


def _parts(chunks: Sequence[Chunk]) -> list[Part]:
    width = _wrap_width(chunks)
    parts: list[Part] = []
    for piece in _without_menus(chunks):
        parts.extend([piece] if isinstance(piece, Part) else _read(piece, width))
    _settle_marks(parts)
    _demote(parts)
    _level(parts)
    return parts


def _without_menus(chunks: Sequence[Chunk]) -> Iterator[Chunk | Part]:
    """The chunks, with each menu among them as one part."""
    flat = [(number, line) for number, chunk in enumerate(chunks) for line in chunk]
    menus = _menus([line for _, line in flat])
    at = 0
    while at < len(flat):
        if at in menus:
            yield Part("nav", [line for _, line in flat[at : menus[at]]])
            at = menus[at]
            continue
        number, chunk = flat[at][0], []
        while at < len(flat) and flat[at][0] == number and at not in menus:
            chunk.append(flat[at][1])
            at += 1
        yield chunk


def _menus(lines: Sequence[Line]) -> dict[int, int]:
    """Where menus start and end."""
    menus: dict[int, int] = {}
    at, sentences = 0, 0
    while at < len(lines):
        end = at
        while end < len(lines) and not lines[end].prose and not _RULE.match(lines[end].raw):
            end += 1
        if end > at:
            found = _menu(lines[at:end], above=not sentences)
            for start, stop in found:
                menus[at + start] = at + stop
            at = end
        else:
            sentences += 1
            at += 1
    return menus


def _menu(lines: Sequence[Line], *, above: bool) -> list[tuple[int, int]]:
    """The menus in a run of lines that are no sentences; ``above`` the page's first sentence more is a menu."""
    starred = [n for n, line in enumerate(lines) if _STARS.match(line.text) or _STARRED.match(line.text)]
    if len(starred) >= MENU_STARS and sum(_STARS.match(lines[n].text) is not None for n in starred) * 2 > len(starred):
        return [(starred[0], starred[-1] + 1)]
    found: list[tuple[int, int]] = []
    start = 0
    for n in range(1, len(lines) + 1):
        if n < len(lines) and not lines[n].gap:
            continue
        block = lines[start:n]
        if _is_menu(block, above=above):
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], n)
            else:
                found.append((start, n))
        start = n
    return found


def _is_menu(block: Sequence[Line], *, above: bool) -> bool:
    bare = [_LEAD.sub("", line.text, count=1) for line in block]
    if all(
        text.casefold().strip(" []|*") in _MENU_WORDS or _STARS.match(text) or len(_BARS.findall(text)) >= 2
        for text in bare
    ):
        return True
    short = all(len(text) <= MENU_LINE and len(text.split()) <= 5 and text[-1:] not in ".,;:!?" for text in bare)
    return above and len(block) >= MENU_RUN and short


def _read(chunk: Chunk, width: int) -> Iterator[Part]:
    """What a chunk holds: often one part, or an underlined heading and its text, a sentence and its list."""
    if _columns(chunk):
        yield Part("table" if all("\t" in line.raw.strip(_BLANKS) for line in chunk) else "pre", chunk)
        return
    if all(line.indent >= 4 for line in chunk) and not any(_mark(line) for line in chunk):
        centred = len(chunk) == 1 and _heading_key(chunk[0]) is not None
        yield Part("heading", chunk, _heading_key(chunk[0]) or (0, 0)) if centred else Part("pre", chunk)
        return
    at = 0
    while at < len(chunk):
        at = yield from _next(chunk, at, width)


def _next(chunk: Chunk, at: int, width: int) -> Generator[Part, None, int]:
    line = chunk[at]
    if _RULE.match(line.raw):
        yield Part("hr", [line])
        return at + 1
    under = _UNDERLINE.match(chunk[at + 1].raw) if at + 1 < len(chunk) else None
    key = _heading_key(line)
    if under and key is not None and len(chunk[at + 1].text) >= len(line.text) // 2:
        yield Part("heading", [line], (_UNDERLINES.get(under.group(1), 2), key[1]))
        return at + 2
    end = at + 1
    if _mark(line):
        while end < len(chunk) and (_mark(chunk[end]) or _continues(chunk, at, end, width)):
            end += 1
        yield Part("list", chunk[at:end])
        return end
    if len(chunk) == 1 and key is not None:
        yield Part("heading", chunk, key)
        return end
    if width or all(len(other.text) < SHORT for other in chunk):
        while end < len(chunk) and not _mark(chunk[end]) and not _RULE.match(chunk[end].raw):
            end += 1
    limit = min(SHORT, width * FULL) if width else SHORT
    broken = end - at > 1 and all(len(other.text) < limit for other in chunk[at:end])
    yield Part("lines" if broken else "p", chunk[at:end])
    return end


def _continues(chunk: Chunk, at: int, end: int, width: int) -> bool:
    """Whether a line with no mark belongs to the item above it."""
    return chunk[end].indent > chunk[at].indent or (
        width > 0 and chunk[end].indent == chunk[end - 1].indent and len(chunk[end - 1].raw) >= width * FULL
    )


def _mark(line: Line) -> re.Match[str] | None:
    return _BULLET.match(line.text) or _NUMBER.match(line.text)


def _columns(chunk: Chunk) -> bool:
    """Whether lines stand in columns: two or more of them, each parted by wide gaps."""
    if len(chunk) < 2:
        return False
    gapped = sum(_GAP.search(line.raw.strip(_BLANKS)) is not None for line in chunk)
    return gapped * 3 >= len(chunk) * 2


def _heading_key(line: Line) -> tuple[int, int] | None:
    """How a line looks as a heading: (3 for capitals, 4 else; depth of its number); None where it is none."""
    text = line.text
    if len(text) > HEADING_LENGTH or text.endswith((".", ",", ";", ":", "!", "…")) or not any(map(str.isalpha, text)):
        return None
    if text[0].islower() or _BULLET.match(text):
        return None
    number = _DOTTED.match(text)
    depth = number.group(1).count(".") + 1 if number else 0
    return (3 if text.isupper() else 4, depth)


def _settle_marks(parts: Sequence[Part]) -> None:
    """A lone numbered line is a heading, a lone dash or asterisk begins a sentence: a list has neighbours."""
    for n, part in enumerate(parts):
        if part.kind != "list" or len(part.lines) > 1:
            continue
        if any(
            beside.kind == "list" and _alike(part, beside)
            for beside in (*parts[max(n - 1, 0) : n], *parts[n + 1 : n + 2])
        ):
            continue
        line = part.lines[0]
        key = _heading_key(line)
        if line.text[0].isdigit() and key is not None:
            part.kind, part.key = "heading", key
        elif line.text[0] in LONE:
            part.kind = "p"


# --------------------------------------------------------------------- levels


def _demote(parts: list[Part]) -> None:
    """A short line that nothing stands under is a paragraph."""
    below: Part | None = None
    for part in reversed(parts):
        if part.kind == "heading" and (below is None or below.kind == "nav"):
            part.kind = "p"
        if part.kind != "hr":
            below = part


def _level(parts: Sequence[Part]) -> None:
    """Levels by looks; of those that look alike, one followed at once by another stands above it."""
    steps: dict[int, int] = {}
    below: Part | None = None
    chains: dict[tuple[int, int], int] = {}
    for n in range(len(parts) - 1, -1, -1):
        part = parts[n]
        if part.kind == "heading":
            alike = below is not None and below.kind == "heading" and below.key == part.key
            steps[n] = steps[n + 1] + 1 if alike and n + 1 in steps else 0
            chains[part.key] = max(chains.get(part.key, 0), steps[n])
        below = part
    first: dict[tuple[int, int], int] = {}
    level = 1
    for key in sorted(chains):
        first[key] = level
        level += chains[key] + 1
    for n, step in steps.items():
        key = parts[n].key
        parts[n].level = min(6, first[key] + chains[key] - step)


# -------------------------------------------------------------------- writing


def _write(parts: Sequence[Part], grower: Grower) -> None:
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.kind == "list":
            lines = list(part.lines)
            while at + 1 < len(parts) and parts[at + 1].kind == "list" and _alike(part, parts[at + 1]):
                at += 1
                lines += parts[at].lines
            _write_list(lines, grower)
        else:
            _WRITERS[part.kind](part, grower)
        grower.text("\n")
        at += 1


def _alike(one: Part, other: Part) -> bool:
    """Whether two lists with a blank line between them are one."""
    mark, mark2 = _mark(one.lines[0]), _mark(other.lines[0])
    if not mark or not mark2 or one.lines[0].indent != other.lines[0].indent:
        return False
    return mark.group(1) == mark2.group(1) or (mark.group(1).isdigit() and mark2.group(1).isdigit())


def _write_heading(part: Part, grower: Grower) -> None:
    with grower.element(f"h{part.level}"):
        grower.text(" ".join(line.text for line in part.lines))


def _write_paragraph(part: Part, grower: Grower) -> None:
    with grower.element("p"):
        grower.text("\n".join(line.text for line in part.lines))


def _write_lines(part: Part, grower: Grower) -> None:
    """Lines that were ended early, as in an address: their breaks stay."""
    with grower.element("p"):
        for n, line in enumerate(part.lines):
            if n:
                grower.open("br")
                grower.close()
            grower.text(line.text)


def _write_pre(part: Part, grower: Grower) -> None:
    margin = min(len(line.raw) - len(line.raw.lstrip(" ")) for line in part.lines)
    with grower.element("pre"):
        grower.text("\n".join(line.raw[margin:] for line in part.lines))


def _write_table(part: Part, grower: Grower) -> None:
    with grower.element("table", {"role": "table"}), grower.element("tbody"):
        for line in part.lines:
            with grower.element("tr"):
                for cell in line.raw.strip(" ").split("\t"):
                    with grower.element("td"):
                        grower.text(cell.strip(_BLANKS))


def _write_menu(part: Part, grower: Grower) -> None:
    with grower.element("nav"), grower.element("ul", {"class": "menu"}):
        for line in part.lines:
            with grower.element("li"):
                grower.text(line.text)
            grower.text("\n")


def _write_rule(_: Part, grower: Grower) -> None:
    grower.open("hr")
    grower.close()


def _write_list(lines: Sequence[Line], grower: Grower) -> None:
    """Nested lists by indent, with a stack of the lists that are open."""
    open_: list[int] = []
    for line in lines:
        mark = _mark(line)
        if mark is None:
            grower.text("\n" + line.text)
            continue
        while len(open_) > 1 and line.indent < open_[-1]:
            open_.pop()
            grower.close()
            grower.close()
        if open_ and line.indent <= open_[-1] + 1:
            grower.close()
        else:
            open_.append(line.indent)
            digits = mark.group(1) if mark.group(1).isdigit() else ""
            ordered = mark.re is _NUMBER
            grower.open("ol" if ordered else "ul", {"start": digits} if digits not in ("", "1") else {})
        grower.open("li")
        grower.text(line.text[mark.end() :])
    for _ in open_:
        grower.close()
        grower.close()


_WRITERS = {
    "heading": _write_heading,
    "p": _write_paragraph,
    "lines": _write_lines,
    "pre": _write_pre,
    "table": _write_table,
    "nav": _write_menu,
    "hr": _write_rule,
}
