"""A real mail server for IMAP on loopback, filled and read by a client of its own."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wardroom.notices.gateways import MailboxSetup

USER, WORD = "demouser", "demopass"
BEGIN = "from pymap.main import main; main()"
SECONDS = 30.0


@dataclass(frozen=True)
class ImapHouse:
    """A running server with one user."""

    port: int

    def setup(self, *, password: str = WORD, folder: str = "INBOX") -> MailboxSetup:
        """How the product gets in."""
        return MailboxSetup("127.0.0.1", self.port, USER, password, folder, "Wardroom", tls=False)

    def put(self, raw: bytes) -> None:
        """Let a message lie in the inbox."""
        with self._open() as wire:
            assert wire.append("INBOX", "", "", raw)[0] == "OK"

    def lying(self, folder: str = "INBOX") -> int:
        """How many messages lie in a folder."""
        with self._open() as wire:
            word, data = wire.select(folder, readonly=True)
            return int(data[0] or b"0") if word == "OK" else 0

    def open_all(self) -> None:
        """Read everything with another program, as people do."""
        with self._open() as wire:
            wire.select("INBOX")
            wire.store("1:*", "+FLAGS", r"(\Seen)")

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        wire = imaplib.IMAP4("127.0.0.1", self.port, timeout=SECONDS)
        try:
            wire.login(USER, WORD)
            yield wire
        finally:
            wire.logout()


@contextmanager
def imap_house() -> Iterator[ImapHouse]:
    """A running server on a free port, empty."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    child = subprocess.Popen([sys.executable, "-c", BEGIN, *words], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, child)
        yield ImapHouse(port)
    finally:
        child.terminate()
        child.wait(SECONDS)


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while child.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the mail server did not start; exit code {child.poll()}")
