"""Savers and archives that the page does not show, and the file it came in tells: whose MHTML, fetched from where."""

from __future__ import annotations

from endleaf.banners.clues import Clues
from endleaf.banners.layers import SAVERS, Layer, Rank
from endleaf.replay_hosts import ARCHIVES, archive_of


def saved_file(clues: Clues) -> Layer | None:
    """The program that wrote an MHTML file or a web archive of Safari's, as the file's own head says."""
    known = clues.capture.provenance
    if known.container not in SAVERS or not clues.saver:
        return None
    layer = Layer(known.container)
    for piece in clues.saver:
        layer.says(Rank.COMMENT, "archive", piece.value, piece.where)
    if known.captured_at:
        layer.says_time(Rank.COMMENT, known.captured_at.iso, "the file's head", known.captured_at)
    if known.url:
        layer.says_url(Rank.COMMENT, known.url, "the file's head")
    return layer


def fetched(clues: Clues) -> Layer | None:
    """The archive that ``endleaf fetch`` had a capture from, as the warcinfo record of its file says.

    An archive that was given by its base URL alone, and is known by no host, has no name.
    """
    told = clues.fetched
    if not told:
        return None
    named, base = told["archive"], told.get("archive-url", "")
    layer = Layer(named if named in ARCHIVES else archive_of(base) or "replay")
    layer.says(Rank.HTTP, "archive", told.get("ispartof") or base, "warcinfo")
    known = clues.capture.provenance
    if known.captured_at:
        layer.says_time(Rank.HTTP, known.captured_at.iso, "the record", known.captured_at)
    if known.url:
        layer.says_url(Rank.HTTP, known.url, "the record")
    return layer
