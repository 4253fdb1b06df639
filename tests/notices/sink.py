"""A receiver of webhooks on loopback: it keeps what comes and answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sink:
    """What came in, each as its headers and body; ``status`` is what it answers.

    It answers nothing until it is ``free`` to.
    """

    address: str
    status: int = 204
    free: threading.Event = field(default_factory=threading.Event)
    came: list[tuple[dict[str, str], str]] = field(default_factory=list)


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink that listens until the end of the block."""
    sink = Sink("")
    sink.free.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            named = {name.lower(): value for name, value in self.headers.items()}
            sink.came.append((named, body))
            sink.free.wait(30)
            self.send_response(sink.status)
            if 300 <= sink.status < 400:
                self.send_header("Location", f"{sink.address}/elsewhere")
            self.send_header("Content-Length", "0")
            with suppress(ConnectionError):
                self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink.address = f"http://127.0.0.1:{server.server_port}/in"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.free.set()
        server.shutdown()
        server.server_close()
        thread.join()
