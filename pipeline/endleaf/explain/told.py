"""What an explanation is made of: every type of it, and its JSON.

No markup of the page has a place here either: text is text, what stands around
it is one of our own words, and numbers of the page are kept within bounds.
``docs/explain.schema.json`` is made from these types.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from endleaf.model import Frozen, Page

State = Literal["kept", "removed", "part"]
"""``part`` is a block that a person's rules cut through."""

Step = Literal["score", "list-or-table", "heading", "plain-rule", "site", "custom", "rules"]
"""What settled a block: its likelihood; the list or table it is part of; the heading rule; the rule for pages of too
many blocks; the site's other pages; what pages of its manner always have; a person's rules."""

Box = Literal[
    "table", "row", "cell", "list", "numbered", "item", "term", "description", "paragraph", "quote", "pre", "address",
    "heading1", "heading2", "heading3", "heading4", "heading5", "heading6", "aligned", "form", "figure",
    "header", "footer", "nav", "aside", "main", "article",
]  # fmt: skip
"""What may stand around a block in the drawing."""

Align = Literal["", "left", "center", "right"]
Colour = Literal["", "red", "brown", "green", "blue", "purple"]


class Picture(Frozen, frozen=True, tag="picture"):
    """An image, or a field of a form, as a box: its words and its size in pixels, nothing of what it shows."""

    words: str = ""
    field: bool = False
    width: int | None = None
    height: int | None = None
    kept: bool = False


class Run(Frozen, frozen=True):
    """The next ``length`` characters of a block's text, and how they looked."""

    length: int
    size: int = 0
    """1 to 7 as HTML's ``font`` counts; 0 where nothing said so."""
    bold: bool = False
    italic: bool = False
    fixed: bool = False
    link: bool = False
    colour: Colour = ""
    gone: bool = False
    """Whether it went while other text of its block stayed."""
    picture: Picture | None = None
    """A picture that stands there in the text; ``length`` is then 0."""


class Sign(Frozen, frozen=True):
    """What a group of signs did to a block's score."""

    group: str
    """A key of :data:`endleaf.explain.signs.GROUPS`."""
    odds: float
    """How much higher the log odds are than they would be if this group told nothing: above 0 speaks for content."""


class Named(Frozen, frozen=True):
    """An element around a block whose class, id or role tells what it is."""

    element: str
    """As in a path: ``div#menu``."""
    tells: tuple[str, ...]
    """What the names in it tell, in words of :mod:`endleaf.chrome.names`."""


class Told(Frozen, frozen=True):
    """One block of the page: its text, what became of it, and why."""

    text: str
    """White space collapsed, a newline for a line break."""
    runs: tuple[Run, ...]
    """How the text looked; their lengths add up to the text's."""
    state: State
    settled_by: Step
    rule: str = ""
    """The name of the person's rule that settled it; empty where none did."""
    score: float | None = None
    """How likely the block is content, 0 to 1, by the network; None where the network was not asked."""
    signs: tuple[Sign, ...] = ()
    """What the score rests on, the strongest first."""
    removal: int | None = None
    """The region it went with: its place in ``page.removals``."""
    where: str = ""
    """Its path in the page, the deepest eight steps."""
    named: tuple[Named, ...] = ()
    """The nearest elements around it whose names tell something."""
    words: int = 0
    linked: float = 0.0
    """The share of its text that is links."""
    before: float = 0.0
    """The share of the words of all these blocks that stand above it."""


class Open(Frozen, frozen=True, tag="open"):
    """Something begins that holds blocks."""

    box: Box
    align: Align = ""
    width: int = 0
    """Percent of what it stands in, in steps of five; 0 where the page gave none."""
    colspan: int = 1
    rowspan: int = 1


class Close(Frozen, frozen=True, tag="close"):
    """What was opened last ends."""


class Place(Frozen, frozen=True, tag="block"):
    """A block stands here."""

    block: int
    """Its place in ``blocks``."""


class Line(Frozen, frozen=True, tag="line"):
    """A horizontal rule."""


Part = Open | Close | Place | Picture | Line


class Other(Frozen, frozen=True):
    """Another statement of the same field."""

    value: str
    source: str
    agrees: bool
    """Whether it says the same: other spelling, coarser date, or the longer form of it."""


class Stated(Frozen, frozen=True):
    """A field of the metadata: the value that was taken, where it stood, and what else the page says."""

    label: str
    value: str
    source: str
    others: tuple[Other, ...] = ()


class Sums(Frozen, frozen=True):
    """How much of the page stayed."""

    blocks: int = 0
    kept: int = 0
    """Those that stayed, whole or in part."""
    words: int = 0
    kept_words: int = 0
    """Words of the blocks that stayed."""


class Explained(Frozen, frozen=True):
    """A page, and why it became what it is."""

    page: Page
    """As ``endleaf extract --to json`` gives it: banners, provenance, disagreements, sections, removals."""
    steps: tuple[str, ...] = ()
    """The steps taken, in order: ``network`` or ``plain rule``, then ``site``, ``customs`` and ``rules`` where there
    were any."""
    bar: float | None = None
    """The score from which a block of this page is content by itself; None where the network was not asked."""
    sums: Sums = Sums()
    blocks: tuple[Told, ...] = ()
    """The blocks that a reader of the page saw, its banner aside, in document order: all of them, unless there are
    more than :data:`endleaf.explain.layout.MOST_BLOCKS`."""
    layout: tuple[Part, ...] = ()
    """The page drawn again: what opens, what stands in it, what closes, in document order."""
    metadata: tuple[Stated, ...] = ()


def to_json(explained: Explained) -> bytes:
    """An explanation as one line of UTF-8 JSON."""
    return msgspec.json.encode(explained)


def from_json(data: bytes | str) -> Explained:
    """An explanation from its JSON. Raises :class:`msgspec.ValidationError` where the JSON is none."""
    return msgspec.json.decode(data, type=Explained)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an explanation, as committed in ``docs/explain.schema.json``.

    For ``page`` it refers to ``page.schema.json``, which lies beside it.
    """
    schema = msgspec.json.schema(Explained)
    of_the_page = msgspec.json.schema(Page)["$defs"]
    defined = {name: each for name, each in schema["$defs"].items() if name not in of_the_page}
    defined["Explained"]["properties"]["page"] = {"$ref": "page.schema.json"}
    return schema | {"$defs": defined}
