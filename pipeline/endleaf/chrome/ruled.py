"""What a person's rules say of a page's nodes, laid over what the page and its site say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.blocks import Blocks, Bools, Ints


@dataclass(frozen=True, slots=True)
class Ruled:
    """Nodes of the tree (elements or texts, by index) that rules name, each with the name of its rule.

    The innermost node that is named settles what is in it; of one that is named both ways, ``drop``. Node 0, the
    document, is dropped where only some of it is content.
    """

    keep: Mapping[int, str] = field(default_factory=dict)
    drop: Mapping[int, str] = field(default_factory=dict)

    def settled(self, blocks: Blocks) -> Settled:
        """What the rules say of every node. Of what a page hides they say nothing, unless they name it itself."""
        n = len(blocks.codes)
        at = np.full(n, -1, np.int64)
        keeps = np.zeros(n, np.bool_)
        for i in sorted({*self.keep, *self.drop}):  # document order: what stands inside comes later
            at[i : int(blocks.ends[i])] = i
            keeps[i] = i not in self.drop
        named = np.maximum(at, 0)
        of_the_page = (named == 0) | keeps[named]
        at[blocks.unseen & of_the_page & ~blocks.unseen[named]] = -1
        at[blocks.silent] = -1
        return Settled(at, (at >= 0) & keeps[np.maximum(at, 0)], {**self.keep, **self.drop})


@dataclass(frozen=True, slots=True)
class Settled:
    """What rules settled. N nodes.

    ``at``     (N) the named node that settled each, or -1
    ``keeps``  (N) whether it is kept by that
    ``rules``  the name of each named node's rule
    """

    at: Ints
    keeps: Bools
    rules: Mapping[int, str]

    def rule_of(self, i: int) -> str | None:
        """The name of the rule that settled a node; None where none did."""
        named = int(self.at[i])
        return self.rules[named] if named >= 0 else None

    def over(self, blocks: Blocks, kept: Bools) -> Bools:
        """(N) Which text nodes stay, given which stay without rules."""
        texts = blocks.codes == tags.TEXT_CODE
        return np.asarray(np.where(self.at >= 0, self.keeps & texts, kept), np.bool_)

    def atoms(self, blocks: Blocks, keep: Bools) -> Bools:
        """(N) The same of images and other atoms: those dropped go, and those stay that are named themselves, or stand
        in an element that is named and has no text by which they could stay."""
        ruled = tags.ATOM[blocks.codes] & (self.at >= 0)
        at = np.maximum(self.at, 0)
        textless = blocks.before[at] == blocks.before[blocks.ends[at]]
        return np.asarray(np.where(ruled, self.keeps & (keep | textless), keep), np.bool_)
