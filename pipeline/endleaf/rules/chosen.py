"""What the rules for a page find on it: elements for the chrome room, values for the metadata, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from endleaf.chrome import Ruled
from endleaf.links import Links
from endleaf.metadata import dates, people, words
from endleaf.model import AppliedRule, Metadata, Moment, Value
from endleaf.parse import Tree
from endleaf.rules import reading
from endleaf.rules.rule import PLACES, VALUES, Rule, Rules
from endleaf.rules.selecting import Elements, TooCostly
from endleaf.rules.selector import Found, Selector


@dataclass(slots=True)
class Chosen:
    """What a page's rules found."""

    tree: Tree
    finds: list[tuple[Rule, str, Found]] = field(default_factory=list)
    """What each selector found, in the rules' order: the rule, the key, and what."""
    applied: list[AppliedRule] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a reader should know: a selector that could not be used."""

    @property
    def ruled(self) -> Ruled | None:
        """What stays and goes, None where no rule says; ``content`` keeps what it finds, and drops all else."""
        keep = {i: rule.name for rule, i in self._nodes("keep")} | {i: rule.name for rule, i in self._nodes("content")}
        drop = {i: rule.name for rule, i in self._nodes("drop")}
        for rule, _ in self._nodes("content"):
            drop.setdefault(0, rule.name)
        return Ruled(keep, drop) if keep or drop else None

    def _nodes(self, key: str) -> Iterator[tuple[Rule, int]]:
        for rule, of_key, found in self.finds:
            if of_key == key:
                yield from ((rule, i) for i in found if isinstance(i, int))

    def over(self, said: Metadata, links: Links) -> Metadata:
        """The page's metadata, with what the rules give in the place of what the page says."""
        if not self.finds:
            return said
        ways = {"title": self._title(), "date": self._date(), "next": self._next(links)}
        fields = {"date": "published"}
        told: dict[str, object] = {fields.get(key, key): value for key, value in ways.items() if value}
        authors = self._authors()
        return msgspec.structs.replace(said, **told, **({"authors": authors} if authors else {}))

    def _title(self) -> Value | None:
        titles = ((rule, words.plain(text)) for rule, text in self._texts("title"))
        return next((_value(rule, text) for rule, text in titles if text), None)

    def _authors(self) -> tuple[Value, ...]:
        """All that the first selector finds which finds any."""
        for rule, key, found in self.finds:
            texts = [words.plain(text) for text in reading.texts(self.tree, found, key)] if key == "author" else []
            names = [name for text in texts if text for name in people.byline(text) or [text]]
            if names:
                return tuple(_value(rule, name) for name in dict.fromkeys(names))
        return ()

    def _date(self) -> Value | None:
        """The first that can be read; else the first that is at least about a date, as it is written."""
        texts = [(rule, words.plain(text).strip(" |")) for rule, text in self._texts("date")]
        for rule, text in texts:
            date = dates.w3cdtf(text, day_first=rule.day_first) or dates.within(text, day_first=rule.day_first)
            if date:
                return _value(rule, date)
        return next((_value(rule, text) for rule, text in texts if dates.dated(text)), None)

    def _next(self, links: Links) -> Value | None:
        targets = ((rule, links.resolve(text)) for rule, text in self._texts("next"))
        return next((_value(rule, target.href) for rule, target in targets if target), None)

    def _texts(self, key: str) -> Iterator[tuple[Rule, str]]:
        for rule, of_key, found in self.finds:
            if of_key == key:
                yield from ((rule, text) for text in reading.texts(self.tree, found, key))


def _value(rule: Rule, text: str) -> Value:
    return Value(value=text, source=f"rule:{rule.name}")


def choose(rules: Rules, tree: Tree, url: str | None, captured_at: Moment | None) -> Chosen:
    """What those of the rules that are for a page find on it."""
    return apply(rules.of(url, captured_at), tree)


def apply(rules: Iterable[Rule], tree: Tree) -> Chosen:
    """What rules find on a page, each of them."""
    chosen, elements = Chosen(tree), Elements(tree)
    for rule in rules:
        counts: list[tuple[str, int]] = []
        for key in (*PLACES, *VALUES):
            found = [
                (rule.place_of(key, number), _found(selector, elements, chosen, rule))
                for number, selector in enumerate(rule.selectors.get(key, ()))
            ]
            chosen.finds += [(rule, key, each) for _, each in found]
            counts += [(place, len(each) if isinstance(each, list) else int(bool(each))) for place, each in found]
            if key == "content" and found and not any(each for _, each in found):
                chosen.notes.append(f"the content that the rule {rule.name!r} names is not on this page")
        chosen.applied.append(AppliedRule(name=rule.name, file=rule.file, sha256=rule.sha256, found=tuple(counts)))
    return chosen


def _found(selector: Selector, elements: Elements, chosen: Chosen, rule: Rule) -> Found:
    try:
        return selector.find(elements)
    except TooCostly:
        chosen.notes.append(f"too much work on this page, so not used: {selector.text!r} of the rule {rule.name!r}")
        return []
