"""The socket goes to the address that was checked; the certificate, the SNI and the Host still go by the name."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from endleaf.fetch.asking import Asker, Limits, Question
from endleaf.fetch.policy import Place, Policy
from endleaf.fetch.troubles import Failed
from tests.fetch.archive import Archive, Handler
from tests.fetch.test_policy import Names

TLS = Path(__file__).with_name("tls")


class Secure(ThreadingHTTPServer):
    """A server that shows the certificate of archive.example, and notes the name it is asked for."""

    daemon_threads = True
    named: list[str | None]

    def handle_error(self, *_: object) -> None:
        """A client that does not like the certificate hangs up."""


@pytest.fixture
def secure() -> Iterator[Secure]:
    server = Secure(("127.0.0.1", 0), type("Bound", (Handler,), {"archive": Archive()}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "archive.example.pem")
    server.named = []
    context.sni_callback = lambda _sock, name, _context: server.named.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def asker(server: Secure, host: str, *, trusting: bool = True) -> Asker:
    policy = Policy(frozenset({Place(host, server.server_port)}), private=True)
    made = Asker(policy, "test", Limits(seconds=5), resolve=Names(["127.0.0.1"]))
    if trusting:
        made._session.verify = str(TLS / "authority.pem")
    return made


def test_the_certificate_of_the_name_is_accepted(secure: Secure) -> None:
    asking = asker(secure, "archive.example")
    answer = asking.ask(Question(f"https://archive.example:{secure.server_port}/coll/cdx?url=x", 0))
    answer.close()
    asking.close()
    assert answer.status == 200 and secure.named == ["archive.example"]


@pytest.mark.parametrize(("host", "trusting"), [("other.example", True), ("archive.example", False)])
def test_no_other_is(secure: Secure, host: str, trusting: bool) -> None:
    asking = asker(secure, host, trusting=trusting)
    with pytest.raises(Failed, match="certificate"):
        asking.ask(Question(f"https://{host}:{secure.server_port}/", 0))
    asking.close()
