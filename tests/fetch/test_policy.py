"""Where the fetcher goes, and where it does not, whatever a server or a name server says."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from endleaf.fetch import Ways, Wish, fetch
from endleaf.fetch.policy import Place, Policy, is_public, policy_for
from endleaf.fetch.services import service_of
from endleaf.fetch.troubles import Forbidden
from endleaf.fetch.wire import Dialer, session
from tests.fetch.archive import Archive, served
from tests.fetch.conftest import PAGE, Fetch, Time

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "255.255.255.255",
    "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "ff02::1", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["207.241.237.3", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


class Names:
    """A name server that says what a test wants, a time at a time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["207.241.237.3", "10.0.0.1"], ["169.254.169.254"]])
def test_a_name_that_leads_inside_is_refused_before_a_byte_is_sent(
    answer: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    fetched = fetch(
        Wish(url=PAGE, archive="https://archive.example/"), tmp_path / "a.warc", ways=Ways(resolve=Names(answer))
    )
    assert fetched.exit_status == 1
    assert "not public; --allow-private allows it" in caplog.text


def test_a_name_that_is_none_is_not_asked_for_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    asked = []

    def nobody(*words: Any, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(words)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    fetched = fetch(Wish(url=PAGE, archive="https://a.invalid/"), tmp_path / "a.warc", ways=Ways(resolve=nobody))
    assert fetched.exit_status == 1 and "there is no host a.invalid" in caplog.text
    assert len(asked) == 1


def test_a_name_is_resolved_once_and_that_address_is_used(archive: Archive) -> None:
    """A name server that changes its mind (rebinding) is not asked again between the check and the connection."""
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    dialer = Dialer(Policy(frozenset({Place("archive.example", archive.port)}), private=True), names)
    with session(dialer, "test") as asking:
        answer = asking.get(f"http://archive.example:{archive.port}/coll/cdx?url=x", allow_redirects=False)
    dialer.release()
    assert answer.status_code == 200 and names.asked == ["archive.example"]
    assert archive.heads[-1]["host"] == f"archive.example:{archive.port}"


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd", "ftp://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://localhost:1/",
        "https://evil.example/", "//evil.example/x", "gopher://x/", "http://user:secret@127.0.0.1/", "http://[::1",
        "javascript:alert(1)", "http://2130706433/", "http://0x7f.1/",
    ],
)  # fmt: skip
def test_redirects_to_elsewhere(got: Fetch, archive: Archive, caplog: pytest.LogCaptureFixture, to: str) -> None:
    archive.odd.append(("/coll/2", lambda handler: handler.say(302, [("Location", to)])))
    archive.odd.append(("/coll/http", lambda handler: handler.say(302, [("Location", to)])))
    assert got(at="2004").exit_status == 1
    assert "leads to" in caplog.text or "no address" in caplog.text
    assert len(caplog.messages) == 1 and "\n" not in caplog.messages[0]


def test_redirects_to_another_port_of_the_machine(
    got: Fetch, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    with served(Archive()) as other:
        archive.odd.append(("/coll/", lambda handler: handler.say(302, [("Location", other.root)])))
        assert got().exit_status == 1
        assert other.asked == []
        got(hosts=(f"127.0.0.1:{other.port}",))
        assert other.asked


def test_redirects_in_a_circle(got: Fetch, archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    archive.odd.append(("/coll/", lambda handler: handler.say(302, [("Location", handler.path + "?")])))
    assert got().exit_status == 1
    assert "circle" in caplog.text
    assert len(archive.asked) < 30


def test_an_archive_asks_its_own_hosts_alone() -> None:
    policy = policy_for(service_of("wayback")[1])
    assert policy.allows("https://web.archive.org/web/2004/http://x/")
    for url in (
        "https://archive.org/",
        "https://web.archive.org.evil.example/",
        "https://web.archive.org:8443/",
        "ftp://web.archive.org/",
    ):
        assert not policy.allows(url)
        with pytest.raises(Forbidden):
            policy.check(url)


def test_the_environment_does_not_matter(
    got: Fetch, archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert got(contact="me@library.example").exit_status == 0
    assert all("authorization" not in head for head in archive.heads)
    assert (
        archive.heads[0]["user-agent"].startswith("endleaf/") and "me@library.example" in archive.heads[0]["user-agent"]
    )


def test_tls_goes_by_the_name(archive: Archive, time: Time, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that speaks no TLS, or not as the name that was asked for, is not believed."""
    wish = Wish(url=PAGE, archive=f"https://127.0.0.1:{archive.port}/coll/", private=True, seconds=5.0)
    assert fetch(wish, tmp_path / "a.warc.gz", ways=Ways(clock=time.clock)).exit_status == 1
    assert "certificate" in caplog.text or "encryption" in caplog.text
