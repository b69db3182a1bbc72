"""What a person's rules say of a page's nodes, laid over what the page and its site say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from endleaf.chrome import tags
from endleaf.chrome.blocks import Blocks, Bools


@dataclass(frozen=True, slots=True)
class Ruled:
    """Elements of the tree, by index, that rules name. The innermost element that is named settles a text."""

    keep: tuple[int, ...] = ()
    drop: tuple[int, ...] = ()

    def over(self, blocks: Blocks, kept: Bools) -> Bools:
        """(N) Which text nodes stay, given which stay without rules. Text that no reader sees never does."""
        out = kept.copy()
        shown = (blocks.codes == tags.TEXT_CODE) & ~blocks.unseen
        verdicts = {**dict.fromkeys(self.keep, True), **dict.fromkeys(self.drop, False)}
        for i in sorted(verdicts):  # document order: what stands inside comes later
            out[i : int(blocks.ends[i])] = verdicts[i]
        return np.asarray(out & shown, np.bool_)
