"""Notices that archives print at the top of a page, recognised by their words whatever the markup.

A notice counts only at the document's very start: the same words in an article
are a quotation. What is removed is the notice's known sentences, never more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from endleaf.banners.clues import FIRST_WORDS, Clues
from endleaf.parse import TEXT, Tree

_READ = 2500
"""Characters from the document's start in which a notice ends."""
_NOT_ONLY_WORDS = frozenset({"img", "iframe", "form", "input", "object", "embed", "video", "audio", "svg"})
_INLINE = frozenset({"a", "abbr", "b", "big", "em", "font", "i", "nobr", "small", "span", "strong", "time", "tt", "u"})


@dataclass(frozen=True, slots=True)
class Notice:
    """Words of a notice found: the match, its paragraphs, and the nodes that hold them."""

    match: re.Match[str]
    paragraphs: tuple[str, ...]
    nodes: frozenset[int]
    texts: dict[int, str]
    """Text nodes that also hold what comes after the notice, with that rest."""


def notice_at_start(clues: Clues, first: re.Pattern[str], more: tuple[re.Pattern[str], ...]) -> Notice | None:
    """The notice that begins with ``first`` at the document's start, and goes on with any of ``more``."""
    if not FIRST_WORDS.match(clues.opening(80)):
        return None
    stream, spans = _stream(clues)
    lead = len(stream) - len(stream.lstrip())
    match = first.match(stream, lead)
    if match is None:
        return None
    end = match.end()
    going = True
    while going:
        going = False
        for form in more:
            found = form.match(stream, _past_space(stream, end))
            if found and found.end() > end:
                end, going = found.end(), True
    nodes, texts = _holders(clues.tree, spans, end)
    return Notice(match, _paragraphs(stream[lead:end]), nodes, texts)


def sentence(words: str) -> re.Pattern[str]:
    """A sentence's pattern: any white space where the words have a space (outside square brackets).

    >>> bool(sentence("Taken on [0-9 ]+").match("Taken\\n  on 28 06"))
    True
    """
    return re.compile(re.sub(r" (?![^\[\]]*\])", r"\\s+", words))


def _stream(clues: Clues) -> tuple[str, list[tuple[int, int]]]:
    """The first visible characters, a line end where a block or a line ends, and where in it each text node begins."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at, last = 0, 0
    for i, text in clues.words():
        if last and not _runs_on(clues.tree, last, i):
            pieces.append("\n")
            at += 1
        spans.append((at, i))
        pieces.append(text[: _READ * 4])
        at, last = at + len(pieces[-1]), i
        if at > _READ:
            break
    pieces.append("\n")
    return "".join(pieces), spans


def _runs_on(tree: Tree, one: int, other: int) -> bool:
    """Whether two text nodes stand in one line: nothing but inline elements ends or begins between them."""
    above = tree.parents[one]
    while tree.ends[above] <= other:
        if tree.tags[above] not in _INLINE:
            return False
        above = tree.parents[above]
    return all(tree.tags[k] in _INLINE or tree.tags[k] == TEXT for k in range(one + 1, other))


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _holders(tree: Tree, spans: list[tuple[int, int]], end: int) -> tuple[frozenset[int], dict[int, str]]:
    """The smallest subtrees that hold the words up to ``end`` and nothing else, and what is left of the last node."""
    whole: set[int] = set()
    texts: dict[int, str] = {}
    for at, i in spans:
        if at >= end:
            break
        rest = tree.texts[i][end - at :] if at + len(tree.texts[i]) > end else ""
        if rest.strip():
            texts[i] = rest.lstrip()
        else:
            whole.add(i)
    return frozenset(_grown(tree, whole)), texts


def _grown(tree: Tree, words: set[int]) -> set[int]:
    """Text nodes exchanged for the largest elements that hold only them."""
    grown: set[int] = set()
    for i in sorted(words):
        top = i
        above = tree.parents[i]
        while above > 0 and tree.tags[above] not in ("body", "html") and _only(tree, above, words):
            top, above = above, tree.parents[above]
        grown.add(top)
    return grown


def _only(tree: Tree, element: int, words: set[int]) -> bool:
    for k in range(element + 1, tree.ends[element]):
        tag = tree.tags[k]
        if tag in _NOT_ONLY_WORDS or (tag == TEXT and k not in words and tree.texts[k].strip()):
            return False
    return True


def verbatim(tree: Tree, i: int) -> str:
    """The words of a subtree as they stand, line ends become spaces."""
    return re.sub(r"\s*\n\s*", " ", tree.text(i)).strip()


def _paragraphs(text: str) -> tuple[str, ...]:
    """A notice's paragraphs: cut at blank lines and after sentences; other line ends become spaces."""
    paragraphs: list[str] = []
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        goes_on = paragraphs and (line[0] in ",.;" or paragraphs[-1][-1] not in ".!?")
        if not goes_on:
            paragraphs.append(line)
        elif line == "." and paragraphs[-1].endswith("."):
            continue
        else:
            paragraphs[-1] += line if line[0] in ",.;" else " " + line
    return tuple(re.sub(r"\s+([,.;])", r"\1", paragraph) for paragraph in paragraphs)
