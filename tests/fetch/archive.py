"""A small web archive on loopback: honest, as RFC 7089 and the CDX servers ask, until a test makes it misbehave.

Below ``/coll/`` it is a pywb (``/coll/cdx``, ``/coll/timemap/link/URL``, ``/coll/TSid_/URL``, TimeGate ``/coll/URL``),
at ``/cdx/search/cdx`` a Wayback CDX server with resume keys, at ``/collinfo.json`` a Common Crawl.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers = list[tuple[str, str]]
Odd = Callable[["Handler"], None]


@dataclass(frozen=True)
class Kept:
    """A capture that the archive keeps."""

    url: str
    stamp: str
    body: bytes = b"<title>A page</title><p>Some words"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    coding: str = ""
    """A content coding in which the archive itself sends it."""

    @property
    def date(self) -> str:
        return format_datetime(self.when, usegmt=True)

    @property
    def when(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass
class Archive:
    """What the server keeps, how it is asked, and where it is odd."""

    kept: list[Kept] = field(default_factory=list)
    odd: list[tuple[str, Odd]] = field(default_factory=list)
    """Pieces of a path, and what answers there in the archive's place."""
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    redirects: bool = False
    """Whether it sends one on to the exact time, as the Wayback Machine does, or answers at once, as pywb does."""
    raw: bool = True
    page: int = 2
    """Rows of a page of the CDX server."""
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    crawl: bytes = b""
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def base(self) -> str:
        return f"{self.root}coll/"

    def of(self, url: str) -> list[Kept]:
        return [each for each in self.kept if each.url == url]

    def mend(self) -> None:
        """Be honest again."""
        self.odd.clear()
        self.asked.clear()

    def crawled(self) -> None:
        """Put the captures into a file of records, as Common Crawl has them."""
        file = io.BytesIO()
        writer = WARCWriter(file, gzip=True)
        for each in self.kept:
            start = file.tell()
            record = writer.create_warc_record(
                each.url,
                "response",
                payload=io.BytesIO(each.body),
                http_headers=StatusAndHeaders(f"{each.status} OK", list(each.headers), protocol="HTTP/1.1"),
                warc_headers_dict={
                    "WARC-Date": each.when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "WARC-IP-Address": "192.0.2.7",
                },
            )
            writer.write_record(record)
            record.raw_stream.close()
            self.places.append((start, file.tell() - start))
        self.crawl = file.getvalue()


class Handler(BaseHTTPRequestHandler):
    """Answers as the archive says."""

    archive: Archive
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        archive = self.archive
        archive.asked.append(self.path)
        archive.heads.append({name.lower(): value for name, value in self.headers.items()})
        archive.at_once += 1
        archive.most_at_once = max(archive.most_at_once, archive.at_once)
        try:
            odd = next((answer for part, answer in archive.odd if part in unquote(self.path)), None)
            (odd or type(self).honest)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            archive.at_once -= 1

    def log_message(self, *_: object) -> None:
        pass

    def say(self, status: int, headers: Headers = [], body: bytes = b"", reason: str | None = None) -> None:  # noqa: B006 - never changed
        self.send_response_only(status, reason)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    # ------------------------------------------------------------- honest

    def honest(self) -> None:
        parts = urlsplit(self.path)
        words = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/coll/cdx":
            self.say(200, [("Content-Type", "text/x-ndjson")], self.rows(words))
        elif parts.path == "/cdx/search/cdx":
            self.say(200, [("Content-Type", "text/plain")], self.paged(words))
        elif parts.path == "/collinfo.json":
            crawls = [
                {"id": name, "cdx-api": f"{self.archive.root}{name}-index"}
                for name in ("CC-MAIN-2024-10", "CC-MAIN-2013-20")
            ]
            self.say(200, [("Content-Type", "application/json")], json.dumps(crawls, indent=1).encode())
        elif parts.path.endswith("-index"):
            self.crawl_index(parts.path, words)
        elif parts.path == "/crawl-data/a.warc.gz":
            self.part()
        elif found := re.match(r"/coll/timemap/link/(.+)", self.path):
            self.timemap(found[1])
        elif found := re.match(r"/coll/(\d{14})(id_|)/(http.+)", self.path):
            self.replay(found[1], found[2], found[3])
        elif found := re.match(r"/coll/(http.+)", self.path):
            self.timegate(found[1])
        else:
            self.say(404)

    def matching(self, words: dict[str, str]) -> list[Kept]:
        prefix = words.get("matchType") == "prefix"
        found = [
            each
            for each in self.archive.kept
            if (each.url.startswith(words["url"]) if prefix else each.url == words["url"])
            and words.get("from", "0") <= each.stamp <= words.get("to", "9")
        ]
        return sorted(found, key=lambda each: (each.url, each.stamp))

    def rows(self, words: dict[str, str]) -> bytes:
        rows = [{"timestamp": each.stamp, "url": each.url, "status": str(each.status)} for each in self.matching(words)]
        return b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    def paged(self, words: dict[str, str]) -> bytes:
        start = int(words.get("resumeKey", "0"))
        found = self.matching(words)
        end = start + self.archive.page
        lines = [f"{each.stamp} {each.url} text/html {each.status} ABC" for each in found[start:end]]
        if end < len(found):
            lines += ["", str(end)]
        return "\n".join([*lines, ""]).encode()

    def crawl_index(self, path: str, words: dict[str, str]) -> None:
        archive = self.archive
        found = [
            (each, place)
            for each, place in zip(archive.kept, archive.places, strict=True)
            if each in self.matching(words)
        ]
        if "2024" not in path or not found:
            self.say(404, [("Content-Type", "application/json")], b'{"message": "No Captures found"}')
        elif words.get("showNumPages"):
            self.say(200, [("Content-Type", "application/json")], b'{"pages": 1, "pageSize": 5, "blocks": 1}')
        else:
            rows = [
                {
                    "timestamp": each.stamp, "url": each.url, "filename": "crawl-data/a.warc.gz",
                    "offset": str(offset), "length": str(length),
                }
                for each, (offset, length) in found
            ]  # fmt: skip
            self.say(
                200, [("Content-Type", "text/x-ndjson")], b"".join(json.dumps(row).encode() + b"\n" for row in rows)
            )

    def part(self) -> None:
        first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
        data = self.archive.crawl
        stated = f"bytes {first}-{last}/{len(data)}"
        self.say(206, [("Content-Range", stated)], data[first : last + 1])

    def links(self, url: str) -> str:
        base = self.archive.base
        return f'<{url}>; rel="original", <{base}{url}>; rel="timegate", <{base}timemap/link/{url}>; rel="timemap"'

    def timemap(self, url: str) -> None:
        found = self.archive.of(url)
        if not found:
            self.say(404)
            return
        lines = [
            f'<{self.archive.base}timemap/link/{url}>; rel="self"; type="application/link-format"',
            f'<{url}>; rel="original"',
        ]
        lines += [f'<{self.archive.base}{each.stamp}/{url}>; rel="memento"; datetime="{each.date}"' for each in found]
        self.say(200, [("Content-Type", "application/link-format")], ",\n".join(lines).encode())

    def timegate(self, url: str) -> None:
        asked = self.headers["Accept-Datetime"]
        when = parsedate_to_datetime(asked) if asked else datetime.now(UTC)
        each = self.nearest(url, when)
        if each is None:
            self.say(404, [("Vary", "accept-datetime")])
        else:
            to = f"{self.archive.base}{each.stamp}/{url}"
            self.say(302, [("Location", to), ("Vary", "accept-datetime"), ("Link", self.links(url))])

    def nearest(self, url: str, when: datetime) -> Kept | None:
        return min(self.archive.of(url), key=lambda each: abs(each.when - when), default=None)

    def replay(self, stamp: str, modifier: str, url: str) -> None:
        each = self.nearest(url, datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        if each is None or (modifier and not self.archive.raw):
            self.say(404, [("Content-Type", "text/html")], b"not here")
            return
        own = f"{self.archive.base}{each.stamp}{modifier}/{url}"
        if self.archive.redirects and each.stamp != stamp:
            self.say(302, [("Location", own)])
            return
        head: Headers = [("Server", "archive"), ("Set-Cookie", "watch=you")]
        for name, value in each.headers:
            head.append((name if name in ("Content-Type", "Location") else f"X-Archive-Orig-{name}", value))
        head += [
            ("Memento-Datetime", each.date),
            ("Link", self.links(url)),
            ("Content-Location", own),
        ]
        body = (
            each.body
            if modifier
            else each.body.replace(b"http://", f"{self.archive.base}{each.stamp}/http://".encode())
        )
        if each.coding == "gzip":
            head.append(("Content-Encoding", "gzip"))
            body = gzip.compress(body)
        self.say(each.status, head, body)


@contextmanager
def served(archive: Archive) -> Iterator[Archive]:
    """The archive, as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"archive": archive}))
    server.daemon_threads = True
    archive.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
