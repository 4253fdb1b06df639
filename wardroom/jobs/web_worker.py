"""A web process that soon lets go of connections on which nothing was ever said."""

from __future__ import annotations

import time
from typing import Any

from gunicorn.workers import gthread

SILENT_SECONDS = 2.0
ThreadWorker: Any = gthread.ThreadWorker


class Worker(ThreadWorker):  # type: ignore[misc]
    """Keeps a connection of a proxy for long only once it was used.

    Else each that says nothing would hold a place, and the end of the site, for as long.
    """

    def finish_request(self, conn: Any, fs: Any) -> None:
        """A request was answered, or nothing came yet on a new connection."""
        silent = len(self.pending_conns)
        super().finish_request(conn, fs)
        if len(self.pending_conns) > silent:
            conn.timeout = time.monotonic() + SILENT_SECONDS
