"""The archives known by name: facts, no logic.

An archive is known by the host it replays on (a host stands for its subdomains
too) or, where one host serves several archives, by the first step of the path.
Hosts that are gone stay: saved pages still name them.
"""

from __future__ import annotations

from typing import NamedTuple


class Archive(NamedTuple):
    """An archive: the name a reader knows, and the hosts (or host/step) its replays stand on."""

    name: str
    hosts: tuple[str, ...] = ()


ARCHIVES: dict[str, Archive] = {
    "ukgwa": Archive(
        "UK Government Web Archive",
        (
            "webarchive.nationalarchives.gov.uk",
            "yourarchives.nationalarchives.gov.uk",
            "collection.europarchive.org/tna",
            "collections.europarchive.org/tna",
            "collections.internetmemory.org/tna",
        ),
    ),
    "uk-parliament": Archive("UK Parliament Web Archive", ("webarchive.parliament.uk",)),
    "proni": Archive(
        "PRONI Web Archive",
        (
            "webarchive.proni.gov.uk",
            "collection.europarchive.org/proni",
            "collections.europarchive.org/proni",
            "collections.internetmemory.org/proni",
        ),
    ),
    "nrs": Archive(
        "National Records of Scotland Web Archive",
        (
            "webarchive.nrscotland.gov.uk",
            "collection.europarchive.org/nrs",
            "collections.europarchive.org/nrs",
            "collections.internetmemory.org/nrs",
        ),
    ),
    "nli": Archive(
        "National Library of Ireland Web Archive",
        (
            "collection.europarchive.org/nli",
            "collections.europarchive.org/nli",
            "collections.internetmemory.org/nli",
        ),
    ),
    "haeu": Archive(
        "Historical Archives of the European Union Web Archive",
        ("collections.europarchive.org/haeu", "collections.internetmemory.org/haeu"),
    ),
    "commoncrawl": Archive("Common Crawl", ("data.commoncrawl.org", "index.commoncrawl.org")),
    "cern": Archive("CERN Web Archive", ("collections.europarchive.org/cern", "collections.internetmemory.org/cern")),
    "europarchive": Archive(
        "European Archive",
        ("collection.europarchive.org", "collections.europarchive.org", "collections.internetmemory.org"),
    ),
    "wayback": Archive(
        "Internet Archive Wayback Machine",
        (
            "web.archive.org",
            "replay.web.archive.org",
            "replay.waybackmachine.org",
            "wayback.archive.org",
            "waybackmachine.org",
            "liveweb.archive.org",
            "archive.org",
        ),
    ),
    "archive-it": Archive("Archive-It", ("wayback.archive-it.org", "archive-it.org")),
    "ukwa-bl": Archive(
        "UK Web Archive (British Library)", ("webarchive.org.uk", "beta.webarchive.org.uk", "bl.uk/wayback")
    ),
    "arquivo.pt": Archive("Arquivo.pt", ("arquivo.pt", "arquivo-web.fccn.pt")),
    "stanford-swap": Archive("Stanford Web Archive Portal", ("swap.stanford.edu",)),
    "awa": Archive(
        "Australian Web Archive",
        ("webarchive.nla.gov.au", "web.archive.org.au", "web.archive.nla.gov.au"),
    ),
    "pandora": Archive("PANDORA, Australia's Web Archive", ("pandora.nla.gov.au",)),
    "archive.today": Archive(
        "archive.today",
        ("archive.today", "archive.is", "archive.fo", "archive.li", "archive.vn", "archive.md", "archive.ph"),
    ),
    "perma": Archive("Perma.cc", ("perma.cc", "perma-archives.org")),
    "webcite": Archive("WebCite", ("webcitation.org",)),
    "google-cache": Archive("Google cache", ("webcache.googleusercontent.com",)),
    "solrwayback": Archive("SolrWayback"),
    "openwayback": Archive("Web archive (OpenWayback)"),
    "pywb": Archive("Web archive (pywb)"),
    "memento": Archive("Web archive (Memento)"),
    "replay": Archive("Web archive"),
    "loc": Archive("Library of Congress Web Archive", ("webarchive.loc.gov", "webarchives.loc.gov")),
    "nara": Archive("US National Archives Web Harvest", ("webharvest.gov",)),
    "gc": Archive(
        "Government of Canada Web Archive",
        ("webarchive.bac-lac.gc.ca", "collectionscanada.gc.ca", "epe.lac-bac.gc.ca"),
    ),
    "iceland": Archive("Icelandic Web Archive", ("wayback.vefsafn.is", "vefsafn.is")),
    "bibalex": Archive("Bibliotheca Alexandrina Web Archive", ("web.archive.bibalex.org", "archive.bibalex.org")),
    "nlnz": Archive("New Zealand Web Archive", ("ndhadeliver.natlib.govt.nz",)),
    "austria": Archive("Web Archive Austria", ("webarchiv.onb.ac.at",)),
    "aueb": Archive(
        "Web Archive of the Athens University of Economics and Business", ("archive.aueb.gr", "83.212.204.92")
    ),
    "bavaria": Archive("Bavarian State Library Web Archive", ("langzeitarchivierung.bib-bvb.de",)),
    "padicat": Archive("Web Archive of Catalonia (PADICAT)", ("wayback.padicat.cat", "padicat.cat")),
    "estonia": Archive("Estonian Web Archive", ("veebiarhiiv.digar.ee",)),
    "italy": Archive("Deposito Legale, Italy's Web Archive", ("wayback.depositolegale.it", "depositolegale.it")),
    "croatia": Archive("Croatian Web Archive", ("haw.nsk.hr",)),
    "rhizome": Archive("Rhizome Webenact", ("webenact.rhizome.org",)),
    "singapore": Archive("Web Archive Singapore", ("eresources.nlb.gov.sg",)),
    "slovenia": Archive("Slovenian Web Archive", ("nukrobi2.nuk.uni-lj.si", "arhiv.nuk.uni-lj.si")),
    "webrecorder": Archive("Conifer (Webrecorder)", ("webrecorder.io", "conifer.rhizome.org")),
    "york": Archive("York University Web Archive", ("digital.library.yorku.ca",)),
}
"""Archive id -> archive. Software with no host of its own (pywb, OpenWayback, SolrWayback) runs at many archives."""

_BY_HOST: dict[str, str] = {host: key for key, archive in ARCHIVES.items() for host in archive.hosts}


def archive_at(host: str, path: str = "/") -> str | None:
    """The id of the archive that replays on a host (any case, port or none) and path; None if it is none known.

    >>> archive_at("webarchive.nationalarchives.gov.uk")
    'ukgwa'
    >>> archive_at("collections.europarchive.org", "/nli/2011/http://x/")
    'nli'
    >>> archive_at("www.webarchive.org.uk:443")
    'ukwa-bl'
    """
    host = host.lower().partition(":")[0]
    host = host.removeprefix("www.")
    step = path[1:].partition("/")[0]
    return _BY_HOST.get(f"{host}/{step}") or _BY_HOST.get(host)


def archive_of(url: str) -> str | None:
    """The id of the archive whose host a URL (or a replay's prefix) stands on; None if it is none known.

    >>> archive_of("//web.archive.org/web/2012/http://example.org/")
    'wayback'
    >>> archive_of("/web/2012/http://example.org/") is None
    True
    """
    host, _, path = url.partition("//")[2].partition("/")
    return archive_at(host, "/" + path) if url[:2] == "//" or url[:4].lower() == "http" else None
