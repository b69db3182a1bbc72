"""What our extraction must reach on the held-out fifth, and what is below it. A floor may rise, never fall.

CPU has no floor here: its ratio to a peer needs the peer in the run, and a time alone means little.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.compare.standing import Standing

FILE = Path(__file__).with_name("floors.toml")
ROOM = 0.005
"""What is left below a number reached when the headline's floor rises to it: sums differ a little by machine."""
ROOM_OF_PART = 0.01
"""The same for a set, a kind or an element: each has fewer pages, so one page moves it more."""

_HEAD = """\
# What endleaf must reach on the held-out fifth of the sites, none of which the shipped model was trained on.
# `python -m bench.compare --floors` holds it; `--floors raise` lifts it to what is reached, less a little; none falls.
# f1 is the mean over the sets, bad a ceiling: the mean over the sets of the share of pages under 0.5.
"""


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Floors by name; ``bad`` is a ceiling."""

    f1: float
    bad: float
    sets: dict[str, float] = {}
    kinds: dict[str, float] = {}
    structure: dict[str, float] = {}


def read(path: Path) -> Floors:
    """The floors of a TOML file. Raises :class:`msgspec.ValidationError` for a name that is no floor."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Floors)


def below(reached: Standing, floors: Floors) -> Iterator[str]:
    """A line for each floor that is not held. An error, an empty page and a part that was not measured are below."""
    if reached.errors:
        yield f"errors: {reached.errors}, none is allowed"
    if reached.empty:
        yield f"empty: {reached.empty} pages whose gold text is not, none is allowed"
    if reached.f1 < floors.f1:
        yield f"f1: {reached.f1:.4f}, floor {floors.f1}"
    if reached.bad > floors.bad:
        yield f"bad: {reached.bad:.4f}, ceiling {floors.bad}"
    for part in ("sets", "kinds", "structure"):
        numbers = getattr(reached, part)
        for name, floor in getattr(floors, part).items():
            if not numbers.get(name, 0.0) >= floor:
                yield f"{part} {name}: {numbers.get(name, 0.0):.4f}, floor {floor}"


def raised(reached: Standing, floors: Floors) -> Floors:
    """The floors lifted to what is reached, less the room; none falls."""

    def lifted(part: str) -> dict[str, float]:
        old: dict[str, float] = getattr(floors, part)
        new = {name: _down(number - ROOM_OF_PART) for name, number in getattr(reached, part).items()}
        return {name: max(old.get(name, 0.0), new.get(name, 0.0)) for name in sorted({*old, *new})}

    return Floors(
        f1=max(floors.f1, _down(reached.f1 - ROOM)),
        bad=min(floors.bad, 1 - _down(1 - reached.bad - ROOM)),
        sets=lifted("sets"),
        kinds=lifted("kinds"),
        structure=lifted("structure"),
    )


def _down(number: float) -> float:
    return max(0, int(number * 1000) / 1000)


def to_toml(floors: Floors) -> str:
    """The floors as the file holds them."""
    lines = [_HEAD + f"f1 = {floors.f1:.3f}", f"bad = {floors.bad:.3f}"]
    for part in ("sets", "kinds", "structure"):
        lines += ["", f"[{part}]", *(f'"{name}" = {floor:.3f}' for name, floor in getattr(floors, part).items())]
    return "\n".join(lines) + "\n"
