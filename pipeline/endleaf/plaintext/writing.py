"""The pieces of a text as elements."""

from __future__ import annotations

from collections.abc import Sequence

from endleaf.parse import Grower
from endleaf.plaintext.lines import BLANKS, NUMBER, Line, mark_of
from endleaf.plaintext.parts import Part, alike


def write(parts: Sequence[Part], grower: Grower) -> None:
    """Write each piece as the element it is; lists with a blank line between them are one."""
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.kind == "list":
            lines = list(part.lines)
            while at + 1 < len(parts) and parts[at + 1].kind == "list" and alike(part, parts[at + 1]):
                at += 1
                lines += parts[at].lines
            _write_list(lines, grower)
        else:
            _WRITERS[part.kind](part, grower)
        grower.text("\n")
        at += 1


def _write_heading(part: Part, grower: Grower) -> None:
    with grower.element(f"h{part.level}"):
        grower.text(" ".join(line.text for line in part.lines))


def _write_paragraph(part: Part, grower: Grower) -> None:
    with grower.element("p"):
        grower.text("\n".join(line.text for line in part.lines))


def _write_lines(part: Part, grower: Grower) -> None:
    """Lines that were ended early, as in an address: their breaks stay."""
    with grower.element("p"):
        for n, line in enumerate(part.lines):
            if n:
                grower.open("br")
                grower.close()
            grower.text(line.text)


def _write_pre(part: Part, grower: Grower) -> None:
    margin = min(len(line.raw) - len(line.raw.lstrip(" ")) for line in part.lines)
    with grower.element("pre"):
        grower.text("\n".join(line.raw[margin:] for line in part.lines))


def _write_table(part: Part, grower: Grower) -> None:
    with grower.element("table", {"role": "table"}), grower.element("tbody"):
        for line in part.lines:
            with grower.element("tr"):
                for cell in line.raw.strip(" ").split("\t"):
                    with grower.element("td"):
                        grower.text(cell.strip(BLANKS))


def _write_menu(part: Part, grower: Grower) -> None:
    with grower.element("nav"), grower.element("ul", {"class": "menu"}):
        for line in part.lines:
            with grower.element("li"):
                grower.text(line.text)
            grower.text("\n")


def _write_rule(_: Part, grower: Grower) -> None:
    grower.open("hr")
    grower.close()


def _write_list(lines: Sequence[Line], grower: Grower) -> None:
    """Nested lists by indent, with a stack of the lists that are open."""
    open_: list[int] = []
    for line in lines:
        mark = mark_of(line)
        if mark is None:
            grower.text("\n" + line.text)
            continue
        while len(open_) > 1 and line.indent < open_[-1]:
            open_.pop()
            grower.close()
            grower.close()
        if open_ and line.indent <= open_[-1] + 1:
            grower.close()
        else:
            open_.append(line.indent)
            digits = mark.group(1) if mark.group(1).isdigit() else ""
            ordered = mark.re is NUMBER
            grower.open("ol" if ordered else "ul", {"start": digits} if digits not in ("", "1") else {})
        grower.open("li")
        grower.text(line.text[mark.end() :])
    for _ in open_:
        grower.close()
        grower.close()


_WRITERS = {
    "heading": _write_heading,
    "p": _write_paragraph,
    "lines": _write_lines,
    "pre": _write_pre,
    "table": _write_table,
    "nav": _write_menu,
    "hr": _write_rule,
}
