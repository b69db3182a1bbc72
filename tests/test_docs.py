"""What the README says is so: its program runs, its commands have the words it gives them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from endleaf.cli import commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
LINES = re.findall(
    r"^    .*?\b(endleaf (?:convert|extract|explain|fetch|learn|list|templates|completion|rules|verify)\b[^#|<>\n]*)",
    README,
    re.MULTILINE,
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_run(program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(program, "README.md", "exec"), {})
    said = capsys.readouterr().out
    assert said.startswith("Lights, Buoys and Fog Signals 2004-06-28")


@pytest.mark.parametrize("line", LINES)
def test_commands_are_there(line: str) -> None:
    _, name, *words = shlex.split(line)
    command = commands.commands[name]
    context = click.Context(command, info_name=name, resilient_parsing=True)
    command.make_parser(context).parse_args(words)


def test_every_command_and_page_is_told_of() -> None:
    assert {shlex.split(line)[1] for line in LINES} | {"completion"} == set(commands.commands)
    for target in re.findall(r"\]\(((?!http)[^)#]+)", README):
        assert (ROOT / target).exists(), target
