"""What a container holds while the page is read: blocks, headings, and lines that may be list items.

A flow is decided late: a bold line is a heading or a paragraph, a line that
begins with a bullet is a list item or not, by what stands around it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from endleaf.model import (
    Block,
    Figure,
    Image,
    Inline,
    List,
    ListItem,
    Paragraph,
    Strong,
)
from endleaf.sections.inlines import (
    BASE_SIZE,
    BULLET,
    Run,
    nested,
    plain,
    text_of,
    unadorned,
    unmarked,
    unwrapped,
)

HEADING_LENGTH = 120
"""Characters: a line longer than this is no visual heading."""


class Head:
    """A heading (``rank`` 1 to 6 of its tag), or a line that looks like one (``rank`` 0)."""

    __slots__ = ("anchor", "content", "named", "rank", "size", "strong", "text")

    def __init__(self, content: tuple[Inline, ...], text: str, rank: int = 0, anchor: str = "") -> None:
        self.content = content
        self.text = text
        self.rank = rank
        self.anchor = anchor
        self.size = BASE_SIZE
        self.strong = False
        self.named = False

    def paragraph(self) -> Paragraph:
        """The same words where they head nothing: strong, if the tag said heading."""
        if self.rank:
            return Paragraph(content=(Strong(content=unwrapped(self.content)),))
        return Paragraph(content=self.content)


class Mark:
    """A paragraph that begins with a list mark: the ``sign`` (``1`` for any number), and what follows it."""

    __slots__ = ("lines", "number", "rest", "sign")

    def __init__(self, lines: list[list[Run]], rest: list[list[Run]], sign: str, number: int = 0) -> None:
        self.lines = lines
        self.rest = rest
        self.sign = sign
        self.number = number

    def paragraph(self) -> Paragraph:
        """The paragraph as it stood, its mark in place; an image's mark says nothing alone."""
        return Paragraph(content=nested(self.rest if self.sign == BULLET else self.lines))

    def content(self) -> tuple[Inline, ...]:
        """The inlines after the mark."""
        return nested(self.rest)


_UNDECIDED = (Head, Mark)
Item = Block | Head | Mark
Flow = list[Item]

_BULLETS = "•·∙●○◦▪▫■□‣⁃◆◇►▶➢➤✓✔*"
_DASHES = "-–—"
_MARK = re.compile(
    rf"(?:([•●▪■‣►➢])|([{re.escape(_BULLETS)}{_DASHES}])(?=[\s\xa0]|\Z)|(\d{{1,3}})[.)](?=[\s\xa0]|\Z))[\s\xa0]*"
)
MARKS = frozenset(_BULLETS)
MARK_STARTS = frozenset(_BULLETS + _DASHES + "0123456789")

_DASH_ITEMS = 3
"""Two lines that begin with a dash are as well a dialogue."""

_SENTENCE_END = tuple(".!?…»”\"'。！？")


def marked(lines: list[list[Run]]) -> Mark | None:
    """The lines of a paragraph as a list item, where its first line begins with a mark."""
    style, leaf = lines[0][0]
    if leaf is BULLET:
        line = unmarked(lines[0])
        return Mark(lines, [line, *lines[1:]] if line else lines[1:], BULLET)
    if not isinstance(leaf, str) or leaf[0] not in MARK_STARTS:
        return None
    found = _MARK.match(leaf)
    if not found:
        return None
    bullet = found.group(1) or found.group(2)
    rest = list(lines[0][1:])
    after = leaf[found.end() :]
    if after:
        rest.insert(0, (style, after))
    elif rest and isinstance(rest[0][1], str):
        if not bullet and not rest[0][1].startswith((" ", "\xa0")) and not leaf[-1].isspace():
            return None
        rest[0] = (rest[0][0], rest[0][1].lstrip(" \xa0"))
        if not rest[0][1]:
            del rest[0]
    number = int(found.group(3)) if found.group(3) else 0
    return Mark(lines, [rest, *lines[1:]] if rest else lines[1:], bullet or "1", number)


def itemised(flow: Flow) -> Flow:
    """A flow with runs of marked paragraphs as lists, and lone ones as the paragraphs they were."""
    out: Flow = []
    at = 0
    while at < len(flow):
        item = flow[at]
        if not isinstance(item, Mark):
            out.append(item)
            at += 1
            continue
        items, after = _run_of_marks(flow, at)
        if _is_list(items):
            out.append(_list(items))
            at = after
        else:
            if item.rest or item.sign != BULLET:
                out.append(item.paragraph())
            at += 1
    return out


def _run_of_marks(flow: Flow, at: int) -> tuple[list[tuple[Mark, tuple[Inline, ...]]], int]:
    """The marks of one sign from a place on, each with its content, and where they end."""
    items: list[tuple[Mark, tuple[Inline, ...]]] = []
    first = flow[at]
    while at < len(flow) and isinstance(mark := flow[at], Mark) and isinstance(first, Mark):
        if mark.sign != first.sign or (items and mark.number and mark.number != items[-1][0].number + 1):
            break
        content = mark.content()
        at += 1
        if not content:  # the mark stood in a table cell of its own
            after = flow[at] if at < len(flow) else None
            if not isinstance(after, Paragraph):
                at -= 1
                break
            content = after.content
            at += 1
        items.append((mark, content))
    return items, at


def _is_list(items: Sequence[tuple[Mark, tuple[Inline, ...]]]) -> bool:
    if len(items) < 2:
        return False
    if items[0][0].sign not in _DASHES:
        return True
    ended = sum(plain(content).rstrip().endswith(_SENTENCE_END) for _, content in items)
    return len(items) >= _DASH_ITEMS and ended * 2 <= len(items)


def _list(items: Sequence[tuple[Mark, tuple[Inline, ...]]]) -> List:
    first = items[0][0]
    return List(
        items=tuple(ListItem(blocks=(Paragraph(content=content),)) for _, content in items),
        ordered=bool(first.number),
        start=first.number or 1,
    )


def solid(flow: Flow) -> tuple[Block, ...]:
    """The blocks of a flow inside a container, where headings can only be strong paragraphs."""
    if any(isinstance(item, Mark) for item in flow):
        flow = itemised(flow)
    return tuple([item.paragraph() if isinstance(item, _UNDECIDED) else item for item in flow])


# ------------------------------------------------- paragraphs from their lines


def blocks_of(lines: list[list[Run]]) -> Flow:
    """A paragraph's lines as blocks: split at empty lines and at those called headings, marked lines as list items."""
    out: Flow = []
    paragraph: list[list[Run]] = []
    for line in [*lines, []]:
        head = _called(line) if line else None
        if line and head is None:
            paragraph.append(line)
            continue
        if paragraph:
            out.extend(_blocks(paragraph))
            paragraph = []
        if head is not None:
            out.append(head)
    return out


def _called(line: list[Run]) -> Head | None:
    """A line that a class calls a heading as what may be one."""
    head = look(line) if first_word(line)[0].named else None
    return head if head is not None and head.named else None


def block_of(line: list[Run]) -> Item:
    """A line that is a paragraph of its own, and no heading."""
    return marked([line]) or _block([line])


def _blocks(lines: list[list[Run]]) -> Flow:
    if len(lines) == 1:
        mark = marked(lines)
        head = _stands_out(lines[0]) if mark is None or mark.sign == BULLET else None
        return [head or mark or _block(lines)]
    marks = [marked([line]) for line in lines]
    if sum(mark is not None for mark in marks) < 2:
        heads = _headed(lines)
        lines = lines[len(heads) :]
        return [*heads, *(_stepping_down(lines) or [marked(lines) or _block(lines)])]
    out: Flow = []
    between: list[list[Run]] = []
    for line, mark in zip(lines, marks, strict=True):
        if mark is None:
            between.append(line)
            continue
        if between:
            out.append(_block(between))
            between = []
        out.append(mark)
    if between:
        out.append(_block(between))
    return out


def _headed(lines: list[list[Run]]) -> list[Head]:
    """The first lines that head those under them, each ended by a line break."""
    heads: list[Head] = []
    for line, below in itertools.pairwise(lines):
        head = look(line) if _heads_the_rest(line, below) else None
        if head is None:
            break
        heads.append(head)
    return heads


def _heads_the_rest(line: list[Run], below: list[Run]) -> bool:
    """Whether a line is strong or large and the next one plain text."""
    return (
        all(style.strong or style.size > BASE_SIZE for style, leaf in line if leaf is not BULLET)
        and not any(style.strong for style, _ in below)
        and line[0][0].size >= below[0][0].size
        and len(text_of(below)) > len(text_of(line))
    )


def _stands_out(line: list[Run]) -> Head | None:
    """A line between two empty lines as what may be a heading: strong, or of another size."""
    style, _ = first_word(line)
    if not style.strong and style.size == BASE_SIZE:
        return None
    head = look(line)
    return head if head and (head.strong or head.size != BASE_SIZE) else None


def first_word(line: list[Run]) -> Run:
    """The run of a line's first word: a bullet's image, and the space after it, are not dressed as the words are."""
    for run in line:
        if isinstance(run[1], str) and not run[1].isspace():
            return run
    return line[0]


def _stepping_down(lines: list[list[Run]]) -> Flow:
    """Lines that each stand out, and each are smaller than the one above: a heading and those under it; else none."""
    heads: Flow = []
    size = lines[0][0][0].size + 1
    for line in lines:
        head = _stands_out(line)
        if head is None or head.size >= size:
            return []
        size = head.size
        heads.append(head)
    return heads


def _block(lines: list[list[Run]]) -> Item:
    return _figure(lines) or Paragraph(content=nested(lines))


def _figure(lines: list[list[Run]]) -> Figure | None:
    """Images that stand alone; not where one is a link to elsewhere, which a figure could not keep."""
    images: list[Image] = []
    for line in lines:
        for style, leaf in line:
            if isinstance(leaf, str) and not leaf.isspace():
                return None
            if isinstance(leaf, Image):
                if "link" in style.kinds:
                    return None
                images.append(leaf)
    return Figure(images=tuple(images)) if images else None


def look(line: list[Run]) -> Head | None:
    """A line as what may be a visual heading, by its style alone; None where it cannot be one."""
    words = [(style, leaf) for style, leaf in line if isinstance(leaf, str) and not leaf.isspace()]
    text = " ".join(text_of(line).split())
    if not words or words[0][0].person or not _titles(text):
        return None
    head = Head(nested([unadorned(line)]), text)
    head.strong = all(style.strong for style, _ in words)
    head.size = min(style.size for style, _ in words)
    head.named = all(style.named for style, _ in words)
    return head


_HEADING_ENDS = tuple(".,;!…。，；、！")


def _titles(text: str) -> bool:
    """Whether a line reads as a heading: short, with letters, not ended as a sentence."""
    return (
        1 < len(text) <= HEADING_LENGTH
        and not text.endswith(_HEADING_ENDS)
        and any(map(str.isalpha, text))
    )  # fmt: skip
