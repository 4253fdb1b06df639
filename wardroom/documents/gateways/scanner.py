"""A scanner of files, where one is set: clamd, spoken to over its own socket (INSTREAM).

The file goes in pieces, each led by its length in four bytes, and an empty piece ends it; the
answer is one line: ``stream: OK``, or ``stream: NAME FOUND``. Protocol: clamd(8).
"""

from __future__ import annotations

import re
import socket
import struct
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 20.0
LONGEST_ANSWER = 4096
# So long nobody waits for one again that did not even say that it is there.
SILENT, PING_SECONDS = 30.0, 2.0
_silent_until: dict[str, float] = {}


class ScannerAway(Exception):
    """A scanner is set, and it did not say whether the file is clean."""


def scan(content: bytes) -> str | None:
    """What a scanner found in a file: its name, or nothing at all; None where none is set.

    Raises `ScannerAway` where one is set and gives no plain answer: a file that nobody looked
    at is not kept.
    """
    address = settings.SCANNER
    if not address:
        return None
    if monotonic() < _silent_until.get(address, 0.0):
        raise ScannerAway("it gave no answer a moment ago")
    try:
        with _opened(address, SECONDS) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except (OSError, ValueError) as error:
        if not _is_there(address):
            _silent_until[address] = monotonic() + SILENT
        raise ScannerAway(f"{type(error).__name__}: {error}") from error
    if answer == "stream: OK":
        return ""
    found = re.fullmatch(r"stream: (.+) FOUND", answer)
    if found is None:
        raise ScannerAway(f"the scanner said {answer[:200]!r}")
    return found[1]


def _is_there(address: str) -> bool:
    """Whether it says so; one that does was held up by the file alone."""
    try:
        with _opened(address, PING_SECONDS) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ValueError):
        return False


def _opened(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(parts.path)
        except BaseException:
            line.close()
            raise
        return line
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError("a scanner is tcp://host:port or unix:///path")
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=seconds)


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        more = line.recv(1024)
        if not more:
            break
        said += more
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
