"""Explanations of small pages."""

from __future__ import annotations

from endleaf.explain import Explained, explain
from endleaf.model import Capture, Http, Provenance
from endleaf.way import NONE, Guidance

PROSE = (
    "The mill works twice a day, when the pond has filled and the gates are shut again behind the water. "
    "It has done so since 1702, but for the years of the two wars, and it grinds a sack of meal in an hour."
)


def explained(source: str, guidance: Guidance = NONE, media_type: str = "text/html") -> Explained:
    return explain(capture(source, media_type), guidance)


def capture(source: str, media_type: str = "text/html", name: str = "tide.htm") -> Capture:
    known = Provenance(source=name, container="html", url=f"http://mill.example/{name}", media_type=media_type)
    return Capture(provenance=known, payload=source.encode(), http=Http(status=200))
