"""Small archive files for tests, written with warcio."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PROSE = (
    "The harbour office opens at eight, and the tide tables for the month hang beside its door. "
    "Boats that mean to leave before noon should ask there first, since the bar is dangerous at low water."
)


def page(title: str, body: str = PROSE) -> bytes:
    """A page of a menu, a heading, prose and a footer."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body>"
        "<ul class=menu><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/map>Map</a></ul>"
        f"<h1>{title}</h1><p>{body}</p><h2>Tides</h2><p>{PROSE}</p><div class=footer>Top of page</div></body></html>"
    ).encode()


def warc(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    """A record-gzip WARC: a warcinfo, a record a row (``url, payload, date, status, media_type, headers, kind``)."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        _write(writer, writer.create_warcinfo_record(path.name, {"software": "endleaf's tests"}))
        for row in rows:
            kind = str(row.get("kind", "response"))
            media_type = str(row.get("media_type", "text/html"))
            head = None
            if kind == "response":
                head = StatusAndHeaders(
                    str(row.get("status", "200 OK")),
                    [("Content-Type", media_type), *row.get("headers", ())],  # type: ignore[misc]
                    protocol="HTTP/1.1",
                )
            record = writer.create_warc_record(
                str(row["url"]),
                kind,
                payload=io.BytesIO(bytes(row.get("payload", b""))),  # type: ignore[call-overload]
                http_headers=head,
                warc_content_type="text/plain" if kind != "response" else "",
                warc_headers_dict={"WARC-Date": str(row.get("date", "2004-06-28T05:06:32Z"))},
            )
            _write(writer, record)
    return path


def _write(writer: WARCWriter, record: ArcWarcRecord) -> None:
    writer.write_record(record)
    record.raw_stream.close()  # warcio leaves its temporary file open
