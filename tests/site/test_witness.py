"""On a made-up site the menus, the sidebar and the footer go, and the articles stay, whatever they share."""

from __future__ import annotations

import numpy as np
import pytest

from endleaf.chrome.blocks import Blocks, Bools
from endleaf.chrome.facts import Facts
from endleaf.chrome.site import Survey, leaf_of
from endleaf.chrome.site.leaves import keys_of, masked
from endleaf.chrome.site.witness import Witness
from endleaf.parse import parse

TOPICS = [
    "bees", "wax", "honey", "hives", "swarm", "queen", "drones", "clover", "frames", "smoke", "pollen", "winter",
]  # fmt: skip


def page(number: int) -> str:
    topic = TOPICS[number]
    return (
        "<div><p>Parish Beekeepers</p><p>News and diary</p><p>Members</p></div>"
        f"<h1>All about {topic}</h1><p>Of {topic} the old keepers said much that is worth knowing.</p>"
        f"<p>We asked three of them what {topic} meant to their year.</p>"
        "<div><p>Next meeting in the hall, all are welcome</p><p>Join our society today</p></div>"
        f"<p>Page {number} of 12, last changed on {number + 1} May 2004</p>"
    )


CHROME = {
    "parish beekeepers", "news and diary", "members", "next meeting in the hall, all are welcome",
    "join our society today", "page # of #, last changed on # may #",
}  # fmt: skip


def url(number: int) -> str:
    return f"http://www.bees.example/{number}.html"


def blocks_of(number: int) -> Blocks:
    return Blocks(parse(page(number)))


def site(pages: int = 12) -> Survey:
    survey = Survey()
    for number in range(pages):
        survey.add(url(number), leaf_of(blocks_of(number), "2004"))
    return survey


def chosen(witness: Witness | None, blocks: Blocks, likely: float = 0.8) -> set[str]:
    """What stays of a page whose own look tells nothing: every block is as likely."""
    kept: Bools = np.ones(len(blocks), np.bool_)
    if witness is not None:
        kept = witness.kept(Facts(blocks), np.full(len(blocks), likely, np.float32))
    return {words for words, stays in zip(masked(blocks), kept.tolist(), strict=True) if stays}


@pytest.mark.parametrize("number", range(12))
def test_the_frame_goes_and_the_article_stays(number: int) -> None:
    topic = TOPICS[number]
    stays = chosen(site().witness(url(number), "2004"), blocks_of(number))
    assert stays == {
        f"all about {topic}",
        f"of {topic} the old keepers said much that is worth knowing.",
        f"we asked three of them what {topic} meant to their year.",
    }


def test_a_page_that_was_not_in_the_sample_is_judged_alike() -> None:
    stays = chosen(site(11).witness(url(11), "2004"), blocks_of(11))
    assert len(stays) == 3
    assert not stays & CHROME


def test_what_the_page_itself_is_sure_of_stays() -> None:
    assert chosen(site().witness(url(0), "2004"), blocks_of(0), likely=0.9999) >= CHROME


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_few_pages_leave_the_page_to_itself(pages: int) -> None:
    blocks = blocks_of(0)
    assert chosen(site(pages).witness(url(0), "2004"), blocks) == set(masked(blocks))


def test_no_url_no_witness() -> None:
    assert site().witness(None, "2004") is None
    assert site().witness("http://other.example/", "2004") is None


def test_captures_of_one_url_are_one_page() -> None:
    survey = Survey()
    for day in range(10, 30):
        survey.add(url(0), leaf_of(blocks_of(0), f"200406{day}"))
    for year in range(1998, 2010):
        survey.add(url(0) + "#top", leaf_of(blocks_of(0), str(year)))
    blocks = blocks_of(0)
    assert chosen(survey.witness(url(0), "2004"), blocks) == set(masked(blocks))


def test_copies_of_an_article_do_not_make_it_template() -> None:
    survey = site()
    for mirror in ("print/0", "mobile/0", "0.html?session=8"):
        survey.add(f"http://www.bees.example/{mirror}", leaf_of(blocks_of(0), "2004"))
    stays = chosen(survey.witness(url(0), "2004"), blocks_of(0))
    assert "all about bees" in stays
    assert not stays & CHROME


def test_a_site_of_nothing_but_copies_is_left_to_the_page() -> None:
    survey = Survey()
    for number in range(6):
        survey.add(url(number), leaf_of(blocks_of(0), "2004"))
    blocks = blocks_of(0)
    assert chosen(survey.witness(url(0), "2004"), blocks) == set(masked(blocks))


def test_each_year_has_its_template() -> None:
    """Words that once were a menu may later be a text: thirty pages of a year speak for themselves."""
    survey = Survey()
    for number in range(40):
        old = Blocks(parse(f"<p>Honey prices</p><p>Story {'a' * number}</p>"))
        new = Blocks(parse(f"<p>Our shop</p><p>Story {'b' * number}</p>"))
        survey.add(f"http://a.org/{number}", leaf_of(old, "1999"))
        survey.add(f"http://a.org/{number}/new", leaf_of(new, "2012"))
    blocks = Blocks(parse("<p>Honey prices</p><p>Our shop</p><p>rose again in the spring</p>"))
    assert chosen(survey.witness("http://a.org/x", "1999"), blocks) == {"our shop", "rose again in the spring"}
    assert chosen(survey.witness("http://a.org/x", "2012"), blocks) == {"honey prices", "rose again in the spring"}


def test_a_rule_by_hand_is_the_last_word() -> None:
    survey = site()
    blocks = blocks_of(0)
    words = dict(zip(masked(blocks), leaf_keys(blocks), strict=True))
    survey.rule("bees.example", words["members"], "members", "keep")
    survey.rule("bees.example", words["all about bees"], "all about bees", "drop")
    stays = chosen(survey.witness(url(0), "2004"), blocks)
    assert "members" in stays
    assert "all about bees" not in stays


def leaf_keys(blocks: Blocks) -> list[int]:
    return [int(key) for key in keys_of(blocks)[0]]


def test_two_pages_may_share_a_sentence() -> None:
    survey = Survey()
    shared = "<p>Every keeper told us the same.</p>"
    for number in range(12):
        body = page(number) + (shared if number < 2 else "")
        survey.add(url(number), leaf_of(Blocks(parse(body)), "2004"))
    stays = chosen(survey.witness(url(0), "2004"), Blocks(parse(page(0) + shared)))
    assert "every keeper told us the same." in stays


def test_copies_that_differ_by_a_mark_alone_are_left_to_the_page() -> None:
    survey = Survey()
    story = "".join(f"<p>{' '.join([topic] * 12)} were kept here.</p>" for topic in TOPICS)
    for number in range(6):
        survey.add(url(number), leaf_of(Blocks(parse(f"{story}<p>{TOPICS[number]}</p>")), "2004"))
    blocks = Blocks(parse(f"{story}<p>{TOPICS[0]}</p>"))
    assert chosen(survey.witness(url(0), "2004"), blocks, likely=0.6) == set(masked(blocks))


def test_a_heading_of_the_frame_goes_though_the_article_follows_it() -> None:
    survey = Survey()
    for number in range(12):
        survey.add(url(number), leaf_of(Blocks(parse(headed(number))), "2004"))
    blocks = Blocks(parse(headed(0)))
    assert "the parish pages" in chosen(None, blocks)
    assert "the parish pages" not in chosen(survey.witness(url(0), "2004"), blocks, likely=0.6)


def headed(number: int) -> str:
    topic = TOPICS[number]
    words = f"Of {topic} the old keepers said much that is worth knowing."
    return f"<div><h2>The parish pages</h2><p>{words}</p><p>More on {topic} is in the next number.</p></div>"


def test_pages_of_another_template_are_no_witnesses() -> None:
    """The words of a board's menu are few among a shop's pages, and many among the board's."""
    survey = Survey()
    board = "<div><p>Members</p><p>Search</p><p>Rules of the board</p></div>"
    for number in range(60):
        shop = Blocks(parse(f"<p>Our shop</p><p>Basket</p><p>Delivery</p><p>Jar {'a' * number}</p>"))
        survey.add(f"http://a.org/shop/{number}", leaf_of(shop, "2004"))
    for number in range(6):
        survey.add(f"http://a.org/board/{number}", leaf_of(Blocks(parse(f"{board}<p>Word {'b' * number}</p>")), "2004"))
    blocks = Blocks(parse(f"{board}<p>What do your bees do in the winter?</p>"))
    template = survey.template("a.org", "2004")
    counts, pages = template.others(keys_of(blocks)[0], Facts(blocks).words, 0)
    assert (counts.tolist(), pages) == ([6, 6, 6, 0], 6)
    stays = chosen(survey.witness("http://a.org/board/x", "2004"), blocks, likely=0.9)
    assert stays == {"what do your bees do in the winter?"}


def test_what_stands_among_the_template_is_doubted() -> None:
    def page(number: int) -> str:
        topic = TOPICS[number]
        return (
            f"<div><p>Of {topic} the old keepers said much that is worth knowing.</p><p>And of {topic} more.</p></div>"
            f"<div><p>Most read today</p><p>All the news</p><p>The {topic} quiz</p><p>Tell us your news</p></div>"
        )

    survey = Survey()
    for number in range(12):
        survey.add(url(number), leaf_of(Blocks(parse(page(number))), "2004"))
    stays = chosen(survey.witness(url(0), "2004"), Blocks(parse(page(0))), likely=0.6)
    assert stays == {"of bees the old keepers said much that is worth knowing.", "and of bees more."}


def test_a_dateline_repeats_by_its_form_alone_and_counts_for_less() -> None:
    survey = Survey()
    for number in range(12):
        body = f"<p>Last changed by the keeper</p><p>Written on {number + 1} May 2004</p><p>Story {'a' * number}</p>"
        survey.add(url(number), leaf_of(Blocks(parse(body)), "2004"))
    blocks = Blocks(parse("<p>Last changed by the keeper</p><p>Written on 31 May 2004</p><p>Of bees in May.</p>"))
    stays = chosen(survey.witness("http://bees.example/x", "2004"), blocks, likely=0.95)
    assert stays == {"written on # may #", "of bees in may."}


def test_an_earlier_capture_of_the_page_is_no_other_page() -> None:
    survey = Survey()
    for number in range(1, 12):
        survey.add(url(number), leaf_of(blocks_of(number), "2004"))
    shared = "<p>Every keeper told us the same.</p>"
    before = f"<p>As it stood before it was written anew.</p>{shared}"
    survey.add(url(0), leaf_of(Blocks(parse(before)), "20040101"))
    survey.add("http://bees.example/also", leaf_of(Blocks(parse(page(1) + shared)), "2004"))
    stays = chosen(survey.witness(url(0), "2004"), Blocks(parse(page(0) + shared)))
    assert "every keeper told us the same." in stays
