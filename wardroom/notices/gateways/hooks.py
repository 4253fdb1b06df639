"""Sending a webhook: to one machine that was looked at before, in a few seconds, no way on."""

from __future__ import annotations

import base64
import http.client
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import look_up
from wardroom.notices.rules.hooks import LEAD, check_hook_machine

HOOK_SALT = "wardroom.notices.hook"
SECONDS, ALL_SECONDS = 8, 12
MOST_MACHINES = 4
PORTS = {"https": 443, "http": 80}
NO_ADDRESS = "This is no address that a webhook can go to."


@dataclass(frozen=True)
class Posting:
    """One message on its way: where to, what, and its headers."""

    address: str
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Receipt:
    """What the other side said: its status, or why it said nothing."""

    status: int
    error: str = ""

    @property
    def taken(self) -> bool:
        """Whether it was taken: any 2xx is a yes."""
        return 200 <= self.status < 300


def new_nonce() -> str:
    """What a webhook's secret is made from, with the secret of the house."""
    return secrets.token_hex(16)


def hook_secret(hook_id: int, nonce: str) -> str:
    """The secret of a webhook; it cannot be told from the database alone."""
    mac = salted_hmac(HOOK_SALT, f"{hook_id}:{nonce}", algorithm="sha256").digest()
    return LEAD + base64.b64encode(mac).decode()


def inside_allowed() -> bool:
    """Whether a webhook may go to a machine in the office's own network."""
    return bool(settings.HOOKS_INSIDE)


def send_posting(posting: Posting) -> Receipt:
    """Send one message. It follows no redirect and reads nothing but the status."""
    try:
        parts = urlsplit(posting.address)
        named = parts.port
    except ValueError:
        return Receipt(0, NO_ADDRESS)
    if parts.scheme not in PORTS or not parts.hostname:
        return Receipt(0, NO_ADDRESS)
    secure = parts.scheme == "https"
    host, port = parts.hostname, named or PORTS[parts.scheme]
    try:
        machines = _machines_of(host, port)
    except Refused as no:
        return Receipt(0, no.sentence)
    connection = _connection(host, port, secure)
    stop = threading.Timer(ALL_SECONDS, _cut, [connection])
    stop.daemon = True
    try:
        connection.sock = _reached(machines, port)
        stop.start()
        if secure:
            context = ssl.create_default_context()
            connection.sock = line = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            line.do_handshake()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, posting.body.encode(), dict(posting.headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Receipt(0, f"{type(error).__name__}: {error}"[:300])
    finally:
        stop.cancel()
        connection.close()
    return Receipt(status, "" if 200 <= status < 300 else f"It answered {status}.")


def _reached(machines: list[str], port: int) -> socket.socket:
    """A line to the first of these machines that picks up."""
    for machine in machines[:-1]:
        try:
            return socket.create_connection((machine, port), timeout=SECONDS)
        except OSError:
            continue
    return socket.create_connection((machines[-1], port), timeout=SECONDS)


def _connection(host: str, port: int, secure: bool) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    return kind(host, port, timeout=SECONDS)


def _machines_of(host: str, port: int) -> list[str]:
    """The machines behind a name, of which every one has to be allowed. Refuses: `bad_address`."""
    try:
        machines = look_up(host, port)[:MOST_MACHINES]
    except TimeoutError:
        sentence = "Nobody said in time where this name leads."
        raise Refused("bad_address", sentence, field="address") from None
    except (OSError, UnicodeError):
        sentence = "There is no such name on the internet."
        raise Refused("bad_address", sentence, field="address") from None
    for machine in machines:
        check_hook_machine(machine, inside=inside_allowed())
    return machines


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a conversation that takes too long, whatever it waits for."""
    sock = connection.sock
    if sock is None:
        return
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
