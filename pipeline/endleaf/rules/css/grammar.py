"""The text of a CSS selector to what it asks (Selectors Level 4; names and escapes by CSS Syntax Level 3)."""

from __future__ import annotations

import re
from typing import Final, Literal, NoReturn, cast

from endleaf.rules.css.asked import Attribute, Combinator, Complex, Compound, Css, Nested, Nth
from endleaf.rules.selecting import BadSelector

MOST_NESTED: Final = 12
"""Selectors within selectors: no person writes so many, and each is a call deeper."""


# HTML, section "Case-sensitivity of selectors": the values of these are compared without regard to case.
_FOLDED_NAMES: Final = (
    "accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir "
    "direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref "
    "noresize noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype "
    "vlink"
)
_FOLDED: Final = frozenset(_FOLDED_NAMES.split())
_ONE: Final = {
    "first-child": (Nth(0, 1),),
    "last-child": (Nth(0, 1, from_end=True),),
    "only-child": (Nth(0, 1), Nth(0, 1, from_end=True)),
    "first-of-type": (Nth(0, 1, of_type=True),),
    "last-of-type": (Nth(0, 1, of_type=True, from_end=True),),
    "only-of-type": (Nth(0, 1, of_type=True), Nth(0, 1, of_type=True, from_end=True)),
}
_SERIES: Final = {
    "nth-child": Nth(0, 0),
    "nth-last-child": Nth(0, 0, from_end=True),
    "nth-of-type": Nth(0, 0, of_type=True),
    "nth-last-of-type": Nth(0, 0, of_type=True, from_end=True),
}
_LISTS: Final[dict[str, Literal["is", "not", "has"]]] = {
    "is": "is", "where": "is", "matches": "is", "not": "not", "has": "has",
}  # fmt: skip
_CONTAINS: Final = ("contains", "-soup-contains")
PSEUDO_CLASSES: Final = ("root", "empty", *_ONE, *_SERIES, "is", "where", "not", "has", "contains")

_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}[ \t\r\n\f]?|[^\r\n\f0-9a-fA-F])"
_NAME = re.compile(rf"-?(?:[A-Za-z_\u0080-\U0010ffff]|{_ESCAPE})(?:[\w\u0080-\U0010ffff-]|{_ESCAPE})*|--[\w-]*")
_HASH = re.compile(rf"#((?:[\w\u0080-\U0010ffff-]|{_ESCAPE})+)")
_STRING = re.compile(r'"((?:[^"\\\r\n\f]|\\(?:\r\n|[^\r]))*)"|' + r"'((?:[^'\\\r\n\f]|\\(?:\r\n|[^\r]))*)'")
_SPACE = re.compile(r"(?:[ \t\r\n\f]|/\*.*?\*/)*", re.DOTALL)
_OPERATOR = re.compile(r"[~|^$*]?=")
_NTH = re.compile(r"(odd|even)|([+-]?\d*)n(?:[ \t]*([+-])[ \t]*(\d+))?|([+-]?\d+)", re.IGNORECASE)
_UNESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|\r?\n|(.))", re.DOTALL)


def parse(text: str) -> Css:
    """What a selector list asks. Raises :class:`BadSelector`.

    >>> parse("div.menu > a[href]").selectors[0][1][1].attributes
    [Attribute(name='href', operator='', value='', folded=False)]
    >>> parse("meta[name=date]::attr(content)").attribute
    'content'
    >>> parse("div[")
    Traceback (most recent call last):
    endleaf.rules.selecting.BadSelector: a name is missing at the end
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def whole(self) -> Css:
        selectors = self.selectors(relative=False)
        attribute: str | None = None
        if self.take("::"):
            name = self.name()
            if name != "attr" or not self.take("("):
                self.unknown(f"::{name}: the one pseudo-element here is ::attr(name)")
            self.space()
            attribute = self.name().lower()
            self.space()
            self.need(")")
            self.space()
        if self.at < len(self.text):
            self.unknown(f"{self.text[self.at :][:20]!r} is out of place")
        return Css(selectors, attribute)

    def selectors(self, *, relative: bool) -> tuple[Complex, ...]:
        found = [self.complex(relative=relative)]
        while self.take(","):
            found.append(self.complex(relative=relative))
        return tuple(found)

    def complex(self, *, relative: bool) -> Complex:
        self.space()
        leading = self.combinator() if relative else None
        steps: list[tuple[Combinator, Compound]] = [(leading or " ", self.compound())]
        while True:
            start = self.at
            self.space()
            combinator = self.combinator()
            if combinator is None:
                if self.at == start or self.text[self.at : self.at + 1] in ("", ",", ")"):
                    return tuple(steps)
                combinator = " "
            steps.append((combinator, self.compound()))

    def combinator(self) -> Combinator | None:
        sign = self.text[self.at : self.at + 1]
        if sign not in (">", "+", "~") or not sign:
            return None
        self.at += 1
        self.space()
        return cast("Combinator", sign)

    def compound(self) -> Compound:
        start = self.at
        found = Compound()
        if self.take("*"):
            pass
        elif (name := self.maybe_name()) is not None:
            found.tag = name.lower()
        if self.text.startswith("|", self.at):
            self.unknown("a page's elements have no namespaces here: leave the prefix out")
        while self.part(found):
            pass
        if self.at == start:
            self.missing("an element, #id, .class, [attribute] or :pseudo-class")
        return found

    def part(self, found: Compound) -> bool:
        text, at = self.text, self.at
        if hashed := _HASH.match(text, at):
            self.at = hashed.end()
            found.ids.append(_unescaped(hashed[1]))
        elif self.take("."):
            found.classes.append(self.name())
        elif self.take("["):
            found.attributes.append(self.attribute())
        elif text.startswith(":", at) and not text.startswith("::", at):
            self.at += 1
            self.pseudo(found)
        else:
            return False
        return True

    def attribute(self) -> Attribute:
        self.space()
        name = self.name().lower()
        self.space()
        operator = _OPERATOR.match(self.text, self.at)
        if operator is None:
            self.need("]")
            return Attribute(name)
        self.at = operator.end()
        self.space()
        value = self.string()
        if value is None:
            value = self.name("a name or a quoted string")
        self.space()
        folded = name in _FOLDED
        if (case := self.maybe_name()) is not None:
            if case.lower() not in ("i", "s"):
                self.unknown(f"{case}: only i or s may follow an attribute's value")
            folded = case.lower() == "i"
            self.space()
        self.need("]")
        return Attribute(name, operator[0], value.lower() if folded else value, folded)

    def pseudo(self, found: Compound) -> None:
        name = self.name().lower()
        if name in ("root", "empty"):
            setattr(found, name, True)
        elif name in _ONE:
            found.places.extend(_ONE[name])
        elif name not in _SERIES and name not in _LISTS and name not in _CONTAINS:
            self.unknown(f":{name}: no pseudo-class here; there are {', '.join(PSEUDO_CLASSES)}")
        elif not self.take("("):
            self.unknown(f":{name} needs its argument in parentheses")
        else:
            self.space()
            self.argument(name, found)
            self.space()
            self.need(")")

    def argument(self, name: str, found: Compound) -> None:
        if name in _SERIES:
            found.places.append(self.series(_SERIES[name]))
        elif name in _CONTAINS:
            found.contains.append(self.words())
        else:
            self.depth += 1
            if self.depth > MOST_NESTED:
                self.unknown(f"selectors are nested more than {MOST_NESTED} deep")
            kind = _LISTS[name]
            found.nested.append(Nested(kind, self.selectors(relative=kind == "has")))
            self.depth -= 1

    def series(self, kind: Nth) -> Nth:
        read = _NTH.match(self.text, self.at)
        if read is None:
            self.missing("a number, odd, even, or a series such as 2n+1")
        self.at = read.end()
        word, step, sign, offset, number = read.groups()
        if word:
            return Nth(2, int(word.lower() == "odd"), kind.of_type, kind.from_end)
        if number:
            return Nth(0, _integer(number), kind.of_type, kind.from_end)
        steps = _integer(step + "1" if step in ("", "+", "-") else step)
        return Nth(steps, _integer((sign or "") + (offset or "0")), kind.of_type, kind.from_end)

    def words(self) -> tuple[str, ...]:
        found: list[str] = []
        while True:
            self.space()
            word = self.string()
            found.append(self.name("a quoted string") if word is None else word)
            self.space()
            if not self.take(","):
                return tuple(found)

    def string(self) -> str | None:
        read = _STRING.match(self.text, self.at)
        if read is None:
            if self.text[self.at : self.at + 1] in ('"', "'") and self.at < len(self.text):
                self.wrong("a string is not closed")
            return None
        self.at = read.end()
        return _unescaped(read[1] if read[1] is not None else read[2])

    def name(self, what: str = "a name") -> str:
        name = self.maybe_name()
        if name is None:
            self.missing(what)
        return name

    def maybe_name(self) -> str | None:
        read = _NAME.match(self.text, self.at)
        if read is None:
            return None
        self.at = read.end()
        return _unescaped(read[0])

    def space(self) -> None:
        read = _SPACE.match(self.text, self.at)
        self.at = read.end() if read else self.at

    def take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def need(self, sign: str) -> None:
        if not self.take(sign):
            self.missing(repr(sign))

    def missing(self, what: str) -> NoReturn:
        self.wrong(f"{what} is missing")

    def unknown(self, what: str) -> NoReturn:
        raise BadSelector(what)

    def wrong(self, what: str) -> NoReturn:
        rest = self.text[self.at : self.at + 20]
        raise BadSelector(f"{what} before {rest!r}" if rest.strip() else f"{what} at the end")


def _integer(digits: str) -> int:
    """A number, no larger than any page has elements."""
    return max(-(10**9), min(10**9, int(digits[:12])))


def _unescaped(text: str) -> str:
    return _UNESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] or ""
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
