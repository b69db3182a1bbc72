"""WARC and WACZ files in the making: the same bytes every time.

Dates are given, record ids are made from what they name (UUID version 5), and no gzip or ZIP member carries the
time of its making.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SOFTWARE = "endleaf bench.make_archives"


class Stored(NamedTuple):
    """Where a response lies in its WARC file, and what it is: a line of an index."""

    url: str
    date: str
    status: str
    media_type: str
    digest: str
    offset: int
    length: int
    record_id: str

    @property
    def timestamp(self) -> str:
        return re.sub(r"\D", "", self.date)


class Warc:
    """A WARC 1.1 file in the making; a gzip member a record."""

    def __init__(self, name: str) -> None:
        self.buffer = BytesIO()
        self.name = name
        self._writer = WARCWriter(self.buffer, gzip=True, warc_version="WARC/1.1")
        self._day = ""
        self._seconds = 0

    @property
    def data(self) -> bytes:
        return self.buffer.getvalue()

    def begin(self, date: str, **info: str) -> None:
        """A crawl begins: its warcinfo; later records follow two seconds apart."""
        self._day, clock = date.split("T")
        self._seconds = sum(int(part) * size for part, size in zip(clock[:8].split(":"), (3600, 60, 1), strict=True))
        info = info | {"format": "WARC File Format 1.1"}
        body = "".join(f"{key}: {value}\r\n" for key, value in info.items()).encode()
        headers = {"WARC-Filename": self.name, "Content-Type": "application/warc-fields"}
        self._write("warcinfo", None, body, headers, None)

    def fetch(self, url: str, status: str, headers: list[tuple[str, str]], body: bytes) -> Stored:
        """A request and its response. The headers are the server's; the body is as it came over the wire."""
        self._seconds += 2
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        offset = self.buffer.tell()
        record = self._write("response", url, body, {}, http)
        length = self.buffer.tell() - offset
        self._request(url, record)
        media_type = dict(headers).get("Content-Type", "-").partition(";")[0]
        return Stored(
            url, self._date(), status[:3], media_type, record.rec_headers.get_header("WARC-Payload-Digest"),
            offset, length, record.rec_headers.get_header("WARC-Record-ID"),
        )  # fmt: skip

    def revisit(self, of: Stored, profile: str, headers: dict[str, str], status: str = "200 OK") -> None:
        """A response that was not stored again. ``headers`` say which one it is the same as."""
        self._seconds += 2
        http = StatusAndHeaders(
            status, [("Server", "Apache/1.3.27"), ("Content-Type", of.media_type)], protocol="HTTP/1.1"
        )
        headers = {
            "WARC-Profile": f"http://netpreserve.org/warc/1.1/revisit/{profile}",
            "WARC-Payload-Digest": of.digest,
            **headers,
        }
        self._request(of.url, self._write("revisit", of.url, b"", headers, http))

    def note(self, about: Stored, **fields: str) -> None:
        """A metadata record on a response."""
        body = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
        headers = {"WARC-Concurrent-To": about.record_id, "Content-Type": "application/warc-fields"}
        self._write("metadata", about.url, body, headers, None)

    def _request(self, url: str, response: ArcWarcRecord) -> None:
        parts = urlsplit(url)
        http = StatusAndHeaders(
            f"GET {parts.path or '/'} HTTP/1.1",
            [
                ("Host", parts.netloc),
                ("User-Agent", "tidewatch/1.0 (+http://archive.example/tidewatch)"),
                ("Accept", "*/*"),
            ],
            is_http_request=True,
        )
        headers = {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        self._write("request", url, b"", headers, http)

    def _date(self) -> str:
        minutes, second = divmod(self._seconds, 60)
        return f"{self._day}T{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}Z"

    def _write(
        self, kind: str, url: str | None, body: bytes, headers: dict[str, str], http: StatusAndHeaders | None
    ) -> ArcWarcRecord:
        date = self._date()
        named = {
            "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{self.name} {kind} {url} {date}')}>",
            "WARC-Date": date,
        }
        content_type = headers.pop("Content-Type", None)
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), warc_content_type=content_type or "",
            warc_headers_dict=named | headers, http_headers=http,
        )  # fmt: skip
        self._writer.write_record(record)
        return record


def gzipped(data: bytes) -> bytes:
    """A gzip member (RFC 1952) with no time and no system in its head, whichever Python writes it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + struct.pack("<II", zlib.crc32(data), len(data))


def chunked(data: bytes) -> bytes:
    """A body in chunks (RFC 9112 section 7.1)."""
    pieces = [data[at : at + 700] for at in range(0, len(data), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def cdxj(stored: Stored, filename: str) -> str:
    """A line of a CDXJ index: SURT, timestamp, JSON."""
    parts = urlsplit(stored.url)
    surt = ",".join(reversed(parts.netloc.split("."))) + ")" + parts.path
    about = {
        "url": stored.url, "mime": stored.media_type, "status": stored.status, "digest": stored.digest,
        "length": str(stored.length), "offset": str(stored.offset), "filename": filename,
    }  # fmt: skip
    return f"{surt} {stored.timestamp} {json.dumps(about)}\n"


def pages_list(seen: list[tuple[str, str, str]]) -> bytes:
    lines: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    lines += [
        {"id": uuid5(NAMESPACE_URL, url).hex[:16], "url": url, "ts": date, "title": title} for url, date, title in seen
    ]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def wacz(members: dict[str, bytes], title: str, main: tuple[str, str, str]) -> bytes:
    """The ZIP of a WACZ 1.1.1, with its description and that one's digest. ``main`` is (URL, date, title) of a page."""
    resources = [
        {
            "name": path.rpartition("/")[2],
            "path": path,
            "hash": f"sha256:{sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for path, data in members.items()
    ]
    package = {
        "profile": "data-package", "wacz_version": "1.1.1", "title": title, "created": main[1],
        "software": SOFTWARE, "mainPageUrl": main[0], "mainPageDate": main[1],
        "resources": resources,
    }  # fmt: skip
    description = json.dumps(package, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(description).hexdigest()}"}
    members = members | {
        "datapackage.json": description,
        "datapackage-digest.json": json.dumps(digest, indent=2).encode(),
    }
    year, month, day = map(int, main[1][:10].split("-"))
    made = (year, month, day, 12, 0, 0)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for path, data in members.items():
            info = ZipInfo(path, date_time=made)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(info, data)
    return buffer.getvalue()
