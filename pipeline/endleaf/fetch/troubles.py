"""Why something was not fetched.

NotFetched           one address: it has what was wrong, and what to do
  Missing            the archive says that it has no such capture (404)
  Unknown            the archive could not say: a 429, a 5xx, silence; never to be taken for missing
  Failed             what came is no capture, or more than was allowed
    Forbidden        the address leads where we do not go, or nowhere
Closed               the archive asks to be left alone for longer than we wait: the run stops, and can be resumed
"""

from __future__ import annotations

from endleaf.errors import InputError


class NotFetched(InputError):
    """One address was not fetched: ``what`` was wrong, and what to do about it (``todo``)."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(f"{what}; {todo}" if todo else what)
        self.what = what
        self.todo = todo


class Missing(NotFetched):
    """The archive says that it has no such capture."""


class Unknown(NotFetched):
    """The archive could not say whether it has the capture."""


class Failed(NotFetched):
    """What came is no capture, or more than was allowed."""


class Forbidden(Failed):
    """The address leads where the fetcher does not go, or nowhere."""


class Closed(Unknown):
    """The archive refuses to be asked any more for a while."""
