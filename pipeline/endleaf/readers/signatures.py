"""What a file is, told from its first bytes; its name only helps where the bytes could be two things."""

from __future__ import annotations

import mimetypes
import re
import zlib
from pathlib import PurePath

from endleaf.errors import UnreadableSource
from endleaf.readers.disk import Disk
from endleaf.readers.feeds import next_start
from endleaf.readers.frames import dictionary_place, is_skippable, packing_of
from endleaf.readers.packings import GZIP, ZSTD, Broken
from endleaf.readers.source import Source
from endleaf.readers.zipdir import has_directory, names

HEAD = 8192
"""Bytes looked at."""

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"BZh", "bz2"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (ZSTD.magic, "zstd"),
    (b"\xfd7zXZ", "xz"),
)

TEXTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*WARC/[0-9.]*[ \t\r]*(?:\n|\Z)", re.IGNORECASE), "warc"),
    (re.compile(rb"filedesc://"), "arc"),
    (
        re.compile(
            rb"[\s\xef\xbb\xbf]*(?:[\w-]+:[^\r\n]*[\r\n]+(?:[ \t][^\r\n]*[\r\n]+)*)*?"
            rb"(?:MIME-Version:|Content-Type:[ \t]*multipart/)[^\0]{0,4000}?"
            rb"(?:multipart/(?:related|alternative|mixed)|text/html)",
            re.IGNORECASE,
        ),
        "mhtml",
    ),
    (re.compile(rb"[\s\xef\xbb\xbf]*\{\s*\"log\"\s*:"), "har"),
    (re.compile(rb" CDX [A-Za-z]|!(?:OpenWayback|meta|context|id|fields)\b|[^\s<>{}]+\)[^\s<>]* \d{14} "), "cdx"),
    (re.compile(rb"\s*<\?xml[^\0]{0,600}<plist[^\0]{0,600}WebMainResource"), "webarchive"),
    (re.compile(rb"bplist00.*?WebMainResource", re.DOTALL), "webarchive"),
)

UNREAD: dict[str, tuple[str, str]] = {
    "zstd": ("a Zstandard file of no web archive", "unpack it first, for example with `zstd -d`"),
}
"""What this version knows by sight and does not read: its name, and what to do."""

_USTAR = 257
"""Where a tar file's first header has its mark (POSIX.1-1988)."""
_LOCAL_NAME = 30
"""Where the first name of a zip stands (APPNOTE 4.3.7)."""
_DOCUMENTS = (b"[Content_Types].xml", b"mimetype", b"META-INF/")
"""What comes first in a zip that is one document or program: Office, OpenDocument and EPUB, Java."""

_SPACES = b"\xef\xbb\xbf \t\r\n\f"
_SURE = re.compile(rb"<!doctype html|<html[\s>]|<\?xml[^\0]{0,1000}?<html[\s>]", re.IGNORECASE)
_XML = re.compile(rb"<\?xml|<svg[\s>]|<rss[\s>]|<feed[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|html|head|title|meta|body|script|style|link|base|table|div|span|p|a|h[1-6]|br|hr|ul|ol|"
    rb"font|center|b|i|img|pre|form|frameset|iframe|article|main|section|header|nav)(?=[\s>/]|--)",
    re.IGNORECASE,
)
_TYPES = mimetypes.MimeTypes()  # the built-in table, not the machine's
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_SERVED = frozenset((".shtml", ".asp", ".aspx", ".php", ".jsp", ".cfm"))
"""Names under which servers made pages, and mirroring tools saved them."""

_NOTES = frozenset((".md", ".markdown", ".rst"))
"""What people write beside a collection."""

_RESOURCES = frozenset(("text/css", "text/csv", "text/javascript", "application/javascript", "application/json"))
"""What lies beside a saved page; a style sheet or script may begin with a comment as a page does."""

_WIDE = 0.7
"""Share of bytes that are not NUL, below which a page is UTF-16: markup alone makes it one half."""

_WARC_NAME = re.compile(r"\.warc(?:\.gz|\.zst)?(?:\.open)?$|\.(?:wet|wat)(?:\.gz)?$", re.IGNORECASE)
_CLAIMS = re.compile(
    r"\.(?:(?:warc|arc|wet|wat|har)(?:\.gz|\.zst)?(?:\.open)?|wacz|mht|mhtml|webarchive)$", re.IGNORECASE
)
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEARCH = 1 << 20
"""How far into a damaged WARC its first record may lie, 1 MiB."""


def container_of(source: Source) -> str:
    """The name of the reader for a source.

    Raises UnreadableSource, with what to do, for what cannot be read.
    """
    try:
        return _named(source.name, source.path, source.disk)
    except OSError as error:
        raise UnreadableSource(f"{source.name} cannot be read: {error.strerror}") from error


def _named(shown: str, path: PurePath, disk: Disk) -> str:
    kind = kind_of(disk.peek(0, HEAD), path.name)
    if (kind == "zstd" or (kind != "warc" and _WARC_NAME.search(path.name))) and _late_record(shown, disk):
        return "warc"
    if kind == "text" and path.suffix.lower() in (".cdx", ".cdxj"):
        kind = "cdx"
    if kind == "zip" and disk.peek(_LOCAL_NAME, HEAD).startswith(_DOCUMENTS):
        return "file"
    if kind == "html" and disk.size > HEAD and has_directory(disk):
        return "zip"  # SingleFile's self-extracting form: a page before a zip
    if kind == "zip" and (path.suffix.lower() == ".wacz" or _is_wacz(disk)):
        return "wacz"
    if kind == "empty":
        raise UnreadableSource(f"{shown} is empty")
    if (kind in ("file", "text", "gzip") and _CLAIMS.search(path.name)) or (kind == "html" and path.suffix == ".wacz"):
        raise UnreadableSource(f"{shown} is not what its name says: nothing of a web archive is found in it")
    if kind in UNREAD:
        what, advice = UNREAD[kind]
        raise UnreadableSource(f"{shown} is {what}, which this version does not read: {advice}")
    return kind


def kind_of(head: bytes, name: str = "") -> str:
    """What bytes are, from how they begin.

    >>> kind_of(b"WARC/1.0\\r\\nWARC-Type: response\\r\\n")
    'warc'
    >>> kind_of(b"<!DOCTYPE html><title>A page</title>")
    'html'
    """
    if not head:
        return "empty"
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if is_skippable(head[:8]):
        return "zstd"
    if head[_USTAR : _USTAR + 5] == b"ustar":
        return "tar"
    if head.startswith(GZIP.magic):
        return _inside(head)
    for pattern, kind in TEXTS:
        if pattern.match(head):
            return kind
    return _page(head, name)


def _inside(head: bytes) -> str:
    """What a gzip file holds, in its first member that holds anything."""
    inner = b""
    while head.startswith(GZIP.magic) and not inner:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            inner = inflater.decompress(head, HEAD)
        except zlib.error:
            return "gzip"
        head = inflater.unused_data
    kind = "gzip" if inner.startswith(GZIP.magic) else kind_of(inner)
    return kind if kind in ("warc", "arc", "cdx", "har") else "gzip"


def _page(head: bytes, name: str) -> str:
    """HTML, text, or any other file."""
    for bom, codec in _BOMS:
        if head.startswith(bom):
            head = head.decode(codec, "replace").encode()
    narrow = head.replace(b"\0", b"").lstrip(_SPACES)
    if len(narrow) < _WIDE * len(head) and _MARKUP.match(narrow):
        return "html"  # UTF-16 without a mark
    start = head.lstrip(_SPACES)
    if _SURE.match(start):
        return "html"
    suggested = type_of(name)
    if suggested in _RESOURCES or (_XML.match(start) and suggested not in _PAGES):
        return "file"
    if _MARKUP.match(start):
        return "html"
    if _binary(head):
        return "file"
    served = suggested in _PAGES or PurePath(name).suffix.lower() in _SERVED
    if PurePath(name).suffix.lower() in _NOTES or (suggested or "").startswith("text/x-"):
        return "file"  # notes beside a collection, a program: text that may speak of markup
    return "html" if served or len(_MARKUP.findall(head)) > 2 else "text"


def type_of(name: str) -> str | None:
    """The media type that a file's name suggests, the same on every machine.

    >>> type_of("a/style.css"), type_of("page")
    ('text/css', None)
    """
    return _TYPES.guess_type(name)[0]


def _binary(head: bytes) -> bool:
    """Whether the bytes hold control characters that no text has (WHATWG MIME Sniffing, section 3)."""
    return re.search(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]", head) is not None


def _late_record(shown: str, disk: Disk) -> bool:
    """Whether a record lies after a start that is damaged, or is none of a record's."""
    try:
        packing = packing_of(disk)
    except Broken as error:
        raise UnreadableSource(f"{shown} cannot be unpacked: {error}") from error
    place = dictionary_place(disk) if packing.dictionary else None
    searched = disk.stretch(place.stop if place else 0, _SEARCH)
    return next_start(searched, 0, packing=packing) < searched.size


def _is_wacz(disk: Disk) -> bool:
    """Whether a zip holds what a WACZ holds; where its directory is lost, whether such names stand at the end."""
    if has_directory(disk):
        return "datapackage.json" in names(disk)
    tail = disk.peek(max(0, disk.size - _SEARCH), _SEARCH)
    return b"datapackage.json" in tail and b"archive/" in tail
