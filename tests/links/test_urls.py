"""Address texts made absolute and valid."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.urls import LIMIT, absolute, base_of

BASE = base_of("http://www.example.org/a/b/c.html?q=1#top")

RESOLVED = [
    # The examples of RFC 3986, section 5.4, as WHATWG URL reads them, and what pages of every era hold.
    ("g", "http://www.example.org/a/b/g"),
    ("./g", "http://www.example.org/a/b/g"),
    ("g/", "http://www.example.org/a/b/g/"),
    ("/g", "http://www.example.org/g"),
    ("//g.example", "http://g.example/"),
    ("?y", "http://www.example.org/a/b/c.html?y"),
    ("g?y", "http://www.example.org/a/b/g?y"),
    ("#s", "http://www.example.org/a/b/c.html?q=1#s"),
    ("g?y#s", "http://www.example.org/a/b/g?y#s"),
    (";x", "http://www.example.org/a/b/;x"),
    (".", "http://www.example.org/a/b/"),
    ("..", "http://www.example.org/a/"),
    ("../g", "http://www.example.org/a/g"),
    ("../../../../g", "http://www.example.org/g"),
    ("/./g", "http://www.example.org/g"),
    ("g.", "http://www.example.org/a/b/g."),
    (".g", "http://www.example.org/a/b/.g"),
    ("./g/.", "http://www.example.org/a/b/g/"),
    ("g;x=1/../y", "http://www.example.org/a/b/y"),
    ("g?y/../x", "http://www.example.org/a/b/g?y/../x"),
    ("%2e%2E/g", "http://www.example.org/a/g"),
    ("http:/g.example/x", "http://www.example.org/g.example/x"),
    ("https:/g.example/x", "https://g.example/x"),
    ("mailto://a@example.org", "mailto:a@example.org"),
    ("http:g", "http://www.example.org/a/b/g"),
    ("https:g.example/x", "https://g.example/x"),
    ("..\\img\\a b.gif", "http://www.example.org/a/img/a%20b.gif"),
    ("\thttp://exa\nmple.com/x\x1f ", "http://example.com/x"),
    ("HTTP://EXAMPLE.com:80", "http://example.com/"),
    ("https://example.com:443/", "https://example.com/"),
    ("https://example.com:0080/", "https://example.com:80/"),
    ("http://example.com?x", "http://example.com/?x"),
    ("http://bücher.example/ß", "http://xn--bcher-kva.example/%C3%9F"),
    ('http://example.com/a[1]|{2}^`"<>', "http://example.com/a%5B1%5D%7C%7B2%7D%5E%60%22%3C%3E"),
    ("http://example.com/100%", "http://example.com/100%25"),
    ("http://user:secret@example.com/", "http://example.com/"),
    ("http://192.168.0.1:8080/x", "http://192.168.0.1:8080/x"),
    ("http://[::1]/x", "http://[::1]/x"),
    ("ftp://ftp.example.com/pub", "ftp://ftp.example.com/pub"),
    ("mailto:a@example.org?subject=a b", "mailto:a@example.org?subject=a%20b"),
    ("MAILTO:a@example.org", "mailto:a@example.org"),
    ("tel:+44 20 7000 0000", "tel:+44%2020%207000%200000"),
]

NOWHERE = [
    "", " ", "\t\n", "javascript:alert(1)", "java\nscript:alert(1)", "JavaScript:void(0)", "vbscript:x",
    "data:text/html,x",
    "data:image/gif;base64,R0lGOD", "blob:http://x/1", "file:///etc/passwd", "about:blank", "mailto:", "http://", "http:///",
    "http://a b/", "http://exa<mple.com/", "http://example.com:99999/", "http://example.com:x/", "http://256.1.1.1/",
    "http://1.2.3/", "http://..example.com/", "http://[::zz]/", "urn:isbn:1", "x" * (LIMIT + 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "url"), RESOLVED)
def test_an_address_is_resolved_as_a_browser_does(text: str, url: str) -> None:
    assert absolute(text, BASE) == url


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_place_gives_none(text: str) -> None:
    assert absolute(text, BASE) is None


def test_without_a_base_only_absolute_addresses_mean_a_place() -> None:
    assert absolute("a/b", None) is absolute("//example.org/", None) is absolute("?x", None) is None
    assert absolute("http:example.org", None) == "http://example.org/"
    assert base_of("mailto:a@example.org") is base_of("not a url") is base_of(None) is None


VALID = re.compile(
    r"(?:(?:https?|ftp)://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?/|mailto:|tel:)"
    r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
starts = st.sampled_from(
    ["", "http://", "https:", "//", "/", "?", "#", "mailto:", "http://example.org/", "ftp:\\\\", "http://é."]
)
odd = st.text(st.one_of(st.characters(), st.sampled_from("./\\?#%:@[] <>\"'|^`{}\t\n\0")), max_size=40)


@given(starts, odd)
def test_whatever_comes_out_is_a_valid_url_and_stays_itself(start: str, rest: str) -> None:
    for base in (BASE, None):
        url = absolute(start + rest, base)
        if url is not None:
            assert VALID.fullmatch(url)
            assert absolute(url, None) == url
