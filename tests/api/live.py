"""The site on a port of its own, as a web server calls it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from wardroom.config.wsgi import application


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each call, as the real server has them."""

    daemon_threads = True
    block_on_close = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a caller that hung up."""


class Handler(WSGIRequestHandler):
    """Keeps no log of its own."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def live_site() -> Iterator[tuple[str, int]]:
    """The site, at a host and a port, until the end of the block."""
    server = make_server("127.0.0.1", 0, application, Server, Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield "127.0.0.1", server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
