"""A case is a folder: a page as text, and the tree and the sections it must become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.chrome import strip
from endleaf.links import Links
from endleaf.model import Block, List, ListItem, Section
from endleaf.parse import TEXT
from endleaf.plaintext import tree_of
from endleaf.sections import cut, headline
from tests.sections.shape import bare, everything, shape

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Callable[[Path, str], None]) -> None:
    tree = tree_of((case / "source.txt").read_text("utf-8"))
    keep = everything(tree)
    menus = "".join(f"menu {' / '.join(tree.text(i).split())}\n" for i in tree.find_all("nav"))
    for nav in tree.find_all("nav"):
        keep[nav : tree.ends[nav]] = bytes(tree.ends[nav] - nav)
    golden(case / "expected.txt", menus + shape(cut(tree, keep, Links(tree, None, ()), headline(tree, keep))))


@given(st.text(alphabet="aBc .\n\t-*•1=|#\u00a0é", max_size=300))
def test_every_character_but_white_space_is_in_the_tree(text: str) -> None:
    tree = tree_of(text)
    kept = "".join(tree.texts[i] for i in range(len(tree)) if tree.tags[i] == TEXT)
    marks = "-*•1=|#. "
    assert [c for c in kept if c not in marks and not c.isspace()] == [
        c for c in text if c not in marks and not c.isspace()
    ]


def test_a_long_file_is_read_in_linear_time() -> None:
    tree = tree_of("* item\n" * 50_000 + "Words and more words.\n\n" * 50_000)
    assert len(tree) > 200_000


@pytest.mark.shared
def test_the_first_page_that_was_given(shared: Path) -> None:
    tree = tree_of((shared / "corpus" / "seed-ukgwa-2004.txt").read_text("utf-8"))
    title = headline(tree, everything(tree))
    assert title == "The Response to International Crime"
    sections = cut(tree, strip(tree, title).keep, Links(tree, None, ()), title)
    words = "".join(bare(sections)).split()
    assert not {"*", "**", "Sitemap", "Print", "Subscribe", "Feedback"} & set(words)
    keep = everything(tree)
    for nav in tree.find_all("nav"):
        keep[nav : tree.ends[nav]] = bytes(tree.ends[nav] - nav)
    sections = cut(tree, keep, Links(tree, None, ()), title)
    headed = [section for section in _walk(sections) if section.heading]
    assert len(headed) == 12  # and the title is the thirteenth
    assert {section.level for section in headed} == {1, 2}
    response = next(section for section in sections if section.anchor == "the-international-response")
    assert len(response.sections) == 5
    assert [len(items) for items in _lists(headed)] == [5, 3]


def _walk(sections: tuple[Section, ...]) -> list[Section]:
    return [inner for section in sections for inner in (section, *_walk(section.sections))]


def _lists(sections: list[Section]) -> list[tuple[ListItem, ...]]:
    blocks: list[Block] = [block for section in sections for block in section.blocks]
    return [block.items for block in blocks if isinstance(block, List)]
