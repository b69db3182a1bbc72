"""The sample archives of ``archives/``, made from the pages of ``bench/samples/``: the same bytes every time.

    python -m bench.make_archives [--to archives]

The pages are written for this project; their organisations and people do not exist. What an archive or a saver
adds to a page is written here in the form that facts about real pages show, and no more of it than a reader of
archives meets.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench.sample_files import herring, lantern
from bench.sample_pages import inserted, replayed, sample
from bench.sample_sites import garden, harbour, slipway

UKGWA_NOTICE = """
<div id="tna-archive-notice"><p>This snapshot, taken on <strong>28/06/2004</strong>, shows web content acquired for \
preservation by The National Archives. External links, forms and search may not work in archived websites and contact \
details are likely to be out of date.</p><p>&nbsp;</p><p>&nbsp;</p>
<p>The UK Government Web Archive does not use cookies but some may be left in your browser from archived websites.</p>
</div>
"""


def ukgwa() -> bytes:
    """A department's page of 2004 in the UK Government Web Archive, as a browser saved it."""
    url, prefix = (
        "http://www.dch.gov.example/safety/lights",
        "http://webarchive.nationalarchives.gov.uk/20040628050632/",
    )

    def replay(_attribute: str, _start: str, original: str) -> str:
        return prefix + original.replace("://", ":/", 1)  # the archive's server folds the slashes

    own = replay("", "", url)
    html = replayed(sample("coasts/lights.html"), url, replay)
    html = inserted(html, r"<!DOCTYPE[^>]*>\s*", f"<!-- saved from url=({len(own):04d}){own} -->\n")
    return inserted(html, r"<body[^>]*>", UKGWA_NOTICE).encode("iso-8859-1")


WAYBACK_HEAD = """<script src="//archive.org/includes/analytics.js?v=cf34f82" type="text/javascript"></script>
<script type="text/javascript" src="/_static/js/bundle-playback.js?v=UfTkgsKx" charset="utf-8"></script>
<script type="text/javascript" src="/_static/js/wombat.js?v=UHAOicsW" charset="utf-8"></script>
<script type="text/javascript">
  __wm.init("https://web.archive.org/web");
  __wm.wombat("{url}","{stamp}","https://web.archive.org/","web","/_static/",
              "1242304496");
</script>
<link rel="stylesheet" type="text/css" href="/_static/css/banner-styles.css?v=omkqRugM" />
<link rel="stylesheet" type="text/css" href="/_static/css/iconochive.css?v=qtvMKcIJ" />
<!-- End Wayback Rewrite JS Include -->
"""
WAYBACK_TOOLBAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT -->
<script>__wm.rw(0);</script>
<div id="wm-ipp-base" lang="en" style="display:none;direction:ltr;"><div id="wm-ipp"><div id="wm-ipp-inside">
<a href="/web/" title="Wayback Machine home page">Wayback Machine</a>
<form method="get" action="/web/submit" name="wmtb" id="wmtb">
<input type="text" name="url" id="wmtbURL" value="{url}" />
<input type="hidden" name="date" value="{stamp}" /><input type="submit" value="Go" /></form>
<div id="wm-capinfo">7 captures<br />14 May 2009 - 3 Feb 2012</div>
</div></div></div>
<!-- END WAYBACK TOOLBAR INSERT -->
"""
WAYBACK_END = """<!--
     FILE ARCHIVED ON 12:34:56 May 14, 2009 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 09:15:02 Nov 03, 2021.
     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.
-->
<!--
playback timings (ms):
  captures_list: 112.5
  load_resource: 84.25
-->
"""


def wayback() -> bytes:
    """A society's blog of 2009, saved from the Wayback Machine in 2021."""
    url, stamp = "http://www.penhallow-lifeboat.example/2009/04/herring-fleet/", "20090514123456"

    def replay(attribute: str, start: str, original: str) -> str:
        kind = "im_" if attribute == "src" else "cs_" if "stylesheet" in start else ""
        return f"{'' if kind else 'https://web.archive.org'}/web/{stamp}{kind}/{original}"

    html = replayed(sample("lifeboat/1907.html"), url, replay)
    html = inserted(html, r"<head[^>]*>", WAYBACK_HEAD.format(url=url, stamp=stamp))
    html = inserted(html, r"<body[^>]*>", WAYBACK_TOOLBAR.format(url=url, stamp=stamp))
    return (html + WAYBACK_END).encode()


def lighthouse() -> bytes:
    """A page of 1997 in Windows' character set and line ends, saved by a browser of its time."""
    url = "http://home.lantern.example/ed/"
    html = f"<!-- saved from url=({len(url):04d}){url} -->\n" + sample("lighthouse/index.html")
    return html.replace("\n", "\r\n").encode("windows-1252")


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "coasts-lights-2004.html": ukgwa,
    "coasts-fog-signals-2004.txt": lambda: sample("coasts/fog-signals.txt").encode(),
    "harbour-office.warc.gz": harbour,
    "lantern-1997.arc.gz": lantern,
    "lifeboat-2009.html": wayback,
    "lifeboat-2020.mhtml": herring,
    "lighthouse-1997.html": lighthouse,
    "salt-garden.wacz": garden,
    "slipway-frames.warc.gz": slipway,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).resolve().parents[1] / "archives")
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in ARCHIVES.items():
        data = make()
        (folder / name).write_bytes(data)
        print(f"{len(data):>7,} {folder / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
