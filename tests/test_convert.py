"""The main job: every record accounted for, every page written, and nothing else."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

import endleaf
from endleaf.errors import TemplateError, UsageError
from endleaf.report import exit_status
from tests.making import page, warc

SITE: list[dict[str, object]] = [
    {"url": "http://harbour.example/", "payload": page("The harbour")},
    {"url": "http://harbour.example/", "payload": page("The harbour, later"), "date": "2005-01-02T03:04:05Z"},
    {"url": "http://harbour.example/", "payload": page("The same second"), "date": "2005-01-02T03:04:05Z"},
    {"url": "http://harbour.example/old", "payload": b"moved", "status": "301 Moved Permanently"},
    {"url": "http://harbour.example/gone", "payload": page("Not found"), "status": "404 Not Found"},
    {"url": "http://harbour.example/boat.gif", "payload": b"GIF89a", "media_type": "image/gif"},
    {
        "url": "http://harbour.example/notes.txt",
        "payload": b"Plain words.\n\nMore of them.",
        "media_type": "text/plain",
    },
    {"url": "http://harbour.example/", "payload": b"GET / HTTP/1.1\r\n\r\n", "kind": "request"},
    {"url": "metadata://harbour.example/", "payload": b"fetched: yes", "kind": "metadata"},
]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return warc(tmp_path / "crawl.warc.gz", SITE)


def manifest(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def tree(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_every_record_has_exactly_one_line(crawl: Path, tmp_path: Path) -> None:
    report = endleaf.convert([str(crawl)], tmp_path / "out")
    with crawl.open("rb") as file:
        ids = [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]
    lines = manifest(tmp_path / "out")
    assert sorted(line["record_id"] for line in lines) == sorted(ids)
    assert report.totals["records"] == len(ids)
    assert exit_status(report) == 0


def test_the_sums_agree(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    endleaf.convert([str(crawl)], out)
    report = json.loads((out / "report.json").read_text("utf-8"))
    lines, totals = manifest(out), report["totals"]
    assert totals["records"] == totals["written"] + totals["skipped"] + totals["failed"] == len(lines)
    for name, table in report["by"].items():
        assert sum(count for _, count in table) == len(lines), name
    assert dict(report["by"]["outcome"]) == Counter(line["outcome"] for line in lines)
    assert dict(report["by"]["host"])["harbour.example"] == 9
    pages = [line for line in lines if line["outcome"] == "written"]
    assert len(list(out.rglob("page.html"))) == len(pages) == totals["written"] == 4
    assert {line.get("reason") for line in lines if line["outcome"] == "skipped"} >= {
        "redirect", "error status", "not a page",
    }  # fmt: skip


def test_every_file_of_the_manifest_is_there_and_none_besides(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    endleaf.convert([str(crawl)], out)
    named = {name for line in manifest(out) for name in line.get("files", [])}
    present = {name for name in tree(out) if name.startswith("pages/")}
    assert named == present
    assert {Path(name).name for name in named} == {"page.html", "page.txt", "page.md", "page.json"}


def test_two_runs_give_the_same_tree(crawl: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        endleaf.convert([str(crawl)], tmp_path / name)
    endleaf.convert([str(crawl)], tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_second_run_leaves_nothing_stale(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    endleaf.convert([str(crawl)], out)
    other = warc(tmp_path / "other.warc.gz", SITE[:1])
    endleaf.convert([str(other)], out, ["html"])
    assert [name for name in tree(out) if name.startswith("pages/")] == [
        "pages/harbour.example/20040628050632/page.html"
    ]


def test_a_damaged_file_gives_its_good_pages_and_says_where(crawl: Path, tmp_path: Path) -> None:
    whole = crawl.read_bytes()
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(whole[:-30])
    report = endleaf.convert([str(broken)], tmp_path / "out")
    assert exit_status(report) == 1
    for damage in report.damages:
        assert damage.source == str(broken)
        assert damage.offset is not None and 0 < damage.offset < len(whole)
    assert report.totals["written"] == 4
    assert "damaged" in {line["outcome"] for line in manifest(tmp_path / "out")}


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(crawl: Path, tmp_path: Path) -> None:
    other = tmp_path / "old.warc.gz"
    other.write_bytes(gzip.compress(b"notes on nothing"))
    report = endleaf.convert([str(other), str(crawl)], tmp_path / "out")
    assert exit_status(report) == 1
    assert "old.warc.gz is not what its name says" in report.unreadable[0]
    assert report.totals["written"] == 4
    assert exit_status(endleaf.convert([str(other)], tmp_path / "none")) == 2


def test_the_output_folder_is_never_read_as_a_source(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = endleaf.convert([str(tmp_path)], out)
    again = endleaf.convert([str(tmp_path)], out)
    assert again.totals == first.totals


def test_wrong_words_are_told_before_anything_is_read(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="docx"):
        endleaf.convert([str(crawl)], out, ["docx"])
    with pytest.raises(UsageError, match="nowhere"):
        endleaf.convert([str(crawl), str(tmp_path / "nowhere.warc")], out)
    assert not list(out.rglob("page.html"))


def test_a_template_of_the_user_s_is_used_and_its_error_named(crawl: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "page.txt").write_text("Mine: {{ page.title }}\n")
    endleaf.convert([str(crawl)], tmp_path / "out", ["text"], mine)
    assert (tmp_path / "out/pages/harbour.example/20040628050632/page.txt").read_text() == "Mine: The harbour\n"
    (mine / "page.txt").write_text("one\n{{ page.titel }}\n")
    with pytest.raises(TemplateError, match=r"page\.txt, line 2"):
        endleaf.convert([str(crawl)], tmp_path / "out2", ["text"], mine)


def test_one_page_that_breaks_our_code_costs_that_page_alone(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from endleaf import convert as _  # noqa: F401 - the module is loaded

    module = sys.modules["endleaf.convert"]
    whole = module.page_from

    def breaking(capture: Any, guidance: Any) -> Any:
        if b"later" in capture.payload:
            raise RuntimeError("a bug\nof ours")
        return whole(capture, guidance)

    monkeypatch.setattr(module, "page_from", breaking)
    report = endleaf.convert([str(crawl)], tmp_path / "out")
    assert report.totals["failed"] == 1
    assert report.totals["written"] == 3
    assert exit_status(report) == 1
    (failed,) = report.failures
    assert failed.reason == "internal error: RuntimeError: a bug\\x0aof ours"
    assert failed.url == "http://harbour.example/"


def test_the_record_s_url_and_time_are_the_page_s(crawl: Path) -> None:
    pages = []
    for capture in endleaf.read(crawl):
        try:
            pages.append(endleaf.page_from(capture))
        except endleaf.NotAPage:
            continue
    assert [(each.title, each.url, each.captured_at.iso if each.captured_at else "") for each in pages][:2] == [
        ("The harbour", "http://harbour.example/", "2004-06-28T05:06:32Z"),
        ("The harbour, later", "http://harbour.example/", "2005-01-02T03:04:05Z"),
    ]
    text = endleaf.render(pages[0], "text")
    assert "harbour office opens" in text
    assert "Map" not in text
