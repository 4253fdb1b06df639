"""A wire between the browser and the site, that a test can cut, break and mend."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BROKEN = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 6\r\nConnection: close\r\n\r\nbroken"
)


@dataclass
class Wire:
    """Whoever connects to ``port`` is connected to the site, unless the wire is cut.

    ``mode`` is ``open``, ``cut`` (nobody gets through), ``broken`` (every request that hands
    something in is answered 500), ``lost`` (it reaches the site, and the answer never comes
    back) or ``half`` (the connection breaks in the middle of it).
    """

    target: int
    port: int = 0
    mode: str = "open"
    posts: int = 0
    ends: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """No network: what is under way breaks off, and nothing gets through."""
        self.mode = "cut"
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends.clear()

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            if self.mode == "cut":
                near.close()
                continue
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        far = socket.create_connection(("127.0.0.1", self.target))
        self.ends += [near, far]
        back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
        back.start()
        with contextlib.suppress(OSError):
            while words := near.recv(65_536):
                if words.startswith(b"POST ") and not self._let_through(words, near, far):
                    break
                far.sendall(words)
        for end in (near, far):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _let_through(self, words: bytes, near: socket.socket, far: socket.socket) -> bool:
        self.posts += 1
        if self.mode == "broken":
            near.sendall(BROKEN)
            return False
        if self.mode == "half":
            far.sendall(words[: len(words) // 2])
            return False
        if self.mode == "lost":
            self._lose(words, near, far)
            return False
        return True

    def _lose(self, words: bytes, near: socket.socket, far: socket.socket) -> None:
        """The site takes all of it, and nobody hears that it did."""
        alone = socket.create_connection(("127.0.0.1", self.target))
        alone.sendall(words)
        head, _, body = words.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        had = len(body)
        while had < length:
            more = near.recv(65_536)
            if not more:
                break
            alone.sendall(more)
            had += len(more)
        alone.recv(64)
        alone.close()

    def _pass(self, far: socket.socket, near: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while words := far.recv(65_536):
                near.sendall(words)
        for end in (near, far):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to(base: str) -> Iterator[tuple[Wire, str]]:
    """A wire to the site at this address, and the address at which it is reached by it."""
    listener = socket.create_server(("127.0.0.1", 0))
    wire = Wire(int(base.rpartition(":")[2]), int(listener.getsockname()[1]))
    threading.Thread(target=wire.serve, args=(listener,), daemon=True).start()
    try:
        yield wire, f"http://127.0.0.1:{wire.port}"
    finally:
        listener.close()
        wire.cut()
