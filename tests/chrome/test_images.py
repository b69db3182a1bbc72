"""Which images stay beside the text that stays: what is shown, not what leads away, adorns or heads the site."""

from __future__ import annotations

import numpy as np
import pytest

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.keep import spread, text_of
from endleaf.parse import TEXT, parse

ABOVE, BELOW = "<p>Kept text above it.</p>", "<p>Kept text below it.</p>"


def kept_images(html: str) -> list[str]:
    """The ids of the images that stay where every block that says "kept" does."""
    tree = parse(html)
    blocks = Blocks(tree)
    content = np.array([any("ept" in tree.texts[i] for i in block) for block in _blocks(blocks)], np.bool_)
    keep = spread(blocks, text_of(blocks, content))
    return [tree.attrs[i]["id"] for i in tree.find_all("img") if keep[i]]


def _blocks(blocks: Blocks) -> list[list[int]]:
    ranges = zip(blocks.first.tolist(), blocks.last.tolist(), strict=True)
    return [[i for i in range(a, b + 1) if blocks.tree.tags[i] == TEXT] for a, b in ranges]


@pytest.mark.parametrize(
    "image",
    [
        "<p><img id=a src=chart.gif></p>",
        "<p><img id=a src=p.jpg width=300 height=200></p>",
        "<p><img id=a src=equation.gif width=260 height=30 alt='E = mc2'></p>",
        "<p><a href=big.jpg><img id=a src=small.gif></a></p>",
        "<p><a href=/photo/1><img id=a src=small.jpg alt='The mill'></a></p>",
        "<p><a href=/photo/1><img id=a src=small.png width=200 height=150></a></p>",
        "<figure><a href=/photo/1><img id=a src=small.png></a></figure>",
        "<p>Kept, and <img id=a src=new.gif alt='New!'> in its line.</p>",
        "<p><img id=a src=redball.gif alt='*'> Kept item.</p>",
        "<p>Kept, and laughed <img id=a src=smile.gif width=30 height=30 alt=':-)'> at.</p>",
        "<table><tr><td>Kept<td><img id=a src=p.gif width=120 height=90></table>",
    ],
)
def test_what_the_text_shows_stays(image: str) -> None:
    assert kept_images(ABOVE + image + BELOW) == ["a"]


@pytest.mark.parametrize(
    "image",
    [
        "<p><img id=a src=bar.gif alt='--------------'></p>",
        "<p><img id=a src=x.gif width=600 height=5></p>",
        "<p><img id=a src=x.gif alt='*'></p>",
        "<p><img id=a src=x.gif alt=o></p>",
        "<p><img id=a src=spacer.gif alt='*'></p>",
        "<p><img id=a src=x.gif width=1 height=10></p>",
        "<p><a href='javascript:window.print()'><img id=a src=print.gif alt='Print this page'></a></p>",
        "<p><a href=mail.cfm><img id=a src=mail.gif alt='E-mail to a friend'></a></p>",
        "<p><a href='#top'><img id=a src=top.gif alt='Back to top'></a></p>",
        "<p><a href=post.php><img id=a src=icon.gif alt='Reply with quote'></a></p>",
        "<p><a href=a.htm><img src=h.gif id=a alt=Home></a> <img id=b src=b.gif width=95 height=20 alt=Beef></p>",
        "<p>Kept, and <a href='javascript:p()'><img id=a src=p.jpg alt=Print></a> in its line.</p>",
        "<p>Kept, and <img id=a src=ball.gif alt='*'> in its line.</p>",
        "<p>Menu <img id=a src=p.jpg width=300 height=200></p>",
    ],
)
def test_what_only_leads_away_or_adorns_goes(image: str) -> None:
    assert kept_images(ABOVE + image + BELOW) == []


@pytest.mark.parametrize(
    "image",
    [
        "<img id=a src=crest.gif width=120 height=120 alt='[crest]'>",
        "<img id=a src=welcome.gif width=300 height=160 alt=WELCOME>",
        "<img id=a src=t.gif width=420 height=60 alt='Cassell Stoves'>",
        "<img id=a src=now.gif alt='Netscape Now!'>",
        "<img id=a src=c.gif alt=00317>",
    ],
)
def test_emblems_above_and_below_all_text_go(image: str) -> None:
    assert kept_images(f"<center>{image}</center>{ABOVE}") == []
    assert kept_images(f"{ABOVE}<center>{image}</center>") == []


def test_an_emblem_in_the_first_line_of_the_text_goes() -> None:
    assert kept_images("<center><img id=a src=crest.gif alt='[crest]'><br>Kept Department</center>" + BELOW) == []
    assert kept_images(ABOVE + "<center><img id=a src=crest.gif alt='[crest]'><br>Kept seal</center>" + BELOW) == ["a"]


@pytest.mark.parametrize(
    "image",
    [
        "<img id=a src=p.jpg width=300 height=200>",
        "<img id=a src=p.jpg>",
        "<img id=a src=p.gif alt='The mill as it was before the fire'>",
        "<figure><img id=a src=p.gif></figure>",
    ],
)
def test_pictures_above_and_below_all_text_stay(image: str) -> None:
    assert kept_images(f"<div>{image}</div>{ABOVE}") == ["a"]
    assert kept_images(f"{ABOVE}<div>{image}</div>") == ["a"]


def test_nothing_but_images_and_rules_is_nothing() -> None:
    tree = parse("<p><img src=a.jpg width=500 height=400><hr>")
    blocks = Blocks(tree)
    assert not any(spread(blocks, np.zeros(len(tree), np.bool_)))


# -------------------------------------------------------------- image maps


def areas(html: str) -> list[str]:
    tree = parse(html)
    blocks = Blocks(tree)
    keep = spread(blocks, text_of(blocks, np.ones(len(blocks), np.bool_)))
    return [tree.attrs[i].get("alt", "") for i in tree.find_all("area") if keep[i]]


FLOORS = "<map name=m><area href=a alt='The stone floor, for wheat'><area href=b><area href=c alt='Cap'></map>"
MENU = "<map name=m><area href=a alt=Home><area href=b alt=News></map>"


def test_the_areas_of_a_map_that_tells_something_stay_with_its_image() -> None:
    image = "<p><img src=m.gif usemap=#M width=330 height=190>"
    assert areas(FLOORS + image + ABOVE) == ["The stone floor, for wheat", "Cap"]
    assert areas(ABOVE + image + BELOW + FLOORS) == ["The stone floor, for wheat", "Cap"]


def test_a_menu_that_is_a_map_goes() -> None:
    assert areas(MENU + "<p><img src=m.gif usemap=#m width=600 height=40>" + ABOVE) == []
    assert areas(ABOVE + "<p><img src=m.gif usemap=#m width=600 height=40>" + BELOW + MENU) == []


def test_the_maps_of_a_page_with_no_other_words_are_its_content() -> None:
    assert areas("<img src=m.gif usemap=#m>" + MENU) == ["Home", "News"]
