"""Runs of characters become inlines: white space, styles, links and images.

While a paragraph is read it is a flat list of runs, each a leaf with the style
it stands in. A style outlives block borders, as in ``<b><p>one<p>two</b>``, so
nesting is built only when the paragraph ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

from endleaf import pictures
from endleaf.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Strong,
    Subscript,
    Superscript,
    Text,
)


class Target(Protocol):
    """Where a link leads: the original URL, and the archive's where the page had one."""

    @property
    def href(self) -> str:
        """The original URL, absolute, of a safe scheme."""

    @property
    def replay_href(self) -> str | None:
        """The archive's own URL."""


class Resolver(Protocol):
    """What turns a page's hrefs into targets; :class:`endleaf.links.Links` is one."""

    def resolve(self, href: str) -> Target | None:
        """The target, or None where there is nothing safe to point at."""


BREAK = "\n"
"""A line break among the runs; collapsed text holds no newline of its own."""

BASE_SIZE = 3
"""The font size of HTML 3.2 that body text has where nothing is said."""

BULLET = "\v"
"""An image that marks an item or a heading, among the runs; no text holds a control character."""

INLINE_DEPTH = 16
"""Deeper nesting of links and emphasis is no one's intent; the text goes on in the innermost style."""

_WRAPPERS: dict[str, type[Emphasis | Strong | Superscript | Subscript]] = {
    "emphasis": Emphasis,
    "strong": Strong,
    "sup": Superscript,
    "sub": Subscript,
}

Entry = tuple[str, Target | None]
Leaf = str | Image


class Style:
    """What an inline run stands in: ``entries`` that wrap it, how it looks, and whether a class calls it a heading, or
    a ``person``."""

    __slots__ = ("code", "entries", "kinds", "named", "person", "size", "strong")

    def __init__(
        self,
        entries: tuple[Entry, ...] = (),
        size: int = BASE_SIZE,
        *,
        code: bool = False,
        named: bool = False,
        person: bool = False,
    ) -> None:
        self.entries = entries
        self.size = size
        self.code = code
        self.named = named
        self.person = person
        self.kinds = [kind for kind, _ in entries]
        self.strong = "strong" in self.kinds

    def within(self, kind: str, target: Target | None = None) -> Style:
        """This style inside one more wrapper; the same where it is already so, or nested too deep."""
        entries = self.entries
        if len(entries) >= INLINE_DEPTH or (target is None and kind in self.kinds):
            return self
        if target is not None and "link" in self.kinds:  # a link in a link is the inner one's
            entries = tuple([entry for entry in entries if entry[0] != "link"])
        return Style((*entries, (kind, target)), self.size, code=self.code, named=self.named, person=self.person)

    def sized(self, size: int) -> Style:
        """This style at another font size, 1 to 7."""
        return Style(self.entries, min(7, max(1, size)), code=self.code, named=self.named, person=self.person)

    def as_code(self) -> Style:
        """This style as code."""
        return Style(self.entries, self.size, code=True, named=self.named, person=self.person)

    def as_named(self) -> Style:
        """This style where a class calls its words a heading."""
        return self if self.named else Style(self.entries, self.size, code=self.code, named=True, person=self.person)

    def as_person(self) -> Style:
        """This style where a class says that its words are who wrote a post."""
        return Style(self.entries, self.size, code=self.code, named=self.named, person=True)


PLAIN = Style()
Run = tuple[Style, Leaf]

_SPACES = " \t\n\f\r"
_EDGES = " \t\n\f\r\xa0"
# What XML 1.0 section 2.2 forbids, and lone surrogates, which no encoding can write.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNWRITABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    r"""Text without C0 controls, and U+FFFD for what no XML can hold.

    >>> safe("a\x00b\x1b\tc\ud800")
    'ab\tc�'
    """
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("\ufffd", _CONTROLS.sub("", text))


def collapsed(text: str) -> str:
    r"""Text with each run of ASCII white space as one space (no-break spaces stay), safe to write.

    >>> collapsed("  a \n b\u00a0 c")
    ' a b\xa0 c'
    """
    if text.isprintable():
        return text if "  " not in text else _single_spaced(text)
    return safe(_single_spaced(text))


def _single_spaced(text: str) -> str:
    # Splitting at every white character is the fastest, but beyond ASCII some of them are not ours to change.
    if text.isascii():
        parts = text.split()
    else:
        for white in _SPACES:
            text = text.replace(white, " ")
        parts = [part for part in text.split(" ") if part]
    if not parts:
        return " " if text else ""
    before = " " if text[0] in _SPACES else ""
    after = " " if text[-1] in _SPACES else ""
    return f"{before}{' '.join(parts)}{after}"


def lines_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each line, blanks at the edges trimmed; an empty list for an empty line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run[1] == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [trimmed(line) for line in lines]


def unparted(line: list[Run]) -> list[Run]:
    """A line without the bar at its end, which parted it from something that does not stay: ``Posted by Ann |``.
    A line that begins with one is a drawn table's.

    >>> [text_of(unparted([(PLAIN, text)])) for text in ("Posted by Ann |", "the size |x|", "| a | b |")]
    ['Posted by Ann', 'the size |x|', '| a | b |']
    """
    style, leaf = line[-1] if line else (PLAIN, "")
    if not isinstance(leaf, str) or not leaf.endswith("|") or text_of(line[:1]).startswith("|"):
        return line
    bare = leaf[:-1].rstrip(_EDGES)
    if bare and len(bare) == len(leaf) - 1:  # "|x|": the bar is of the word
        return line
    return trimmed([*line[:-1], (style, bare)])


def trimmed(line: list[Run]) -> list[Run]:
    """The runs of a line without blanks at its edges (no-break ones too: they only indented)."""
    start, end = 0, len(line)
    while start < end:
        style, leaf = line[start]
        if not isinstance(leaf, str):
            break
        bare = leaf.lstrip(_EDGES)
        if bare:
            if bare is not leaf:
                line[start] = (style, bare)
            break
        start += 1
    while end > start:
        style, leaf = line[end - 1]
        if not isinstance(leaf, str):
            break
        bare = leaf.rstrip(_EDGES)
        if bare:
            line[end - 1] = (style, bare)
            break
        end -= 1
    return line[start:end] if start or end < len(line) else line


def text_of(line: Sequence[Run]) -> str:
    """The characters of a line's runs."""
    return "".join([leaf for _, leaf in line if isinstance(leaf, str)])


def nested(lines: Sequence[Sequence[Run]]) -> tuple[Inline, ...]:
    """The inlines of some lines, with a line break between them."""
    if len(lines) == 1 and len(lines[0]) == 1:
        style, leaf = lines[0][0]
        if not style.entries:
            return (_inline(style, [leaf]),)
    out: list[Inline] = []
    contents: list[list[Inline]] = [out]
    opened: list[Entry] = []
    now: tuple[Entry, ...] = ()
    for number, line in enumerate(lines):
        if number:
            if opened:
                _close_to(_shared(opened, line[0][0].entries) if line else 0, opened, contents)
                now = tuple(opened)
            contents[-1].append(LineBreak())
        for style, leaves in _joined(line):
            if style.entries is not now:
                now = style.entries
                if opened:
                    _close_to(_shared(opened, now), opened, contents)
                for entry in now[len(opened) :] if opened else now:
                    opened.append(entry)
                    contents.append([])
            contents[-1].append(_inline(style, leaves))
    if opened:
        _close_to(0, opened, contents)
    return tuple(out)


def _joined(line: Sequence[Run]) -> list[tuple[Style, list[Leaf]]]:
    """Neighbours of one style as one, images alone."""
    out: list[tuple[Style, list[Leaf]]] = []
    last: Style | None = None
    for style, leaf in line:
        if style is last and isinstance(leaf, str) and isinstance(out[-1][1][0], str):
            out[-1][1].append(leaf)
        else:
            out.append((style, [leaf]))
            last = style
    return out


def _inline(style: Style, leaves: list[Leaf]) -> Inline:
    first = leaves[0]
    if isinstance(first, Image):
        return first
    text = first if len(leaves) == 1 else "".join([leaf for leaf in leaves if isinstance(leaf, str)])
    return Code(text=text) if style.code and not text.isspace() else Text(text=text)


def _shared(opened: Sequence[Entry], entries: Sequence[Entry]) -> int:
    count = 0
    for one, other in zip(opened, entries, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _close_to(depth: int, opened: list[Entry], contents: list[list[Inline]]) -> None:
    while len(opened) > depth:
        kind, target = opened.pop()
        content = contents.pop()
        if _blank(content):
            contents[-1].extend(content)  # emphasised blanks are blanks
        elif target is not None:
            link = Link(content=tuple(content), href=target.href, replay_href=target.replay_href)
            contents[-1].append(link)
        else:
            contents[-1].append(_WRAPPERS[kind](content=tuple(content)))


def _blank(content: list[Inline]) -> bool:
    first = content[0] if content else None
    if first is not None and not (isinstance(first, Text) and first.text.isspace()):
        return False  # nearly always the first tells
    return all(isinstance(inline, Text) and inline.text.isspace() for inline in content)


def unwrapped(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Content without the strong text that wraps all of it: a heading is strong by being one."""
    while len(content) == 1 and isinstance(content[0], Strong):
        content = content[0].content
    return content


_WORDS = (Text, Code)


def plain(content: Sequence[Inline]) -> str:
    """The words of some inlines; a line break is a space, an image nothing."""
    out: list[str] = []
    stack: list[Inline] = list(reversed(content))
    while stack:
        inline = stack.pop()
        if isinstance(inline, _WORDS):
            out.append(inline.text)
        elif isinstance(inline, LineBreak):
            out.append(" ")
        elif not isinstance(inline, Image):
            stack.extend(reversed(inline.content))
    return "".join(out)


def folded(text: str) -> str:
    """Words alone, for comparing: case, width, punctuation and white space folded away.

    >>> folded(" The\\u00a0End! ") == folded("the end")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


# ------------------------------------------------------------------- images

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
"""Where scripts that load images late keep the address, in the order to be believed."""


def image(attrs: Mapping[str, str], links: Resolver) -> Leaf | None:
    """An ``img``'s image; BULLET for one that marks an item; None for what only holds space or draws a line.

    Where no address of it can be resolved, ``src`` is as the page wrote it, if it is a relative one, else empty;
    an image with neither an address nor words is nothing.
    """
    if pictures.spacer(attrs) or pictures.bar(attrs):
        return None
    if pictures.bullet(attrs):
        return BULLET
    alt = collapsed(attrs.get("alt", "")).strip()
    width, height = pictures.sides(attrs)
    source = attrs.get("src", "")
    for candidate in (source, *(attrs[name].split()[0] for name in _LAZY if attrs.get(name, "").strip())):
        target = links.resolve(candidate) if candidate else None
        if target is not None and not target.href.startswith(("mailto:", "tel:")):
            return Image(src=target.href, alt=alt, replay_src=target.replay_href, width=width, height=height)
    source = collapsed(source).strip()
    if not _RELATIVE.match(source):
        source = ""
    return Image(src=source, alt=alt, width=width, height=height) if source or alt else None


_RELATIVE = re.compile(r"(?!//)[^:#?]{1,500}(?:[?#].{0,500})?\Z")
"""A path that a browser would resolve against the page's own address."""


def unmarked(line: list[Run]) -> list[Run]:
    """A line without the images that mark it."""
    return trimmed([run for run in line if run[1] is not BULLET])


def unadorned(line: list[Run]) -> list[Run]:
    """A heading's line without the images that only adorn it: marks, and those with no words if they are not large."""
    return trimmed([run for run in line if run[1] is not BULLET and not _adorns(run[1])])


def _adorns(leaf: Leaf) -> bool:
    return (
        isinstance(leaf, Image)
        and pictures.wordless(leaf.alt)
        and max(leaf.width or 0, leaf.height or 0) < LARGE
    )  # fmt: skip


LARGE = 100
"""Pixels: an image this wide or high within a heading is more than its ornament."""
