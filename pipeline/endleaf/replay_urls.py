"""Replay URLs: one parser for every archive's way of writing "this URL, at this time".

Most archives write ``PREFIX/TIMESTAMP[MODIFIER]/URL`` (the Wayback Machine's
form, which OpenWayback, pywb and SolrWayback took over); a few have forms of
their own. An original URL comes back as it stood, but for what the replay did
to it: a collapsed ``http:/`` is repaired, an added ``:80`` dropped, and a
scheme that was left out is assumed to be ``http`` (and said to be so).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from endleaf.model import Moment
from endleaf.replay_hosts import archive_of


class Replay(NamedTuple):
    """What a replay URL says. ``prefix + timestamp + modifier + "/" + url`` is an equivalent replay URL."""

    archive_id: str | None
    """A key of :data:`endleaf.replay_hosts.ARCHIVES`; None for a replay on a host nobody knows."""
    prefix: str
    """Everything before the timestamp, with its slash: ``https://web.archive.org/web/``."""
    timestamp: str
    """4 to 14 digits; empty where the URL asks for any capture (``+``, ``*``, or none)."""
    modifier: str
    """``id_``, ``mp_``, ``im_`` …, or empty."""
    url: str
    """The original URL."""
    scheme: Literal["stated", "collapsed", "assumed"] = "stated"
    """Whether the original's scheme stood there whole, had lost a slash, or was missing."""
    given: str = ""
    """The replay URL as it was given."""

    @property
    def captured_at(self) -> Moment | None:
        """The timestamp as a moment, as precise as its digits."""
        return Moment.from_timestamp(self.timestamp)

    @property
    def host(self) -> str:
        """The replay's host, lower case, with its port; empty for a root-relative replay URL."""
        return self.prefix.partition("//")[2].partition("/")[0].lower() if "//" in self.prefix else ""

    @property
    def origin(self) -> str:
        """The replay's scheme and host; empty for a root-relative replay URL."""
        return self.prefix[: self.prefix.index("/", self.prefix.index("//") + 2)] if self.host else ""

    @property
    def view(self) -> str:
        """The replay URL a reader opens: as given, without a modifier."""
        return f"{self.prefix}{self.timestamp}/{self.url}" if self.modifier and self.timestamp else self.given


_HEAD = r"(?P<prefix>(?:(?:https?:)?//[^/?#\s\\]+)?/(?:[^?#\s:]*?/)??)"
_STAMP = r"(?P<stamp>\d{4,14}\*?|[+*])(?P<modifier>[a-z]{2,4}_)?/"
_STATED = r"(?P<url>(?:https?|ftp)(?::|%3A)(?:/|%2F)+[^/\s].*|(?:mailto|tel|sms|javascript|data|about|whatsapp):\S.*)"
_BARE = r"(?P<url>(?:[\w-]+\.)+[a-z][\w-]+(?::\d{1,5})?(?:[/?#].*)?)"

_STAMPED = re.compile(_HEAD + _STAMP + _STATED, re.IGNORECASE | re.DOTALL)
_UNSTAMPED = re.compile(_HEAD + r"(?P<stamp>)(?P<modifier>(?:[a-z]{2,4}_/)?)" + _STATED, re.IGNORECASE | re.DOTALL)
_BARE_URL = re.compile(_HEAD + _STAMP + _BARE, re.IGNORECASE | re.DOTALL)
# UKWAC and PANDORA: /pan/ID/YYYYMMDD[-HHMM]/host/path
_PAN = re.compile(
    r"(?P<prefix>(?:https?:)?//[^/?#\s]+/pan/\d+/)(?P<day>\d{8})(?:-(?P<minute>\d{4}))?/" + _BARE,
    re.IGNORECASE | re.DOTALL,
)
# archive.today: /o/HASH/URL, and /2013.05.08-132946/URL
_TODAY_LINK = re.compile(r"(?P<prefix>(?:https?:)?//[^/?#\s]+/o/\w+/)(?P<url>[^/\s].*)", re.IGNORECASE | re.DOTALL)
_TODAY_DATE = re.compile(
    r"(?P<prefix>(?:https?:)?//[^/?#\s]+/)(?P<stamp>\d{4}\.\d\d\.\d\d-\d{6})/" + _STATED,
    re.IGNORECASE | re.DOTALL,
)
_GOOGLE = re.compile(
    r"(?P<prefix>(?:https?:)?//[^/?#\s]+/search\?(?:[^#]*?&)?q=cache:(?:[\w-]{12}:)?)"
    r"(?P<url>[^+&\s]+)",
    re.IGNORECASE,
)
_WEBCITE = re.compile(
    r"(?P<prefix>(?:https?:)?//[^/?#\s]+/query\?)(?:[^#]*?&)?url=(?P<url>[^&]+)"
    r"(?:.*?&date=(?P<day>\d{4}-\d\d-\d\d))?",
    re.IGNORECASE,
)

_WEBCITE_ID = re.compile(r"(?P<prefix>(?:https?:)?//[^/?#\s]+/\w{9,13}\?)url=(?P<url>[^&]+)", re.IGNORECASE)

_SCHEME = re.compile(r"(https?|ftp)(:|%3A)((?:/|%2F)+)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z]{3,10}:(?!\d)", re.IGNORECASE)
_ADDED_PORT = re.compile(r"(?i)\A(?:(http://[^/?#@]*?):80|(https://[^/?#@]*?):443)(?=[/?#]|\Z)")
# A host nobody knows is taken for an archive where its path says so …
_SAYS_REPLAY = re.compile(r"(?i)archiv|wayback|replay|/web/|/warc/|/was/|memento|/all/")
# … or the timestamp is a date to the day at least.
_DATED = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# A collection's number is no year.
_IN_TIME = re.compile(r"(?:19|20)\d\d|[+*]")
_LONGEST = 16_384
"""Characters: twice the longest address that is any use, for an address within an address."""
_NO_REPLAY = ("/save/", "/timegate/", "/timemap/link/", "/screenshot/")


def parse_replay(url: str) -> Replay | None:
    """What a replay URL says; None where the URL is none. Never raises.

    Absolute, scheme-relative and root-relative replay URLs are read.

    >>> parse_replay("https://web.archive.org/web/20190717140047im_/http://example.org:80/a.png").url
    'http://example.org/a.png'
    >>> old = "http://webarchive.nationalarchives.gov.uk/20040628050632/http:/www.fco.gov.uk/servlet/Front?c=Page"
    >>> found = parse_replay(old)
    >>> found.archive_id, found.timestamp, found.url, found.scheme
    ('ukgwa', '20040628050632', 'http://www.fco.gov.uk/servlet/Front?c=Page', 'collapsed')
    >>> parse_replay("/web/2014mp_/http://www.iana.org/").prefix
    '/web/'
    >>> parse_replay("http://pandora.nla.gov.au/pan/10042/20040912-0000/www.example.org/x")[2:6]
    ('200409120000', '', 'http://www.example.org/x', 'assumed')
    >>> parse_replay("http://archive.today/o/pSSpa/www.example.org/en/").url
    'http://www.example.org/en/'
    >>> parse_replay("https://example.org/2004/06/a-post-about-http://") is None
    True
    """
    if not _may_be_replay(url):
        return None
    own = _own_form(url)
    if own is not None:
        return own
    found = _STAMPED.match(url)
    if found and _IN_TIME.match(found["stamp"]):
        archive = archive_of(found["prefix"])
        if archive or _trusted(found):
            return _replay(archive or _software(found["prefix"]), found)
    bare = _BARE_URL.match(url)
    found = bare if bare and _IN_TIME.match(bare["stamp"]) else _UNSTAMPED.match(url)
    if found and (archive := archive_of(found["prefix"])) and not found["prefix"].lower().endswith(_NO_REPLAY):
        return _replay(archive, found)
    return None


def _may_be_replay(url: str) -> bool:
    """A quick test that nearly every ordinary URL fails."""
    if len(url) > _LONGEST:
        return False
    rest = url[8:]
    if "http" in rest or "ftp:" in rest or "cache:" in rest or "mailto:" in rest:
        return True
    return archive_of(url) is not None or "HTTP" in rest


def _trusted(found: re.Match[str]) -> bool:
    """Whether a timestamped URL on a host nobody knows is a replay URL all the same."""
    stamp = found["stamp"]
    return bool(found["modifier"] or _DATED.match(stamp) or _SAYS_REPLAY.search(found["prefix"]))


def _software(prefix: str) -> str | None:
    """The replay software that a prefix on a host nobody knows gives away."""
    return "solrwayback" if prefix.endswith("/services/web/") else None


def _replay(archive: str | None, found: re.Match[str]) -> Replay:
    url, scheme = restored(found["url"])
    stamp = found["stamp"]
    digits = "" if stamp in ("+", "*") else stamp.rstrip("*")
    return Replay(archive, found["prefix"], digits, (found["modifier"] or "").rstrip("/"), url, scheme, found[0])


def _own_form(url: str) -> Replay | None:
    """The forms that only one or two archives write."""
    archive = archive_of(url)
    if archive in ("pandora", "ukwa-bl") and (found := _PAN.match(url)):
        return Replay(
            archive, found["prefix"], found["day"] + (found["minute"] or ""), "", *restored(found["url"]), url
        )
    if archive == "archive.today":
        if found := _TODAY_LINK.match(url):
            return Replay(archive, found["prefix"], "", "", *restored(found["url"]), url)
        if found := _TODAY_DATE.match(url):
            return Replay(archive, found["prefix"], re.sub(r"\D", "", found["stamp"]), "", *restored(found["url"]), url)
    if archive == "webcite" and (found := _WEBCITE_ID.match(url)):
        return Replay(archive, found["prefix"], "", "", *restored(unquote(found["url"])), url)
    if archive == "webcite" and (found := _WEBCITE.match(url)):
        stamp = (found["day"] or "").replace("-", "")
        return Replay(archive, found["prefix"], stamp, "", *restored(found["url"]), url)
    if "q=cache:" in url and (found := _GOOGLE.match(url)):
        return Replay("google-cache", found["prefix"], "", "", *restored(found["url"]), url)
    return None


def restored(inner: str) -> tuple[str, Literal["stated", "collapsed", "assumed"]]:
    """An original URL as a replay URL holds it, made whole, and what became of its scheme.

    >>> restored("http:/www.example.org/")
    ('http://www.example.org/', 'collapsed')
    >>> restored("https%3A%2F%2Fexample.org%2Fa")
    ('https://example.org/a', 'stated')
    >>> restored("example.org:80/x")
    ('http://example.org/x', 'assumed')
    """
    found = _SCHEME.match(inner)
    if not found and _OTHER_SCHEME.match(inner):
        return inner, "stated"
    if not found:
        return without_added_port("http://" + inner), "assumed"
    if "%" in found[0]:
        inner = unquote(inner)
        found = _SCHEME.match(inner)
        if not found:
            return inner, "stated"
    whole = f"{found[1]}://{inner[found.end() :]}"
    return without_added_port(whole), "collapsed" if found[3] == "/" else "stated"


def without_added_port(url: str) -> str:
    """The URL without a port that is its scheme's own.

    >>> without_added_port("http://example.org:80/a?b=http://c.example:80/")
    'http://example.org/a?b=http://c.example:80/'
    """
    return _ADDED_PORT.sub(lambda found: found[1] or found[2], url, count=1) if ":80" in url or ":443" in url else url
