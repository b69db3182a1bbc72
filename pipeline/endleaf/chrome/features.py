"""What is known of each block, as one row of numbers: itself, its place, what holds it, its page."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from endleaf.chrome import letters, names, phrases, tags
from endleaf.chrome.blocks import Blocks, Ints, follow
from endleaf.chrome.facts import Facts

Floats = npt.NDArray[np.float32]

_ABOVE = [
    "nav", "header", "footer", "aside", "form", "table", "tr", "th", "ul",
    "ol", "dl", "li", "main", "article", "section", "blockquote", "figure", "figcaption",
    "pre", "p", "center", "label", "button", "details", "summary", "fieldset", "address",
    "caption", "a", "font", "div", "span", "body",
]  # fmt: skip
_OWN = [
    "p", "div", "li", "td", "th", "dt", "dd", "pre", "body",
    "blockquote", "center", "h1", "h2", "h3", "h4", "h5", "h6", "caption",
    "address", "section", "article",
]  # fmt: skip
_LOOKS = {
    "bold": ["b", "strong"], "italic": ["i", "em", "cite"], "font": ["font", "big", "small"],
    "code": ["code", "tt", "pre", "kbd", "samp"], "control": ["button", "label"], "span": ["span"], "time": ["time"],
}  # fmt: skip
_WINDOWS = (8, 20)


class Columns:
    """Feature columns as they are made, each with its name."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.names: list[str] = []
        self._parts: list[npt.NDArray[Any]] = []

    def add(self, name: str, column: npt.NDArray[Any]) -> None:
        """One column."""
        self.names.append(name)
        self._parts.append(column.reshape(self.rows, 1))

    def add_many(self, prefix: str, each: list[str], columns: npt.NDArray[Any]) -> None:
        """Several, under one prefix."""
        self.names += [f"{prefix}.{name}" for name in each]
        self._parts.append(columns)

    def matrix(self) -> Floats:
        """All of them, a row a block."""
        out = np.empty((self.rows, len(self.names)), np.float32)
        at = 0
        for part in self._parts:
            out[:, at : at + part.shape[1]] = part
            at += part.shape[1]
        return out


def _log(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.log1p(values))


def _ratio(a: npt.NDArray[Any], b: npt.NDArray[Any] | float) -> npt.NDArray[Any]:
    return a / np.maximum(b, 1)


def rows_of(facts: Facts, title: str | None) -> tuple[list[str], Floats]:
    """The names of the columns, and the matrix: a row a block. ``title`` is the page's, where it has no <title>."""
    columns = Columns(len(facts.blocks))
    _text(columns, facts)
    like = _like_title(facts, title)
    columns.add("like_title", like)
    _place(columns, facts, like)
    _phrases(columns, facts)
    _above(columns, facts)
    _holders(columns, facts)
    _alike(columns, facts)
    _around(columns, facts)
    _page(columns, facts)
    return columns.names, columns.matrix()


def _text(columns: Columns, f: Facts) -> None:
    b, add = f.blocks, columns.add
    chars, words = f.chars, f.words
    add("words", _log(words))
    add("chars", _log(chars))
    add("word_size", _ratio(chars, words))
    kinds = f.kinds
    alphabet = kinds[:, letters.SMALL] + kinds[:, letters.CAPITAL]
    add("capitals", _ratio(kinds[:, letters.CAPITAL], alphabet))
    for name in ("digit", "ideograph", "quote", "separator", "dash", "other", "money"):
        add(name, _ratio(kinds[:, letters.KINDS.index(name)], chars))
    add("ends", _log(f.ends_marks))
    add("ends_rate", _ratio(f.ends_marks, words))
    add("pauses", _log(kinds[:, letters.PAUSE]))
    add("pauses_rate", _ratio(kinds[:, letters.PAUSE], words))
    add("short_words", _ratio(b.per_block(b.short_words), words))
    add("capital_words", _ratio(b.per_block(b.capital_words), words))
    first = b.first_kind[b.starts]
    last = b.last_kind[np.append(b.starts[1:], len(b.nodes)) - 1]
    for kind in (letters.SMALL, letters.CAPITAL, letters.DIGIT, letters.QUOTE, letters.SEPARATOR, letters.DASH):
        add(f"first_{letters.KINDS[kind]}", first == kind)
    for kind in (letters.END, letters.PAUSE, letters.DIGIT, letters.QUOTE, letters.SEPARATOR):
        add(f"last_{letters.KINDS[kind]}", last == kind)
    add("link_density", _ratio(f.linked, words))
    links = _within(b, np.array(b.links, np.int64))
    add("links", _log(links))
    add("words_a_link", _log(_ratio(f.linked, links)))
    add("pieces", _log(np.diff(np.append(b.starts, len(b.nodes)))))
    add("breaks", _log(_within(b, np.flatnonzero(b.codes == tags.CODE["br"]))))
    images = np.flatnonzero(b.codes == tags.CODE["img"])
    add("images", _within(b, images))
    gap = np.searchsorted(images, np.append(b.first, len(b.codes)))
    add("images_above", _log(np.diff(gap, prepend=0)[:-1]))
    controls = np.flatnonzero(_CONTROLS[b.codes])
    gap = np.searchsorted(controls, np.append(b.first, len(b.codes)))
    add("controls_above", _log(np.diff(gap, prepend=0)[:-1]))
    add("controls_below", _log(np.diff(gap)))
    weight = np.maximum(b.kinds[:, 1:].sum(1), 1)
    total = b.per_block(weight)
    for name, which in _LOOKS.items():
        inside = b.cover(np.flatnonzero(tags.members(which)[b.codes]))[b.nodes] > 0
        add(name, b.per_block(weight * inside) / total)


_CONTROLS = tags.members(["input", "select", "textarea", "button"])


def _within(b: Blocks, elements: Ints) -> Ints:
    """(B) How many of these elements start inside each block, or just before its first text."""
    low = np.searchsorted(elements, b.home[b.first])
    return np.searchsorted(elements, b.last) - np.maximum(low, np.searchsorted(elements, np.append(0, b.last[:-1])))


def _like_title(f: Facts, title: str | None) -> npt.NDArray[Any]:
    """(B) How much of a short block's words the page's title has, by their share of both."""
    b = f.blocks
    out = np.zeros(len(b))
    at = b.tree.find("title")
    title = (b.tree.text(at) if at is not None else "") or title or ""
    wanted = set(title.casefold().split())
    if not wanted:
        return out
    size = len(title)
    texts = b.tree.texts
    for i in np.flatnonzero((f.chars >= 4) & (f.chars <= 1.2 * size + 10) & (f.chars >= 0.15 * size)).tolist():
        found = " ".join([texts[k] for k in b.nodes[b.starts[i] : b.starts[i] + 6].tolist() if k <= b.last[i]])
        have = set(found.casefold().split())
        both = len(have & wanted)
        if both:
            out[i] = both / len(have) * (both / len(wanted)) ** 0.5
    return out


def _place(columns: Columns, f: Facts, like: npt.NDArray[Any]) -> None:
    b, add = f.blocks, columns.add
    n = len(b)
    place = np.arange(n)
    add("place", place / max(1, n))
    add("words_share_before", f.words_before[:-1] / f.total)
    add("blocks_before", _log(place))
    add("blocks_after", _log(n - place))
    add("words_before", _log(f.words_before[:-1]))
    add("words_after", _log(f.total - f.words_before[1:]))
    add("node_place", b.first / len(b.codes))
    depth = b.cover(np.arange(len(b.codes)))
    add("depth", depth[b.first])
    code = b.codes[f.home]
    level = np.where(f.head, code - tags.CODE["h1"] + 1, 0)
    add("level", level)
    add("heading", f.head)
    for name in _OWN:
        add(f"own_{name}", code == tags.CODE[name])
    heads = np.flatnonzero(f.head)
    add("since_heading", _log(_since(heads, n)))
    add("to_heading", _log(_since(n - 1 - heads[::-1], n)[::-1]))
    ones = np.flatnonzero(level == 1)
    first = int(ones[0]) if len(ones) else 0
    add(
        "after_h1", np.sign(place - first) * _log(np.abs(f.words_before[:-1] - f.words_before[first])) * bool(len(ones))
    )
    longs = np.flatnonzero(f.long)
    add("since_long", _log(_since(longs, n)))
    add("to_long", _log(_since(n - 1 - longs[::-1], n)[::-1]))
    best = int(np.argmax(like)) if n and like.max() > 0.5 else -1
    add("after_title", np.clip(place - best, -50, 50) if best >= 0 else np.full(n, -99))


def _since(places: Ints, n: int) -> Ints:
    """(n) Steps back to the nearest of these places, n where there is none."""
    at = np.searchsorted(places, np.arange(n), side="right") - 1
    found = np.arange(n) - places[np.maximum(at, 0)] if len(places) else np.full(n, n)
    return np.where(at >= 0, found, n)


def _phrases(columns: Columns, f: Facts) -> None:
    """What the short blocks say, and how far above each block such a word last stood."""
    b = f.blocks
    n = len(b)
    said = np.full(n, -1)
    texts = b.tree.texts
    nodes = b.nodes.tolist()
    starts = [*b.starts.tolist(), len(nodes)]
    for i in np.flatnonzero((f.chars <= _SHORT) & (f.chars > 0)).tolist():
        said[i] = phrases.kind_of(" ".join([texts[k] for k in nodes[starts[i] : starts[i + 1]]]))
    for number, name in enumerate(phrases.KINDS):
        columns.add(f"says_{name}", said == number)
        if name in _RULING:
            columns.add(f"since_{name}", _log(_since(np.flatnonzero(said == number), n)))


# A heading of these words rules what follows it.
_RULING = ("comments", "related", "popular", "legal", "byline")
_SHORT = 40  # characters of a block that may be such a word


def _above(columns: Columns, f: Facts) -> None:
    """Which elements and which names stand above a block: anywhere, and nearest."""
    b = f.blocks
    n = len(b)
    codes = [tags.CODE[name] for name in _ABOVE]
    table = np.full(len(tags.NAMES), -1)
    table[codes] = np.arange(len(codes))
    column = table[b.codes]
    columns.add_many("in", _ABOVE, _log(_covered(f, np.flatnonzero(column >= 0), column, len(codes), n)))
    size = len(names.KINDS)
    marked = np.flatnonzero(b.marks)
    bits = (b.marks[marked][:, None] >> np.arange(size)) & 1
    row, kind = np.nonzero(bits)
    columns.add_many("named", list(names.KINDS), _covered_pairs(f, marked[row], kind, size, n) > 0)
    near = _nearest_marked(b)
    low = near[b.first]
    second = near[np.maximum(b.parents[low], 0)]
    for prefix, at in (("near", low), ("next", second)):
        columns.add_many(prefix, list(names.KINDS), (b.marks[at][:, None] >> np.arange(size)) & 1)
    columns.add("near_steps", _log(f.words_before[f.past_block[low]] - f.words_before[f.first_block[low]]))


def _nearest_marked(b: Blocks) -> Ints:
    own = np.arange(len(b.codes))
    return follow(np.where((b.marks > 0) | (own == 0), own, np.maximum(b.parents, 0)))


def _covered(f: Facts, elements: Ints, column: Ints, width: int, n: int) -> Ints:
    return _covered_pairs(f, elements, column[elements], width, n)


def _covered_pairs(f: Facts, elements: Ints, column: Ints, width: int, n: int) -> Ints:
    """(B, width) How many of the elements of each column hold each block."""
    low, high = f.first_block[elements], f.past_block[elements]
    some = low < high
    low, high, column = low[some], high[some], column[some]
    steps = np.bincount(low * width + column, minlength=(n + 1) * width)
    steps -= np.bincount(high * width + column, minlength=(n + 1) * width)
    return np.cumsum(steps.reshape(n + 1, width)[:-1], axis=0)


def _holders(columns: Columns, f: Facts) -> None:
    """The five elements around a block that each hold more than the last."""
    b = f.blocks
    own = f.words
    place = np.arange(len(b))
    for step, (at, low, high) in enumerate(f.holders):
        words = f.words_before[high] - f.words_before[low]
        linked = f.linked_before[high] - f.linked_before[low]
        long = f.long_before[high] - f.long_before[low]
        size = high - low
        made = {
            "words": _log(words),
            "share": words / f.total,
            "blocks": _log(size),
            "link_density": _ratio(linked, words),
            "ends_rate": _ratio(f.marks_before[high] - f.marks_before[low], words),
            "long_share": _ratio(long, words),
            "longs": _log(f.count_long_before[high] - f.count_long_before[low]),
            "words_a_block": _log(_ratio(words, size)),
            "own_share": _ratio(own, words),
            "place": _ratio(place - low, size),
            "long_of_page": long / max(1, int(f.long_before[-1])),
            "tag": _TAG_RANK[b.codes[at]],
        }
        columns.add_many(f"holder{step}", list(made), np.stack(list(made.values()), 1))


# Coarse order of what holders are: from page layout to inner structure, so that one threshold parts them.
_TAG_RANK = np.full(len(tags.NAMES), 6)
for _rank, _tags in enumerate(
    ("body html #document", "main article", "section", "div center", "table tbody", "tr td", "", "ul ol dl", "li dd dt",
     "p blockquote pre", "form fieldset", "aside", "header", "nav", "footer")
):  # fmt: skip
    _TAG_RANK[[tags.CODE[name] for name in _tags.split()]] = _rank


def _alike(columns: Columns, f: Facts) -> None:
    """Blocks of the same shape (the tags and names of the three elements around them) as one family."""
    family = f.family
    size = np.bincount(family)
    words = np.bincount(family, f.words)
    made = {
        "size": _log(size),
        "share": words / f.total,
        "words": _log(words / size),
        "link_density": np.bincount(family, f.linked) / np.maximum(words, 1),
        "ends_rate": np.bincount(family, f.ends_marks) / np.maximum(words, 1),
        "longs": np.bincount(family, f.long) / size,
    }
    columns.add_many("family", list(made), np.stack(list(made.values()), 1)[family])


def _around(columns: Columns, f: Facts) -> None:
    """Means over the blocks before and after."""
    n = len(f.blocks)
    place = np.arange(n)
    for size in _WINDOWS:
        low, high = np.maximum(place - size, 0), np.minimum(place + size + 1, n)
        for side, a, z in (("up", low, place), ("down", place + 1, high)):
            words = f.words_before[z] - f.words_before[a]
            made = np.stack(
                [
                    _log(words),
                    _ratio(f.linked_before[z] - f.linked_before[a], words),
                    _ratio(f.marks_before[z] - f.marks_before[a], words),
                    _ratio(f.long_before[z] - f.long_before[a], words),
                ],
                1,
            )
            columns.add_many(f"{side}{size}", ["words", "link_density", "ends_rate", "long_share"], made)


def _page(columns: Columns, f: Facts) -> None:
    """What kind of page it is: the same for every block."""
    b = f.blocks
    n = max(1, len(b))
    count = np.bincount(b.codes, minlength=len(tags.NAMES))
    code = b.codes[f.home]
    by_tag = np.bincount(code, f.words, minlength=len(tags.NAMES)) / f.total
    long_words = int(f.long_before[-1])
    made = {
        "blocks": np.log1p(n),
        "words": np.log1p(f.total),
        "link_density": f.linked.sum() / f.total,
        "words_a_block": np.log1p(f.total / n),
        "long_share": long_words / f.total,
        "longs": np.log1p(int(f.long.sum())),
        "ideograph": f.kinds[:, letters.IDEOGRAPH].sum() / f.total,
        "ends_rate": f.ends_marks.sum() / f.total,
        "digit": f.kinds[:, letters.DIGIT].sum() / f.total,
    }
    for name in ("p", "li", "td", "div", "dd", "pre"):
        made[f"words_in_{name}"] = by_tag[tags.CODE[name]]
    for name in (
        "h1",
        "h2",
        "h3",
        "p",
        "table",
        "li",
        "article",
        "main",
        "font",
        "div",
        "input",
        "img",
        "section",
        "nav",
    ):
        made[f"count_{name}"] = np.log1p(count[tags.CODE[name]])
    columns.add_many("page", list(made), np.broadcast_to(np.array(list(made.values())), (len(b), len(made))))
