"""The few facts a replay writes as JavaScript: string literals, read without running anything."""

from __future__ import annotations

import re


def quoted(name: str) -> str:
    """The pattern of a string literal on one line, its inside under a name; it never tries twice.

    >>> re.search("url = " + quoted("url"), "url = 'http://example.org/?q=\\"x\\"'")["url"]
    'http://example.org/?q="x"'
    """
    quote = f"(?P={name}_quote)"
    return rf"""(?P<{name}_quote>["'])(?P<{name}>(?:(?!{quote})[^\\\n]|\\.)*+){quote}"""


def unescaped(code: str) -> str:
    r"""The text of a string literal's inside, its escapes undone.

    >>> unescaped(r"http:\/\/example.org\/?a=1\u0026b=2")
    'http://example.org/?a=1&b=2'
    """
    if "\\" not in code:
        return code
    return re.sub(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", _escape, code, flags=re.DOTALL)


def _escape(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    return chr(int(number, 16)) if number else found[3]
