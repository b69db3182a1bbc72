"""Style sheets written into the page, with the hash that lets them through its content security policy."""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from endleaf import errors
from endleaf.plain import clean


class Stylesheet(NamedTuple):
    """A style sheet's text, and its source expression for ``style-src`` (CSP 3 section 2.3.1)."""

    text: Markup
    csp: str


class Stylesheets:
    """The style sheets of an environment, found as its templates are, each read once."""

    def __init__(self, jinja: jinja2.Environment) -> None:
        self._jinja = jinja
        self.load = functools.cache(self._load)

    def _load(self, name: str) -> Stylesheet:
        """The style sheet of that name, as it lies in the folder: style sheets are no templates."""
        if self._jinja.loader is None:
            raise errors.TemplateError(f"there is no style sheet {name}")
        text = clean(self._jinja.loader.get_source(self._jinja, name)[0]).strip() + "\n"  # as the page will hold it
        if "</" in text:
            raise errors.TemplateError(f"{name}: a style sheet may not hold </")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        return Stylesheet(Markup(text), f"'sha256-{digest}'")  # noqa: S704 - a template file, checked above
