"""WARC records and bags for tests, byte by byte: what is wrong with each is said where it is made."""

from __future__ import annotations

import base64
import hashlib
import zlib
from pathlib import Path

BODY = b"<title>The harbour</title><p>The tide tables hang beside the door."
URL = "http://harbour.example/"
DATE = "2004-06-28T05:06:32Z"

Fields = dict[str, str | None]


def sha1(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def identity(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>"


def http(body: bytes = BODY, head: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body


def record(kind: str = "response", number: int = 1, block: bytes | None = None, **fields: str | None) -> bytes:
    """A record without fault, but for the fields given: ``warc_date=None`` leaves WARC-Date out."""
    block = http() if block is None else block
    stated: Fields = {
        "version": "WARC/1.1",
        "WARC-Type": kind,
        "WARC-Record-ID": identity(number),
        "WARC-Date": DATE,
        "WARC-Target-URI": None if kind == "warcinfo" else URL,
        "WARC-Block-Digest": sha1(block),
        "Content-Type": {"warcinfo": "application/warc-fields"}.get(kind, "application/http; msgtype=response"),
        "Content-Length": str(len(block)),
    }
    names = {name.lower().replace("-", "_"): name for name in stated}
    for key, value in fields.items():
        stated[names.get(key, key.replace("_", "-").title().replace("Warc", "WARC"))] = value
    lines = [f"{name}: {value}" for name, value in stated.items() if name != "version" and value is not None]
    return "\r\n".join([str(stated["version"]), *lines, "", ""]).encode() + block + b"\r\n\r\n"


def info() -> bytes:
    return record("warcinfo", 0, b"software: endleaf's tests\r\n")


def packed(*records: bytes) -> bytes:
    """Each in a gzip member of its own."""
    return b"".join(zipped(each) for each in records)


def zipped(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


def bag(root: Path, files: dict[str, bytes], algorithm: str = "sha256") -> Path:
    """A bag without fault."""
    for name, data in files.items():
        (root / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "data" / name).write_bytes(data)
    (root / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    octets = sum(map(len, files.values()))
    (root / "bag-info.txt").write_text(
        f"Source-Organization: A harbour\n  and its office\nPayload-Oxum: {octets}.{len(files)}\n"
    )
    lines = [f"{hashlib.new(algorithm, data).hexdigest()}  data/{name}\n" for name, data in files.items()]
    (root / f"manifest-{algorithm}.txt").write_text("".join(lines))
    return retagged(root, algorithm)


def retagged(root: Path, algorithm: str = "sha256") -> Path:
    """The tag manifest written anew, after a tag file was changed."""
    tags = sorted(path for path in root.glob("*.txt") if not path.name.startswith("tagmanifest"))
    lines = [f"{hashlib.new(algorithm, path.read_bytes()).hexdigest()}  {path.name}\n" for path in tags]
    (root / f"tagmanifest-{algorithm}.txt").write_text("".join(lines))
    return root
