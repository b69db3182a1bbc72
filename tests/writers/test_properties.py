"""Any page, in every format: all its words in order, and nothing of them taken for markup."""

from __future__ import annotations

import re

from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from endleaf.model import Page, from_json, to_json
from endleaf.parse import Tree, parse
from endleaf.plain import clean
from endleaf.render import environment
from endleaf.writers import WRITERS
from tests.strategies import pages
from tests.writers.said import pieces, said, squeezed

JINJA = environment()
COMMONMARK = MarkdownIt("commonmark").enable("table")
SAFE = re.compile(r"(https?|ftp|mailto|tel):|#", re.IGNORECASE)
BRIEFLY = settings(max_examples=60, deadline=None)
EMPTY = "No text was found in this page."


def written(page: Page, name: str) -> str:
    return WRITERS[name].write(page, JINJA).decode()


@BRIEFLY
@given(pages)
def test_json_comes_back(page: Page) -> None:
    assert from_json(to_json(page)) == page


@BRIEFLY
@given(pages)
def test_html_says_the_page(page: Page) -> None:
    tree = parse(written(page, "html"))
    assert squeezed(content(tree)) == said(page)


def content(tree: Tree) -> str:
    article = tree.find("article")
    assert article is not None
    ours = {"byline", "contents", "empty"}
    drop = [i for i in range(article, tree.ends[article]) if tree.tags[i] == "h1" or tree.attrs[i].get("class") in ours]
    tree = tree.without(drop)
    article = tree.find("article")
    assert article is not None
    return tree.text(article)


@BRIEFLY
@given(pages)
def test_html_holds_nothing_that_acts(page: Page) -> None:
    tree = parse(written(page, "html"))
    assert not {"script", "iframe", "object", "embed", "base", "form", "img", "link", "svg"} & set(tree.tags)
    assert tree.tags.count("style") == tree.tags.count("title") == tree.tags.count("article") == 1
    for attrs in tree.attrs:
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in attrs)
        assert all(SAFE.match(attrs[name]) for name in ("href", "cite", "data-versionurl") if name in attrs)


@BRIEFLY
@given(pages)
def test_markdown_says_the_page(page: Page) -> None:
    text = written(page, "markdown")
    assert text.startswith("---\n")
    front, _, body = text[4:].partition("\n---\n")
    assert all(re.match(r'[a-z0-9_]+:|  - "', line) for line in front.split("\n"))
    tokens = COMMONMARK.parse(body)
    assert not any(token.type in ("html_block", "html_inline") for token in every(tokens))
    assert all(SAFE.match(str(token.attrs.get("href", token.attrs.get("src", "#")))) for token in every(tokens))
    start = next(i for i, token in enumerate(tokens) if token.type == "heading_close" and token.tag == "h1") + 1
    end = max(i for i, token in enumerate(tokens) if token.type == "hr")
    told = "".join(map(shown, byline_aside(page, tokens[start:end])))
    assert squeezed(told.replace(EMPTY, "")) == said(page)


def byline_aside(page: Page, tokens: list[Token]) -> list[Token]:
    said = (*page.metadata.authors, page.metadata.published)
    has_byline = any(value and clean(value.value).strip() for value in said)
    return tokens[3:] if has_byline and tokens[:1] and tokens[0].type == "paragraph_open" else tokens


def every(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *every(token.children or []))]


def shown(token: Token) -> str:
    if token.children is not None:
        return "".join(map(shown, token.children))
    return token.content if token.type in ("text", "code_inline", "fence", "code_block", "text_special") else "\n"


@BRIEFLY
@given(pages)
def test_text_holds_every_word(page: Page) -> None:
    text = written(page, "text")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    told = squeezed(text)
    assert all(squeezed(word) in told for piece in pieces(page) for word in piece.split())
