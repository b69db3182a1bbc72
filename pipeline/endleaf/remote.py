"""Archive files at http(s) addresses: brought whole into a temporary file, and read there.

The address is the user's own, so any host may be named; what comes back is
bounded and checked, and never half a file taken for a whole one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from endleaf.errors import UnreadableSource

_TIMEOUTS = (10.0, 60.0)
"""Seconds to connect, and between two reads: a slow archive may take long in all, but not fall silent."""

_CHUNK = 1 << 20

_SPARE = 1 << 30
"""Bytes of the temporary disk that a download leaves free: a full one would fail the rest of the machine too."""


def is_remote(argument: str) -> bool:
    """Whether an argument is an address and not a path.

    >>> is_remote("https://archive.example/crawl.warc.gz"), is_remote("crawl.warc.gz")
    (True, False)
    """
    return argument.lower().startswith(("http://", "https://"))


@contextmanager
def fetched(url: str) -> Iterator[Path]:
    """The file at an address, as a path that is there while the ``with`` block lasts.

    Raises :class:`UnreadableSource` where the server refuses, breaks off, or sends more than the disk can take.
    """
    import requests  # late: most runs read no address, and it costs a tenth of a second
    import urllib3.exceptions

    with tempfile.TemporaryDirectory(prefix="endleaf-") as folder:
        path = Path(folder) / _name(url)
        try:
            _download(url, path)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise UnreadableSource(f"{url}: could not be fetched: {reason(error)}") from error
        yield path


def _download(url: str, path: Path) -> None:
    # Without Accept-Encoding the stored bytes come: a .warc.gz must not be unpacked on the way.
    import requests

    headers = {"Accept-Encoding": "identity"}
    with requests.Session() as session:
        session.trust_env = False  # no credentials of the user's .netrc to a host named on a command line
        with session.get(url, stream=True, timeout=_TIMEOUTS, headers=headers) as answer, path.open("wb") as file:
            answer.raise_for_status()
            for chunk in iter(lambda: answer.raw.read(_CHUNK), b""):
                if shutil.disk_usage(path.parent).free < _SPARE:
                    raise OSError(f"the temporary folder {path.parent} is almost full after {file.tell():,} bytes")
                file.write(chunk)
            stated = answer.headers.get("Content-Length", "")
            if stated.isdigit() and int(stated) != file.tell():
                raise OSError(f"{file.tell():,} of {int(stated):,} bytes came")


def _name(url: str) -> str:
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    return "".join(c if c.isalnum() or c in "._-" else "_" for c in last)[-80:].lstrip(".") or "download"


def reason(error: Exception) -> str:
    """What an exception of requests or urllib3 says, on one line, for a person."""
    answer = getattr(error, "response", None)
    if answer is not None:
        return f"the server answered {answer.status_code} {answer.reason}"
    if type(error).__name__ in ("IncompleteRead", "ProtocolError"):
        return "the server broke off before the file's end"
    return str(error).partition("(Caused by")[0].strip() or type(error).__name__
