"""A survey is a set of pages: order, grouping and repetition make no difference, and it never outgrows its bounds."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endleaf.chrome.blocks import Blocks
from endleaf.chrome.site import Leaf, Survey, dump, leaf_of, load, site_of
from endleaf.chrome.site.leaves import MOST_BLOCKS, key_of, mask
from endleaf.chrome.site.survey import LEAST
from endleaf.errors import InputError
from endleaf.parse import parse


def leaf(words: Iterable[str], when: str = "2004") -> Leaf:
    return leaf_of(Blocks(parse("".join(f"<p>{each}</p>" for each in words))), when)


captures = st.tuples(
    st.sampled_from(["a.org", "b.org", "c.org"]),
    st.integers(0, 30),
    st.sampled_from(["2004", "20040628", "2011", ""]),
    st.sets(st.sampled_from(["home", "news", "about", "contact", "bees", "honey", "wax", "hive"]), min_size=1),
)
Captures = list[tuple[str, int, str, set[str]]]


def survey_of(found: Captures, sample: int = 12, pages: int = 40) -> Survey:
    survey = Survey(sample, pages)
    for site, page, when, words in found:
        url = f"http://{site}/{page}"
        if survey.wants(url, when):
            survey.add(url, leaf(sorted(words), when))
    return survey


def merged(*surveys: Survey) -> Survey:
    out = load(dump(surveys[0]))
    for each in surveys[1:]:
        out.merge(each)
    return out


many = st.lists(captures, max_size=60)


@settings(max_examples=40, deadline=None)
@given(many, many, many)
def test_merging_knows_no_order_and_no_grouping(a: Captures, b: Captures, c: Captures) -> None:
    x, y, z = survey_of(a), survey_of(b), survey_of(c)
    whole = dump(survey_of(a + b + c))
    assert dump(merged(x, y, z)) == whole
    assert dump(merged(z, merged(y, x))) == whole
    assert dump(merged(x, x, y, z, y)) == whole, "a page that stands in both counts once"


@settings(max_examples=40, deadline=None)
@given(many, st.randoms())
def test_the_order_of_the_pages_makes_no_difference(found: Captures, random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dump(survey_of(shuffled)) == dump(survey_of(found))


@settings(max_examples=30, deadline=None)
@given(many)
def test_bounds_hold_even_where_sites_must_go(found: Captures) -> None:
    survey = survey_of(found, sample=LEAST + 2, pages=20)
    assert sum(map(len, survey.shelves.values())) <= 20
    assert all(len(pages) <= survey.sample <= LEAST + 2 for pages in survey.shelves.values())
    assert survey.sample >= LEAST


def test_the_bounds_are_met_in_any_order_too() -> None:
    found: Captures = [(f"{site}.org", page, "2004", {"home"}) for site in range(9) for page in range(12)]
    a, b = survey_of(found, pages=30), survey_of(found[::-1], pages=30)
    assert dump(a) == dump(b)
    assert a.sample == LEAST
    assert 0 < len(a.shelves) < 9


def test_a_page_is_not_asked_for_where_it_would_not_be_kept() -> None:
    survey = Survey(sample=2)
    for number in range(50):
        survey.add(f"http://a.org/{number}", leaf(["home"]))
    assert sum(survey.wants(f"http://a.org/{number}", "2004") for number in range(50)) == 2
    assert not survey.wants(None, "2004")
    assert not survey.wants("mailto:a@b.org", "2004")


def test_the_earliest_of_a_years_captures_is_kept() -> None:
    survey = Survey()
    for when in ("20040301", "20040102", "20041231"):
        survey.add("http://a.org/", leaf([f"seen in {when}"], when))
    ((page,),) = [list(pages.values()) for pages in survey.shelves.values()]
    assert page.when == "20040102"


def test_a_hostile_page_costs_no_more_than_a_thousand_blocks() -> None:
    assert len(leaf(f"word{'x' * n}" for n in range(3000)).keys) == MOST_BLOCKS


def test_hosts_are_sites() -> None:
    assert site_of("https://www.a.org:81/x") == "a.org"
    assert site_of("http://[bad") is None
    assert site_of(None) is None


def test_what_is_no_word_is_known_by_its_place() -> None:
    assert key_of("12", "table/tr/td") != key_of("12", "ul/li")
    assert key_of("Page 12", "a") == key_of("page 7", "b")
    assert mask(" A\n b  1999-12") == "a b #-#"


@settings(max_examples=40, deadline=None)
@given(many)
def test_json_and_back(found: Captures) -> None:
    survey = survey_of(found)
    survey.rule("a.org", key_of("home"), "home", "keep")
    assert dump(load(dump(survey))) == dump(survey)


def test_the_json_tells_what_repeats() -> None:
    survey = Survey()
    for number in range(4):
        survey.add(f"http://a.org/{number}", leaf(["Home", f"story of {'x' * number}y"]))
    told = dump(survey).decode()
    assert '"words": "home",\n' in told
    assert '"place": "body/p",\n' in told
    assert '"words": "story' not in told


def test_a_rule_by_words_is_read_and_keep_outlives_drop() -> None:
    text = b'{"endleaf":"site","version":1,"sites":{"a.org":{"rules":[{"words":"Contact US","verdict":"%s"}]}}}'
    drop, keep = load(text % b"drop"), load(text % b"keep")
    drop.merge(keep)
    assert drop.rules == {"a.org": {key_of("contact us"): ("contact us", "keep")}}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"endleaf":"other","version":1}',
        b'{"endleaf":"site","version":1,"sites":{"a":{"years":{"2004":{"leaves":{"0000000000000001":["","AA==","x"]}}}}}}',
        b'{"endleaf":"site","version":1,"sites":{"a":{"rules":[{"words":"x","verdict":"burn"}]}}}',
    ],
)
def test_what_is_no_site_file_is_named_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError, match="not a site file") as error:
        load(data)
    assert "\n" not in str(error.value)


def test_a_file_that_swells_is_refused_and_not_unpacked() -> None:
    keys, words = (base64.b64encode(each).decode() for each in (b"12345678", zlib.compress(b"\n" * 100_000_000)))
    leaves = {"00000000000000a1": ["2004", keys, words]}
    told = {"endleaf": "site", "version": 1, "sites": {"a.org": {"years": {"2004": {"leaves": leaves}}}}}
    with pytest.raises(InputError, match="not as many words as keys"):
        load(json.dumps(told).encode())


def test_surveys_of_different_bounds_merge_to_the_narrower() -> None:
    found: Captures = [(f"{site}.org", page, "2004", {"home"}) for site in range(4) for page in range(20)]
    wide, narrow = survey_of(found[:60], 20, 500), survey_of(found[60:], 20, 50)
    assert dump(merged(wide, narrow)) == dump(merged(narrow, wide)) == dump(survey_of(found, 20, 50))


def test_a_site_that_had_to_go_from_one_part_does_not_come_back_from_another() -> None:
    found: Captures = [(f"{site}.org", page, "2004", {"home"}) for site in range(9) for page in range(12)]
    full = survey_of(found, pages=30)
    gone = next(each for each in found if (each[0], "2004") not in full.shelves)
    part = survey_of([gone], pages=30)
    assert dump(merged(part, full)) == dump(merged(full, part)) == dump(full)


def test_a_page_of_several_years_is_one_page_of_the_template() -> None:
    survey = Survey()
    for year in range(1998, 2010):
        survey.add("http://a.org/", leaf([f"seen in {year}"], str(year)))
    assert survey.template("a.org", "2004").pages == 1
    assert survey.template("a.org", "").pages == 1
