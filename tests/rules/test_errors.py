"""Every error of a rules file: one line that says which file, which rule, which key, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from endleaf.errors import RulesError
from endleaf.rules import load, read

RULE = '[[rule]]\nname = "north"\nurl = "a.example"\n'

FILES = {
    "": "there is no [[rule]] in it",
    "rule = 1": "rules begin with [[rule]], in two pairs of brackets",
    "[rule]\nurl = 'a.example'": "rules begin with [[rule]], in two pairs of brackets",
    "[[rules]]\nurl = 'a.example'": "unknown key 'rules'; did you mean 'rule'?",
    "url a.example": "no TOML: Expected '=' after a key in a key/value pair (at line 1, column 5)",
}
KEYS = {
    "drp = 'p'\nkeep = 'p'": "unknown key 'drp'; did you mean 'drop'?",
    "Title = 'p'\nkeep = 'p'": "unknown key 'Title'; did you mean 'title'?",
    "xyzzy = 'p'\nkeep = 'p'": "unknown key 'xyzzy'; there are url, name, from, to, day-first, content, keep, drop, "
    "title, author, date, next",
    "": "it does nothing; it needs one of content, keep, drop, title, author, date, next",
    "drop = 3": "drop: it must be a text or a list of texts, and is a number",
    "drop = ['p', true]": "drop[2]: it must be a text, and is true or false",
    "drop = {a = 1}": "drop: it must be a text or a list of texts, and is a table",
    "day-first = 'yes'\ndate = 'p'": "day-first: it must be true or false, and is a text",
    "from = 'yesterday'\nkeep = 'p'": "from 'yesterday': no date; write 2004-06-28, or 2004, or a timestamp of 4 to 14 "
    "digits such as 20040628050632",
    "to = 20041399\nkeep = 'p'": "to: no date; write 2004-06-28, or 2004, or a timestamp of 4 to 14 digits such as "
    "20040628050632",
    "to = 05:06:32\nkeep = 'p'": "to: no date; write 2004-06-28, or 2004, or a timestamp of 4 to 14 digits such as "
    "20040628050632",
    "from = 2004-06-28\nto = 2003\nkeep = 'p'": "to: 2003 is before from, 20040628",
    "keep = '//a/@href'": 'keep "//a/@href": it must select elements or text(), not attributes or a value',
    "drop = 'a::attr(href)'": 'drop "a::attr(href)": it must select elements or text(), not attributes or a value',
    "content = 'xpath:string(//p)'": 'content "xpath:string(//p)": it must select elements or text(), not attributes '
    "or a value",
}
PATTERNS = {
    "org,example)/news": "write the host as in an address, example.org/path, not as a SURT",
    "http://(org,example,": "write the host as in an address, example.org/path, not as a SURT",
    "*example.org": "a star in a host stands alone or begins it: *.example.org (that host and all below it)",
    "www.*.org/": "a star in a host stands alone or begins it: *.example.org (that host and all below it)",
    "/news/*": "it begins with no host; a pattern is host/path, such as example.org/news/*",
    "two words": "it begins with no host; a pattern is host/path, such as example.org/news/*",
    "*.": "it begins with no host; a pattern is host/path, such as example.org/news/*",
    "me@example.org": "it begins with no host; a pattern is host/path, such as example.org/news/*",
    "ftp://example.org/": "only http and https addresses have patterns, and no fragment is part of one",
    "example.org/#top": "only http and https addresses have patterns, and no fragment is part of one",
}
CSS = {
    "div[": "a name is missing at the end",
    "div[a": "']' is missing at the end",
    "div[a=1]": "a name or a quoted string is missing before '1]'",
    'a[b="c]': "a string is not closed before '\"c]'",
    "[a=b x]": "x: only i or s may follow an attribute's value",
    "p:hover": ":hover: no pseudo-class here; there are root, empty, first-child, last-child, only-child, "
    "first-of-type, last-of-type, only-of-type, nth-child, nth-last-child, nth-of-type, nth-last-of-type, is, where, "
    "not, has, contains",
    "p:not": ":not needs its argument in parentheses",
    "p:not(a": "')' is missing at the end",
    "li:nth-child(x)": "a number, odd, even, or a series such as 2n+1 is missing before 'x)'",
    "p:contains(": "a quoted string is missing at the end",
    "p::before": "::before: the one pseudo-element here is ::attr(name)",
    "p >": "an element, #id, .class, [attribute] or :pseudo-class is missing at the end",
    "a,,b": "an element, #id, .class, [attribute] or :pseudo-class is missing before ',b'",
    "a }": "an element, #id, .class, [attribute] or :pseudo-class is missing before '}'",
    "a}": "'}' is out of place",
    "svg|a": "a page's elements have no namespaces here: leave the prefix out",
    ":not(" * 13 + "a" + ")" * 13: "selectors are nested more than 12 deep",
    " ": "there is nothing in it",
    "count(//a)": "'(//a)' is out of place; an XPath that begins otherwise needs xpath: before it",
}
XPATH = {
    "//p[": "the expression is not finished",
    "//p[a": "']' is missing at the end",
    "//p)": "')' is out of place",
    "//p[. = 'a]": "a string is not closed before 'a]'",
    "//p{}": "'{' has no meaning before '}'",
    "///p": "'/' stands where a step of the path should be",
    "//p/@": "the expression is not finished",
    "//p[child::]": "']' stands where a name should be",
    "//p/uncle::p": "'uncle' is no axis",
    "//p[re:test(., 'x')]": "re:test() is no function of XPath 1.0",
    "//p[document('file:///x')]": "document() is no function of XPath 1.0",
    "//p[matches(., 'x')]": "matches() is no function of XPath 1.0",
    "//x:p": "x:p: a page's elements have no namespaces here but svg: and math:",
    "//p[$a]": "$a: variables have no value here",
    "//p[count(1)]": "count() takes nodes",
    "//p[concat('a')]": "concat() takes 2 to 50 arguments and has 1",
    "//p[not()]": "not() takes 1 arguments and has 0",
    "//p | 3": "both sides of '|' must give nodes",
    "(1)/p": "'/' can follow only what gives nodes",
    "//p" + "[a" * 30 + "]" * 30: "expressions are nested more than 24 deep",
    "//p[" + "1+" * 200 + "1]": "more than 100 operators",
    "//p" + "|//p" * 200: "more than 100 operators",
    "//p[" + "a or " * 500 + "a]": "more than 2000 characters",
}


def problems(text: str, folder: Path) -> list[str]:
    file = folder / "rules.toml"
    file.write_text(text, "utf-8")
    found = read(file)[1]
    with pytest.raises(RulesError) as caught:
        load([file])
    assert str(caught.value).startswith(found[0][:200]) and caught.value.exit_status == 2
    assert "\n" not in str(caught.value)
    return [problem.removeprefix(f"{file}: ") for problem in found]


@pytest.mark.parametrize("text", FILES)
def test_files(text: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(RulesError) as caught:
        load([file])
    assert str(caught.value) == f"{file}: {FILES[text]}"


@pytest.mark.parametrize("text", KEYS)
def test_keys(text: str, tmp_path: Path) -> None:
    assert problems(RULE + text, tmp_path) == [f"rule 1 (north): {KEYS[text]}"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns(pattern: str, tmp_path: Path) -> None:
    told = problems(f"[[rule]]\nurl = ['b.example', '{pattern}']\nkeep = 'p'", tmp_path)
    assert told == [f'rule 1 (b.example): url[2] "{pattern}": {PATTERNS[pattern]}']


@pytest.mark.parametrize(("language", "selector"), [("CSS selector", s) for s in CSS] + [("XPath", s) for s in XPATH])
def test_selectors(language: str, selector: str, tmp_path: Path) -> None:
    text = f"{RULE}keep = 'p'\n[[rule]]\nurl = 'c.example/x'\ndrop = ['b', '''{selector}''']"
    what = (CSS if language == "CSS selector" else XPATH)[selector]
    assert problems(text, tmp_path) == [f'rule 2 (c.example/x): drop[2] "{selector}": bad {language}: {what}']


def test_what_is_no_rule_without_an_url_or_a_name_of_its_own(tmp_path: Path) -> None:
    assert problems("[[rule]]\nkeep = 'p'", tmp_path) == ["rule 1: url is missing: which pages is it for?"]
    assert problems("[[rule]]\nurl = 3\nkeep = 'p'", tmp_path) == [
        "rule 1: url: it must be a text or a list of texts, and is a number"
    ]
    twice = f"{RULE}keep = 'p'\n{RULE}drop = 'p'"
    assert problems(twice, tmp_path) == ["rule 2 (north): name: rule 1 has it; no two may share one"]


def test_the_first_is_told_and_how_many_more_there_are(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULE + "drop = ['div[', '//p[']\nkeep = 'p:hover'", "utf-8")
    with pytest.raises(RulesError) as caught:
        load([file])
    assert str(caught.value).endswith(f"; and 2 more: see endleaf rules check {file}")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    with pytest.raises(RulesError, match="No such file or directory"):
        load([file])
    with pytest.raises(RulesError, match="directory"):
        load([tmp_path])
    file.write_bytes(b"# caf\xe9")
    with pytest.raises(RulesError, match="byte 5 is no UTF-8"):
        load([file])
    file.write_text("a = " + "[" * 100_000)
    with pytest.raises(RulesError, match="no TOML"):
        load([file])


def test_two_files_may_not_share_a_name(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    for file in (one, two):
        file.write_text(RULE + "keep = 'p'", "utf-8")
    with pytest.raises(RulesError) as caught:
        load([one, two])
    assert str(caught.value) == f"{two}: north: a rule of {one} has that name; no two may share one"
