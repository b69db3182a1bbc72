"""The judge of shared/bench: its own code runs the tools and scores what they answer."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.compare.pages import Pages

OURS = "endleaf"
PEERS = ("trafilatura", "trafilatura-recall", "resiliparse", "readability-lxml", "magic-html", "rs-trafilatura")
WHOLE = "resiliparse-all"
"""The text of the whole page, nothing removed: no peer, but what there is to choose from."""

PageScore = dict[str, Any]
"""What the judge says of a tool's answer for one page: ``ds``, ``id``, ``kind``, ``sh_f``, ``cpu``, ``el`` …"""
Scores = dict[str, list[PageScore]]
"""By tool."""

_TIMEOUT = 30  # the judge's own: seconds a page
_WARM = (
    "<html><head><title>t</title></head><body><h1>A page</h1>"
    "<p>It is long enough to be one, and is read before all others.</p></body></html>"
)


class NotMeasured(ValueError):
    """Something that measuring needs is not there, or not as it must be; the message is one line."""


def load(shared: Path) -> ModuleType:
    """The judge's module, from its file. Raises :class:`NotMeasured` where it is not there."""
    path = shared / "bench" / "bench.py"
    if not path.is_file():
        raise NotMeasured(f"{path} is not there: nothing can judge")
    found = importlib.util.spec_from_file_location("judge_of_shared", path)
    assert found
    assert found.loader
    code = importlib.util.module_from_spec(found)
    found.loader.exec_module(code)
    return code


def release(tool: str) -> str:
    """The version of a tool's package, or an empty text; a tool's mode has the version of the tool."""
    for name in (tool, tool.rpartition("-")[0]):
        try:
            return version(name) if name else ""
        except PackageNotFoundError:
            continue
    return ""


@dataclass(frozen=True)
class Judge:
    """The judge's code, and the folder that it keeps answers and scores in."""

    code: ModuleType
    out: Path

    def installed(self, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tools that import here, and those that do not.

        Raises :class:`NotMeasured` for a tool that the judge does not know.
        """
        here, missing = [], []
        for name in names:
            if name not in self.code.TOOLS:
                raise NotMeasured(f"the judge knows no tool {name!r}; it knows {', '.join(self.code.TOOLS)}")
            try:
                self.code.TOOLS[name]()
            except ImportError:
                missing.append(name)
            else:
                here.append(name)
        return tuple(here), tuple(missing)

    def run(self, pages: Pages, tools: Iterable[str], command: str) -> None:
        """Answers of the tools and of our command for every page, made anew; a line a set on standard error."""
        self.out.mkdir(parents=True, exist_ok=True)
        names = list(tools)
        for name in (OURS, *names):
            shutil.rmtree(self.out / name, ignore_errors=True)
        # What our command loads for its first page is no page's time; the judge warms the other tools itself.
        warm = self.out / "warm.html"
        warm.write_text(_WARM, "utf-8")
        for dataset, rows in pages.items():
            self.code.run_inprocess(names, self._options, dataset, rows)
            self.code.run_cmd(OURS, command, self._options, dataset, [{"id": "\0warm", "path": str(warm)}, *rows])
            print(f"ran {dataset}: {len(rows)} pages", file=sys.stderr, flush=True)

    def scores(self, pages: Pages, tools: Iterable[str]) -> Scores:
        """Each tool's scores, page by page."""
        return {
            tool: [
                score
                for dataset, rows in pages.items()
                for score in self.code.score(tool, self._options, dataset, rows)
            ]
            for tool in tools
        }

    def summary(self, scores: list[PageScore]) -> dict[str, float]:
        """The judge's summary of any group of pages: ``sh_f``, ``bad``, ``err``, ``empty``, ``cpu``, ``el_list`` …"""
        return dict(self.code.summary(scores))

    @property
    def _options(self) -> argparse.Namespace:
        return argparse.Namespace(out=str(self.out), timeout=_TIMEOUT, no_facts=False)
