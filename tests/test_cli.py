"""The commands as a user runs them: in a process of its own, by output, messages and exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from endleaf.errors import one_line
from tests.making import page, warc

ENDLEAF = [sys.executable, "-c", "from endleaf.cli import main; main()"]


def run(*words: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*ENDLEAF, *map(str, words)], input=given, capture_output=True, check=False, timeout=120)


def said(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return done.stderr.decode().splitlines()


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return warc(
        tmp_path_factory.mktemp("crawl") / "crawl.warc.gz",
        [
            {"url": "http://harbour.example/", "payload": page("The harbour")},
            {"url": "http://harbour.example/x\x1b[31m", "payload": page("Hostile \x1b[31m red")},
            {"url": "http://harbour.example/logo.gif", "payload": b"GIF89a", "media_type": "image/gif"},
        ],
    )


def test_convert_says_where_the_result_is_and_what_was_done(crawl: Path, tmp_path: Path) -> None:
    done = run("convert", crawl, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, b"")
    assert said(done)[0].startswith("endleaf: 4 records of 1 sources: 2 pages written, 2 skipped, 0 failed")
    assert str(tmp_path / "out" / "index.html") in said(done)[1]
    assert run("convert", crawl, "-o", tmp_path / "out", "-q").stderr == b""
    more = said(run("convert", crawl, "-o", tmp_path / "out", "-v"))
    assert "endleaf: debug: http://harbour.example/logo.gif: not a page" in more
    assert len(more) == 4 + len(said(done))


def test_messages_for_machines(crawl: Path, tmp_path: Path) -> None:
    done = run("convert", crawl, tmp_path.parent / "crawl.warc.gz", "-o", tmp_path / "out", "--log-json")
    assert done.returncode == 2
    assert [json.loads(line)["level"] for line in said(done)] == ["error"]
    done = run("convert", crawl, "-o", tmp_path / "out", "--log-json")
    assert json.loads(said(done)[0])["written"] == 2


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_extract_prints_one_page(crawl: Path, form: str) -> None:
    done = run("extract", crawl, "--to", form)
    assert done.returncode == 0
    assert b"The harbour office opens" in done.stdout
    assert b"News" not in done.stdout.split(b"removal")[0].split(b"What was removed")[0]


def test_extract_takes_standard_input_and_an_url(crawl: Path) -> None:
    assert b"The harbour" in run("extract", "-", given=page("The harbour")).stdout
    done = run("extract", "-", "--url", "http://harbour.example/", "--to", "json", given=crawl.read_bytes())
    assert json.loads(done.stdout)["provenance"]["source"] == "standard input"
    done = run("extract", crawl, "--url", "http://harbour.example/nothing")
    assert done.returncode == 1
    assert "endleaf list" in said(done)[0]


def test_explain_shows_why(crawl: Path, tmp_path: Path) -> None:
    done = run("explain", crawl)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"<!DOCTYPE html>")
    assert b"removed: " in done.stdout
    why = tmp_path / "new" / "why.json"
    assert run("explain", crawl, "--url", "http://harbour.example/", "--json", "-o", why).stdout == b""
    told = json.loads(why.read_bytes())
    assert told["page"]["title"] == "The harbour"
    assert {block["state"] for block in told["blocks"]} == {"kept", "removed"}
    assert b"The harbour" in run("explain", "-", given=page("The harbour")).stdout
    assert run("explain", crawl, "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_explain_fails_in_one_line(crawl: Path, tmp_path: Path) -> None:
    for words, status in (
        (("--url", "http://harbour.example/nothing"), 1),
        (("--site", tmp_path / "no.json"), 2),
        (("--rules", tmp_path / "no.toml"), 2),
        (("-o", crawl / "below"), 3),
    ):
        done = run("explain", crawl, *words)
        assert (done.returncode, len(said(done))) == (status, 1), said(done)


def test_explain_takes_a_person_s_rules(crawl: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nurl = "http://harbour.example/*"\ndrop = "h2"\n')
    told = json.loads(run("explain", crawl, "--rules", rules, "--json").stdout)
    tides = next(block for block in told["blocks"] if block["text"] == "Tides")
    assert (tides["state"], tides["settled_by"]) == ("removed", "rules")
    assert tides["rule"]


def test_extract_serves_a_harness(tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(page("The harbour"))
    asked = [
        {"id": "a", "path": str(saved), "url": None},
        {"id": "b", "path": str(tmp_path / "none"), "url": "http://x/"},
    ]
    done = run("extract", "--jsonl", given="\n".join(map(json.dumps, asked)).encode())
    good, bad = map(json.loads, done.stdout.splitlines())
    assert good["id"] == "a" and "harbour office" in good["text"] and good["cpu_ms"] > 0
    assert bad["id"] == "b" and bad["text"] == "" and "No such file" in bad["err"]
    done = run("extract", "--jsonl", given=b"not json\n")
    assert done.returncode == 2 and "line 1" in said(done)[0]


def test_list_gives_a_line_a_capture(crawl: Path) -> None:
    done = run("list", crawl)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert [row[2] for row in rows] == ["text/html", "text/html", "image/gif"]
    assert rows[0][0] == "20040628050632" and rows[0][5] == "http://harbour.example/"


def test_templates_are_copied_and_never_overwritten(crawl: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert run("templates", mine).returncode == 0
    (mine / "page.txt").write_text("Mine: {{ page.title }}\n")
    done = run("extract", crawl, "--templates", mine)
    assert done.stdout.decode() == "Mine: The harbour\n"
    done = run("templates", mine)
    assert done.returncode == 3 and "is there already" in said(done)[0]
    assert (mine / "page.txt").read_text() == "Mine: {{ page.title }}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["convert"],
        ["convert", "no-such-file.warc"],
        ["extract"],
        ["extract", "no-such-file.warc"],
        ["frobnicate"],
        ["convert", "--to", "docx", "."],
        ["completion", "tcsh"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.returncode == 2
    assert len(said(done)) == 1
    assert said(done)[0].startswith("endleaf: error: ")
    assert b"Traceback" not in done.stderr


def test_where_nothing_can_be_written_it_is_exit_3(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("convert", crawl, "-o", tmp_path / "file" / "out")
    assert done.returncode == 3
    assert "cannot write there" in said(done)[0]


def test_no_control_character_of_an_archive_reaches_the_terminal(crawl: Path, tmp_path: Path) -> None:
    for words in (["convert", crawl, "-o", tmp_path / "out", "-v"], ["list", crawl], ["extract", crawl]):
        done = run(*words)
        assert b"\x1b" not in done.stdout + done.stderr


def test_a_signal_ends_a_run_with_no_half_file(tmp_path: Path) -> None:
    big = warc(
        tmp_path / "big.warc.gz", [{"url": f"http://a.example/{n}", "payload": page(str(n))} for n in range(3000)]
    )
    process = subprocess.Popen([*ENDLEAF, "convert", str(big), "-o", str(tmp_path / "out")], stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list((tmp_path / "out").rglob("page.html")) and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGTERM)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert message.decode().splitlines() == ["endleaf: error: stopped by signal 15"]
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.name[0] != "."]
    assert files
    assert all(path.name.startswith("page.") and path.stat().st_size and "part" not in path.name for path in files)


def test_completion_is_a_script(tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert b"_ENDLEAF_COMPLETE" in run("completion", shell).stdout
    assert run("--version").stdout.startswith(b"endleaf ")


def test_messages_keep_to_one_line() -> None:
    assert one_line("a\nb\u2028c\u202ed\x9b") == "a\\x0ab\\u2028c\\u202ed\\x9b"
