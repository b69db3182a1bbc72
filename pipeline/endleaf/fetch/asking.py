"""One question to an archive, asked politely and answered within bounds.

One request is in flight at a time. Between two to one host lies the archive's pace; after a refusal, what its
Retry-After says (RFC 9110 section 10.2.3, both forms), else five seconds, doubling, with jitter. What a server sends
is bounded in bytes and in time, and its redirects are followed by hand, each hop checked.
"""

from __future__ import annotations

import http.client
import random
import re
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import IO, Any

import requests
import urllib3.exceptions

from endleaf.errors import OutputError
from endleaf.fetch.listed import joined
from endleaf.fetch.policy import Policy
from endleaf.fetch.troubles import Closed, Failed, Unknown
from endleaf.fetch.wire import CONNECT, Dialer, Resolver, session
from endleaf.remote import reason

TRIES = 6
FIRST_PAUSE = 5.0
"""Seconds after the first refusal that says nothing of how long; it doubles."""

PATIENCE = 900.0
"""Seconds, a quarter of an hour: who asks for a longer wait is not asked again in this run."""

MOST_HOPS = 10
READ = 60.0
"""Seconds of silence that are borne within an answer."""

IN_MEMORY = 1 << 20
_STEP = 1 << 16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LENGTHS = frozenset(("content-length", "transfer-encoding"))
_PASSING = frozenset((408, 425, 429))
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+[ \t]*")


@dataclass(frozen=True)
class Clock:
    """Time, sleep and chance, so that tests need none of them."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True)
class Limits:
    """What one answer may cost."""

    size: int = 100 << 20
    """Bytes of its body as they come."""
    seconds: float = 300.0


@dataclass(slots=True)
class Answer:
    """What a server said."""

    url: str
    """The address that was asked last."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: IO[bytes] = field(default_factory=lambda: tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - it has a close of its own
    size: int = 0

    def get(self, name: str) -> str | None:
        """The first header of a name (small letters)."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def all(self, name: str) -> list[str]:
        """Every header of a name (small letters)."""
        return [value for key, value in self.headers if key.lower() == name]

    @property
    def is_memento(self) -> bool:
        """Whether it is a capture, whatever its status (RFC 7089 section 2.1.1).

        The Wayback Machine says of its own redirects why it sends one on.
        """
        return self.get("memento-datetime") is not None and self.get("x-archive-redirect-reason") is None

    @property
    def leads_to(self) -> str | None:
        """Where the archive itself sends us on; an archived redirect leads nowhere."""
        return self.get("location") if self.status in _REDIRECTS and not self.is_memento else None

    @property
    def is_passing(self) -> bool:
        """Whether another try may be answered otherwise."""
        return not self.is_memento and (self.status >= 500 or self.status in _PASSING)

    def close(self) -> None:
        """Let go of the body."""
        self.body.close()


class _Again(Exception):
    """A try that failed and may be repeated."""


def _any(_: Answer) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """What is asked: an address, and the seconds of rest that its host has afterwards."""

    url: str
    pace: float
    headers: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[Answer], bool] = _any
    """Whether an answer's body is wanted, told by its head."""
    most: int | None = None
    """Bytes of the body, where that is not for :class:`Limits` to say."""


class Asker:
    """Asks the hosts of one archive, one question after the other."""

    def __init__(
        self,
        policy: Policy,
        agent: str,
        limits: Limits = Limits(),
        clock: Clock = Clock(),
        resolve: Resolver | None = None,
    ) -> None:
        self.policy = policy
        self.limits = limits
        self.clock = clock
        self.waiting: Callable[[float, str], None] = lambda _seconds, _why: None
        """Told of each wait that is longer than the pace: seconds, and why."""
        self._dialer = Dialer(policy, resolve) if resolve else Dialer(policy)
        self._session = session(self._dialer, agent)
        self._free: dict[str, float] = {}

    def ask(self, question: Question) -> Answer:
        """The answer, redirects of the archive's own followed. Who asks closes it.

        Raises :class:`Unknown`, :class:`Closed`, :class:`Failed` or :class:`Forbidden`.
        """
        seen: list[str] = []
        while True:
            answer = self._persistently(question)
            to = answer.leads_to
            if to is None:
                return answer
            answer.close()
            seen.append(question.url)
            question = replace(question, url=joined(question.url, to))
            if question.url in seen or len(seen) > MOST_HOPS:
                raise Failed("the archive's redirects go in a circle")

    def close(self) -> None:
        """Close every connection."""
        self._session.close()
        self._dialer.release()

    def _persistently(self, question: Question) -> Answer:
        host = self.policy.check(question.url).host
        for tried in range(TRIES):
            self._take_turn(host)
            asked, why = None, ""
            try:
                answer = self._once(question)
            except _Again as error:
                why = str(error)
            else:
                if not answer.is_passing:
                    return answer
                answer.close()
                asked = retry_after(answer.get("retry-after"), self.clock.now())
                why = f"the archive answered {answer.status} {answer.reason}".rstrip()
                if tried == TRIES - 1 and answer.status == 429:
                    raise Closed(f"{why} {TRIES} times", "it is unknown; run the same command again later")
            finally:
                self._free[host] = self.clock.monotonic() + question.pace
            self._pause(host, tried, asked, why)
        raise Unknown(f"{why}, {TRIES} times", "it is unknown; run the same command again later")

    def _take_turn(self, host: str) -> None:
        rest = self._free.get(host, 0.0) - self.clock.monotonic()
        if rest > 0:
            self.clock.sleep(rest)

    def _pause(self, host: str, tried: int, asked: float | None, why: str) -> None:
        """Note when the host may be asked again."""
        if asked is not None and asked > PATIENCE:
            todo = "the same command goes on from here when that time is over"
            raise Closed(f"{why}, and asks for {asked:,.0f} seconds of rest", todo)
        chance = self.clock.chance()
        rest = asked + chance if asked else FIRST_PAUSE * 2**tried * (0.75 + chance / 2)
        if tried < TRIES - 1 or asked:
            self._free[host] = self.clock.monotonic() + rest
            self.waiting(rest, why)

    def _once(self, question: Question) -> Answer:
        self._dialer.cut_off = False
        alarm = threading.Timer(self.limits.seconds, self._dialer.cut)
        alarm.daemon = True
        alarm.start()
        try:
            return self._answered(question)
        except requests.exceptions.SSLError as error:
            if not self._dialer.cut_off:
                raise Failed(f"its certificate or its encryption is not in order: {reason(error)}") from error
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
            raise Failed(f"no address that can be asked: {question.url[:200]}") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            if not self._dialer.cut_off:
                raise _Again(reason(error)) from error
        finally:
            alarm.cancel()
            self._dialer.release()
        self._in_time()
        raise AssertionError("only a connection that was cut comes here")

    def _answered(self, question: Question) -> Answer:
        url, headers = question.url, dict(question.headers)
        timeouts = (CONNECT, min(READ, self.limits.seconds))
        with self._session.get(url, stream=True, timeout=timeouts, headers=headers, allow_redirects=False) as reply:
            self._in_time()  # a head that is cut looks like one that ended
            raw: Any = reply.raw
            pairs = tuple((str(name), cleaned(value)) for name, value in raw.headers.iteritems())
            answer = Answer(url, reply.status_code, cleaned(reply.reason or ""), pairs)
            if answer.leads_to is None and not answer.is_passing and question.wanted(answer):
                try:
                    self._read(raw, answer, question.most or self.limits.size)
                except BaseException:
                    answer.close()
                    raise
            return answer

    def _read(self, raw: Any, answer: Answer, most: int) -> None:
        while piece := raw.read(_STEP, decode_content=False):
            answer.size += len(piece)
            if answer.size > most:
                todo = "--max-bytes allows more" if most == self.limits.size else "ask for a shorter range"
                raise Failed(f"its body is larger than {most:,} bytes", todo)
            _keep(answer, piece)
        self._in_time()  # nor does a body that states no length
        if not answer.size and answer.status == 200 and not _LENGTHS & {name.lower() for name, _ in answer.headers}:
            raise _Again("the answer broke off before its body")
        answer.body.seek(0)

    def _in_time(self) -> None:
        if self._dialer.cut_off:
            raise Unknown(f"the answer took longer than {self.limits.seconds:g} seconds", "--deadline allows more")


def _keep(answer: Answer, piece: bytes) -> None:
    try:
        answer.body.write(piece)
    except OSError as error:  # the temporary disk is full: the archive has no part in it
        raise OutputError(f"{tempfile.gettempdir()}: {error.strerror or error}: cannot write there") from error


def cleaned(value: str) -> str:
    r"""A header's value on one line, without control characters.

    >>> cleaned("a\r\n b\x00c")
    'a b c'
    """
    return _CONTROLS.sub(" ", value).strip()


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds of rest that a Retry-After asks for, as seconds or as a date; None where it asks for none.

    >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 10), retry_after("soon", 0)
    (120.0, 50.0, None)
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:12]) or None
    try:
        when = parsedate_to_datetime(value)
        rest = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return rest if rest > 0 else None
