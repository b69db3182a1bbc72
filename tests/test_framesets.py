"""Frameset pages: the frames' captures stand in the page where the sources hold them, and are named where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import endleaf
from endleaf.framesets import Frames, held, search, stitch
from endleaf.framesets.slots import may_frame
from endleaf.model import Capture, Page, Provenance, from_json, to_json
from endleaf.plain import plain_text
from endleaf.way import Guidance, page_from
from tests.making import PROSE, warc

SITE = "http://yard.example"
NAV = b"<html><body><ul><li><a href=main.html>The yard</a><li><a href=prices.html>Prices</a></ul></body></html>"
MAIN = (
    f"<html><head><title>Main</title></head><body><h1>The yard</h1><p>{PROSE}</p>"
    "<p>Ask for <a href='list.html'>our list</a> before you come, for it changes with the <b>season</b> and with "
    f"the timber that is to be had.</p><p>{PROSE} And so it goes on.</p></body></html>"
).encode()
FRAMESET = (
    b"<html><head><title>Pellow Brothers</title></head><frameset cols='160,*'>"
    b"<frame src='frames/nav.html' name=nav title=Menu><frame src='frames/main.html' name=main>"
    b"<noframes><body><p>Your browser shows no frames.</body></noframes></frameset></html>"
)
Row = dict[str, object]


def row(path: str, payload: bytes, **words: object) -> Row:
    return {"url": SITE + path, "payload": payload, **words}


ROWS = [row("/", FRAMESET), row("/frames/nav.html", NAV), row("/frames/main.html", MAIN)]


def converted(tmp_path: Path, rows: list[Row], url: str = SITE + "/", number: int = 0, **words: Any) -> Page:
    """The page of that address, the whole way through files."""
    out = tmp_path / "out"
    endleaf.convert([str(warc(tmp_path / "crawl.warc.gz", rows))], out, ["json", "html"], **words)
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    files = [line["files"] for line in lines if line.get("url") == url and line["outcome"] == "written"]
    (name,) = (each for each in files[number] if each.endswith(".json"))
    return from_json((out / name).read_bytes())


def hrefs(page: Page) -> str:
    return json.dumps(json.loads(to_json(page))["sections"])


def test_frames_stand_in_the_page_each_with_its_provenance(tmp_path: Path) -> None:
    page = converted(tmp_path, ROWS)
    assert page.title == "Pellow Brothers"
    assert "Ask for our list" in plain_text(page)
    assert [section.heading[0].text for section in page.walk() if section.heading] == ["The yard"]  # type: ignore[union-attr]
    nav, main = page.frames
    assert (nav.name, nav.title, main.name, main.level) == ("nav", "Menu", "main", 1)
    assert main.provenance and nav.provenance
    assert main.provenance.url == main.url == SITE + "/frames/main.html"
    assert main.provenance.offset and main.provenance.offset != page.provenance.offset
    assert main.provenance.source.endswith("crawl.warc.gz") and main.provenance.sha256
    assert page.notes == ()


def test_links_in_a_frame_are_the_frame_s(tmp_path: Path) -> None:
    assert f'"{SITE}/frames/list.html"' in hrefs(converted(tmp_path, ROWS))
    based = MAIN.replace(b"<title>", b"<base href='http://other.example/x/'><title>")
    assert '"http://other.example/x/list.html"' in hrefs(
        converted(tmp_path, [*ROWS[:2], row("/frames/main.html", based)])
    )


def test_no_word_is_lost_without_a_removal(tmp_path: Path) -> None:
    page = converted(tmp_path, ROWS)
    assert [each.text for each in page.removals if each.reason == "noframes"] == ["Your browser shows no frames."]
    shown = plain_text(page) + " ".join(each.text for each in page.removals)
    assert "Prices" in shown


def test_the_frames_pages_are_still_pages_of_their_own(tmp_path: Path) -> None:
    page = converted(tmp_path, ROWS, SITE + "/frames/main.html")
    assert page.frames == () and "Ask for our list" in plain_text(page)


def test_the_exported_page_tells_each_frame_s_capture(tmp_path: Path) -> None:
    converted(tmp_path, ROWS)
    html = (tmp_path / "out/pages/yard.example/20040628050632/page.html").read_text("utf-8")
    assert "Frame main" in html and SITE + "/frames/main.html" in html


@pytest.mark.parametrize("words", [{}, {"guidance": Guidance(learn=False)}], ids=["site", "no-site"])
def test_the_order_of_the_captures_does_not_matter(tmp_path: Path, words: dict[str, Any]) -> None:
    assert "Ask for our list" in plain_text(converted(tmp_path, ROWS[::-1], **words))


def test_a_frame_that_is_not_there_is_named(tmp_path: Path) -> None:
    page = converted(tmp_path, [ROWS[0], ROWS[2]])
    assert page.notes == (f"the frame nav, {SITE}/frames/nav.html, is not in the sources",)
    assert plain_text(page).startswith("Menu\n")
    assert f'"{SITE}/frames/nav.html"' in hrefs(page)
    assert page.frames[0].provenance is None
    lost = converted(tmp_path, [*ROWS[:2], row("/frames/main.html", b"no", status="404 Not Found")])
    assert lost.notes == (f"the frame main, {SITE}/frames/main.html, has no page in the sources (error status)",)


def test_a_page_alone_names_its_frames_where_it_says_nothing_else() -> None:
    capture = next(iter(_captures(FRAMESET)))
    page = page_from(capture)
    assert "no frames" in plain_text(page) and "Menu" not in plain_text(page)
    assert page.notes[0] == f"the frame nav, {SITE}/frames/nav.html, was not looked for"
    bare = page_from(next(iter(_captures(FRAMESET.partition(b"<noframes>")[0]))))
    assert "Menu" in plain_text(bare) and f'"{SITE}/frames/main.html"' in hrefs(bare)


def _captures(payload: bytes) -> list[Capture]:
    known = Provenance(source="a.warc", container="warc", url=SITE + "/", media_type="text/html")
    return [Capture(provenance=known, payload=payload)]


def test_the_nearest_in_time_is_taken(tmp_path: Path) -> None:
    def at(year: int, word: str) -> Row:
        return row("/frames/main.html", MAIN.replace(b"our list", word.encode()), date=f"{year}-01-01T00:00:00Z")

    rows = [
        at(1998, "early things"), at(2003, "near things"), at(2009, "late things"),
        ROWS[0], row("/", FRAMESET, date="2010-01-01T00:00:00Z"), ROWS[1],
    ]  # fmt: skip
    assert "near things" in plain_text(converted(tmp_path, rows))
    assert "late things" in plain_text(converted(tmp_path, rows, number=1))


def test_framesets_within_frames_are_opened(tmp_path: Path) -> None:
    outer = FRAMESET.replace(b"frames/main.html", b"inner/")
    inner = b"<frameset rows='*,30'><frame src=text.html name=text><frame src=foot.html name=foot></frameset>"
    rows = [row("/", outer), ROWS[1], row("/inner/", inner), row("/inner/text.html", MAIN)]
    page = converted(tmp_path, rows)
    assert [(each.name, each.level, bool(each.provenance)) for each in page.frames] == [
        ("nav", 1, True), ("main", 1, True), ("text", 2, True), ("foot", 2, False),
    ]  # fmt: skip
    assert f'"{SITE}/inner/list.html"' in hrefs(page)
    assert page.notes == (f"the frame foot, {SITE}/inner/foot.html, is not in the sources",)


def test_circles_of_frames_end(tmp_path: Path) -> None:
    a = b"<title>A</title><frameset><frame src=b.html name=b></frameset>"
    b = b"<frameset><frame src=a.html name=a><frame src=main.html name=main></frameset>"
    page = converted(tmp_path, [row("/a.html", a), row("/b.html", b), row("/main.html", MAIN)], SITE + "/a.html")
    assert page.notes == (f"the frame a, {SITE}/a.html, is the page itself, or one around it",)
    assert "Ask for our list" in plain_text(page)


def test_the_depth_of_framesets_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"/{n}.html", f"<frameset><frame src={n + 1}.html name=f></frameset>".encode()) for n in range(9)]
    page = converted(tmp_path, rows, SITE + "/0.html")
    assert [each.level for each in page.frames] == [1, 2, 3, 4, 5, 6]
    assert "more than 5 framesets" in page.notes[-1]
    monkeypatch.setattr(stitch, "TOLD", 1)
    assert converted(tmp_path, ROWS).notes == ("1 more frames are not shown",)
    monkeypatch.setattr(stitch, "TOLD", 500)
    monkeypatch.setattr(stitch, "MOST", 1)
    assert "too many frames" in converted(tmp_path, ROWS).notes[-1]


def test_each_frame_is_decoded_by_its_own_evidence(tmp_path: Path) -> None:
    russian = "Верфь открыта каждый день, кроме воскресенья, и каждый может прийти и посмотреть на лодки. " * 5
    frame = f"<body><h1>Верфь</h1><p>{russian}</p>".encode("windows-1251")
    rows = [*ROWS[:2], row("/frames/main.html", frame, media_type="text/html; charset=windows-1251")]
    page = converted(tmp_path, rows)
    assert "каждый может прийти" in plain_text(page)
    assert page.frames[1].provenance and page.frames[1].provenance.charset
    assert page.frames[1].provenance.charset.name == "windows-1251"


def test_a_banner_is_lifted_from_each_frame(tmp_path: Path) -> None:
    banner = (
        b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id=wm-ipp-base><div id=wm-ipp>Wayback Machine of old</div></div>"
        b"<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    replay = MAIN.replace(b"<body>", b"<body>" + banner).replace(
        b"'list.html'", b"'/web/20040628050632/http://yard.example/frames/list.html'"
    )
    page = converted(tmp_path, [*ROWS[:2], row("/frames/main.html", replay)])
    assert "Wayback Machine of old" not in plain_text(page)
    assert any(each.reason == "banner" and "of old" in each.text for each in page.removals)
    assert f'"{SITE}/frames/list.html"' in hrefs(page)


def test_redirects_are_followed(tmp_path: Path) -> None:
    moved = row("/frames/main.html", b"moved", status="302 Found", headers=[("Location", "/new/main.html")])
    for rows in ([row("/new/main.html", MAIN), moved, *ROWS[:2]], [*ROWS[:2], moved, row("/new/main.html", MAIN)]):
        page = converted(tmp_path, rows)
        assert page.frames[1].provenance and page.frames[1].provenance.url == SITE + "/new/main.html"
        assert f'"{SITE}/new/list.html"' in hrefs(page)


def test_saved_files_find_their_frames_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "frames").mkdir(parents=True)
    for name, payload in (("index.html", FRAMESET), ("frames/nav.html", NAV), ("frames/main.html", MAIN)):
        (folder / name).write_bytes(payload)
    endleaf.convert([str(folder)], tmp_path / "out", ["json"])
    pages = [from_json(path.read_bytes()) for path in (tmp_path / "out/pages").rglob("page.json")]
    (page,) = (page for page in pages if page.frames)
    assert all(each.provenance for each in page.frames) and "Ask for our list" in plain_text(page)


def test_an_iframe_counts_where_the_page_has_no_words_of_its_own(tmp_path: Path) -> None:
    shell = (
        b"<html><head><title>Shell</title><script>1</script></head><body><iframe src=frames/main.html></iframe></body>"
    )
    page = converted(tmp_path, [row("/", shell), ROWS[2]])
    assert "Ask for our list" in plain_text(page) and page.title == "Shell"
    spoken = MAIN.replace(b"<h1>", b"<iframe src=frames/nav.html></iframe><h1>")
    assert converted(tmp_path, [row("/", spoken), ROWS[1]]).frames == ()
    assert not may_frame(spoken)


def test_what_is_held_is_bounded_and_the_rest_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "Frames", lambda: Frames(most=len(NAV)))
    page = converted(tmp_path, ROWS)
    assert [bool(each.provenance) for each in page.frames] == [True, False]
    assert "was not held" in page.notes[0]
    monkeypatch.setattr(search, "Frames", Frames)
    monkeypatch.setattr(held, "WANTED", 1)
    assert "was not looked for: the sources have more" in converted(tmp_path, ROWS).notes[0]
