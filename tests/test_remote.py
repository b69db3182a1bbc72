"""Archive files at addresses, from a real server on loopback that does not always behave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from endleaf.errors import UnreadableSource
from endleaf.remote import fetched

BODY = b"\x1f\x8b not really gzip, but bytes that must come as they are" * 1000


class Archive(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY) + (100 if self.path == "/short.warc.gz" else 0)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Archive)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_bytes_come_as_they_are_and_go_afterwards(base: str) -> None:
    with fetched(f"{base}/some/crawl.warc.gz") as path:
        assert path.read_bytes() == BODY
        assert path.name == "crawl.warc.gz"
    assert not path.exists()


@pytest.mark.parametrize(
    ("path", "said"), [("/missing", "404"), ("/short.warc.gz", "broke off"), (":1/x", "could not be fetched")]
)
def test_what_goes_wrong_is_one_line(base: str, path: str, said: str) -> None:
    url = f"http://127.0.0.1{path}" if path.startswith(":") else base + path
    with pytest.raises(UnreadableSource, match=said) as raised, fetched(url):
        pass
    assert str(raised.value).startswith(url)
    assert "\n" not in str(raised.value)
