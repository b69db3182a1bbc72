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
import re
import zlib
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
import numpy as np

from endleaf.chrome.site.leaves import Leaf, key_of, mask
from endleaf.chrome.site.survey import PAGES, SAMPLE, Survey
from endleaf.chrome.site.template import Template
from endleaf.errors import UnreadableSource

_Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
_BYTE: Final = re.compile(r" ?\(byte (\d+)\)")
"""Where msgspec says that a JSON text is broken."""


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
    blocks: msgspec.Raw = msgspec.Raw(b"[]")


class _Site(msgspec.Struct):
    rules: list[_Rule] = []
    years: dict[str, msgspec.Raw] = {}


class _File(msgspec.Struct):
    endleaf: Literal["site"]
    version: Literal[1]
    sample: Annotated[int, msgspec.Meta(ge=1)] = SAMPLE
    most: Annotated[int, msgspec.Meta(ge=1)] = PAGES
    bar: _Hex | None = None
    sites: dict[str, msgspec.Raw] = {}


def dump(survey: Survey) -> bytes:
    """The survey as JSON: the same bytes for the same pages, in whatever order they came."""
    bar = None if survey.bar >> 64 else _hex(survey.bar)
    sites = {site: _raw(_Site(list(_rules(survey, site)), dict(_years(survey, site)))) for site in _sites(survey)}
    told = _File("site", 1, survey.sample, survey.pages, bar, sites)
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _sites(survey: Survey) -> list[str]:
    return sorted({site for site, _ in survey.shelves} | set(survey.rules))


def _rules(survey: Survey, site: str) -> Iterator[_Rule]:
    for key, (words, verdict) in sorted(survey.rules.get(site, {}).items()):
        yield _Rule(verdict, words, _hex(key))


def _years(survey: Survey, site: str) -> Iterator[tuple[str, msgspec.Raw]]:
    for year in survey.years(site):
        leaves = survey.shelves[site, year]
        blocks = [_Block(_hex(each.key), each.words, each.place, each.pages) for each in Template(leaves).repeated()]
        told = {_hex(page): _written(leaf) for page, leaf in sorted(leaves.items())}
        yield year, _raw(_Year(told, len(leaves), _raw(blocks)))


def load(data: bytes, name: str = "the data") -> Survey:
    """The survey of :func:`dump`'s JSON, edited or not.

    Raises :class:`UnreadableSource` where it is none, with ``name`` and the place at which it goes wrong.
    """
    told = _decoded(data, _File, name)
    survey = Survey(told.sample, told.most)
    survey.bar = 1 << 64 if told.bar is None else int(told.bar, 16)
    for site, raw in told.sites.items():
        of_site = _decoded(raw, _Site, name, f"the site {site}")
        for rule in of_site.rules:
            if not (rule.key or rule.words):
                raise _wrong(name, f"the site {site}", "a rule names neither words nor a key")
            key = int(rule.key, 16) if rule.key else key_of(rule.words)
            survey.rule(site, key, rule.words if rule.key else mask(rule.words), rule.verdict)
        for year, raw in of_site.years.items():
            where = f"the site {site}, year {year or 'unknown'}"
            for page, leaf in _decoded(raw, _Year, name, where).leaves.items():
                try:
                    survey.put((site, year), int(page, 16), _read(leaf))
                except (ValueError, zlib.error) as error:
                    raise _wrong(name, f"{where}, page {page}", str(error)) from error
    return survey


_T = TypeVar("_T")


def _decoded(data: bytes | msgspec.Raw, kind: type[_T], name: str, where: str = "") -> _T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        broken = _BYTE.search(str(error))
        if broken:
            before = bytes(data)[: int(broken[1])].split(b"\n")
            where = f"line {len(before)}, column {len(before[-1]) + 1}"
        raise _wrong(name, where, _BYTE.sub("", str(error)).removesuffix(" - at `$`")) from error


def _wrong(name: str, where: str, what: str) -> UnreadableSource:
    return UnreadableSource(f"{name} is not a site file of endleaf: {where}{': ' if where else ''}{what}")


def _raw(told: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(told))


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
        raise ValueError("it has not as many words as keys")
    return leaf
