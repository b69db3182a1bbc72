"""An explanation as HTML: what of it is shown, through the template ``explain.html``."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from endleaf.explain import reading
from endleaf.explain.drawing import Step, bounded, cut_of, steps_of
from endleaf.explain.lists import MOST_REGIONS, Gone, Heading, outline, regions
from endleaf.explain.told import Explained, Part, Place, Stated, Sums
from endleaf.model import Frozen
from endleaf.render import environment, fill
from endleaf.render.context import context_of
from endleaf.render.words import counted


class Context(Frozen, frozen=True):
    """The names that ``explain.html`` has beside those of a page template."""

    steps: tuple[Step, ...]
    sums: Sums
    how: tuple[str, ...]
    """How the page was told, a sentence each."""
    cut: tuple[str, ...]
    """What is not shown, a sentence each."""
    outline: tuple[Heading, ...]
    regions: tuple[Gone, ...]
    stated: tuple[Stated, ...]

    def names(self) -> dict[str, object]:
        """The names and values, for Jinja."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def to_html(explained: Explained, jinja: jinja2.Environment | None = None) -> str:
    """An explanation as a self-contained HTML page. Raises :class:`endleaf.errors.TemplateError`."""
    names = context_of(explained.page).names() | context(explained).names()
    return fill(jinja or environment(), "explain.html", names)


def context(explained: Explained) -> Context:
    """What the template sees of an explanation."""
    parts = bounded(explained)
    shown = {part.block for part in parts if isinstance(part, Place)}
    return Context(
        steps=tuple(steps_of(parts, explained)),
        sums=explained.sums,
        how=tuple(reading.how(explained)),
        cut=tuple(_cut(explained, parts, shown)),
        outline=outline(explained, shown),
        regions=tuple(regions(explained, shown)),
        stated=explained.metadata,
    )


def _cut(explained: Explained, parts: list[Part], shown: set[int]) -> Iterator[str]:
    """What is not shown, in sentences."""
    left = explained.sums.blocks - len(shown)
    if left:
        words = explained.sums.words - sum(explained.blocks[b].words for b in shown)
        yield (
            f"The drawing ends after {counted(len(shown), 'block')}: {counted(left, 'more block')} "
            f"({counted(words, 'word')}) are not drawn."
        )
    elif len(parts) < len(explained.layout):
        yield "The drawing ends before the last of the page's pictures, rules and boxes."
    long = sum(cut_of(explained.blocks[b]) > 0 for b in shown)
    if long:
        yield f"Of {counted(long, 'long block')} only the beginning is drawn."
    if len(explained.page.removals) > MOST_REGIONS:
        yield f"Of {counted(len(explained.page.removals), 'removed region')} the first {MOST_REGIONS} are listed."
