"""Speaking to a server that is not believed: one look-up of its name, and limits on everything.

The name is looked up once, every machine behind it has to be allowed, and the connection goes
to the one that was looked at. An answer has a size, a time, and no way on but to its own host.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError

from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import look_up
from wardroom.service_requests.rules.endpoints import check_machine, check_url

MOST_BYTES = 20_000_000
SECONDS, SECONDS_IN_ALL = 15.0, 60.0
MOST_HOPS = 3
CHUNK = 65_536
REDIRECTS = frozenset({301, 302, 303, 307, 308})
UNTAKEN = frozenset({307, 308})
Pairs = Sequence[tuple[str, str]]


class Unanswered(Exception):
    """The other side gave no answer that could be used, and here is the sentence that says why.

    ``arrived`` tells whether what was sent may have arrived; ``wait`` are the seconds that the
    other side asked us to stay away.
    """

    def __init__(self, sentence: str, *, arrived: bool = True, wait: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.arrived = arrived
        self.wait = wait


@dataclass(frozen=True)
class Answer:
    """What came: the status, the whole body, and what the other side's clock says."""

    status: int
    content: bytes
    at: datetime | None
    wait: int = 0


class _Talk:
    """One request from its first connection on: when it has to be over, and whether it began."""

    def __init__(self, seconds: float, *, private: bool) -> None:
        self.private = private
        self.connected = self.secured = self.late = False
        self._doors: list[socket.socket] = []
        self._clock = threading.Timer(seconds, self._end)
        self._clock.daemon = True

    def listen(self, sock: socket.socket) -> None:
        """Know this connection, to end it in time however slowly the other side speaks."""
        self.connected = True
        self._doors.append(socket.socket(fileno=os.dup(sock.fileno())))

    def _end(self) -> None:
        self.late = True
        for door in self._doors:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Talk:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()
        for door in self._doors:
            door.close()


_talk: ContextVar[_Talk] = ContextVar("talk_with_an_endpoint")


def _connected(host: str, port: int) -> socket.socket:
    talk = _talk.get()
    machines = look_up(host, port)
    for machine in machines:
        check_machine(machine, private=talk.private)
    failed: OSError | None = None
    for machine in machines:
        try:
            sock = socket.create_connection((machine, port), timeout=SECONDS)
        except OSError as no:
            failed = no
            continue
        talk.listen(sock)
        return sock
    raise failed or OSError("there is no such machine")


class _Plain(HTTPConnection):
    """A connection to the machine that was looked at."""

    def _new_conn(self) -> socket.socket:
        sock = _connected(self.host, self.port or 80)
        _talk.get().secured = True
        return sock


class _Secure(HTTPSConnection):
    """The same over TLS, under the name that was asked for."""

    def _new_conn(self) -> socket.socket:
        return _connected(self.host, self.port or 443)

    def connect(self) -> None:
        """Shake hands; only what goes wrong after that may have arrived."""
        super().connect()
        _talk.get().secured = True


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Pinned(HTTPAdapter):
    """Every connection of a session goes to a machine that was looked at."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = {"http": _PlainPool, "https": _SecurePool}
        self.poolmanager.pool_classes_by_scheme = pools


@contextmanager
def _session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", _Pinned())
        session.mount("https://", _Pinned())
        session.headers.update(
            {"User-Agent": "Wardroom", "Accept-Encoding": "identity", "Connection": "close"}
        )
        yield session


def ask(url: str, given: Pairs = (), *, seconds: float = SECONDS_IN_ALL) -> Answer:
    """Ask for something; redirections are followed on the same host alone.

    Raises `Unanswered` where there is no answer that can be used.
    """
    for _ in range(MOST_HOPS):
        answer, leads_to = _once("GET", url, given, seconds=seconds)
        if not leads_to:
            return answer
        url, query = _same_host(url, leads_to)
        given = query or given
    raise Unanswered("The address leads in circles.")


def send(
    url: str,
    given: Pairs,
    *,
    query: Mapping[str, str] | None = None,
    seconds: float = SECONDS_IN_ALL,
) -> Answer:
    """Send a form. It goes out once, whatever happens, and follows no redirection.

    Raises `Unanswered`, which says whether it may have arrived: who asks to send the same form
    elsewhere (307, 308) did not take it, who leads to another page may have.
    """
    pairs = tuple((query or {}).items())
    answer, leads_to = _once("POST", url, pairs, form=given, seconds=seconds)
    if leads_to:
        taken = answer.status not in UNTAKEN
        raise Unanswered("The address leads elsewhere; correct it first.", arrived=taken)
    return answer


def _once(
    method: str, url: str, query: Pairs, *, form: Pairs | None = None, seconds: float
) -> tuple[Answer, str]:
    private = bool(settings.ENDPOINTS_PRIVATE)
    with _Talk(seconds, private=private) as talk, _session() as session:
        token = _talk.set(talk)
        try:
            check_url(url, private=private)
            with session.request(
                method,
                url,
                params=list(query),
                data=list(form) if form is not None else None,
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as came:
                leads_to = came.headers.get("Location", "") if came.status_code in REDIRECTS else ""
                content = b"" if leads_to else _whole(came)
                return Answer(came.status_code, content, _date(came), _wait(came)), leads_to
        except Refused as no:
            raise Unanswered(no.sentence, arrived=False) from no
        except UNUSABLE as no:
            raise Unanswered(_why(no, talk), arrived=talk.secured) from no
        finally:
            _talk.reset(token)


UNUSABLE = (requests.RequestException, HTTPError, LocationParseError, OSError, ValueError)


def _whole(came: requests.Response) -> bytes:
    if came.headers.get("Content-Encoding", "identity").casefold() not in {"identity", ""}:
        raise Unanswered("The answer is packed though nobody asked for that.")
    parts: list[bytes] = []
    size = 0
    for part in came.iter_content(CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            raise Unanswered("The answer is larger than 20 megabytes.")
        parts.append(part)
    said = came.headers.get("Content-Length", "")
    if said.isdigit() and size < int(said):
        raise Unanswered("The answer was cut off.")
    return b"".join(parts)


def _why(no: BaseException, talk: _Talk) -> str:
    if talk.late or isinstance(no, requests.Timeout | TimeoutError):
        return "The other side is too slow."
    if isinstance(no, requests.exceptions.SSLError) and not talk.secured:
        return "Its certificate is not in order."
    if talk.connected:
        return "The other side broke off."
    return "The other side could not be reached."


def _same_host(url: str, leads_to: str) -> tuple[str, Pairs]:
    """Where a redirection leads, and what it asks for there; nothing where it does not say."""
    there = urljoin(url, leads_to)
    before, after = urlsplit(url), urlsplit(there)
    if (after.hostname, after.port) != (before.hostname, before.port):
        raise Unanswered("The address leads to another host.", arrived=False)
    if before.scheme == "https" and after.scheme != "https":
        raise Unanswered("The address leads away from https.", arrived=False)
    return after._replace(query="", fragment="").geturl(), parse_qsl(after.query)


def _date(came: requests.Response) -> datetime | None:
    try:
        at = parsedate_to_datetime(came.headers.get("Date", ""))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if at.tzinfo else None


def _wait(came: requests.Response) -> int:
    said = came.headers.get("Retry-After", "")
    return min(int(said), 86_400) if said.isascii() and said.isdigit() and len(said) < 10 else 0
