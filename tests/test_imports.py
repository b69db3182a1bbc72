"""Imports point down only: each room may use the rooms below it, never one above or beside it in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline" / "endleaf"

FLOORS = (
    {"errors", "model"},
    {"decode", "parse", "kinds", "names", "pictures", "plain", "report", "replay_hosts", "urls", "output", "remote"},
    {"imagemaps", "plaintext", "replay_urls"},
    {"links"},
    {"readers", "banners", "metadata", "chrome", "sections", "provenance", "render"},
    {"cdx", "opened"},
    {"rules", "framesets"},
    {"writers", "intake", "verify", "way"},
    {"lessons"},
    {"convert", "explain", "fetch", "indexing", "listing", "rulecheck", "sitefile"},
    {"console", "extract"},
    {"cli"},
)
"""From the ground up. A room may import from its own floor only what is inside its own package."""

HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """The rooms of endleaf that a module imports, late imports within functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "endleaf":
            steps = (node.module or "").split(".")[1:]
            found |= {steps[0]} if steps else {name.name for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("endleaf.")}
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative imports hide the direction"
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    assert room in HEIGHT, f"{room}: a room that has no floor yet"
    for other in imports_of(path) - {room}:
        if other.startswith("__"):
            continue
        assert HEIGHT[other] < HEIGHT[room], f"{room} (floor {HEIGHT[room]}) imports {other} (floor {HEIGHT[other]})"


def test_only_one_room_knows_the_html_parser() -> None:
    knowing = {
        room_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Import) and any(name.name.split(".")[0] == "turbohtml" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "turbohtml")
    }
    assert knowing <= {"parse", "decode"}, "turbohtml is young: one module parses with it, one detects charsets"
