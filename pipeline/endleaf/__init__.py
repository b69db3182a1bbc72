"""endleaf: from archived web snapshots to clean pages that keep their archive's banner.

for capture in endleaf.read("crawl.warc.gz"):
    page = endleaf.page_from(capture)
    print(endleaf.render(page, "text"))
"""

from endleaf.convert import convert
from endleaf.errors import EndleafError, NotAPage
from endleaf.explain import explain
from endleaf.readers import read
from endleaf.render import render
from endleaf.way import page_from

__version__ = "0.1.0"

__all__ = ["EndleafError", "NotAPage", "convert", "explain", "page_from", "read", "render"]
