"""What stops a run leaves no half file, and the same command goes on without asking for anything twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time as real
from pathlib import Path

import pytest

from endleaf.errors import OutputError, OutputLocked, UsageError
from endleaf.fetch.unfinished import unfinished
from endleaf.fetch.warcs import Records
from tests.fetch.archive import Archive, Handler, Kept
from tests.fetch.conftest import PAGE, Fetch, captures


class Pulled(BaseException):
    """The plug."""


@pytest.mark.parametrize("at", [0, 1, 2])
def test_it_goes_on_where_it_stopped(
    got: Fetch, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write = Records.capture
    count = [0]

    def pulled(self: Records, *words: object) -> object:
        made = write(self, *words)  # type: ignore[arg-type]
        count[0] += 1
        if count[0] == at + 1:  # the records are in the file, and the journal knows nothing of them
            raise Pulled
        return made

    monkeypatch.setattr(Records, "capture", pulled)
    with pytest.raises(Pulled):
        got(all=True)
    monkeypatch.undo()
    assert {path.name for path in tmp_path.iterdir()} == {"a.warc.gz.part", "a.warc.gz.journal"}
    archive.mend()
    fetched = got(all=True)
    assert fetched.path and fetched.exit_status == 0
    found = captures(fetched.path)
    assert [each.date[:4] for each in found] == ["2004", "2005", "2006"]
    assert [each.kind for each in found][2] == "revisit", "the payloads of the first run are known to the second"
    assert not any("cdx" in path for path in archive.asked), "the list is not asked for again"
    assert len(archive.asked) == 3 - at
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


def test_only_what_failed_is_asked_for_again(got: Fetch, archive: Archive, tmp_path: Path) -> None:
    archive.odd.append(("20050628050632id_", lambda handler: handler.say(500)))
    archive.odd.append(("/coll/20050628050632/", lambda handler: handler.say(500)))
    fetched = got(all=True)
    assert fetched.path and fetched.exit_status == 1
    assert len(captures(fetched.path)) == 2
    before = fetched.path.read_bytes()
    archive.mend()
    again = got(all=True)
    assert again.exit_status == 0 and len(archive.asked) == 1
    assert fetched.path.read_bytes().startswith(before)
    assert sorted(each.date[:4] for each in captures(fetched.path)) == ["2004", "2005", "2006"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


def test_a_list_goes_on_from_its_page(got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from endleaf.fetch import SERVICES, Service

    here = Service(
        "Here", archive.base, raw=archive.base + "{ts}id_/{url}", cdx=archive.root + "cdx/search/cdx", dialect="wayback"
    )
    monkeypatch.setitem(SERVICES, "here", here)
    archive.kept += [Kept(PAGE, f"201001010000{number:02}", b"%d" % number) for number in range(4)]
    archive.odd.append(("resumeKey=4", lambda handler: handler.say(503)))
    assert got(all=True, archive="here").stopped
    archive.mend()
    fetched = got(all=True, archive="here")
    assert fetched.path and len(captures(fetched.path)) == 7
    assert [path for path in archive.asked if "cdx" in path and "resumeKey" not in path] == []


def test_the_same_command_again_has_nothing_to_do(got: Fetch, archive: Archive) -> None:
    fetched = got(all=True)
    assert fetched.path
    before = fetched.path.read_bytes()
    archive.mend()
    again = got(all=True)
    assert (again.exit_status, again.path, archive.asked) == (0, fetched.path, [])
    assert fetched.path.read_bytes() == before
    with pytest.raises(UsageError, match="there already"):
        got(at="2004")


def test_another_command_does_not_go_on_with_it(got: Fetch, archive: Archive) -> None:
    archive.odd.append(("id_", lambda handler: handler.say(503)))
    assert got(all=True).stopped
    with pytest.raises(UsageError, match="another command"):
        got(at="2004")
    archive.mend()
    assert got(at="2004", restart=True).exit_status == 0


def test_a_journal_that_was_cut_off_anywhere(got: Fetch, archive: Archive, tmp_path: Path) -> None:
    archive.odd.append(("20060628050632id_", lambda handler: handler.say(429, [("Retry-After", "99999")])))
    assert got(all=True).stopped
    part, journal = (tmp_path / f"a.warc.gz.{name}" for name in ("part", "journal"))
    kept, lines = part.read_bytes(), journal.read_bytes()
    archive.mend()
    for size in range(0, len(lines) + 1, max(1, len(lines) // 25)):
        part.write_bytes(kept + b"half a record")
        journal.write_bytes(lines[:size])
        (tmp_path / "a.warc.gz").unlink(missing_ok=True)
        fetched = got(all=True)
        assert fetched.path and [each.date[:4] for each in captures(fetched.path)] == ["2004", "2005", "2006"]


def test_two_runs_do_not_write_one_file(got: Fetch, tmp_path: Path) -> None:
    with unfinished(tmp_path / "a.warc.gz", "asked"), pytest.raises(OutputLocked):
        got()


def test_what_cannot_be_written(got: Fetch, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        got(output=tmp_path / "file" / "a.warc.gz")


def _command(archive: Archive, path: Path, *words: str) -> list[str]:
    call = "from endleaf.cli import main; main()"
    return [
        sys.executable,
        "-c",
        call,
        "fetch",
        PAGE,
        "--from",
        archive.base,
        "--allow-private",
        "-o",
        str(path),
        *words,
    ]


def test_ctrl_c_leaves_what_can_be_gone_on_with(archive: Archive, tmp_path: Path) -> None:
    def stuck(_: Handler) -> None:
        real.sleep(2)

    path = tmp_path / "a.warc.gz"
    archive.odd.append(("20060628050632id_", stuck))
    with subprocess.Popen(_command(archive, path, "--all"), stderr=subprocess.PIPE, text=True) as run:
        until = real.monotonic() + 60
        while run.poll() is None and not any("20060628" in asked for asked in archive.asked):
            assert real.monotonic() < until
            real.sleep(0.02)
        os.kill(run.pid, signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 128 + signal.SIGINT, said
    assert "Traceback" not in said
    assert "the same command goes on" in said
    assert not path.exists()
    archive.mend()
    done = subprocess.run(_command(archive, path, "--all", "--resume"), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(archive.asked) == 1 and len(captures(path)) == 3


def test_the_command_says_what_failed_on_a_line(archive: Archive, tmp_path: Path) -> None:
    archive.odd.append(("id_", lambda handler: handler.say(403)))
    archive.odd.append(("/coll/http", lambda handler: handler.say(403)))
    done = subprocess.run(_command(archive, tmp_path / "a.warc.gz"), check=False, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    first, last = done.stderr.splitlines()
    assert first.startswith(f"endleaf: error: {PAGE}: failed: the archive does not give it out (403)")
    assert last.endswith("1 failed, 0 unknown")
