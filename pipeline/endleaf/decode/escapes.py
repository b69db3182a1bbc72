"""Charsets that write every script in ASCII bytes, with escapes between: known by their escapes alone."""

from __future__ import annotations

import re

_JAPANESE = re.compile(rb"\x1b(?:\$[@B(]|\([BIJ])")
_NAMED = re.compile(rb"\x1b\$(?:\)(?P<kr>C)|\)[AEG]|\*H)")
"""ISO-2022-KR (RFC 1557) names its charset once, at the start; ISO-2022-CN (RFC 1922) in every line that needs it."""
_SHIFTED = re.compile(rb"\x0e[\x21-\x7e]{2}")
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e])+)~\}")
"""HZ (RFC 1843): pairs of GB 2312 between ``~{`` and ``~}``."""


def escaped(body: bytes) -> str | None:
    """The charset whose escapes ASCII bytes hold; None where they hold none.

    >>> escaped("図書館".encode("iso-2022-jp")), escaped("图书馆".encode("hz")), escaped(b"plain ~{ text ~}")
    ('iso-2022-jp', 'hz-gb-2312', None)
    """
    if b"\x1b" in body:
        named = _NAMED.search(body)
        if named and _SHIFTED.search(body):
            return "iso-2022-kr" if named["kr"] else "iso-2022-cn"
        if _JAPANESE.search(body):
            return "iso-2022-jp"
    return "hz-gb-2312" if b"~{" in body and _is_hz(body) else None


def _is_hz(body: bytes) -> bool:
    """Whether what stands between HZ's escapes is Chinese throughout: braces after a tilde may be anything."""
    runs = _HZ.findall(body)
    try:
        return bool(runs) and all(bytes(byte | 0x80 for byte in run).decode("gb2312") for run in runs)
    except UnicodeDecodeError:
        return False
