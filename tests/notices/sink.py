"""A receiver of webhooks on loopback: it keeps what comes and answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sink:
    """What came in, each as its headers and body; ``status`` is what it answers."""

    address: str
    status: int = 204
    came: list[tuple[dict[str, str], str]] = field(default_factory=list)


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink that listens until the end of the block."""
    sink = Sink("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            named = {name.lower(): value for name, value in self.headers.items()}
            sink.came.append((named, body))
            self.send_response(sink.status)
            if 300 <= sink.status < 400:
                self.send_header("Location", f"{sink.address}/elsewhere")
            self.send_header("Content-Length", "0")
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
        server.shutdown()
        server.server_close()
        thread.join()
