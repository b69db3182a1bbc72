"""Why a block stayed or went: the step, the region, the names, and what speaks for and against it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from endleaf.chrome import decide
from endleaf.chrome.columns import Floats
from endleaf.chrome.facts import Facts
from endleaf.chrome.features import rows_of
from endleaf.chrome.model import Groups, shipped
from endleaf.chrome.site import Survey
from endleaf.explain import explain, reading, to_html
from endleaf.explain.signs import GROUPS, MOST_SIGNS, group_of
from endleaf.lessons import learn
from endleaf.model import Capture, Provenance
from endleaf.rules import load
from endleaf.way import Guidance, walk
from tests.explain.making import PROSE, capture, explained

PAGE = (
    "<title>Tide mill</title><div id=leftnav class=menu><a href=/>Home</a><br><br><a href=/dues>Dues</a></div>"
    f"<div class=content><h1>Tide mill</h1><p>{PROSE}<p>{PROSE}</div><div class=footer><a href=/legal>Legal</a></div>"
)


def test_a_block_tells_its_fate_its_region_and_the_names_around_it() -> None:
    made = explained(PAGE)
    told = {each.text[:9]: each for each in made.blocks}
    home, mill = told["Home"], told["The mill "]
    assert (home.state, home.linked, home.before) == ("removed", 1.0, 0.0)
    assert home.removal is not None
    assert (removal := made.page.removals[home.removal]).reason == "navigation"
    assert removal.where == "body/div#leftnav"
    assert (home.named[0].element, set(home.named[0].tells)) == ("div#leftnav", {"nav", "menu"})
    assert (mill.state, mill.removal, mill.named[0].tells) == ("kept", None, ("content",))
    assert home.score is not None and mill.score is not None and made.bar is not None
    assert home.score < made.bar <= mill.score


def test_every_removal_but_a_banner_s_and_the_unseen_has_its_blocks() -> None:
    made = explained(PAGE + "<p hidden>Never seen by a reader")
    reasons = [made.page.removals[told.removal].reason for told in made.blocks if told.removal is not None]
    assert set(reasons) == {removal.reason for removal in made.page.removals} - {"hidden"}


def test_the_banner_s_removals_are_not_mistaken_for_the_page_s() -> None:
    notice = (
        "<p>The National Archives<p>This snapshot, taken on <b>28/06/2004</b>, shows web content acquired for "
        "preservation by The National Archives. External links, forms and search may not work in archived websites and "
        "contact details are likely to be out of date."
    )
    made = explained(notice + PAGE)
    assert made.page.banners
    assert made.page.removals[0].reason == "banner"
    assert {made.page.removals[told.removal].reason for told in made.blocks if told.removal is not None} == {
        "navigation", "footer"
    }  # fmt: skip
    assert "The banner that was lifted" in to_html(made)


def test_the_steps_of_the_network_are_told_as_it_took_them() -> None:
    """What explain takes apart must be put together as the network's own step is."""
    judged = walk(Capture(provenance=Provenance(source="a", container="html"), payload=PAGE.encode())).kept.judged
    facts = Facts(judged.blocks)
    whole = decide.whole(facts, decide.choose(judged.likely, facts.words))
    assert np.array_equal(decide.with_headings(facts, judged.likely, whole), judged.steps["network"])


def test_the_step_that_changed_a_block_last_settled_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def likely(_: object, rows: Floats, __: object) -> Floats:
        return np.resize(np.array([0.1, 0.9, 0.9, 0.9, 0.2, 0.3], np.float32), len(rows))

    monkeypatch.setattr("endleaf.chrome.model.Net.likely", likely)
    words = "Words that make a paragraph long enough"
    made = explained(f"<h2>Head</h2><ul><li>{words}<li>{words}<li>{words}<li>So</ul><p>No more")
    assert [(told.state, told.settled_by) for told in made.blocks] == [
        ("kept", "heading"), ("kept", "score"), ("kept", "score"), ("kept", "score"), ("kept", "list-or-table"),
        ("removed", "score"),
    ]  # fmt: skip


def test_what_the_site_settled_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("endleaf.chrome.model.Net.likely", lambda _, rows, __: np.full(len(rows), 0.8, np.float32))

    def source(number: int) -> str:
        return f"<p>Whatever day you come, ask first at the gate.</p><p>Page {'on' * number} tells of itself: {PROSE}"

    pages = [capture(source(number), name=f"{number}.htm") for number in range(12)]
    made = explain(pages[3], Guidance(site=learn(pages, Survey())))
    assert made.steps == ("network", "site")
    assert [(told.state, told.settled_by) for told in made.blocks] == [("removed", "site"), ("kept", "score")]
    assert "stands on many of its other pages" in to_html(made)


def test_what_a_rule_cuts_through_is_said(tmp_path: Path) -> None:
    file = tmp_path / "mill.toml"
    file.write_text('[[rule]]\nname = "mill"\nurl = "http://mill.example/*"\ndrop = "b"\nkeep = "#leftnav"\n')
    made = explained(PAGE.replace("The mill works", "The mill <b>works</b>"), Guidance(rules=load([file])))
    assert made.steps == ("network", "rules")
    told = {each.text[:9]: each for each in made.blocks}
    assert (told["Home"].state, told["Home"].settled_by) == ("kept", "rules")
    cut = told["The mill "]
    assert (cut.state, cut.settled_by) == ("part", "rules")
    assert [cut.text[:9], cut.runs[1].length, cut.runs[1].gone] == ["The mill ", 6, True]
    html = to_html(made)
    assert "A rule that you gave cuts through it: mill." in html
    assert f"The rule mill of {file} found keep (1), drop (2)." in html
    assert "kept in part" in html


def test_a_page_of_too_many_blocks_is_explained_by_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("endleaf.chrome.MOST_BLOCKS", 3)
    made = explained(PAGE)
    assert (made.steps, made.bar) == (("plain rule",), None)
    assert {told.settled_by for told in made.blocks} == {"plain-rule"}
    assert all(told.score is None and not told.signs for told in made.blocks)
    assert "too many blocks" in to_html(made)


def test_signs_are_what_hiding_a_group_does() -> None:
    way = walk(Capture(provenance=Provenance(source="a.html", container="html"), payload=PAGE.encode()))
    made = explained(PAGE)
    net, facts = shipped(), Facts(way.kept.judged.blocks)
    names, rows = rows_of(facts, "Tide mill", shipped().telling)
    for group in ("links", "names", "text"):
        hidden = rows.copy()
        for i, name in enumerate(names):
            if group_of(name) == group:
                hidden[:, i] = net.middle[i]
        without = net.likely(hidden, Groups.of(facts)).astype(float)
        full = way.kept.judged.likely.astype(float)
        for b, told in enumerate(made.blocks):
            said = next((sign.odds for sign in told.signs if sign.group == group), None)
            if said is not None and min(full[b], without[b]) > 1e-5 and max(full[b], without[b]) < 1 - 1e-5:
                change = np.log(full[b] / (1 - full[b])) - np.log(without[b] / (1 - without[b]))
                assert said == pytest.approx(change, abs=0.06)


def test_signs_are_few_and_the_strongest_first() -> None:
    for told in explained(PAGE).blocks:
        strength = [abs(sign.odds) for sign in told.signs]
        assert strength == sorted(strength, reverse=True)
        assert len(strength) <= MOST_SIGNS


def test_most_features_are_of_a_group() -> None:
    """Signs that the network has and nobody explains would make its reasons a half-truth."""
    unknown = [name for name in shipped().names if not group_of(name)]
    assert len(unknown) <= 0.05 * len(shipped().names), unknown
    assert {group_of(name) for name in shipped().names} >= set(GROUPS)


def test_reasons_are_said_in_words() -> None:
    made = explained(PAGE)
    home = made.blocks[0]
    assert reading.label(home, made) == "removed: navigation"
    facts = dict(reading.facts(home, made, 0))
    assert facts["Removed with"] == "body/div#leftnav (navigation)"
    assert facts["Text"] == "1 word, 100\u00a0% of it links"
    assert "Against" in facts
