"""Where the fetcher goes: to the hosts of the archive that was asked for, at public addresses, by http and https.

A server's answers lead elsewhere at its will, so every address is checked, that of each redirect too; and a name is
resolved once, and the connection made to the very address that was checked (:mod:`endleaf.fetch.wire`).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from endleaf.fetch.services import Service
from endleaf.fetch.troubles import Forbidden

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""


class Place(NamedTuple):
    """A host and a port that may be asked."""

    host: str
    port: int


@dataclass(frozen=True)
class Policy:
    """The places that may be asked, and whether these may be private addresses (loopback, a local network)."""

    places: frozenset[Place]
    private: bool = False

    def check(self, url: str) -> Place:
        """The place of an address. Raises :class:`Forbidden` where it is none that may be asked."""
        place = place_of(url)
        if place is None:
            raise Forbidden(f"it leads to {url[:200]}, which is no address of http or https")
        if place not in self.places:
            todo = f"--allow-host {place.host} allows it"
            raise Forbidden(f"it leads to {place.host}:{place.port}, which is no host of the archive", todo)
        return place

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return place_of(url) in self.places

    def check_address(self, address: str) -> None:
        """Raises :class:`Forbidden` for an IP address that is not public."""
        if not self.private and not is_public(address):
            raise Forbidden(f"its host has the address {address}, which is not public", "--allow-private allows it")


def policy_for(service: Service, hosts: tuple[str, ...] = (), *, private: bool = False) -> Policy:
    """What an archive's fetcher may ask: its own hosts, and those that the user names (``host`` or ``host:port``)."""
    places: set[Place] = set()
    for url in (service.base, service.raw, service.timemap, service.cdx):
        place = place_of(url.partition("{")[0]) if url else None
        if place:
            places |= _with_both(place)
    for host in (*service.also, *hosts):
        place = place_of(f"http://{host}")
        if place:
            places |= _with_both(place)
    return Policy(frozenset(places), private)


def _with_both(place: Place) -> set[Place]:
    """A host on its schemes' own ports is one archive, on whichever of them."""
    if place.port in _PORTS.values():
        return {Place(place.host, port) for port in _PORTS.values()}
    return {place}


def place_of(url: str) -> Place | None:
    """The host and port of an http(s) address without credentials; None for any other.

    >>> place_of("HTTPS://Archive.example/x")
    Place(host='archive.example', port=443)
    >>> place_of("file:///etc/passwd") is place_of("http://a@b/") is place_of("http://[::/") is None
    True
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        return None
    return Place(host.rstrip("."), port if port is not None else _PORTS[parts.scheme])


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, the addresses within it too.

    >>> [is_public(each) for each in ("207.241.224.2", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast
