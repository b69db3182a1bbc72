"""What holds for any list, any header and any line."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from endleaf.fetch.asking import cleaned, retry_after
from endleaf.fetch.indexes import Listing, row_of
from endleaf.fetch.linkformat import Links, links_of
from endleaf.fetch.listed import instant, joined, original
from endleaf.fetch.policy import place_of

URLS = st.text(st.characters(exclude_characters="<>", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
VALUES = st.text(st.characters(exclude_characters='"', exclude_categories=("Cs", "Cc")), max_size=12)
LINKS = st.lists(
    st.tuples(URLS.map(str.strip).filter(bool), VALUES, st.sampled_from(["memento", "first memento", "timemap"])),
    max_size=6,
)


@given(LINKS, st.lists(st.integers(0, 400), max_size=8), st.sampled_from([",", ",\n", " , ", ",,"]))
def test_links_are_the_same_wherever_the_text_is_cut(
    links: list[tuple[str, str, str]], cuts: list[int], comma: str
) -> None:
    text = comma.join(f'<{url}>; rel="{relation}"; title="{title}"' for url, title, relation in links)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    reader = Links()
    found = list(reader.read(text[first:last] for first, last in itertools.pairwise(places)))
    assert [(link.url, link.parameters["title"], " ".join(sorted(link.relations))) for link in found] == [
        (url, title, " ".join(sorted(relation.split()))) for url, title, relation in links
    ]
    assert reader.broken == 0


@given(st.text())
def test_nothing_that_a_server_says_raises(text: str) -> None:
    links_of([text])
    retry_after(text, 0.0)
    joined("http://a.example/b", text)
    joined(text, text)
    place_of(text)
    assert all(c == "\t" or c > "\x1f" for c in cleaned(text))
    url = original(text)
    assert url is None or (url.isascii() and url.isprintable() and " " not in url)


@given(st.text() | st.text().map(lambda text: '{"timestamp": "20040628050632", "url": ' + text + "}"))
def test_a_row_is_a_capture_or_is_counted(line: str) -> None:
    listing = Listing()
    row = row_of(line, listing)
    if row is None:
        assert listing.broken == 1 or line.strip() in ("[]", "[", "]") or "timestamp" in line
    else:
        assert instant(row.timestamp) and row.url
