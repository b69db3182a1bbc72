"""Charsets as pages declare them, fail to declare them, and lie about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf.decode import decode
from endleaf.decode.labels import LABELS, decoded, name_of

TEXTS = {
    "windows-1251": "Сегодня мы рассказываем о том, как работает городская библиотека и её старый каталог.",
    "koi8-r": "Сегодня мы рассказываем о том, как работает городская библиотека и её старый каталог.",
    "windows-1253": "Σήμερα γράφουμε για την παλιά βιβλιοθήκη της πόλης και για τους ανθρώπους που τη διαβάζουν.",
    "windows-1255": "היום אנחנו כותבים על הספרייה הישנה של העיר ועל האנשים שקוראים בה כל יום.",
    "windows-1256": "نكتب اليوم عن مكتبة المدينة القديمة وعن الناس الذين يقرأون فيها كل يوم.",
    "windows-1252": "Où l’on écrit à propos de la bibliothèque, très âgée, et de ses lecteurs – été comme hiver.",
    "iso-8859-2": "Dziś piszemy o starej bibliotece miejskiej, o książkach i ludziach, którzy je czytają. Źdźbło.",
    "gbk": "今天我们写一写这个城市的旧图书馆，以及每天在那里读书的人们。图书馆已经有一百年的历史了。",
    "big5": "今天我們寫一寫這個城市的舊圖書館，以及每天在那裡讀書的人們。圖書館已經有一百年的歷史了。",
    "shift_jis": "きょうは、この町の古い図書館と、そこで毎日本を読む人たちについて書きます。",
    "euc-jp": "きょうは、この町の古い図書館と、そこで毎日本を読む人たちについて書きます。",
    "iso-2022-jp": "きょうは、この町の古い図書館と、そこで毎日本を読む人たちについて書きます。",
    "euc-kr": "오늘은 이 도시의 오래된 도서관과 그곳에서 매일 책을 읽는 사람들에 대해 씁니다.",
    "utf-16le": "Where a page is wide, every other byte of its markup is nothing: größer.",
    "utf-16be": "Where a page is wide, every other byte of its markup is nothing: größer.",
    "utf-8": "Where a page is UTF-8, it says größer and 図書館 and библиотека.",
}
PYTHON = {
    "windows-1252": "cp1252",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}


def page(name: str, meta: str = "") -> tuple[bytes, str]:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    words = TEXTS[name]
    text = f"<html><head>{declared}<title>{words}</title></head><body><p>{words}</p><p>{words}</p></body>"
    return text.encode(PYTHON.get(name, name)), text


@pytest.mark.parametrize("name", TEXTS)
def test_undeclared(name: str) -> None:
    payload, text = page(name)
    found, charset = decode(payload)
    assert found == text
    assert charset.replaced == 0
    assert charset.evidence == ()
    assert charset.source == ("utf-8" if name == "utf-8" else "detector")


@pytest.mark.parametrize("name", [name for name in TEXTS if "16" not in name])
@pytest.mark.parametrize("where", ["http", "meta"])
def test_declared(name: str, where: str) -> None:
    payload, text = page(name, name.upper() if where == "meta" else "")
    found, charset = decode(payload, f"text/html; charset={name}" if where == "http" else None)
    assert (found, charset.name, charset.source) == (text, name, where)
    assert [(claim.what, claim.value.lower(), claim.where) for claim in charset.evidence] == [("charset", name, where)]


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("windows-1252", "iso-8859-2")])
@pytest.mark.parametrize("lie", ["iso-8859-1", "utf-8"])
def test_a_false_declaration_is_set_aside_and_kept(name: str, lie: str) -> None:
    payload, text = page(name, lie)
    found, charset = decode(payload)
    assert found == text
    assert "16" in name or lie in [claim.value for claim in charset.evidence]


def test_utf8_wins_over_any_other_declaration() -> None:
    payload, text = page("utf-8", "gb2312")
    found, charset = decode(payload, "text/html; charset=windows-1251")
    assert (found, charset.name, charset.source) == (text, "utf-8", "utf-8")
    assert [(claim.value, claim.where) for claim in charset.evidence] == [("windows-1251", "http"), ("gb2312", "meta")]


def test_where_two_declarations_differ_the_bytes_decide() -> None:
    payload, text = page("windows-1251", "windows-1251")
    found, charset = decode(payload, "text/html; charset=ISO-8859-1")
    assert (found, charset.name, charset.source) == (text, "windows-1251", "meta")
    payload, text = page("windows-1252", "windows-1251")
    found, charset = decode(payload, "text/html; charset=ISO-8859-1")
    assert (found, charset.source) == (text, "http")


MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff", "utf-32le": b"\xff\xfe\0\0"}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_wins_over_everything(name: str) -> None:
    payload = MARKS[name] + TEXTS["utf-8"].encode(name.replace("le", "-le").replace("be", "-be"))
    found, charset = decode(payload, "text/html; charset=koi8-r")
    assert (found, charset.name, charset.source) == (TEXTS["utf-8"], name, "bom")
    assert [claim.where for claim in charset.evidence] == ["bom", "http"]


def test_a_declaration_behind_an_archives_own_scripts() -> None:
    payload, text = page("koi8-r", "koi8-r")
    script = b"<script>" + b"var banner = 1;" * 600 + b"</script>"
    found, charset = decode(payload.replace(b"<head>", b"<head>" + script))
    assert found == text.replace("<head>", "<head>" + script.decode())
    assert charset.source == "meta"


@pytest.mark.parametrize("name", ["utf-7", "x-none", "binary", "", "utf-8;charset=x"])
def test_labels_that_mean_nothing_are_evidence_only(name: str) -> None:
    found, charset = decode("größer".encode(), f"text/html; charset={name}")
    assert (found, charset.name) == ("größer", "utf-8")
    plain, charset = decode(b"+ADw-script+AD4-", "text/html; charset=utf-7")
    assert plain == "+ADw-script+AD4-"
    assert [claim.value for claim in charset.evidence] == ["utf-7"]


def test_ascii_is_what_it_is_declared_to_be() -> None:
    assert decode(b"plain")[1].name == "utf-8"
    assert decode(b"plain", "text/html; charset=ISO-8859-1")[1].name == "windows-1252"
    assert decode(b"plain", "text/html; charset=UTF-16")[1].name == "utf-8"


def test_utf8_with_a_fault_is_utf8_with_a_fault() -> None:
    payload = ("größer und schöner, ärger und übler " * 3).encode()
    found, charset = decode(payload[:-3] + b"\xff" + payload[-3:])
    assert (charset.name, charset.replaced) == ("utf-8", 1)
    assert found.count("\ufffd") == 1


def test_a_replacement_character_of_the_page_is_no_fault_of_ours() -> None:
    assert decode("größer \ufffd".encode())[1].replaced == 0


def test_the_web_reads_latin_1_as_windows_1252() -> None:
    found, charset = decode(b"\x93quoted\x94 \x80 5", "text/html; charset=iso-8859-1")
    assert (found, charset.name) == ("“quoted” € 5", "windows-1252")


def test_nuls_are_left_out() -> None:
    assert decode(b"<p>a\0b</p>")[0] == "<p>ab</p>"


@pytest.mark.parametrize(
    "payload", [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\ud800".encode("utf-16-le", "surrogatepass")]
)
def test_no_lone_surrogate_and_no_error(payload: bytes) -> None:
    decode(payload)[0].encode()


@pytest.mark.parametrize(("label", "name"), [
    ("UTF8", "utf-8"), (" 'Windows-1251' ", "windows-1251"), ("cp-1251", "windows-1251"), ("x-sjis", "shift_jis"),
    ("ISO_8859-9", "windows-1254"), ("iso8859_1", "windows-1252"), ("ks_c_5601-1987", "euc-kr"), ("cp936", "gbk"),
    ("macintosh", "macintosh"), ("tis-620", "windows-874"), ("utf_8", "utf-8"), ("none", None), ("utf-7", None),
])  # fmt: skip
def test_labels(label: str, name: str | None) -> None:
    assert name_of(label) == name


def test_every_charset_decodes() -> None:
    for name in set(LABELS.values()):
        assert name_of(name) == name
        assert isinstance(decoded(bytes(range(256)), name), str)


@given(st.binary(max_size=300), st.sampled_from([None, *sorted(set(LABELS.values())), "utf-7", "x"]))
def test_any_bytes_become_text(payload: bytes, label: str | None) -> None:
    text, charset = decode(payload, f"text/html; charset={label}" if label else None)
    text.encode()
    assert "\0" not in text
    assert charset.name in LABELS.values()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_utf8_is_read_back(text: str) -> None:
    assert decode(b"<p>" + text.encode() + b"</p>", "text/html; charset=iso-8859-1")[0] == f"<p>{text}</p>"
