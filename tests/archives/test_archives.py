"""The sample archives: made again byte for byte, valid, small, and each with its line in the README."""

from __future__ import annotations

import gzip
import json
import quopri
import re
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from fastwarc.stream_io import GzipReader
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import WARCIterator

from bench import make_archives

FOLDER = Path(__file__).resolve().parents[2] / "archives"
NAMES = sorted(make_archives.ARCHIVES)
zlib_s_own = pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng packs the same bytes otherwise")


@pytest.mark.parametrize("name", NAMES)
def test_is_made_alike_twice(name: str) -> None:
    assert make_archives.ARCHIVES[name]() == make_archives.ARCHIVES[name]()


@zlib_s_own
@pytest.mark.parametrize("name", NAMES)
def test_is_what_the_script_makes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == make_archives.ARCHIVES[name](), "run: python -m bench.make_archives"


def test_all_are_told_of_and_small() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md"}
    told = set(re.findall(r"^\| `([^`]+)` \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE))
    assert files == told == set(NAMES)
    assert sum((FOLDER / name).stat().st_size for name in files) < 200_000


@pytest.mark.parametrize("name", NAMES)
def test_hosts_are_no_one_s(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    if name.endswith(".mhtml"):
        data = quopri.decodestring(data)
    hosts = set(re.findall(rb"https?:/+([a-z0-9.-]+)", data))
    archives = {b"web.archive.org", b"archive.org", b"webarchive.nationalarchives.gov.uk"}
    names = {b"purl.org", b"www.w3.org", b"gmpg.org", b"schema.org", b"netpreserve.org"}  # of vocabularies
    assert {host for host in hosts - archives - names if not host.endswith(b".example")} == set()


def test_the_warc_is_whole() -> None:
    data = (FOLDER / "harbour-office.warc.gz").read_bytes()
    lines = len(re.findall(rb"^WARC/1\.1\r\n", gzip.decompress(data), re.MULTILINE))
    records = WARCIterator(BytesIO(data), check_digests="raise")
    types = [record.rec_type for record in records if record.content_stream().read() is not None]
    fast = [str(record.record_type) for record in ArchiveIterator(GzipReader(BytesIO(data)), parse_http=False)]
    assert len(types) == len(fast) == lines == 43
    assert {kind: types.count(kind) for kind in set(types)} == {
        "warcinfo": 2, "response": 16, "request": 20, "revisit": 4, "metadata": 1,
    }  # fmt: skip


def test_the_wacz_says_what_it_holds() -> None:
    with ZipFile(FOLDER / "salt-garden.wacz") as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
        assert all(info.compress_type == ZIP_STORED for info in archive.infolist())
    described = members.pop("datapackage.json")
    digest = json.loads(members.pop("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{sha256(described).hexdigest()}"
    package = json.loads(described)
    assert package["wacz_version"] == "1.1.1"
    assert {one["path"]: one["hash"] for one in package["resources"]} == {
        path: f"sha256:{sha256(data).hexdigest()}" for path, data in members.items()
    }
    index = members["indexes/index.cdxj"].decode().splitlines()
    assert index == sorted(index)
    for line in index:
        _, timestamp, about = line.split(" ", 2)
        entry = json.loads(about)
        start, length = int(entry["offset"]), int(entry["length"])
        record = gzip.decompress(members[f"archive/{entry['filename']}"][start : start + length]).decode(
            "utf-8", "replace"
        )
        assert f"WARC-Target-URI: {entry['url']}\r\n" in record
        assert re.sub(r"\D", "", record.partition("WARC-Date: ")[2][:20]) == timestamp
    listed = [json.loads(line) for line in members["pages/pages.jsonl"].splitlines()]
    assert {page["url"] for page in listed[1:]} <= {json.loads(line.split(" ", 2)[2])["url"] for line in index}
