"""A block's text as it is put together: pieces, their looks, and the pictures among them."""

from __future__ import annotations

from endleaf.explain.looks import PLAIN, Look
from endleaf.explain.told import Picture, Run
from endleaf.plain import clean


class Writing:
    """A text that grows, with white space collapsed as a browser does.

    >>> writing = Writing()
    >>> writing.add("Tide ", PLAIN, gone=False)
    >>> writing.add(" tables\\n", PLAIN._replace(bold=True), gone=False)
    >>> writing.text, [(run.length, run.bold) for run in writing.runs]
    ('Tide tables', [(5, False), (6, True)])
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[tuple[Look, bool, int | Picture]] = []
        self._space = ""

    @property
    def text(self) -> str:
        """The characters so far; white space at the end waits for what follows."""
        return "".join(self._parts)

    @property
    def runs(self) -> tuple[Run, ...]:
        """How they look."""
        return tuple(_run(*each) for each in self._runs)

    def add(self, text: str, look: Look, *, gone: bool) -> None:
        """More characters."""
        text = clean(text)
        if look.pre:
            self._put(self._space + text, look, gone)
            self._space = ""
            return
        words = " ".join(text.split())
        if not words:
            self._space = self._space or (" " if text and self._parts else "")
            return
        before = self._space or (" " if text[0].isspace() and self._parts else "")
        if before:
            last, went, _ = self._runs[-1]
            self._put(before, last if last == look else last._replace(link=False), went)
        self._put(words, look, gone)
        self._space = " " if text[-1].isspace() else ""

    def line(self) -> None:
        """A line ends."""
        self._space = "\n" if self._parts else ""

    def picture(self, picture: Picture) -> None:
        """A picture among the words."""
        self._runs.append((PLAIN, False, picture))

    def _put(self, text: str, look: Look, gone: bool) -> None:
        self._parts.append(text)
        last = self._runs[-1] if self._runs else None
        if last and isinstance(last[2], int) and last[:2] == (look, gone):
            self._runs[-1] = (look, gone, last[2] + len(text))
        else:
            self._runs.append((look, gone, len(text)))


def _run(look: Look, gone: bool, what: int | Picture) -> Run:
    if isinstance(what, Picture):
        return Run(length=0, picture=what)
    return Run(
        length=what,
        size=look.size,
        bold=look.bold,
        italic=look.italic,
        fixed=look.fixed,
        link=look.link,
        colour=look.colour,
        gone=gone,
    )
