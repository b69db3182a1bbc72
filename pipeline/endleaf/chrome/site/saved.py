r"""A survey as JSON: what repeats, for people; rules, for people to write; the sampled pages, for merging.

    {"endleaf": "site", "version": 1, "sample": 100, "bar": null,
     "sites": {"example.org": {
       "rules": [{"words": "Contact us", "verdict": "drop"}, {"key": "9f…", "verdict": "keep"}],
       "years": {"2004": {"pages": 57,
                          "blocks": [{"key": "…", "words": "home", "place": "body/div#menu/a", "pages": 57}, …],
                          "leaves": {"00c1…": ["20040628", "…keys, base64…", "…words, base64…"]}}}}}}

``blocks`` is told, not read: it follows from ``leaves``. To settle a block by
hand, name its key (or, where they are short, its words) in ``rules``.
"""

from __future__ import annotations

import base64
import zlib
from collections import defaultdict
from typing import Annotated, Literal

import msgspec
import numpy as np

from endleaf.chrome.site.leaves import Leaf, key_of, mask
from endleaf.chrome.site.survey import PAGES, SAMPLE, Survey
from endleaf.chrome.site.template import Template
from endleaf.errors import InputError

_Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}$")]


class _Rule(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    verdict: Literal["keep", "drop"]
    words: str = ""
    key: _Hex | None = None


class _Block(msgspec.Struct):
    key: _Hex
    words: str
    place: str
    pages: int


class _Year(msgspec.Struct):
    leaves: dict[_Hex, tuple[str, str, str]]
    pages: int = 0
    blocks: list[_Block] = []


class _Site(msgspec.Struct):
    years: dict[str, _Year] = {}
    rules: list[_Rule] = []


class _File(msgspec.Struct):
    endleaf: Literal["site"]
    version: Literal[1]
    sample: Annotated[int, msgspec.Meta(ge=1)] = SAMPLE
    most: Annotated[int, msgspec.Meta(ge=1)] = PAGES
    bar: _Hex | None = None
    sites: dict[str, _Site] = {}


def dump(survey: Survey) -> bytes:
    """The survey as JSON: the same bytes for the same pages, in whatever order they came."""
    sites: defaultdict[str, _Site] = defaultdict(lambda: _Site({}, []))
    for (site, year), leaves in sorted(survey.shelves.items()):
        blocks = [_Block(_hex(each.key), each.words, each.place, each.pages) for each in Template(leaves).repeated()]
        sites[site].years[year] = _Year(
            {_hex(page): _written(leaf) for page, leaf in sorted(leaves.items())}, len(leaves), blocks
        )
    for site, rules in sorted(survey.rules.items()):
        sites[site].rules = [_Rule(verdict, words, _hex(key)) for key, (words, verdict) in sorted(rules.items())]
    bar = None if survey.bar >> 64 else _hex(survey.bar)
    told = _File("site", 1, survey.sample, survey.pages, bar, dict(sorted(sites.items())))
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def load(data: bytes) -> Survey:
    """The survey of :func:`dump`'s JSON, edited or not. Raises :class:`InputError` where it is none."""
    try:
        told = msgspec.json.decode(data, type=_File)
        survey = Survey(told.sample, told.most)
        survey.bar = 1 << 64 if told.bar is None else int(told.bar, 16)
        for site, of_site in told.sites.items():
            for rule in of_site.rules:
                key = int(rule.key, 16) if rule.key else key_of(rule.words)
                survey.rule(site, key, rule.words if rule.key else mask(rule.words), rule.verdict)
            for year, of_year in of_site.years.items():
                for page, leaf in of_year.leaves.items():
                    survey.put((site, year), int(page, 16), _read(leaf))
    except (msgspec.MsgspecError, ValueError, zlib.error) as error:
        raise InputError(f"not a site file of endleaf: {error}") from error
    return survey


def _hex(number: int) -> str:
    return f"{number:016x}"


def _written(leaf: Leaf) -> tuple[str, str, str]:
    return leaf.when, _base64(leaf.keys.astype("<u8").tobytes()), _base64(leaf.words)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(told: tuple[str, str, str]) -> Leaf:
    when, keys, words = told
    leaf = Leaf(
        when,
        np.frombuffer(base64.b64decode(keys, validate=True), "<u8").astype(np.uint64),
        base64.b64decode(words, validate=True),
    )
    if len(leaf.lines()) != len(leaf.keys):
        raise ValueError("a page has not as many words as keys")
    return leaf
