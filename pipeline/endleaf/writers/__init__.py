"""The formats a page is written in, one entry a format."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import jinja2

from endleaf.model import Frozen, Page, to_json
from endleaf.render import PAGE_TEMPLATES, fill
from endleaf.render.context import context_of
from endleaf.writers.collection import index_html, report_html

__all__ = ["WRITERS", "Writer", "index_html", "report_html"]


class Writer(Frozen, frozen=True):
    """A format: how its files end, what they are served as, and how a page is written in it."""

    suffix: str
    """With its dot: ``.html``."""
    media_type: str
    write: Callable[[Page, jinja2.Environment], bytes]


def _from_template(template: str, page: Page, jinja: jinja2.Environment) -> bytes:
    return fill(jinja, template, context_of(page).names()).encode()


def _json(page: Page, _: jinja2.Environment) -> bytes:
    return to_json(page) + b"\n"


def _templated(name: str) -> Callable[[Page, jinja2.Environment], bytes]:
    return functools.partial(_from_template, PAGE_TEMPLATES[name])


WRITERS: Mapping[str, Writer] = {
    "html": Writer(suffix=".html", media_type="text/html; charset=utf-8", write=_templated("html")),
    "text": Writer(suffix=".txt", media_type="text/plain; charset=utf-8", write=_templated("text")),
    "markdown": Writer(suffix=".md", media_type="text/markdown; charset=utf-8", write=_templated("markdown")),
    "json": Writer(suffix=".json", media_type="application/json", write=_json),
}
