"""Explain: a page drawn again from its tree, each block coloured by what became of it, with the reasons.

told     the types of an explanation, and its JSON
layout   the page drawn again: our boxes around its blocks (boxes, looks and texts say how)
spans    its tables' cells, each in its place
why      the step that settled each block, the region it went with, the names around it
signs    what its score rests on, by hiding groups of signs from the network
said     the metadata with every other statement of the same
page     the HTML, through ``explain.html`` (drawing, lists and reading say what it shows)
"""

from __future__ import annotations

from endleaf.explain.layout import draw
from endleaf.explain.page import to_html
from endleaf.explain.said import stated
from endleaf.explain.told import Explained, from_json, json_schema, to_json
from endleaf.explain.why import reasons
from endleaf.model import Capture
from endleaf.way import NONE, Guidance, walk

__all__ = ["Explained", "explain", "from_json", "json_schema", "to_html", "to_json"]


def explain(capture: Capture, guidance: Guidance = NONE) -> Explained:
    """Why a capture becomes the page it becomes, given what is known beside it.

    Raises :class:`endleaf.errors.NotAPage` where it holds none, or PageTooLarge.

    >>> from endleaf.model import Provenance
    >>> source = b"<ul id=menu><li><a href=/>Home</a><li><a href=/a>About us</a></ul><h1>Bees</h1>" + (
    ...     b"<p>Bees are kept for their honey, which is sold in the village shop each spring.")
    >>> known = Provenance(source="bees.html", container="html", media_type="text/html")
    >>> explained = explain(Capture(provenance=known, payload=source))
    >>> [(told.text[:8], told.state) for told in explained.blocks]
    [('Home', 'removed'), ('About us', 'removed'), ('Bees', 'kept'), ('Bees are', 'kept')]
    """
    way = walk(capture, guidance)
    judged = way.kept.judged
    drawn = draw(judged.blocks, way.kept.keep)
    why = reasons(way, drawn.texts)
    return Explained(
        page=way.page,
        steps=(*judged.steps, *(("rules",) if way.kept.settled else ())),
        bar=why.bar,
        sums=why.sums,
        blocks=why.blocks,
        layout=tuple(drawn.parts),
        metadata=stated(way.page.metadata),
    )
