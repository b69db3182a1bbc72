"""Hypothesis strategies: random pages of every block and inline kind, with hostile words in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from endleaf.model import (
    Banner,
    Block,
    Cell,
    Code,
    Definition,
    Definitions,
    Disagreement,
    Emphasis,
    Field,
    Figure,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Moment,
    Page,
    Paragraph,
    Preformatted,
    Provenance,
    Quote,
    Removal,
    Row,
    Rule,
    Section,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Value,
)

HOSTILE = (
    "<script>alert(1)</script>", "</style>", "</title>", "</pre>", "<!--", "-->", "]]>", '" onload="x', "' onclick='x",
    "&lt;", "&amp", "&", "&#0;", "{{ 7 * 7 }}", "{% raw %}", "{#", "# ", "#", "- ", "-", "---", "===", "+ ", "1. ",
    "1986)", "> ", "* ", "*", "**", "_", "__", "`", "```", "~~~", "~", "|", "| --- |", ":--", "[", "]", "](x)",
    "![", "!", "\\", "\\\\", "<http://a.example>", "www.a.example", "javascript:alert(1)", "\u202e", "\u200f", "\x00",
    "\x1b[31m", "\x0c", "\x85", "\ufffe", "\u00a0", "\u2028", "日本語", "שלום", "e\u0301", "=cmd|'/c'!A1", "2", "word",
)  # fmt: skip
"""Pieces that break out of a format that does not escape them."""

_ADDRESSES = (
    "http://example.org/", "https://example.org/a(b)c?x=1&y=2&copy;#frag", "http://example.org/a b|c\"<d>`*_",
    "mailto:a@example.org", "tel:+44-20-0000", "ftp://example.org/f", "http://example.org/%zz", "http://[::1]/",
    "http://b\u00fccher.example/\u00fc", "http://example.org:99999/", "http:///", "http://a_b.example/",
)  # fmt: skip
_UNSAFE = ("javascript:alert(1)", "data:text/html,<script>", "vbscript:x", " java\nscript:x", "//example.org/", "x", "")

words = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=4).map("".join)
addresses = st.sampled_from(_ADDRESSES)
hrefs = st.sampled_from(_ADDRESSES + _UNSAFE)
texts = st.builds(Text, text=words)
images = st.builds(Image, src=hrefs, alt=words, replay_src=st.none() | hrefs)


def _around(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    content = st.lists(inner, max_size=3).map(tuple)
    return (
        st.builds(Link, content=content, href=hrefs, replay_href=st.none() | hrefs)
        | st.builds(Emphasis, content=content)
        | st.builds(Strong, content=content)
        | st.builds(Superscript, content=content)
        | st.builds(Subscript, content=content)
    )


inlines: st.SearchStrategy[Inline] = st.recursive(
    texts | st.builds(Code, text=words) | st.just(LineBreak()) | images, _around, max_leaves=5
)
runs: st.SearchStrategy[tuple[Inline, ...]] = st.lists(inlines, max_size=4).map(tuple)


def _holding(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    spans = st.sampled_from((1, 1, 1, 2, 3, 1000, 0, -1))
    cells = st.builds(Cell, blocks=blocks, header=st.booleans(), colspan=spans, rowspan=spans)
    rows = st.builds(Row, cells=st.lists(cells, max_size=3).map(tuple))
    items = st.builds(ListItem, blocks=blocks)
    terms = st.lists(runs, max_size=2).map(tuple)
    return (
        st.builds(Quote, blocks=blocks, cite=st.none() | hrefs)
        | st.builds(List, items=st.lists(items, max_size=3).map(tuple), ordered=st.booleans(), start=st.integers())
        | st.builds(Table, rows=st.lists(rows, max_size=3).map(tuple), caption=runs)
        | st.builds(
            Definitions, items=st.lists(st.builds(Definition, terms=terms, blocks=blocks), max_size=2).map(tuple)
        )
    )


blocks: st.SearchStrategy[Block] = st.recursive(
    st.builds(Paragraph, content=runs)
    | st.builds(Preformatted, text=words)
    | st.builds(Figure, images=st.lists(images, max_size=2).map(tuple), caption=runs)
    | st.just(Rule()),
    _holding,
    max_leaves=5,
)


def _sections(level: int, below: st.SearchStrategy[Sequence[Section]]) -> st.SearchStrategy[Section]:
    return st.builds(
        Section,
        level=st.just(level),
        heading=runs,
        blocks=st.lists(blocks, max_size=3).map(tuple),
        sections=below.map(tuple),
    )


_none: st.SearchStrategy[Sequence[Section]] = st.just(())
sections = _sections(1, st.lists(_sections(2, st.lists(_sections(3, _none), max_size=1)), max_size=2))

moments = st.datetimes().flatmap(
    lambda when: st.sampled_from(("year", "month", "day", "minute", "second", "fraction")).map(
        lambda precision: Moment.of(when, precision)  # type: ignore[arg-type]
    )
)
values = st.builds(Value, value=words, source=words)
banners = st.builds(
    Banner,
    archive_id=st.just("an-archive"),
    archive=words,
    kind=st.sampled_from(("archive", "saver")),
    notice=st.lists(words, max_size=2).map(tuple),
    captured_at=st.none() | moments,
    url=st.none() | hrefs,
    replay_url=st.none() | hrefs,
    content_at=st.none() | hrefs,
)
metadata = st.builds(
    Metadata,
    title=st.none() | values,
    authors=st.lists(values, max_size=2).map(tuple),
    published=st.none() | values,
    language=st.none() | st.builds(Value, value=st.sampled_from(("en", "ar", "zz", "<x>")), source=words),
    declared=st.lists(st.builds(Field, name=words, value=words, source=words), max_size=2).map(tuple),
)
provenances = st.builds(
    Provenance,
    source=words,
    container=st.just("warc"),
    url=st.none() | hrefs,
    captured_at=st.none() | moments,
    record_id=st.none() | words,
    warcinfo=st.lists(st.tuples(words, words), max_size=1).map(tuple),
)


def _anchored(page_sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Anchors as the model promises them: unique in the page."""
    count = iter(range(10_000))

    def anchored(section: Section) -> Section:
        anchor = f"a{next(count)}" if section.heading else ""
        fields: dict[str, Any] = {name: getattr(section, name) for name in section.__struct_fields__}
        return Section(**{**fields, "anchor": anchor, "sections": tuple(map(anchored, section.sections))})

    return tuple(map(anchored, page_sections))


pages: st.SearchStrategy[Page] = st.builds(
    Page,
    title=words,
    provenance=provenances,
    banners=st.lists(banners, max_size=2).map(tuple),
    disagreements=st.lists(
        st.builds(Disagreement, what=words, used=words, used_from=words, other=words, other_from=words), max_size=1
    ).map(tuple),
    metadata=metadata,
    sections=st.lists(sections, max_size=2).map(tuple).map(_anchored),
    removals=st.lists(st.builds(Removal, reason=words, where=words, text=words), max_size=2).map(tuple),
    notes=st.lists(words, max_size=1).map(tuple),
)
"""Pages with every kind of block and inline, hostile words everywhere a word can stand."""
