"""An index among the sources of a run: accounted for beside archive files, refused where there is nothing else."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from endleaf.intake import Intake
from endleaf.listing import lines_of
from endleaf.model import Capture, Passed
from endleaf.readers import records
from endleaf.report import Tally, bare_outcome, exit_status
from tests.making import page, warc
from tests.test_cli import run, said

CDX = b" CDX N b a m s k r V g\nexample,site)/ 20010203040506 http://site.example/ text/html 200 A - 0 a.warc.gz\n"
CDXJ = b'example,site)/ 20010203040506 {"url": "http://site.example/", "offset": "0", "filename": "a.warc.gz"}\n'
INDEXES = {"a.cdx": CDX, "a.cdxj": CDXJ, "a.warc.cdx.gz": gzip.compress(CDX), "index": CDX}


@pytest.mark.parametrize("name", INDEXES)
def test_beside_an_archive_file_it_is_accounted_for(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(INDEXES[name])
    warc(tmp_path / "a.warc.gz", [{"url": "http://site.example/", "payload": page("The harbour")}])
    tally = Tally()
    with Intake([str(tmp_path)]) as intake:
        found = list(intake.records(tally))
    for record in found:
        tally.add(bare_outcome(record))
    assert exit_status(tally.report()) == 0
    assert sum(isinstance(each, Capture) for each in found) == 1
    (index,) = (each for each in found if isinstance(each, Passed) and each.provenance.container == "cdx")
    assert (Path(index.provenance.source).name, index.reason) == (name, "an index of captures")
    tally = Tally()
    assert len(list(lines_of([str(tmp_path)], tally))) == 1
    assert exit_status(tally.report()) == 0


@pytest.mark.parametrize("name", INDEXES)
def test_indexes_alone_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(INDEXES[name])
    (tmp_path / "b.cdx").write_bytes(CDX)
    tally = Tally()
    with Intake([str(tmp_path)]) as intake:
        assert list(intake.records(tally)) == []
    assert tally.report().totals["unreadable"] == 2
    assert exit_status(tally.report()) == 2


def test_what_is_said_of_one_alone(tmp_path: Path) -> None:
    (tmp_path / "a.cdx").write_bytes(CDX)
    done = run("list", tmp_path / "a.cdx")
    (line,) = said(done)
    assert line.endswith("a.cdx is an index of captures: give the archive files that it lists")
    assert done.returncode == 2


def test_in_a_zip_it_is_accounted_for(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.cdx", CDX)
    (record,) = records(tmp_path / "a.zip")
    assert isinstance(record, Passed)
    assert record.reason == "an index of captures"
