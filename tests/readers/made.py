"""Archive files made by hand, so that what a test breaks is known to the byte."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence

CRLF = b"\r\n"
INFO = b"software: maker/1.0\r\nformat: WARC File Format 1.1\r\n"


def http(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    """A response; a Content-Type is added where none is given."""
    named = (
        headers if any(h.lower().startswith("content-type") for h in headers) else ("Content-Type: text/html", *headers)
    )
    return CRLF.join([status.encode(), *[header.encode("latin-1") for header in named]]) + CRLF * 2 + body


def record(
    block: bytes,
    kind: str = "response",
    number: int = 0,
    fields: Sequence[str] = (),
    *,
    length: str | None = None,
    url: str | None = None,
) -> bytes:
    """One record, plain. ``fields`` are header lines of their own, which replace those of the same name."""
    http_kind = kind in ("response", "request", "revisit")
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": f"2004-06-28T05:{number // 60 % 60:02d}:{number % 60:02d}Z",
        "WARC-Target-URI": url or f"http://example.org/{number}",
        "Content-Type": "application/http" if http_kind else "application/warc-fields",
        "Content-Length": str(len(block)) if length is None else length,
    }
    if kind == "warcinfo":
        del lines["WARC-Target-URI"]
    for field in fields:
        name, _, value = field.partition(": ")
        lines[name] = value
    head = ["WARC/1.1", *(f"{name}: {value}" for name, value in lines.items())]
    return CRLF.join(line.encode("utf-8") for line in head) + CRLF * 2 + block + CRLF * 2


def page(number: int) -> bytes:
    """A page's markup that is told from every other's."""
    return f"<title>Page {number}</title><p>Words of page {number}, and a few more of them.".encode()


def pages(count: int) -> list[bytes]:
    """A warcinfo record, and responses."""
    return [record(INFO, "warcinfo", 999), *(record(http(page(n)), number=n) for n in range(count))]


def packed(records: Sequence[bytes]) -> bytes:
    """A gzip member for each record, as the standard asks (WARC 1.1, annex D)."""
    return b"".join(member(each) for each in records)


def member(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2004, 6, 28, 5, 6, 32)), data, method)
    return file.getvalue()


def wacz(members: dict[str, bytes], method: int = zipfile.ZIP_STORED, profile: str = "data-package") -> bytes:
    """A WACZ whose datapackage.json and its digest are true."""
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
        }
        for name, data in members.items()
    ]
    package = json.dumps({"profile": profile, "wacz_version": "1.1.1", "resources": resources}).encode()
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}
    return zipped(
        {**members, "datapackage.json": package, "datapackage-digest.json": json.dumps(digest).encode()}, method
    )
