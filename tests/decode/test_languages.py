"""Every language in every charset of it: declared, undeclared and declared falsely; escapes, tables, and mixtures."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.charsets import Case, cases
from endleaf.decode import decode, notes_of
from endleaf.decode.labels import decoded, name_of

CASES = list(cases())
NOT_TOLD = {
    ("Spanish", "macintosh"): "its three letters, taken for windows-1252, are dashes",
    ("Welsh", "iso-8859-14"): "it differs in a letter or two from what every Western page holds",
    ("Esperanto", "iso-8859-3"): "one sentence has five letters",
}
"""Where nothing declares it, a page of one sentence may be read wrongly, and why."""


@pytest.mark.parametrize("case", [case for case in CASES if case.setting == "declared"], ids=lambda case: case.charset)
def test_a_true_declaration_is_read(case: Case) -> None:
    text, charset = decode(case.payload)
    assert text == case.text
    assert (charset.name, charset.source, charset.replaced) == (name_of(case.charset), "meta", 0)


@pytest.mark.parametrize("setting", ["undeclared", "lie: iso-8859-1", "lie: utf-8", "bare text"])
def test_what_nothing_declares_or_all_declare_falsely_is_read(setting: str) -> None:
    wrong = [
        (case.language, case.charset)
        for case in CASES
        if case.setting == setting and decode(case.payload)[0] != case.text
    ]
    assert set(wrong) <= set(NOT_TOLD)
    assert max(Counter(wrong).values(), default=0) <= 2


def test_a_true_declaration_of_the_west_is_left_alone() -> None:
    for words in (
        "Ça coûte 5 €, déjà vu à l’été.",
        "Größe, Øre, þetta, São, piñata: names of everywhere",
        "£7m – and so on",
        "Español, Français, Português, Türkçe, Íslenska, Føroyskt, Català, Österreich, Malmö, Ærø, Þórshöfn, São Tomé",
    ):
        payload = words.encode("cp1252")
        assert decode(payload, "text/html; charset=iso-8859-1")[0] == words
        assert decode(payload)[0] == words


def test_a_pound_sign_is_no_polish_letter() -> None:
    assert decode(b"<p>for \xa37m and \xa39m \x96 more</p>" * 4)[0].startswith("<p>for £7m and £9m –")


def test_dashes_and_section_signs_are_no_russian() -> None:
    assert decode(b"<p>the Agreement \x97 no other</p><p>Procedure, \xa7\xa71280</p>")[1].name == "windows-1252"


def test_an_euro_sign_tells_latin_9() -> None:
    assert decode("Der Preis ist 7 € für alle".encode("iso-8859-15"))[1].name == "iso-8859-15"


def test_charsets_that_python_lacks() -> None:
    assert decoded(bytes.fromhex("546869fe"), "viscii") == "Thiợ"
    assert decoded(bytes([0xAE, 0xB5, 0xD5]), "tcvn") == "đàế"
    taiwan = bytes.fromhex("d0d2e6d3cefb")
    assert decoded(taiwan[:2], "euc-tw") == "城"
    assert decoded(b"\x1b$)A\x0e3G@o\x0f abc", "iso-2022-cn") == "城里 abc"
    assert decoded(b"\x1b$)G\x0ePR\x0f\n\xff", "iso-2022-cn") == "城\n\ufffd"


def test_escapes_tell_their_charset() -> None:
    assert decode(b"\x1b$)A\x0e3G@o\x0f")[1].name == "iso-2022-cn"
    assert decode(b"\x1b$)C\n\x0e1[\x0f")[1].name == "iso-2022-kr"
    assert decode(b"~{3G@o~} and ~{5D~}")[0] == "城里 and 的"
    assert decode(b"a ~{ b } c")[0] == "a ~{ b } c"


def test_utf_7_is_told_and_read_as_something_safe() -> None:
    payload = (
        b'<meta http-equiv="Content-Type" content="text/html; charset=utf-7">+ADw-script+AD4-alert(1)+ADw-/script+AD4-'
    )
    text, charset = decode(payload)
    assert "<script>" not in text
    assert ("utf-7", "meta") in [(each.value, each.where) for each in charset.evidence]


def test_a_page_put_together_of_two_charsets() -> None:
    utf8, western = "<p>größer und schöner, übler</p>" * 3, "<td>Müller</td>"
    text, charset = decode(utf8.encode() + western.encode("cp1252"))
    assert (text, charset.name, charset.replaced) == (utf8 + western, "utf-8", 0)
    assert notes_of(charset) == ("the text, 1 of its pieces: windows-1252",)
    text, charset = decode(western.encode("cp1252") * 30 + utf8.encode(), "text/html; charset=iso-8859-1")
    assert (text, charset.name) == (western * 30 + utf8, "windows-1252")
    assert notes_of(charset) == ("the text, 3 of its pieces: utf-8",)


def test_what_was_encoded_twice_is_told_and_left() -> None:
    once = "größer und schöner, übler"
    text, charset = decode(once.encode().decode("cp1252").encode())
    assert "grÃ¶ÃŸer" in text
    assert [each.where for each in charset.evidence if each.value == "utf-8 encoded twice"] == [
        "the text, 4 of its places"
    ]
    assert not notes_of(decode(once.encode())[1])


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be", "utf-32le", "utf-32be"])
@pytest.mark.parametrize("marked", [True, False])
def test_wide_characters_with_a_mark_or_none(name: str, marked: bool) -> None:
    text = "<html><head><title>Größe</title></head><body>größer und 図書館</body></html>"
    codec = name.replace("le", "-le").replace("be", "-be")
    payload = ("\ufeff" * marked + text).encode(codec)
    found, charset = decode(payload)
    assert (found, charset.name, charset.source) == (text, name, "bom" if marked else "detector")
