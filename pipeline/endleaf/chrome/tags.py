"""What HTML's elements are to this room: a number each, and the groups that matter.

Numbers are places in :data:`NAMES`, so that a tree's tags become one array and
every question about them a table look-up.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from endleaf.parse import COMMENT, DOCTYPE, ROOT, TEXT

_GROUPS: Final[dict[str, str]] = {
    "block": (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav "
        "noframes noscript ol optgroup option p plaintext pre search section select summary table tbody td textarea "
        "tfoot th thead tr ul xmp"
    ),
    # Never text for a reader, in any browser. math's text is, svg's is labels of drawings.
    "silent": "script style template head title noembed svg datalist",
    # Shown in a control, or in place of something that the browser could not show.
    "control": "select textarea option optgroup object audio video canvas iframe applet progress meter",
    "atom": "img hr br video audio iframe object embed svg canvas picture map",
    "heading": "h1 h2 h3 h4 h5 h6",
    "list": "ul ol dl dir menu",
    "item": "li dt dd",
    "cell": "td th",
    "inline": "a b strong i em u font span big small code tt sup sub label button time img br abbr cite q mark del ins",
    "other": "input meta link source area param base math tt kbd samp var wbr ruby rt rp track frame marquee nobr s",
}

NAMES: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(("", TEXT, COMMENT, DOCTYPE, ROOT, *(name for group in _GROUPS.values() for name in group.split())))
)
CODE: Final[dict[str, int]] = {name: number for number, name in enumerate(NAMES)}
TEXT_CODE: Final = CODE[TEXT]


def group(name: str) -> npt.NDArray[np.bool_]:
    """A table by tag number: whether the tag is of the group."""
    return members(_GROUPS[name].split())


def members(names: list[str]) -> npt.NDArray[np.bool_]:
    """A table by tag number: whether the tag is one of these names."""
    table = np.zeros(len(NAMES), np.bool_)
    table[[CODE[name] for name in names]] = True
    return table


BLOCK: Final = group("block")
SILENT: Final = group("silent")
CONTROL: Final = group("control")
ATOM: Final = group("atom")
HEADING: Final = group("heading")
INSTEAD: Final = members(["noscript", "noframes"])
"""What a browser shows only where it has no scripts, or no frames."""
