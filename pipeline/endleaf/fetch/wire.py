"""The connection: made to an address that was checked, cut when its time is over, over requests and urllib3.

A name is resolved once for each connection; every address that it has must be allowed, and the socket is opened to
one of these, so that nothing that a name server says later matters. Host header, SNI and the certificate's check go
by the name as ever: only the socket is ours.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from endleaf.fetch.policy import Policy
from endleaf.fetch.troubles import Forbidden

CONNECT = 10.0
"""Seconds to connect to one address."""

MOST_ADDRESSES = 4
"""Addresses of one name that are tried."""

Resolver = Callable[..., list[tuple[Any, ...]]]
"""As :func:`socket.getaddrinfo`."""


class Dialer:
    """Opens sockets to checked addresses, and can cut the one that is open."""

    def __init__(self, policy: Policy, resolve: Resolver = socket.getaddrinfo) -> None:
        self.policy = policy
        self.resolve = resolve
        self.cut_off = False
        """Whether the last connection was cut since its time was over."""
        self._handle: socket.socket | None = None

    def dial(self, host: str, port: int) -> socket.socket:
        """A socket to a host. Raises :class:`Forbidden` for an address that is not allowed and for a name that has
        none, OSError as sockets do."""
        try:
            found = self.resolve(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno != socket.EAI_NONAME:  # the name server may know it another time
                raise
            raise Forbidden(f"there is no host {host}", "see that the archive is named right") from error
        for *_, address in found:
            self.policy.check_address(address[0])
        fault: OSError = socket.gaierror(f"{host} has no address")
        for family, kind, protocol, _, address in found[:MOST_ADDRESSES]:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(CONNECT)
                sock.connect(address)
            except OSError as error:
                sock.close()
                fault = error
            else:
                self._hold(sock)
                return sock
        raise fault

    def _hold(self, sock: socket.socket) -> None:
        """Keep a second handle: TLS takes the first one away."""
        self.release()
        self._handle = sock.dup()

    def cut(self) -> None:
        """End the connection, whoever waits for it (from another thread)."""
        self.cut_off = True
        handle = self._handle
        if handle:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Let go of the connection."""
        handle, self._handle = self._handle, None
        if handle:
            handle.close()


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, dialer: Dialer, **words: Any) -> None:
        super().__init__(*args, **words)
        self.dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self.dialer.dial(self.host, self.port)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, dialer: Dialer, **words: Any) -> None:
        super().__init__(*args, **words)
        self.dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self.dialer.dial(self.host, self.port or 443)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    """requests' adapter, with our connections in its pools."""

    def __init__(self, dialer: Dialer) -> None:
        self.dialer = dialer
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **words: Any) -> None:
        """The pools of this adapter."""
        pools = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **words)
        made: dict[str, Any] = {
            "http": partial(_PlainPool, dialer=self.dialer),
            "https": partial(_SecurePool, dialer=self.dialer),
        }
        pools.pool_classes_by_scheme = made
        self.poolmanager = pools


class _Session(requests.Session):
    """A session to which no answer is a redirect: requests would read its body, however long, to look at the next."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - as requests calls it
        """None: redirects are followed by hand."""
        return None


def session(dialer: Dialer, agent: str) -> requests.Session:
    """A session that knows no proxy, no credentials and no cookies, and asks for bytes as they are."""
    made = _Session()
    made.trust_env = False
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers.clear()
    made.headers.update({"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"})
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Adapter(dialer))
    return made
