"""Every kind of finding: how grave it is, which section of a standard it is about, and what it means."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "warning", "note"]


class Code(NamedTuple):
    """One kind of finding."""

    level: Level
    standard: str | None
    meaning: str


CODES: dict[str, Code] = {
    # ------------------------------------------------------------ structure
    "unreadable": Code("error", None, "nothing in the file can be read"),
    "truncated": Code("error", None, "the file, a gzip member or a record ends too early"),
    "gzip-damaged": Code("error", None, "a gzip member's data, CRC or size is wrong"),
    "not-a-record": Code("error", None, "bytes between two records that are none"),
    "bad-length": Code("error", "WARC 1.1, 5.3", "the Content-Length is missing, no number, or not the block's"),
    "bad-head": Code("error", "WARC 1.1, 4", "the record's header cannot be read as one"),
    "field-twice": Code("error", "WARC 1.1, 5.1", "a field that tells the record is stated twice, differently"),
    "damaged": Code("error", None, "another place that could not be read"),
    "gzip-whole": Code("warning", "WARC 1.1, Annex D", "several records in one gzip member: none can be reached alone"),
    # -------------------------------------------------------------- payload
    "payload-lost": Code("error", None, "part of a payload cannot be had: a cut body, a bomb, a broken coding"),
    "payload-coding": Code("warning", "RFC 9110, 8.4", "a coding is not as the HTTP head says; the bytes are kept"),
    "payload-partial": Code("note", "WARC 1.1, 5.15", "the crawler itself kept only a part"),
    "http-head": Code("warning", "RFC 9112, 2", "an HTTP record with no HTTP head, or one with no end"),
    "http-length": Code("warning", "RFC 9110, 8.6", "the HTTP Content-Length is not the body's"),
    # -------------------------------------------------------------- digests
    "digest-mismatch": Code("error", "WARC 1.1, 5.8 and 5.9", "a digest is not that of the bytes"),
    "digest-malformed": Code(
        "error", "WARC 1.1, 5.8", "a digest that no bytes can have: it is not of the algorithm's form"
    ),
    "digest-unknown": Code("warning", "WARC 1.1, 5.8", "a digest of an algorithm that is not known here"),
    "digest-other": Code("warning", "WARC 1.1, 5.9", "a digest of other bytes than the standard names"),
    # ------------------------------------------------------- mandatory fields
    "no-type": Code("error", "WARC 1.1, 5.5", "no WARC-Type: what the record is cannot be known"),
    "no-date": Code("error", "WARC 1.1, 5.4", "no WARC-Date: when it was captured cannot be known"),
    "no-target-uri": Code("error", "WARC 1.1, 5.14", "no WARC-Target-URI: what was captured cannot be known"),
    "no-record-id": Code("warning", "WARC 1.1, 5.2", "no WARC-Record-ID: nothing can refer to the record"),
    "no-content-type": Code("warning", "WARC 1.1, 5.6", "a block of no stated type"),
    "no-profile": Code("warning", "WARC 1.1, 5.18", "a revisit that does not say what was found to be the same"),
    "no-segment": Code("warning", "WARC 1.1, 5.20", "a segment that states no number, or not whose it is"),
    # ---------------------------------------------------------- odd fields
    "unknown-version": Code("warning", "WARC 1.1, 4", "a version that no standard has, or in small letters"),
    "unknown-type": Code("warning", "WARC 1.1, 5.5", "a WARC-Type that the standard does not name, or in capitals"),
    "line-ends": Code("warning", "WARC 1.1, 4", "lines of the header end with LF alone, or a bare CR"),
    "header-line": Code("warning", "WARC 1.1, 4", "a header line with no colon, a folded one, or a blank before it"),
    "header-bytes": Code("warning", "WARC 1.1, 4", "a header with bytes that are no UTF-8, or control characters"),
    "repeated-field": Code("warning", "WARC 1.1, 5.1", "a field that may be stated once is stated again"),
    "field-not-for-type": Code("warning", "WARC 1.1, 5", "a field that records of the type shall not have"),
    "odd-date": Code("warning", "WARC 1.1, 5.4", "a date of another form, with fractions before WARC 1.1, or unlikely"),
    "odd-uri": Code("warning", "WARC 1.1, 5.14", "an address in angle brackets, with blanks, or that is no URI"),
    "odd-record-id": Code("warning", "WARC 1.1, 5.2", "a record id that is no URI in angle brackets"),
    "odd-value": Code("warning", "WARC 1.1, 5", "a value that the standard does not have for the field"),
    # ------------------------------------------------------- across records
    "duplicate-id": Code("warning", "WARC 1.1, 5.2", "two records of one WARC-Record-ID"),
    "revisit-dangling": Code("warning", "WARC 1.1, 6.7", "the payload that a revisit stands for is in no source given"),
    "revisit-contradicted": Code("error", "WARC 1.1, 6.7", "the record that a revisit names states another digest"),
    "segment-dangling": Code("error", "WARC 1.1, 7", "a segment whose first is in no source given"),
    "no-warcinfo": Code("note", "WARC 1.1, 6.2", "the file does not begin with a record that describes it"),
    # ---------------------------------------------------------------- index
    "cdx-line": Code("error", None, "a line of an index that cannot be read"),
    "cdx-offset": Code("error", None, "no record starts where an index says, or another capture does"),
    "cdx-length": Code("error", None, "the length in an index is not the record's"),
    "cdx-digest": Code("error", None, "the digest in an index is not the record's"),
    "cdx-field": Code("warning", None, "the status or media type in an index is not the record's"),
    "cdx-order": Code("warning", None, "lines of an index that are not in byte order: a search misses some"),
    "cdx-missing": Code("warning", None, "captures of an indexed file that the index does not list"),
    "cdx-file-absent": Code("note", None, "an index names files that are not among the sources"),
    # ----------------------------------------------------------------- WACZ
    "wacz-package": Code("error", "WACZ 1.1.1, 5.2", "datapackage.json is missing, or not as it must be"),
    "wacz-hash": Code("error", "WACZ 1.1.1, 5.2.2", "a file, or datapackage.json, is not the one that was hashed"),
    "wacz-missing": Code("error", "WACZ 1.1.1, 5.2.2", "the package lists a file that is not in it"),
    "wacz-extra": Code("error", "WACZ 1.1.1, 5.2.2", "a file that the package does not list: nothing vouches for it"),
    "wacz-member": Code(
        "error", "APPNOTE 4.4", "a zip member that is encrypted, doubled, misplaced, or named to escape"
    ),
    "wacz-stored": Code("warning", "WACZ 1.1.1, 5.1", "a WARC or a gzip index that the zip has compressed again"),
    "wacz-pages": Code(
        "warning", "WACZ 1.1.1, 5.2.4", "a line of the page list that cannot be read, or misses a field"
    ),
    "wacz-page-absent": Code("warning", "WACZ 1.1.1, 5.2.4", "a listed page that no WARC in the package has"),
    "wacz-index": Code("warning", "WACZ 1.1.1, 5.2.3", "the package has no index, or an empty one"),
    # ---------------------------------------------------------------- BagIt
    "bag-declaration": Code("error", "RFC 8493, 2.1.1", "bagit.txt is missing, or not the two lines it must be"),
    "bag-structure": Code("error", "RFC 8493, 2.1", "a bag with no data folder, or no payload manifest"),
    "bag-line": Code("error", "RFC 8493, 2.1.3", "a line of a manifest or of fetch.txt that cannot be read"),
    "bag-escape": Code("error", "RFC 8493, 5.1", "a path that leads out of the bag: it is not followed"),
    "bag-missing": Code("error", "RFC 8493, 3", "a file that a manifest lists is not there"),
    "bag-unfetched": Code("error", "RFC 8493, 2.2.3", "a file that fetch.txt says is still to be fetched"),
    "bag-extra": Code("error", "RFC 8493, 3", "a payload file that a manifest does not list"),
    "bag-checksum": Code("error", "RFC 8493, 3", "a file is not the one whose checksum was taken"),
    "bag-oxum": Code("error", "RFC 8493, 2.2.2", "the payload is not of the size and number that Payload-Oxum states"),
    "bag-algorithm": Code("warning", "RFC 8493, 2.4", "a manifest of an algorithm that is not known here: not checked"),
    "bag-form": Code("warning", "RFC 8493, 2", "against the standard, and read nonetheless"),
}
"""By code. The code is a promise: scripts read it. ``docs/verify.md`` says of each what to do."""
