"""What is counted of a page's blocks."""

from __future__ import annotations

from endleaf.chrome.blocks import Blocks
from endleaf.parse import parse


def test_a_word_ends_where_its_block_ends() -> None:
    blocks = Blocks(parse("<ul><li>Home</li><li>About us</li></ul><p>Bee<b>hive</b></p>"))
    assert blocks.per_block(blocks.words).tolist() == [1, 2, 1]
    assert blocks.per_block(blocks.kinds[:, 1:].sum(1)).tolist() == [4, 7, 7]
