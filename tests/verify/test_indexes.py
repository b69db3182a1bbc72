"""Indexes against the files that they point into: each line's record is where the line says, or it is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from endleaf.verify import CODES, Finding, Inspection, Summary
from tests.verify.made import BODY, URL, http, info, packed, record, sha1, zipped

FIRST = zipped(info())
RECORDS = [
    zipped(record("response", i, http(), warc_target_uri=f"{URL}{i}", warc_payload_digest=sha1(BODY))) for i in (1, 2)
]


def line(i: int, **said: Any) -> str:
    offset = len(FIRST) + sum(map(len, RECORDS[: i - 1]))
    stated: dict[str, Any] = {
        "url": f"{URL}{i}", "mime": "text/html", "status": "200", "digest": sha1(BODY),
        "length": str(len(RECORDS[i - 1])), "offset": str(offset), "filename": "a.warc.gz",
    }  # fmt: skip
    return f"example,harbour)/{i} {said.pop('at', '20040628050632')} {json.dumps({**stated, **said})}\n"


def cdx(*lines: str) -> str:
    return " CDX N b a m s k r M S V g\n" + "".join(lines)


GOOD = line(1) + line(2)

MADE: dict[str, str] = {
    "cdx-line": GOOD + "example,harbour)/3 20040628050632 {no json\n",
    "cdx-offset": line(1, offset="7") + line(2),
    "cdx-length": line(1, length="99") + line(2),
    "cdx-digest": line(1, digest=sha1(b"another")) + line(2),
    "cdx-field": line(1, status="404") + line(2),
    "cdx-order": line(2) + line(1),
    "cdx-missing": line(1),
    "cdx-file-absent": GOOD + line(2, filename="b.warc.gz"),
}
"""By code, an index that has it."""

ALLOWED = {"cdx-offset": {"cdx-missing"}}


def found(folder: Path, index: str | bytes, name: str = "index.cdxj") -> list[Finding]:
    (folder / "a.warc.gz").write_bytes(FIRST + b"".join(RECORDS))
    (folder / name).write_bytes(index.encode() if isinstance(index, str) else index)
    return [each for each in Inspection([str(folder)]) if isinstance(each, Finding)]


@pytest.mark.parametrize("code", MADE)
def test_a_fault_is_found_by_its_code_and_no_other_is(code: str, tmp_path: Path) -> None:
    every = found(tmp_path, MADE[code])
    assert code in {each.code for each in every}
    assert {each.code for each in every} - {code} <= ALLOWED.get(code, set())
    one = next(each for each in every if each.code == code)
    assert (one.level, one.source) == (CODES[code].level, (tmp_path / "index.cdxj").as_posix())


def _columns(i: int) -> str:
    said = json.loads(line(i).split(" ", 2)[2])
    digest = said["digest"].removeprefix("sha1:")
    cells = (said["url"], "text/html", "200", digest, "-", "-", said["length"], said["offset"], said["filename"])
    return f"example,harbour)/{i} 20040628050632 {' '.join(cells)}\n"


@pytest.mark.parametrize(
    ("name", "text", "packed_first"),
    [
        ("index.cdxj", GOOD, False),
        ("index.cdxj.gz", GOOD, True),
        ("index.cdx", cdx(_columns(1), _columns(2)), False),
        ("bare.cdx", _columns(1) + _columns(2), False),
    ],
)
def test_a_good_index_has_no_finding(name: str, text: str, packed_first: bool, tmp_path: Path) -> None:
    assert found(tmp_path, gzip.compress(text.encode()) if packed_first else text, name) == []
    sums = {Path(each.source).name: each for each in Inspection([str(tmp_path)]) if isinstance(each, Summary)}
    assert sums[name].records == {"line": 2}


def test_another_capture_at_the_place_is_told_as_a_wrong_place(tmp_path: Path) -> None:
    every = found(tmp_path, line(1, url="http://mill.example/", at="19990101000000") + line(2))
    assert [each.code for each in every] == ["cdx-offset"]


def test_the_nearest_file_of_a_name_is_meant(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.warc.gz").write_bytes(packed(info()))
    (tmp_path / "c").mkdir()
    assert found(tmp_path / "c", GOOD) == []
    assert not [each for each in Inspection([str(tmp_path)]) if isinstance(each, Finding)]


def test_an_index_cut_short_is_told(tmp_path: Path) -> None:
    assert [each.code for each in found(tmp_path, gzip.compress(GOOD.encode())[:-12], "index.cdxj.gz")][:1] == [
        "cdx-line"
    ]
