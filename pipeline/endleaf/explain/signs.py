"""What a score rests on: the network is asked again with one group of signs hidden, and the change is told.

Hiding a group sets its features to their means over the pages the network
learned from. To hide what stands around a block, all features of the other
blocks are set so. The changes do not add up to the score: signs that say the
same stand in for each other.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from endleaf.chrome.columns import Floats
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.model import REACH, Groups, Net, shipped
from endleaf.explain.told import Sign


class Group(NamedTuple):
    """A group of features that tell of one thing, by their names and the beginnings of their names."""

    words: str
    names: frozenset[str]
    prefixes: tuple[str, ...]


def _group(words: str, names: str, *prefixes: str) -> Group:
    return Group(words, frozenset(names.split()), prefixes)


GROUPS: Final[dict[str, Group]] = {
    "text": _group(
        "its own words: how many, their letters and marks, what they say",
        "words chars word_size capitals digit ideograph quote separator dash other money ends ends_rate pauses "
        "pauses_rate short_words capital_words pieces breaks like_title",
        "first_", "last_", "says_", "said.",
    ),
    "links": _group("the share of its words that are links", "link_density links words_a_link"),
    "looks": _group(
        "bold, size, images and form fields",
        "images images_above controls_above controls_below",
        "look.",
    ),
    "place": _group(
        "where on the page it stands",
        "place words_share_before blocks_before blocks_after words_before words_after node_place depth",
        "since_", "to_", "after_",
    ),
    "tags": _group("the elements it stands in", "level heading", "own_", "in."),
    "names": _group("class and id names around it", "", "named.", "near", "next.", "called"),
    "holders": _group("how full of text and links the elements around it are", "", "holder"),
    "alike": _group("the other blocks of its shape, and whether they say the same", "", "family.", "again."),
    "neighbours": _group("the blocks around it", "", "up", "down"),
    "page": _group("what kind of page it is", "", "page."),
}  # fmt: skip
"""The groups, with what they are in words. A feature of none of them is always shown."""

_AROUND: Final = "neighbours"

MOST_SIGNS: Final = 4
"""Signs kept of a block: what is weaker than its four strongest tells nobody why."""
WEAKEST: Final = 0.3
"""Log odds: less than this is noise."""
_SURE: Final = 1e-7
"""The network's scores are 32-bit floats, of which this is about the last step below 1."""


def signs(facts: Facts, title: str | None, likely: Floats) -> list[tuple[Sign, ...]]:
    """The strongest signs of each block, given its score and the title that the network was shown."""
    net = shipped()
    names, rows = rows_of(facts, title, net.telling)
    groups = Groups.of(facts)
    full = _odds(likely)
    changes: list[npt.NDArray[np.float64]] = []
    for group in GROUPS:
        shown = rows.copy()
        columns = [i for i, name in enumerate(names) if group_of(name) == group]
        shown[:, columns] = net.middle[columns]
        without = _by_itself(net, shown, groups) if group == _AROUND else net.likely(shown, groups)
        changes.append(full - _odds(without))
    return [_strongest(change) for change in np.stack(changes, 1).tolist()]


def group_of(feature: str) -> str:
    """The group a feature is of; empty if of none.

    >>> group_of("link_density"), group_of("holder2.words"), group_of("words")
    ('links', 'holders', 'text')
    """
    exact = next((name for name, group in GROUPS.items() if feature in group.names), "")
    return exact or next((name for name, group in GROUPS.items() if feature.startswith(group.prefixes)), "")


def _by_itself(net: Net, rows: Floats, groups: Groups) -> Floats:
    """(B) The score of each block with nothing told of the others.

    To ask once for each block would take minutes on a long page: blocks that stand further apart than the network
    looks are asked about together.
    """
    out = np.zeros(len(rows), np.float32)
    apart = sum(REACH) + 1
    for first in range(min(apart, len(rows))):
        shown = np.empty_like(rows)
        shown[:] = net.middle
        shown[first::apart] = rows[first::apart]
        out[first::apart] = net.likely(shown, groups)[first::apart]
    return out


def _odds(likely: Floats) -> npt.NDArray[np.float64]:
    sure = np.clip(likely.astype(np.float64), _SURE, 1 - _SURE)
    return np.asarray(np.log(sure / (1 - sure)))


def _strongest(changes: list[float]) -> tuple[Sign, ...]:
    found = [Sign(group=group, odds=round(odds, 1)) for group, odds in zip(GROUPS, changes, strict=True)]
    strong = [sign for sign in found if abs(sign.odds) >= WEAKEST]
    return tuple(sorted(strong, key=lambda sign: -abs(sign.odds))[:MOST_SIGNS])
