"""Each archive and saver, each generation: a page as it left it, and what is read, removed and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from endleaf.banners import Lifted, lift
from endleaf.links import Links
from endleaf.model import Capture, Http, Provenance
from endleaf.parse import Tree, parse
from endleaf.plaintext import tree_of

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def read(case: Path) -> tuple[Tree, Capture]:
    """The case's page, and the capture it comes in: by default a file of no known URL."""
    source = next(case.glob("source.*"))
    text = source.read_text("utf-8")
    about: dict[str, Any] = {}
    if (case / "capture.json").is_file():
        about = json.loads((case / "capture.json").read_text("utf-8"))
    headers = tuple((name, value) for name, value in about.get("headers", ()))
    provenance = msgspec.convert(
        {"source": source.name, "container": "html", **{key: about[key] for key in about if key != "headers"}},
        Provenance,
    )
    capture = Capture(provenance=provenance, payload=b"", http=Http(status=200, headers=headers) if headers else None)
    return (tree_of(text) if source.suffix == ".txt" else parse(text)), capture


def shown(lifted: Lifted) -> str:
    """What a case's expected.json holds."""
    tree = lifted.tree
    links = Links(tree, None, lifted.banners)
    targets = [links.resolve(tree.attrs[i].get("href", "")) for i in tree.find_all("a")]
    facts = {
        "banners": msgspec.to_builtins(lifted.banners),
        "removed": [{"where": removal.where, "text": removal.text} for removal in lifted.removals],
        "links": [target and [target.href, target.replay_href] for target in targets],
        "kept": [" ".join(text.split()) for text in tree.texts if text.strip()],
        "comments": sum(tag == "#comment" for tag in tree.tags),
        "scripts": len(list(tree.find_all("script"))),
    }
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Callable[[Path, str], None]) -> None:
    tree, capture = read(case)
    golden(case / "expected.json", shown(lift(tree, capture)))
