"""How the blocks of a page were judged, step by step: what ``explain`` shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from endleaf.chrome.blocks import Blocks, Bools
from endleaf.chrome.columns import Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """Each block's likelihood and verdicts. B blocks."""

    blocks: Blocks
    likely: Floats
    """(B) How likely each block is content, by the network; nought where the page was told by a plain rule."""
    steps: dict[str, Bools]
    """(B) What was kept after each step, in their order: ``network`` (the likelihoods, lists, tables and headings
    together), ``site`` (what the site's other pages tell), ``customs`` (what pages of its manner always have), each
    only where it was taken. The last one holds."""

    cut: tuple[int, ...] = ()
    """Text nodes that go though their block stays."""

    @property
    def kept(self) -> Bools:
        """(B) Which blocks are content."""
        return list(self.steps.values())[-1] if self.steps else np.zeros(0, np.bool_)

    @property
    def template(self) -> Bools:
        """(B) Which blocks went because the site's other pages have them."""
        if "site" not in self.steps:
            return np.zeros(len(self.likely), np.bool_)
        return self.steps["network"] & ~self.steps["site"]

    def settled_by(self) -> list[str]:
        """(B) The step that settled each block: the last one that changed it, or the first."""
        settled: list[str] = []
        for verdicts in zip(*(step.tolist() for step in self.steps.values()), strict=True):
            last = max((i for i in range(1, len(verdicts)) if verdicts[i] != verdicts[i - 1]), default=0)
            settled.append(list(self.steps)[last])
        return settled
