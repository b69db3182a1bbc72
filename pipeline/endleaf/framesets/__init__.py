"""Frameset pages (HTML 4.01, section 16): the captures of the frames stand in the page where the sources hold them.

slots    which frames a page has, and under which keys their captures are known
held     the frames' captures of a run, nearest in time to their framesets', in bounded memory
search   which frames the sources' pages have: found and held while the sources are looked through
graft    one tree put into another
stitch   a page with its frames in place

A frame that is not held is named: the page links to it, and says why.
"""

from __future__ import annotations

from endleaf.framesets.held import Frames
from endleaf.framesets.search import Search
from endleaf.framesets.stitch import Stitched, stitched

__all__ = ["Frames", "Search", "Stitched", "stitched"]
