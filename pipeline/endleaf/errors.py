"""Everything endleaf raises on purpose.

    EndleafError
      UsageError          the command or a call was wrong: exit 2
        RulesError        a file of the user's rules is wrong
      InputError          an input is damaged, unknown or absent
        UnreadableSource  nothing in it can be read
        NotAPage          the capture holds no page: an image, a stylesheet …
        PageTooLarge      the capture holds more than a page may
      OutputError         a file could not be written: exit 3
        OutputLocked      another run holds the output folder: exit 75
      TemplateError       a template of the user's is wrong: exit 2

Anything else that escapes is a bug of ours. A message is one line: what, where, what to do.
"""

from __future__ import annotations


class EndleafError(Exception):
    """The base of the family. ``str()`` of it is one line, safe to print."""

    exit_status = 1

    def __str__(self) -> str:
        return one_line(super().__str__())


class UsageError(EndleafError):
    """The command or the call was wrong."""

    exit_status = 2


class RulesError(UsageError):
    """A file of rules is wrong: which file, which rule, which key, and what."""


class InputError(EndleafError):
    """An input is damaged, of an unknown kind, or absent."""


class UnreadableSource(InputError):
    """Nothing in the source can be read."""

    exit_status = 2


class NotAPage(InputError):
    """The capture holds no page. ``reason`` is the short code that reports count by, ``detail`` what it leaves open:
    where a redirect leads, what a revisit refers to."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(f"{reason} {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class PageTooLarge(InputError):
    """The capture holds more than is made a page of."""


class OutputError(EndleafError):
    """A file could not be written."""

    exit_status = 3


class OutputLocked(OutputError):
    """Another run holds the output folder."""

    exit_status = 75


class TemplateError(EndleafError):
    """A template is wrong."""

    exit_status = 2


def one_line(text: str) -> str:
    r"""Text that may hold an archive's words, made safe for one line of a terminal or a log.

    Control characters, bidirectional overrides and lone surrogates are written as escapes.

    >>> print(one_line("a\nb\x1b[31m\u202e"))
    a\x0ab\x1b[31m\u202e
    """
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    if c.isprintable() or c == "\u00a0":
        return c
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
