"""S8: whatever address somebody hands in, the site calls no machine inside a network.

Each target is tried through everything that calls out: other cities' servers to read from and
to send to, webhooks, and calendars with the alerts of other authorities. A sink counts what
would have been called: nothing may come that far.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from wardroom.calendar.gateways import outside_calendars
from wardroom.calendar.gateways.outside_calendars import fetch_file
from wardroom.kernel.errors import Refused
from wardroom.notices.gateways import hooks
from wardroom.notices.gateways.hooks import Posting, send_posting
from wardroom.service_requests.gateways import calling
from wardroom.service_requests.gateways.calling import Unanswered, ask, send

REBINDS, MIXED, INSIDE = "rebinds.example", "mixed.example", "inside.example"
PUBLIC = "93.184.215.14"
LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.0.2", "127.255.255.254", "2130706433", "0x7f000001",
    "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.1", "0", "0.0.0.0", "localhost",
    "LOCALHOST", "localhost.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "user:word@127.0.0.1", "93.184.215.14@127.0.0.1", "127.0.0.1#@93.184.215.14",
    "127.0.0.1?@93.184.215.14", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1",
)  # fmt: skip
INSIDE_A_NETWORK = (
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.1",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[fd00:ec2::254]",
    "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fec0::1]", "[::ffff:169.254.169.254]",
    "[::ffff:10.0.0.1]", "[2001::1]", "[ff02::1]", "100.64.0.1", "192.0.0.8", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", REBINDS, MIXED, INSIDE, "metadata.example", "",
)  # fmt: skip
ODD = (
    "file:///etc/passwd", "gopher://127.0.0.1:70/_x", "ftp://127.0.0.1/", "dict://127.0.0.1:11/",
    "ldap://127.0.0.1/", "jar:https://127.0.0.1/!/", "data:text/plain,x", "javascript:alert(1)",
    "//127.0.0.1/", "https:127.0.0.1/", "https:/\\127.0.0.1/", "https://127.0.0.1:99999/",
    "https://127.0.0.1:0/", "https://[::1", "https://127.0.0.1\r\nHost: x/", "https:///", "",
)  # fmt: skip
TARGETS = (*(f"https://{host}/x" for host in (*LOOPBACK, *INSIDE_A_NETWORK)), *ODD)
WAYS: dict[str, Callable[[str], object]] = {
    "read from a city": lambda url: ask(url, seconds=5),
    "send to a city": lambda url: send(url, (("a", "b"),)),
    "webhook": lambda url: send_posting(Posting(url, "{}", {})),
    "calendar or alerts": lambda url: fetch_file(url, accept="text/calendar"),
}


class Sink:
    """Counts every connection that anything here begins, and lets none through."""

    def __init__(self) -> None:
        self.called: list[Any] = []
        self.asked = 0

    def connect(self, sock: socket.socket, to: Any) -> None:
        self.called.append(to)
        raise ConnectionRefusedError

    def look_up(self, host: str, port: int, *more: Any, **how: Any) -> Any:
        """A resolver that leads inside, at once or once it was believed."""
        self.asked += 1
        plain = str(host).rstrip(".").lower()
        leads = {
            REBINDS: [PUBLIC] if self.asked == 1 else ["127.0.0.1"],
            MIXED: [PUBLIC, "10.0.0.1"],
            INSIDE: ["192.168.7.7"],
            "metadata.example": ["169.254.169.254"],
            "localhost": ["127.0.0.1"],
        }
        if plain in leads:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in leads[plain]]
        return REAL(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)


REAL = socket.getaddrinfo


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Sink:
    settings.ENDPOINTS_PRIVATE = settings.HOOKS_INSIDE = False
    made = Sink()
    monkeypatch.setattr(socket, "getaddrinfo", made.look_up)
    monkeypatch.setattr(socket.socket, "connect", lambda sock, to: made.connect(sock, to))
    return made


def called(way: Callable[[str], object], target: str, sink: Sink) -> list[str]:
    """The machines that were called for a target; only the house's own refusals may come."""
    sink.called.clear()
    sink.asked = 0
    with suppress(Refused, Unanswered):
        way(target)
    return [str(to[0]) for to in sink.called]


def test_there_are_sixty_targets() -> None:
    assert len(set(TARGETS)) >= 60


@pytest.mark.parametrize("way", WAYS)
def test_no_machine_inside_is_called(way: str, sink: Sink) -> None:
    reached = {url: found for url in TARGETS if (found := called(WAYS[way], url, sink))}
    # The name that leads inside only once it was believed is looked up once, and that one kept.
    assert reached.pop(f"https://{REBINDS}/x", [PUBLIC]) == [PUBLIC]
    assert reached == {}


@pytest.mark.parametrize("way", WAYS)
def test_without_the_look_at_the_machine_the_sink_is_called(
    way: str, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: every way out, with its own look left out."""
    monkeypatch.setattr(calling, "check_machine", lambda *_, **__: None)
    monkeypatch.setattr(hooks, "check_hook_machine", lambda *_, **__: None)
    monkeypatch.setattr(outside_calendars, "check_machine", lambda *_, **__: None)
    reached = [url for url in TARGETS[:12] if called(WAYS[way], url, sink)]
    assert len(reached) >= 8
