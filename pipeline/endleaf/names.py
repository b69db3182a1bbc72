"""Names for a page's folder: safe on every file system, and never shared by distinct URLs.

A name tells a person where the page comes from; it need not be undone, since the
manifest has the URL. Whatever is unsafe, long, or could meet another name on a
file system that folds case or Unicode forms is replaced, and then a few digits
of the URL's digest keep the name apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from endleaf.model import Moment

LONGEST_NAME = 60
"""Characters of one folder's name: with four bytes a character still under the 255 bytes of every file system."""

MOST_FOLDERS = 8
"""Folders a path may have: with LONGEST_NAME, and a long output path, well under PATH_MAX (4,096 bytes)."""

LONGEST_PATH = 150
"""Characters of a page's whole path: Windows without long paths takes 260, the output folder's own included."""

_RESERVED = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)(\..*)?\Z|page\..*|\d{14}(-\d+)?\Z", re.IGNORECASE
)
"""Windows' device names, and the names of the tree itself: ``page.html``, a timestamp."""

_PLAIN = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?<!\.)\Z")


def page_folder(url: str | None, captured_at: Moment | None, source_name: str) -> PurePosixPath:
    """The folder of a page below the output folder: ``pages/<host>/<path…>/<YYYYMMDDhhmmss>``.

    A page of unknown URL goes by the name of the file it was read from, one of
    unknown time by the word ``undated``.

    >>> moment = Moment.from_timestamp("20040628050632")
    >>> str(page_folder("http://www.fco.example/news/index.html", moment, "a.warc"))
    'pages/www.fco.example/news/index.html/20040628050632'
    >>> str(page_folder("http://a.example/show?id=7", moment, "a.warc"))
    'pages/a.example/show~2295c760/20040628050632'
    >>> str(page_folder(None, None, "Saved page.html"))
    'pages/_files/Saved page.html~07b54648/undated'
    """
    when = captured_at.timestamp if captured_at else "undated"
    if url is None:
        return PurePosixPath("pages", "_files", _safe(source_name, source_name), when)
    return PurePosixPath("pages", *_url_folders(url), when)


def _url_folders(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a bracket or a port that is none: the whole URL becomes the name
        return ["_other", _safe(url, url)]
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ["_other", _safe(url, url)]
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    folders = [_safe(host if port in (None, default) else f"{host}_{port}", host)]
    steps = [unquote(step) for step in parts.path.split("/") if step]
    whole = "/".join(steps)
    if len(steps) > MOST_FOLDERS or len(whole) > LONGEST_PATH:
        steps = [*steps[: MOST_FOLDERS // 2], steps[-1]] if len(steps) > 1 else steps
        return [*folders, *(_shortened(step) for step in steps[:-1]), _digested(steps[-1], url)]
    # What the path alone does not tell apart, the last folder's digits do. (A slash at the end
    # and http against https are left to the output, which never gives one folder twice.)
    more = bool(parts.query or parts.fragment or parts.username)
    if not steps:
        return [*folders, _digested("_root", url)] if more else folders
    last = _digested(steps[-1], url) if more else _safe(steps[-1], url)
    return [*folders, *(_safe(step, step) for step in steps[:-1]), last]


def _shortened(step: str) -> str:
    return _safe(step[:16], step)


def _safe(name: str, whole: str) -> str:
    """The name itself where it is plain, else its safe form with digits of the whole's digest."""
    if len(name) <= LONGEST_NAME and _PLAIN.match(name) and not _RESERVED.match(name):
        return name
    return _digested(name, whole)


def _digested(name: str, whole: str) -> str:
    name = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)[:LONGEST_NAME].strip(". ")
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept or '_'}~{digest}"
