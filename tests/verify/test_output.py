"""What a user sees: lines, JSON, exit statuses; and the documents that describe them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from endleaf.cli import commands
from endleaf.verify import CODES
from endleaf.verify.findings import Document, json_schema
from tests.schemas import text_of
from tests.verify.made import URL, info, record, sha1

DOCS = Path(__file__).resolve().parents[2] / "docs"
BAD = info() + record(warc_block_digest=sha1(b"another"), warc_target_uri=f"{URL}\x1b[31m")
ODD = info() + record(warc_truncated="maybe")


def said(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(commands, ["verify", *map(str, words)], standalone_mode=False)
    assert done.exception is None, done.output
    return done.return_value, done.stdout


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "bad.warc").write_bytes(BAD)
    (tmp_path / "odd.warc").write_bytes(ODD)
    return tmp_path


def test_a_finding_is_a_line_with_its_place_and_a_file_has_its_sums(files: Path) -> None:
    status, text = said(files / "bad.warc")
    lines = text.splitlines()
    assert status == 1
    assert re.match(
        r".*bad\.warc, offset \d+, record <urn:uuid:[0-9-]+>, http://harbour\.example/.*: error: ", lines[0]
    )
    assert lines[0].endswith("[digest-mismatch; WARC 1.1, 5.8 and 5.9]")
    assert "    records: 1 response, 1 warcinfo" in lines
    assert "    digests: 1 matched, 1 mismatched" in lines
    assert lines[-1].startswith("files: 1 errors; findings: 1 error")
    assert "\x1b" not in text


def test_quiet_says_only_what_is_damaged(files: Path) -> None:
    assert said("-q", files / "odd.warc") == (0, "")
    status, text = said("-q", files)
    assert status == 1
    assert "odd.warc" not in text
    assert "bad.warc: damaged (warc)" in text
    assert said("-q", "--strict", files / "odd.warc")[1].count("odd.warc") == 2


def test_warnings_count_when_asked(files: Path) -> None:
    assert said(files / "odd.warc")[0] == 0
    assert said("--strict", files / "odd.warc")[0] == 1


def test_many_alike_are_counted_and_json_has_them_all(tmp_path: Path) -> None:
    records = [record(number=i, warc_truncated="maybe") for i in range(1, 21)]
    (tmp_path / "many.warc").write_bytes(info() + b"".join(records))
    text = said(tmp_path)[1]
    assert text.count(" warning: ") == 5
    assert "20 odd-value" in text
    assert said("--jsonl", tmp_path)[1].count('"odd-value"') == 21


def test_the_json_document_is_as_the_schema_says(files: Path) -> None:
    status, text = said("--json", files)
    document = msgspec.json.decode(text, type=Document)
    assert document.verdict.exit_status == status == 1
    assert {Path(each.source).name: each.outcome for each in document.files} == {
        "bad.warc": "errors",
        "odd.warc": "warnings",
    }
    assert [each.code for each in document.findings if each.level == "error"] == ["digest-mismatch"]
    lines = [json.loads(line) for line in said("--jsonl", files)[1].splitlines()]
    assert [line["type"] for line in lines][-1] == "verdict"
    assert len([line for line in lines if line["type"] == "finding"]) == len(document.findings)


def test_nothing_usable_is_exit_2(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"")
    assert said(tmp_path)[0] == 2


def test_the_schema_is_made_from_the_types(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "verify.schema.json", text_of(json_schema()))


def test_every_code_is_documented_with_its_level() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9-]+)` \| (error|warning|note) \|", (DOCS / "verify.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows == [(code, known.level) for code, known in CODES.items()]
