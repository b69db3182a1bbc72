"""How often bytes become the text they were, charset by charset, beside three detectors in the same run.

    python -m bench.charsets [--telling]

Pages are made of tests/decode/languages.toml: each language in each of its charsets, one sentence and all of them,
plain and in a page with menus and scripts; declared rightly, not at all, and falsely. A tool is right where its text
is the text. The detectors (charset-normalizer, chardet, resiliparse) see the same bytes; they read no declaration,
but for chardet and charset-normalizer where the bytes hold one. --telling names what we read wrongly.
"""

from __future__ import annotations

import argparse
import codecs
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from endleaf.decode import decode

LANGUAGES = Path(__file__).parent.parent / "tests" / "decode" / "languages.toml"
PYTHON = {
    "windows-874": "cp874", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "shift_jis": "cp932",
    "euc-kr": "cp949", "iso-8859-8-i": "iso-8859-8", "hz-gb-2312": "hz", "ibm866": "cp866", "iso-2022-kr": "iso2022_kr",
}  # fmt: skip
"""Python's codec for the web's name."""
LIES = {"lie: iso-8859-1": "iso-8859-1", "lie: utf-8": "utf-8"}
FRAME = (
    '<html><head>{meta}<title>{title}</title><script src="/menu.js"></script><style>td {{ font: 10px }}</style></head>'
    '<body bgcolor="#ffffff"><table><tr><td><a href="/index.html"><img src="/i/home.gif" alt="Home"></a> | '
    '<a href="/news/index.html">News</a> | <a href="/contact.html">Contact</a></td></tr>'
    "<tr><td>{text}</td></tr></table><p><small>&copy; 1999 webmaster@example.org</small></p></body></html>"
)


class Case(NamedTuple):
    """A page in bytes, and the text that it is."""

    language: str
    charset: str
    setting: str
    payload: bytes
    text: str


def encoded(text: str, charset: str) -> bytes:
    """Text in a charset, what it has not written as its nearest neighbour that it has."""
    return text.encode(PYTHON.get(charset, charset))


def written(about: dict[str, Any], charset: str) -> str:
    """A language's text, as writers of a charset that lacks a letter wrote it."""
    text: str = about["text"]
    for letter, written_as in about.get("swaps", ()):
        text = text.replace(letter, written_as)
    if charset == "windows-1258":
        text = vietnamese(text)
    if charset.startswith("iso-8859") or charset in ("koi8-r", "koi8-u", "ibm866", "x-mac-cyrillic"):
        text = text.replace("’", "'").replace("–", "-")
    return text


def vietnamese(text: str) -> str:
    """Letters with a tone as windows-1258 has them: the letter whole, the tone a mark of its own."""
    import unicodedata

    marks = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in parts if mark in marks]
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        whole = unicodedata.normalize("NFC", rest + "".join(tones))
        try:
            whole.encode("cp1258")
            out.append(whole)
        except UnicodeEncodeError:
            out.append(rest + "".join(tones))
    return "".join(out)


def cases() -> Iterator[Case]:
    """Every language in every charset of it and in UTF-8, at two lengths and in every setting."""
    for language, about in tomllib.loads(LANGUAGES.read_text("utf-8")).items():
        for charset in about["charsets"]:
            text = written(about, charset)
            for whole in (text.splitlines()[0], text):
                yield from settings(language, charset, whole)


def settings(language: str, charset: str, text: str) -> Iterator[Case]:
    """A text as a page in every setting."""
    title = text[:24]
    declarations = {"declared": charset, "undeclared": "", **LIES}
    for setting, label in declarations.items():
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
        page = FRAME.format(meta=meta, title=title, text=text)
        yield Case(language, charset, setting, encoded(page, charset), page)
    yield Case(language, charset, "bare text", encoded(text, charset), text)


def _decoded(payload: bytes, name: str | None) -> str:
    try:
        codec = codecs.lookup(name or "utf-8").name
        if codec in ("ascii", "iso8859-1"):
            codec = "cp1252"  # what every browser does, and no fault of a detector that says otherwise
        return payload.decode(
            {"shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}.get(codec, codec),
            "replace",
        )
    except LookupError:
        return payload.decode("cp1252", "replace")


def tools() -> dict[str, Callable[[bytes], str]]:
    """A tool's name -> bytes to text. One that is not installed is named and left out."""
    found: dict[str, Callable[[bytes], str]] = {"endleaf": lambda payload: decode(payload)[0]}
    for name, made in {"charset-normalizer": _normalizer, "chardet": _chardet, "resiliparse": _resiliparse}.items():
        try:
            found[name] = made()
        except ImportError:
            print(f"{name} is not installed, and is left out")
    return found


def _normalizer() -> Callable[[bytes], str]:
    from charset_normalizer import from_bytes

    def read(payload: bytes) -> str:
        best = from_bytes(payload).best()
        return _decoded(payload, best.encoding if best else None)

    return read


def _chardet() -> Callable[[bytes], str]:
    import chardet

    return lambda payload: _decoded(payload, chardet.detect(payload)["encoding"])


def _resiliparse() -> Callable[[bytes], str]:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda payload: bytes_to_str(payload, detect_encoding(payload) or "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--telling", action="store_true")
    options = parser.parse_args()
    known, every = tools(), list(cases())
    right: dict[str, Counter[str]] = {name: Counter() for name in known}
    spent = dict.fromkeys(known, 0.0)
    for case in every:
        for name, tool in known.items():
            start = time.process_time()
            text = tool(case.payload)
            spent[name] += time.process_time() - start
            if text == case.text:
                right[name][case.setting] += 1
            elif options.telling and name == "endleaf":
                print(
                    f"wrong: {case.language} in {case.charset}, {case.setting}, read as {decode(case.payload)[1].name}"
                )
    sizes = Counter(case.setting for case in every)
    print(f"{'right of':<20}" + "".join(f"{setting:>18}" for setting in sizes) + f"{'ms a page':>12}")
    print(f"{'':<20}" + "".join(f"{size:>18}" for size in sizes.values()))
    for name in known:
        counts = "".join(f"{right[name][setting]:>18}" for setting in sizes)
        print(f"{name:<20}{counts}{1000 * spent[name] / len(every):>12.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
