"""The output folder: whole files only, one run at a time, nothing stale, nothing outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from endleaf.errors import OutputError, OutputLocked
from endleaf.output import MANIFEST, OutputTree


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name[0] != "."}


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    class Broken(Exception):
        pass

    with OutputTree(tmp_path) as tree:
        tree.save("a/b.html", b"one")
        tree.settle()
        with pytest.raises(Broken), tree.stream("a/b.html") as file:
            file.write(b"half of two")
            raise Broken
        with pytest.raises(Broken), tree.stream("c.html") as file:
            raise Broken
    assert files_in(tmp_path) == {"a/b.html"}
    assert (tmp_path / "a/b.html").read_bytes() == b"one"
    assert not list(tmp_path.rglob("*part*"))


def test_a_second_run_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from endleaf.output import OutputTree\n"
        "with OutputTree(Path(sys.argv[1])): pass"
    )
    with OutputTree(tmp_path):
        other = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], check=False, capture_output=True, text=True
        )
        assert "OutputLocked" in other.stderr
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 0
    with OutputTree(tmp_path), pytest.raises(OutputLocked, match="another run"), OutputTree(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write there") as raised, OutputTree(tmp_path / "file" / "out"):
        pass
    assert raised.value.exit_status == 3
    assert "\n" not in str(raised.value)


def test_what_an_earlier_run_wrote_and_this_one_did_not_goes(tmp_path: Path) -> None:
    with OutputTree(tmp_path) as tree:
        tree.save("pages/old/page.html", b"old")
        tree.save("pages/kept/page.html", b"kept")
        tree.save(MANIFEST, b'{"files":["pages/old/page.html","pages/kept/page.html"]}\nnot json\n{"files":["../x"]}\n')
    (tmp_path / "mine.txt").write_text("the user's own")
    outside = tmp_path.parent / "x"
    outside.write_text("outside")
    with OutputTree(tmp_path) as tree:
        stale = tree.earlier_files() - {"pages/kept/page.html"}
        tree.remove(stale)
    assert files_in(tmp_path) == {"pages/kept/page.html", MANIFEST, "mine.txt"}
    assert not (tmp_path / "pages/old").exists()
    assert outside.exists()
    outside.unlink()


def test_claims_differ_even_where_the_names_collide(tmp_path: Path) -> None:
    tree = OutputTree(tmp_path)
    assert str(tree.claim(PurePosixPath("pages/a/1"))) == "pages/a/1"
    assert str(tree.claim(PurePosixPath("pages/A/1"))) == "pages/A/1-2"
    assert str(tree.claim(PurePosixPath("pages/a/1"))) == "pages/a/1-3"
