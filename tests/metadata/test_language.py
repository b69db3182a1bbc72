"""The language of a page: declared, else by its text; and what is declared of a text in another script."""

from __future__ import annotations

import pytest

from endleaf import metadata
from endleaf.links import Links
from endleaf.metadata.languages import tag
from endleaf.parse import parse

TEXTS = {
    "en": "The clock of the town hall stopped on Tuesday and it was not wound for a week by those who have the key.",
    "de": "Die Uhr des Rathauses ist am Dienstag stehen geblieben und wurde nicht von denen aufgezogen, die sie haben.",
    "fr": "L'horloge de la mairie est arrêtée depuis mardi et ceux qui ont la clé ne sont pas venus dans la semaine.",
    "es": "El reloj de la torre se paró el martes y los que tienen la llave no han venido en toda la semana por él.",
    "pl": "Zegar na wieży stanął we wtorek i nie jest nakręcony, bo klucz do zegara jest u tych, którzy są na wsi.",
    "cy": "Mae cloc y dref wedi stopio ac nid oedd neb yn gallu ei weindio gan fod yr allwedd hefyd ar goll gyda nhw.",
    "el": "Το ρολόι του δημαρχείου σταμάτησε την Τρίτη και κανείς δεν το κούρδισε όλη την εβδομάδα.",
    "ru": "Часы на ратуше остановились во вторник, и никто не заводил их целую неделю, потому что ключ был утерян.",
    "uk": "Годинник на ратуші зупинився у вівторок, і його ніхто не заводив, бо ключ від вежі був десь у селі.",
    "zh": "市政厅的时钟星期二停了，整整一个星期没有人上发条，因为钥匙在乡下的人手里，大家都不知道是谁。",
    "ja": "役所の時計は火曜日に止まり、鍵がなかったので一週間のあいだ誰もねじを巻くことができなかった。",
    "ko": "시청의 시계는 화요일에 멈추었고 열쇠가 없어서 일주일 동안 아무도 태엽을 감지 못하였다고 한다.",
    "ar": "توقفت ساعة البلدية يوم الثلاثاء ولم يقم أحد بتعبئتها طوال الأسبوع لأن المفتاح كان مفقودا.",
    "fa": "ساعت شهرداری روز سه‌شنبه از کار افتاد و تا یک هفته کسی آن را کوک نکرد چون کلید گم شده بود.",
    "he": "השעון של בית העירייה נעצר ביום שלישי ואיש לא מתח אותו שבוע שלם כי המפתח אבד.",
}


def language(text: str, head: str = "<html>") -> tuple[str, str] | None:
    tree = parse(f"{head}<body><ul><li>Home<li>News</ul><p>{text}</p>")
    found = metadata.read(tree, None, Links(tree, None)).language
    return (found.value, found.source) if found else None


@pytest.mark.parametrize("expected", TEXTS)
def test_the_text_tells_its_language(expected: str) -> None:
    assert language(TEXTS[expected] * 2) == (expected, "text")


def test_a_declared_language_wins_in_its_own_script() -> None:
    assert language(TEXTS["de"], "<html lang=en-GB>") == ("en-GB", "html:lang")
    assert language(TEXTS["uk"], "<html lang=ru>") == ("ru", "html:lang")


def test_a_language_left_in_a_template_does_not_hold_for_another_script() -> None:
    assert language(TEXTS["el"], "<html lang=en-US>") == ("el", "text")
    assert language(TEXTS["zh"], "<html><meta http-equiv=Content-Language content=utf-8>") == ("zh", "text")


def test_little_text_tells_nothing() -> None:
    assert language("Tides 2004") is None


@pytest.mark.parametrize("wrong", ["utf-8", "gb2312", "iso-8859-1", "gbk", "english-", "e", "en-x"])
def test_what_is_no_language_is_none(wrong: str) -> None:
    assert tag(wrong) is None


@pytest.mark.parametrize("right", ["en", "zh-Hans-CN", "es-419", "de-CH-1996", "sr-Latn", "en-GB-oxendict", "de-x-old"])
def test_tags_are_read_whole(right: str) -> None:
    assert tag(right.upper()) == right
