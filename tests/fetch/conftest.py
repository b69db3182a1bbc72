"""An archive to ask, time that takes none, and a look into what was written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastwarc.warc import ArchiveIterator as FastArchiveIterator
from warcio.archiveiterator import ArchiveIterator

from endleaf.fetch import Fetched, Ways, Wish, fetch
from endleaf.fetch.asking import Clock
from tests.fetch.archive import Archive, Kept, served

PAGE = "http://www.harbour.example/"


@dataclass
class Time:
    """A clock that goes on when someone sleeps."""

    at: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(monotonic=lambda: self.at, now=lambda: self.at, sleep=self.sleep, chance=lambda: 0.5)


class Written(NamedTuple):
    """A record of a file that was written."""

    kind: str
    url: str
    date: str
    fields: dict[str, str]
    head: str
    body: bytes


@pytest.fixture
def archive() -> Iterator[Archive]:
    first = (("Content-Type", "text/html"), ("Server", "Apache/1.3"), ("Date", "Mon, 28 Jun 2004 05:06:32 GMT"))
    kept = [
        Kept(PAGE, "20040628050632", b"<title>First</title>" + b"words " * 50, headers=first),
        Kept(PAGE, "20050628050632", b"<title>Second</title>" + b"words " * 50),
        Kept(PAGE, "20060628050632", b"<title>Second</title>" + b"words " * 50),
    ]
    with served(Archive(kept)) as one:
        yield one


@pytest.fixture
def time() -> Time:
    return Time()


Fetch = Callable[..., Fetched]


@pytest.fixture
def got(archive: Archive, time: Time, tmp_path: Path) -> Fetch:
    """Fetch from the archive into ``a.warc.gz``; words are the wish's."""

    def run(url: str = PAGE, *, output: Path | None = None, restart: bool = False, **words: Any) -> Fetched:
        wish = Wish(**{"url": url, "archive": archive.base, "private": True, "seconds": 5.0, **words})
        return fetch(wish, output or tmp_path / "a.warc.gz", restart=restart, ways=Ways(clock=time.clock))

    return run


def records(path: Path) -> list[Written]:
    """What a file holds, as warcio reads it; every digest is checked by warcio, and once more by FastWARC."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            fields = dict(record.rec_headers.headers)
            head = record.http_headers.to_str() if record.http_headers else ""
            body = record.content_stream().read()
            found.append(
                Written(fields["WARC-Type"], fields.get("WARC-Target-URI", ""), fields["WARC-Date"], fields, head, body)
            )
    count = 0
    for one in FastArchiveIterator(io.BytesIO(path.read_bytes()), parse_http=False):
        assert one.verify_block_digest(), one.record_id
        count += 1
    assert count == len(found)
    return found


def captures(path: Path) -> list[Written]:
    """The responses and revisits of a file."""
    return [record for record in records(path) if record.kind in ("response", "revisit")]
