"""A real mail server for IMAP on loopback, filled and read by a client of its own."""

from __future__ import annotations

import imaplib
import re
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
# A line of a list of folders: marks, what parts their names, and the name, quoted or not.
FOLDER = re.compile(r'\(.*?\) (?:"[^"]*"|NIL) (?:"(?P<quoted>.*)"|(?P<plain>\S+))$')


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

    def make(self, *names: str) -> None:
        """Let there be folders of these names."""
        with self._open() as wire:
            for name in names:
                assert wire.create(f'"{name}"')[0] == "OK"

    def folders(self) -> list[str]:
        """What the folders are called."""
        with self._open() as wire:
            return _folders(wire)

    def open_all(self) -> None:
        """Read everything with another program, as people do."""
        with self._open() as wire:
            wire.select("INBOX")
            wire.store("1:*", "+FLAGS", r"(\Seen)")

    def empty(self) -> None:
        """Take every message and every folder away, so that the next test finds nothing.

        The numbers of messages go on from where they were, as they do in any mailbox.
        """
        with self._open() as wire:
            for name in _folders(wire):
                if name.upper() == "INBOX":
                    wire.select(name)
                    wire.store("1:*", "+FLAGS", r"(\Deleted)")
                    wire.expunge()
                    wire.close()
                else:
                    wire.delete(f'"{name}"')

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        wire = imaplib.IMAP4("127.0.0.1", self.port, timeout=SECONDS)
        try:
            wire.login(USER, WORD)
            yield wire
        finally:
            wire.logout()


def _folders(wire: imaplib.IMAP4) -> list[str]:
    """The names of all folders."""
    lines = [line.decode() for line in wire.list()[1] if isinstance(line, bytes)]
    found = [FOLDER.match(line) for line in lines]
    assert all(found), lines
    return [match["quoted"] or match["plain"] for match in found if match]


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
