"""Which pages a rule is for: addresses and dates."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.model import Moment
from endleaf.rules.pattern import address_of, fits, pattern_of
from endleaf.rules.rule import Rule, Rules
from endleaf.rules.span import Span, digits_of

CASES = [
    ("example.org", "http://example.org/a/b?c", True),
    ("example.org", "https://WWW.Example.ORG:443/", True),
    ("example.org", "http://www2.example.org/", True),
    ("www.example.org", "http://example.org/", True),
    ("example.org", "http://news.example.org/", False),
    ("example.org", "http://badexample.org/", False),
    ("example.org:8080", "http://example.org:8080/", True),
    ("example.org", "http://example.org:8080/", False),
    ("*.example.org", "http://example.org/", True),
    ("*.example.org", "http://a.b.example.org/x", True),
    ("*.example.org", "http://badexample.org/", False),
    ("*", "http://anything.example/x?y", True),
    ("*", None, True),
    ("*/", None, False),
    ("example.org", None, False),
    ("*/wiki/*", "http://any.example/wiki/Bees", True),
    ("example.org/", "http://example.org", True),
    ("example.org/", "http://example.org/index.html", False),
    ("example.org/news", "http://example.org/News/", True),
    ("example.org/news/", "http://example.org/news", True),
    ("example.org/news", "http://example.org/news/1", False),
    ("example.org/news/*", "http://example.org/news", True),
    ("example.org/news/*", "http://example.org/news/a/b.html?x=1", True),
    ("example.org/news/*", "http://example.org/newsroom", False),
    ("https://example.org/news*", "http://example.org/newsroom", True),
    ("example.org/*.html", "http://example.org/a/b.HTML", True),
    ("example.org/*.html", "http://example.org/a.html.bak", False),
    ("example.org/~ann/*", "http://example.org/%7Eann/x", True),
    ("example.org/caf\u00e9", "http://example.org/caf%C3%A9", True),
    ("b\u00fccher.example/*", "http://xn--bcher-kva.example/", True),
    ("example.org/100%25/*", "http://example.org/100%25/x", True),
    ("example.org/a%2Ab", "http://example.org/a*b", True),
    ("example.org/a%2Ab", "http://example.org/aXb", False),
    ("example.org/story?id=*", "http://example.org/story?lang=en&id=3", True),
    ("example.org/story?id=*&lang=en", "http://example.org/story?lang=en&id=3", True),
    ("example.org/story?id=*", "http://example.org/story", False),
    ("example.org/story?id=*", "http://example.org/story?uid=3", False),
    ("example.org/story?", "http://example.org/story", True),
    ("example.org/story?", "http://example.org/story?id=3", False),
    ("example.org/story", "http://example.org/story?id=3", True),
    ("example.org?page=*", "http://example.org/any/where?page=2", True),
    ("example.org/*", "urn:isbn:3", False),
    ("example.org/*", "dns:example.org", False),
]


@pytest.mark.parametrize(("pattern", "url", "meant"), CASES)
def test_patterns(pattern: str, url: str | None, meant: bool) -> None:
    assert pattern_of(pattern).matches(address_of(url)) is meant


GLOBS = st.text("ab*/", min_size=1, max_size=12)


@settings(deadline=None)
@given(GLOBS, st.text("ab/", max_size=14))
def test_globs_mean_what_the_same_expression_means(glob: str, text: str) -> None:
    expression = "".join(".*" if c == "*" else re.escape(c) for c in glob)
    assert fits(tuple(glob.split("*")), text) == bool(re.fullmatch(expression, text, re.DOTALL))


def test_stars_cost_nothing() -> None:
    assert not fits(tuple(("a*" * 2000 + "b").split("*")), "a" * 8000)


LABELS = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
HOSTS = st.lists(LABELS, min_size=2, max_size=4).map(".".join).filter(lambda host: not host.startswith("www"))
PATHS = st.lists(st.text("abcXYZ019._~-", min_size=1, max_size=8).filter(lambda s: s.strip(".")), max_size=4)


@settings(deadline=None)
@given(HOSTS, PATHS, st.sampled_from(["http://", "https://", "HTTP://www.", ""]))
def test_an_address_is_a_pattern_of_itself(host: str, path: list[str], before: str) -> None:
    place = f"{host}/{'/'.join(path)}"
    address = address_of(f"http://{place}")
    assert pattern_of(before + place).matches(address)
    assert pattern_of(f"*.{host.partition('.')[2]}/*").matches(address) or "." not in host.partition(".")[2]
    assert pattern_of(host).matches(address)
    assert not pattern_of("x" + place).matches(address)


@pytest.mark.parametrize(
    ("first", "last", "taken", "held"),
    [
        ("", "", None, True),
        ("2004", "", None, False),
        ("2004", "2004", "20040101000000", True),
        ("2004", "2004", "20041231235959", True),
        ("2004", "2004", "20050101000000", False),
        ("20040628", "", "20040627235959", False),
        ("20040628", "", "20040628000000", True),
        ("20040628", "20040628", "20040628235959", True),
        ("20040628120000", "", "20040628", True),
        ("200407", "", "2004", True),
        ("", "200401", "200402", False),
    ],
)
def test_spans(first: str, last: str, taken: str | None, held: bool) -> None:
    assert Span(first, last).holds(Moment.from_timestamp(taken) if taken else None) is held


@settings(deadline=None)
@given(st.datetimes(min_value=Moment(iso="1996").when.replace(tzinfo=None)), st.sampled_from([4, 6, 8, 12, 14]))
def test_a_moment_lies_in_the_span_of_its_own_digits(when: object, size: int) -> None:
    from datetime import datetime

    assert isinstance(when, datetime)
    moment = Moment.of(when.replace(microsecond=0))
    digits = digits_of(moment.timestamp[:size])
    assert len(digits) == size
    assert Span(digits, digits).holds(moment)


def test_rules_are_found_by_host_in_their_order() -> None:
    def rule(name: str, url: str) -> Rule:
        return Rule(name, "r.toml", "", (pattern_of(url),), {})

    rules = Rules(
        [rule("d", "*"), rule("c", "*.example.org"), rule("b", "a.example.org/x"), rule("a", "b.example.org")]
    )
    assert [each.name for each in rules.of("http://a.example.org/x", None)] == ["d", "c", "b"]
    assert [each.name for each in rules.of(None, None)] == ["d"]
    assert len(rules) == 4 and bool(rules)
