"""Sample archives in other containers: an ARC of the nineties, and a page that a browser saved as one message."""

from __future__ import annotations

import gzip
import quopri

from bench.sample_pages import png, sample


def lantern() -> bytes:
    """A home page in an ARC 1.0 file, a gzip member a record, with the answer of the name server and a page that was
    not there."""
    page = sample("lighthouse/index.html").replace("\n", "\r\n").encode("windows-1252")
    gone = b"<HTML><BODY><H1>404 Not Found</H1></BODY></HTML>\n"
    version = b"1 0 Lantern Web Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    records = (
        (b"filedesc://lantern-19970412.arc", b"0.0.0.0", b"text/plain", version),
        (
            b"dns:home.lantern.example",
            b"192.0.2.53",
            b"text/dns",
            b"19970412091533\nhome.lantern.example. 3600 IN A 192.0.2.97\n",
        ),
        (b"http://home.lantern.example/ed/", b"192.0.2.97", b"text/html", _answer("200 OK", page)),
        (
            b"http://home.lantern.example/ed/stag rocks.html",
            b"192.0.2.97",
            b"text/html",
            _answer("404 Not Found", gone),
        ),
    )
    return b"".join(
        gzip.compress(b"%b %b 19970412091534 %b %d\n%b\n" % (url, ip, kind, len(block), block), 9, mtime=0)
        for url, ip, kind, block in records
    )


def _answer(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.0 {status}\r\nServer: NCSA/1.5\r\nContent-type: text/html\r\nContent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def herring() -> bytes:
    """A society's page, saved by a browser as MHTML, with the picture that it shows."""
    url, boundary = "http://www.penhallow-lifeboat.example/2009/04/herring-fleet/", "----MultipartBoundary--tide----"
    page = quopri.encodestring(sample("lifeboat/1907.html").encode()).replace(b"\n", b"\r\n")
    picture = png(48, 32, lambda x, y: (30 + x, 60 + 2 * y, 120))
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: The herring fleet\r\n"
        f"Date: Thu, 14 May 2020 12:34:56 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    parts = (
        ("text/html", "quoted-printable", url, page),
        ("image/png", "binary", "http://www.penhallow-lifeboat.example/images/fleet.png", picture),
    )
    body = b"".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n"
        f"Content-Location: {where}\r\n\r\n".encode()
        + data
        + b"\r\n"
        for kind, coding, where, data in parts
    )
    return head.encode() + body + f"--{boundary}--\r\n".encode()
