"""Templates: the user's before ours, errors that say where, and no archived text ever run."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

import endleaf
from endleaf.errors import TemplateError
from endleaf.model import (
    Field,
    Metadata,
    Moment,
    Page,
    Paragraph,
    Provenance,
    Removal,
    Section,
    Text,
    Value,
)
from endleaf.render import environment, render
from endleaf.render.context import context_of
from endleaf.writers import WRITERS


def headed(name: str) -> Section:
    return Section(heading=(Text(text=name),), anchor=name.lower(), blocks=(Paragraph(content=(Text(text="Words."),)),))


PAGE = Page(
    title="A page",
    provenance=Provenance(
        source="a.warc.gz", container="warc", url="http://a.example/", captured_at=Moment(iso="2004-06-28")
    ),
    metadata=Metadata(
        title=Value(value="A page", source="title"),
        published=Value(value="2004", source="meta:date"),
        modified=Value(value="2005", source="meta:date"),
        declared=(Field(name="date", value="2004", source="meta"),),
    ),
    sections=(headed("One"), headed("Two"), headed("Three")),
    removals=(Removal(reason="link-list", where="ul", text="Home"),),
)


def context_names(page: Page) -> dict[str, object]:
    return context_of(page).names()


def test_the_library_renders_by_format_and_by_template() -> None:
    assert endleaf.render(PAGE, "text").splitlines()[1] == "A web archive"
    assert endleaf.render(PAGE, "text") == endleaf.render(PAGE, "page.txt")
    for name, writer in WRITERS.items():
        assert writer.write(PAGE, environment()).decode() == render(PAGE, name)


def test_a_folder_of_the_users_goes_first_and_the_rest_is_ours(tmp_path: Path) -> None:
    (tmp_path / "bookplate.html").write_text("<header>MINE {{ bookplate.archive }}</header>")
    page = render(PAGE, "html", environment(tmp_path))
    assert "<header>MINE A web archive</header>" in page
    assert "How to cite it" in page


def test_a_style_sheet_of_the_users_is_let_through_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("body { color: #123 }  /* {{ title }} */\n")
    page = render(PAGE, "html", environment(tmp_path))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style and "#123" in style[1] and "{{ title }}" in style[1]
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in page


def test_a_style_sheet_cannot_end_its_element(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("/* </style><script> */")
    with pytest.raises(TemplateError, match=r"page\.css"):
        render(PAGE, "html", environment(tmp_path))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("one\n{{ nothing }}", r"page\.txt, line 2: 'nothing' is undefined"),
        ("one\n\n{{ page.nothing }}", r"page\.txt, line 3: .*no attribute 'nothing'"),
        ("{% if %}", r"page\.txt, line 1: "),
        ("\n{{ title + 1 }}", r"page\.txt, line 2: TypeError"),
        ("\n{{ title|nothing }}", r"page\.txt, line 2: No filter named 'nothing'"),
        ("\n{{ 5|as_text }}", r"page\.txt, line 2: TypeError"),
        ("{% include 'nothing.txt' %}", r"no template .*nothing\.txt"),
    ],
)
def test_an_error_names_the_template_and_the_line(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "page.txt").write_text(source)
    with pytest.raises(TemplateError, match=said) as raised:
        render(PAGE, "text", environment(tmp_path))
    assert "\n" not in str(raised.value)


def test_an_error_within_an_included_template_names_that_one(tmp_path: Path) -> None:
    (tmp_path / "colophon.html").write_text("\n\n{{ nothing }}")
    with pytest.raises(TemplateError, match=r"colophon\.html, line 3"):
        render(PAGE, "html", environment(tmp_path))


def test_a_bug_of_ours_is_not_laid_to_a_template() -> None:
    broken = Page(title="x", provenance=PAGE.provenance, sections=(Section(blocks=("no block",)),))  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        render(broken, "html")


def test_a_template_that_is_not_there() -> None:
    with pytest.raises(TemplateError, match=r"no template nothing\.html"):
        render(PAGE, "nothing.html")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        environment(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["html", "text", "markdown"])
def test_an_archived_page_is_never_a_template(name: str) -> None:
    text = "{{ 7 * 7 }}{% include 'page.css' %}{{ page.provenance.source }}"
    page = Page(
        title=text,
        provenance=Provenance(source="secret.warc", container="warc"),
        sections=(Section(heading=(Text(text=text),), anchor="a", blocks=(Paragraph(content=(Text(text=text),)),)),),
    )
    told = render(page, name)
    assert "49" not in told
    assert told.count("7 * 7") + told.count("7 \\* 7") >= 3


def test_every_page_bears_the_strict_policy() -> None:
    page = render(PAGE, "html")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]
