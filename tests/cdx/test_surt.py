"""Keys of URLs: what does not tell captures apart goes, and a key's own URL has that key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.cdx.surt import surt, unsurt

LABEL = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True).filter(lambda label: not label.startswith("www"))
HOSTS = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
PLAIN = st.text("abcXYZ019-_~.!$()*,:@é ", max_size=12)
PATHS = st.lists(PLAIN.filter(lambda part: part.strip(".")), max_size=4).map("/".join)
QUERIES = st.lists(st.tuples(PLAIN, PLAIN).map("=".join).map(str.strip), max_size=4).map("&".join)


@given(HOSTS, PATHS, QUERIES)
def test_a_key_s_own_url_has_that_key(host: str, path: str, query: str) -> None:
    key = surt(f"http://{host}/{path}?{query}")
    assert key.isascii()
    assert surt(unsurt(key)) == key


@given(HOSTS, PATHS, QUERIES)
def test_what_makes_no_difference(host: str, path: str, query: str) -> None:
    key = surt(f"http://{host}/{path}?{query}")
    assert surt(f"https://www3.{host.upper()}:443/{path.upper().replace('É', 'é')}?{query}#part") == key
    assert surt(f"http://ann@{host}:80//{path}?{'&'.join(reversed(query.split('&')))}") == key


@given(st.text(max_size=200))
def test_any_text_has_a_key_without_blanks(text: str) -> None:
    key = surt(f"http://mill.example/{text}")
    assert key.startswith("example,mill")
    assert " " not in key
    assert key.isprintable()
    surt(text)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://mill.example/?z=1&CFID=12&CFTOKEN=34", "example,mill)/?&z=1"),
        ("http://mill.example/?ASPSESSIONIDAQBSDSRT=EOHBLBDDPFCLHKPGGKLILNAM&b", "example,mill)/?b"),
        ("http://mill.example/a;jsessionid=0123456789abcdef0123456789abcdef", None),
        ("http://mill.example/..//x/..", "example,mill)/.."),
        ("urn:pageinfo:http://mill.example/", "urn:pageinfo:http://mill.example"),
        ("filedesc://Tides.arc", "filedesc://Tides.arc"),
        ("", "-"),
    ],
)
def test_odd_ones(url: str, key: str | None) -> None:
    assert surt(url) == (key or "example,mill)/a;jsessionid=0123456789abcdef0123456789abcdef")


def test_escapes_upon_escapes_take_no_time() -> None:
    assert surt("http://mill.example/%" + "25" * 50_000 + "41") == "example,mill)/a"
