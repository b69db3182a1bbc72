"""What templates see is what docs/templates.md says: no name more, none less, of that type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from endleaf.explain import drawing, lists, told
from endleaf.explain import page as explanation
from endleaf.render import TEMPLATES, environment
from endleaf.render.bookplate import Bookplate, Dispute, Layer
from endleaf.render.context import About, Contents, Context, Described, Removed
from endleaf.render.filters import FILTERS, GLOBALS
from endleaf.render.record import Fact
from endleaf.render.words import Date

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "templates.md").read_text("utf-8")
ROW = re.compile(r"^\| `([^`]+)` \| (?:`([^`]+)` \|)?", re.MULTILINE)


def part(title: str) -> list[tuple[str, str]]:
    """The names and types of the table below a heading."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert found, f"docs/templates.md has no part {title!r}"
    return [(name, kind.replace("\\|", "|")) for name, kind in ROW.findall(found[1])]


@pytest.mark.parametrize(
    ("title", "struct"),
    [
        ("What a page template sees", Context),
        *(
            (struct.__name__, struct)
            for struct in (Bookplate, Layer, Dispute, Date, Contents, Described, Fact, Removed, About)
        ),
        ("What an explanation sees", explanation.Context),
        *(
            (struct.__name__, struct)
            for module, names in (
                (drawing, ("Step", "Shown", "Piece", "Shape")),
                (lists, ("Heading", "Gone")),
                (told, ("Sums",)),
            )
            for struct in (getattr(module, name) for name in names)
        ),
    ],
)
def test_every_name_is_documented_with_its_type(title: str, struct: Any) -> None:
    assert part(title) == list(struct.__annotations__.items())


def test_every_filter_and_function_is_documented() -> None:
    assert {name for name, _ in part("Filters")} == set(FILTERS)
    for name in (*GLOBALS, "stylesheet"):
        assert f"`{name}(" in DOCUMENT


def test_every_template_is_documented() -> None:
    assert {name for name, _ in part("The files")} == {path.name for path in TEMPLATES.iterdir()}


def test_every_example_renders() -> None:
    from tests.render.test_templates import PAGE, context_names

    table = re.search(r"## What a page template sees\n(.*?)\n### ", DOCUMENT, re.DOTALL)
    assert table
    examples = re.findall(r"\| `([a-z_]+(?:\[0\])?\.[a-z_]+)` \|$", table[1], re.MULTILINE)
    assert len(examples) >= 10
    for example in examples:
        assert environment().from_string("{{ " + example + " }}").render(context_names(PAGE)), example
