"""What is known of each block, as one row of numbers: itself, its place, what holds it, its page."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from endleaf.chrome import letters, names, phrases, tags
from endleaf.chrome.blocks import Blocks, Ints, follow
from endleaf.chrome.columns import Columns, Floats, log, ratio
from endleaf.chrome.facts import Facts
from endleaf.chrome.telling import Telling
from endleaf.chrome.told import add_again, add_called, add_said

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


def rows_of(facts: Facts, title: str | None, telling: Telling) -> tuple[list[str], Floats]:
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
    add_said(columns, facts, telling)
    add_called(columns, facts, telling)
    add_again(columns, facts)
    return columns.names, columns.matrix()


def _text(columns: Columns, f: Facts) -> None:
    b, add = f.blocks, columns.add
    chars, words = f.chars, f.words
    add("words", log(words))
    add("chars", log(chars))
    add("word_size", ratio(chars, words))
    kinds = f.kinds
    alphabet = kinds[:, letters.SMALL] + kinds[:, letters.CAPITAL]
    add("capitals", ratio(kinds[:, letters.CAPITAL], alphabet))
    columns.add_many(_RATES, ratio(kinds[:, _RATE_KINDS].T, chars))
    add("ends", log(f.ends_marks))
    add("ends_rate", ratio(f.ends_marks, words))
    add("pauses", log(kinds[:, letters.PAUSE]))
    add("pauses_rate", ratio(kinds[:, letters.PAUSE], words))
    add("short_words", ratio(b.per_block(b.short_words), words))
    add("capital_words", ratio(b.per_block(b.capital_words), words))
    first = b.first_kind[b.starts]
    last = b.last_kind[np.append(b.starts[1:], len(b.nodes)) - 1]
    columns.add_many([f"first_{letters.KINDS[kind]}" for kind in _FIRSTS], first == _FIRSTS[:, None])
    columns.add_many([f"last_{letters.KINDS[kind]}" for kind in _LASTS], last == _LASTS[:, None])
    add("link_density", ratio(f.linked, words))
    links = _within(b, np.array(b.links, np.int64))
    add("links", log(links))
    add("words_a_link", log(ratio(f.linked, links)))
    add("pieces", log(np.diff(np.append(b.starts, len(b.nodes)))))
    add("breaks", log(_within(b, np.flatnonzero(b.codes == tags.CODE["br"]))))
    images = np.flatnonzero(b.codes == tags.CODE["img"])
    add("images", _within(b, images))
    gap = np.searchsorted(images, np.append(b.first, len(b.codes)))
    add("images_above", log(np.diff(gap, prepend=0)[:-1]))
    controls = np.flatnonzero(_CONTROLS[b.codes])
    gap = np.searchsorted(controls, np.append(b.first, len(b.codes)))
    add("controls_above", log(np.diff(gap, prepend=0)[:-1]))
    add("controls_below", log(np.diff(gap)))
    weight = np.maximum(b.kinds[:, 1:].sum(1), 1)
    inside = _look_of(b) > 0
    looks = b.per_block(weight[:, None] * inside).T / b.per_block(weight)
    columns.add_under("look", _LOOKS, looks)


_RATES = ("digit", "ideograph", "quote", "separator", "dash", "other", "money")
_RATE_KINDS = [letters.KINDS.index(name) for name in _RATES]
_FIRSTS = np.array(
    [letters.SMALL, letters.CAPITAL, letters.DIGIT, letters.QUOTE, letters.SEPARATOR, letters.DASH], np.int64
)
_LASTS = np.array([letters.END, letters.PAUSE, letters.DIGIT, letters.QUOTE, letters.SEPARATOR], np.int64)


def _look_of(b: Blocks) -> Ints:
    """(T, looks) How many elements of each look hold each text node."""
    look = _LOOK[b.codes]
    elements = np.flatnonzero(look >= 0)
    width, many = len(_LOOKS), len(b.nodes)
    low, high, column = b.before[elements], b.before[b.ends[elements]], look[elements]
    steps = np.bincount(low * width + column, minlength=(many + 1) * width)
    steps -= np.bincount(high * width + column, minlength=(many + 1) * width)
    return np.cumsum(steps.reshape(many + 1, width)[:-1], axis=0)


_LOOK = np.full(len(tags.NAMES), -1)
for _column, _names in enumerate(_LOOKS.values()):
    _LOOK[[tags.CODE[name] for name in _names]] = _column
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
    for i in np.flatnonzero((f.chars >= 4) & (f.chars <= 1.2 * size + 10) & (f.chars >= 0.15 * size)).tolist():
        found = f.openings[i].casefold().split()
        both = len(wanted.intersection(found))
        if both:
            out[i] = both / len(set(found)) * (both / len(wanted)) ** 0.5
    return out


def _place(columns: Columns, f: Facts, like: npt.NDArray[Any]) -> None:
    b, add = f.blocks, columns.add
    n = len(b)
    place = np.arange(n)
    add("place", place / max(1, n))
    add("words_share_before", f.words_before[:-1] / f.total)
    add("blocks_before", log(place))
    add("blocks_after", log(n - place))
    add("words_before", log(f.words_before[:-1]))
    add("words_after", log(f.total - f.words_before[1:]))
    add("node_place", b.first / len(b.codes))
    depth = b.cover(np.arange(len(b.codes)))
    add("depth", depth[b.first])
    code = b.codes[f.home]
    level = np.where(f.head, code - tags.CODE["h1"] + 1, 0)
    add("level", level)
    add("heading", f.head)
    columns.add_many([f"own_{name}" for name in _OWN], code == _OWN_CODES)
    heads = np.flatnonzero(f.head)
    add("since_heading", log(_since(heads, n)))
    add("to_heading", log(_since(n - 1 - heads[::-1], n)[::-1]))
    ones = np.flatnonzero(level == 1)
    first = int(ones[0]) if len(ones) else 0
    add("after_h1", np.sign(place - first) * log(np.abs(f.words_before[:-1] - f.words_before[first])) * bool(len(ones)))
    longs = np.flatnonzero(f.long)
    add("since_long", log(_since(longs, n)))
    add("to_long", log(_since(n - 1 - longs[::-1], n)[::-1]))
    best = int(np.argmax(like)) if n and like.max() > 0.5 else -1
    add("after_title", np.clip(place - best, -50, 50) if best >= 0 else np.full(n, -99))


_OWN_CODES = np.array([[tags.CODE[name]] for name in _OWN])


def _since(places: Ints, n: int) -> Ints:
    """(n) Steps back to the nearest of these places, n where there is none."""
    at = np.searchsorted(places, np.arange(n), side="right") - 1
    found = np.arange(n) - places[np.maximum(at, 0)] if len(places) else np.full(n, n)
    return np.where(at >= 0, found, n)


def _phrases(columns: Columns, f: Facts) -> None:
    """What the short blocks say, and how far above each block such a word last stood."""
    n = len(f.blocks)
    said = np.full(n, -1)
    for i in np.flatnonzero((f.chars <= _SHORT) & (f.chars > 0)).tolist():
        said[i] = phrases.kind_of(f.openings[i])
    for number, name in enumerate(phrases.KINDS):
        columns.add(f"says_{name}", said == number)
        if name in _RULING:
            columns.add(f"since_{name}", log(_since(np.flatnonzero(said == number), n)))


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
    columns.add_under("in", _ABOVE, log(_covered(f, np.flatnonzero(column >= 0), column, len(codes), n).T))
    size = len(names.KINDS)
    marked = np.flatnonzero(b.marks)
    bits = (b.marks[marked][:, None] >> np.arange(size)) & 1
    row, kind = np.nonzero(bits)
    columns.add_under("named", names.KINDS, _covered_pairs(f, marked[row], kind, size, n).T > 0)
    near = _nearest_marked(b)
    low = near[b.first]
    second = near[np.maximum(b.parents[low], 0)]
    for prefix, at in (("near", low), ("next", second)):
        columns.add_under(prefix, names.KINDS, (b.marks[at] >> np.arange(size)[:, None]) & 1)
    columns.add("near_steps", log(f.words_before[f.past_block[low]] - f.words_before[f.first_block[low]]))


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
    at, low, high = (np.stack(each) for each in zip(*f.holders, strict=True))
    words = f.words_before[high] - f.words_before[low]
    long = f.long_before[high] - f.long_before[low]
    size = high - low
    made = {
        "words": log(words),
        "share": words / f.total,
        "blocks": log(size),
        "link_density": ratio(f.linked_before[high] - f.linked_before[low], words),
        "ends_rate": ratio(f.marks_before[high] - f.marks_before[low], words),
        "long_share": ratio(long, words),
        "longs": log(f.count_long_before[high] - f.count_long_before[low]),
        "words_a_block": log(ratio(words, size)),
        "own_share": ratio(f.words, words),
        "place": ratio(np.arange(len(f.blocks)) - low, size),
        "long_of_page": long / max(1, int(f.long_before[-1])),
        "tag": _TAG_RANK[f.blocks.codes[at]],
    }
    columns.add_stack([f"holder{step}" for step in range(len(at))], made)


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
        "size": log(size),
        "share": words / f.total,
        "words": log(words / size),
        "link_density": np.bincount(family, f.linked) / np.maximum(words, 1),
        "ends_rate": np.bincount(family, f.ends_marks) / np.maximum(words, 1),
        "longs": np.bincount(family, f.long) / size,
    }
    columns.add_all("family", {name: each[family] for name, each in made.items()})


def _around(columns: Columns, f: Facts) -> None:
    """Means over the blocks before and after."""
    n = len(f.blocks)
    place = np.arange(n)
    spans = [span for size in _WINDOWS for span in ((np.maximum(place - size, 0), place),
                                                    (place + 1, np.minimum(place + size + 1, n)))]  # fmt: skip
    low, high = (np.stack(each) for each in zip(*spans, strict=True))
    words = f.words_before[high] - f.words_before[low]
    made = {
        "words": log(words),
        "link_density": ratio(f.linked_before[high] - f.linked_before[low], words),
        "ends_rate": ratio(f.marks_before[high] - f.marks_before[low], words),
        "long_share": ratio(f.long_before[high] - f.long_before[low], words),
    }
    columns.add_stack([f"{side}{size}" for size in _WINDOWS for side in ("up", "down")], made)


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
    columns.add_under("page", made, np.broadcast_to(np.array(list(made.values()))[:, None], (len(made), len(b))))
