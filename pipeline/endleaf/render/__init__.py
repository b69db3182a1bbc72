"""Pages through Jinja templates: the environment, and one function to render a page.

Templates are the user's or ours and are trusted; an archived page's text is only
ever a value in the context, never a template.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Mapping
from pathlib import Path

import jinja2

from endleaf import errors
from endleaf.model import Page, to_json
from endleaf.plain import clean
from endleaf.render.context import context_of
from endleaf.render.filters import FILTERS, GLOBALS
from endleaf.render.stylesheet import Stylesheets

_INSTALLED = Path(__file__).resolve().parent.parent / "templates"
_CHECKOUT = Path(__file__).resolve().parents[3] / "templates"
TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
"""The folder of the templates shipped with endleaf."""

PAGE_TEMPLATES: Mapping[str, str] = {"html": "page.html", "text": "page.txt", "markdown": "page.md"}
"""The template of each format that is made by one."""


@functools.cache
def environment(templates: Path | None = None) -> jinja2.Environment:
    """The Jinja environment; templates of the user's folder go before the shipped ones of the same name.

    HTML (and XML, SVG) templates autoescape; text and Markdown have filters of
    their own. Raises :class:`endleaf.errors.TemplateError` if the folder is not there.
    """
    folders = [TEMPLATES]
    if templates is not None:
        if not templates.is_dir():
            raise errors.TemplateError(f"{templates}: no such folder of templates")
        folders.insert(0, templates)
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=jinja2.select_autoescape(("html", "htm", "xml", "xhtml", "svg")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # a template may be edited between two runs of one process: a notebook's
        cache_size=-1,
    )
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS, stylesheet=Stylesheets(made).load)
    return made


def render(page: Page, template: str, jinja: jinja2.Environment | None = None) -> str:
    """A page in a format (``html``, ``text``, ``markdown``, ``json``) or through a template of that name.

    Raises :class:`endleaf.errors.TemplateError`, which names template and line.
    """
    if template == "json":
        return to_json(page).decode() + "\n"
    name = PAGE_TEMPLATES.get(template, template)
    return fill(jinja or environment(), name, context_of(page).names())


def fill(jinja: jinja2.Environment, name: str, context: Mapping[str, object]) -> str:
    """A template with its context, cleaned of control characters. Raises :class:`endleaf.errors.TemplateError`."""
    try:
        return clean(jinja.get_template(name).render(context))
    except jinja2.TemplateNotFound as error:
        raise errors.TemplateError(f"there is no template {error.name or name}") from error
    except jinja2.TemplateSyntaxError as error:
        raise errors.TemplateError(f"{error.name or name}, line {error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        place = _place(error)
        if not isinstance(error, jinja2.TemplateError) and (place is None or Path(place.filename).parent == TEMPLATES):
            raise  # a bug of ours, not of the user's template
        where = f"{Path(place.filename).name}, line {place.lineno}" if place else name
        raise errors.TemplateError(f"{where}: {_said(error)}") from error


def _place(error: Exception) -> traceback.FrameSummary | None:
    """The innermost template and line of a traceback (Jinja writes its templates' own lines into it)."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame for frame in reversed(frames) if not frame.filename.endswith(".py")), None)


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: {error}"
