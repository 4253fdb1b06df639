"""One person's requests to the whole site, as a server hands them over, and what they cost.

CPU is the process's own plus, on PostgreSQL, that of the backend and of its parallel workers;
what the server does for itself in the background is left out.
"""

from __future__ import annotations

import gc
import io
import secrets
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from bench.homes import END
from wardroom.access.models import User
from wardroom.access.queries import actor_for

ROUNDS, CALLS, WARM = 5, 6, 4
# Another each run: a form that was sent before is not done again.
TOKEN = secrets.token_hex(16)
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Cost:
    """What one request took, the median of some rounds."""

    cpu_ms: float
    wall_ms: float
    server_ms: float
    statements: int
    control: int
    size: int


class Visitor:
    """Somebody who has signed in, in front of the application itself."""

    def __init__(self, email: str) -> None:
        user = User.objects.get(email=email)
        self.actor = actor_for(user, on=date.fromisoformat(END))
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.application = get_wsgi_application()

    def get(self, path: str) -> bytes:
        """A page."""
        status, body = self._call("GET", path, b"")
        assert status == 200, (status, path)
        return body

    def post(self, path: str, words: Mapping[str, str]) -> bytes:
        """A form that was taken."""
        sent = urlencode({**words, "csrfmiddlewaretoken": TOKEN}).encode()
        status, body = self._call("POST", path, sent)
        assert status == 302, (status, path, body[:2000])
        return body or b"-"

    def _call(self, method: str, path: str, sent: bytes) -> tuple[int, bytes]:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": self.cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent),
            "wsgi.errors": io.StringIO(),
        }
        said: list[str] = []

        def begin(status: str, headers: Any, told: Any = None, /) -> Any:
            said.append(status)

        answer = self.application(environ, begin)
        body = b"".join(answer)
        answer.close()
        return int(said[0].split()[0]), body


class Clock:
    """The CPU seconds of this process, and of the database server on our behalf."""

    def __init__(self) -> None:
        self.backend = self.parent = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = psutil.Process(cursor.fetchone()[0])
            self.parent = self.backend.parent()

    def own(self) -> float:
        return time.process_time()

    def server(self) -> float:
        """Of the backend, and of parallel workers that have ended."""
        if self.backend is None or self.parent is None:
            return 0.0
        ended = self.parent.cpu_times()
        return _seconds(self.backend) + float(ended.children_user + ended.children_system)


def _seconds(process: Any) -> float:
    """To the nanosecond where the system tells, else to its tick."""
    path = Path(f"/proc/{process.pid}/schedstat")
    if path.exists():
        return int(path.read_text().split()[0]) / 1e9
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def cost(call: Callable[[], bytes], *, rounds: int = ROUNDS, calls: int = CALLS) -> Cost:
    """The cost of a call when everything is warm."""
    size = 0
    for _ in range(WARM):
        size = len(call())
    clock = Clock()
    cpus, walls, servers = [], [], []
    for _ in range(rounds):
        gc.collect()
        wall, own, server = time.perf_counter(), clock.own(), clock.server()
        for _ in range(calls):
            call()
        servers.append((clock.server() - server) / calls)
        cpus.append((clock.own() - own) / calls + servers[-1])
        walls.append((time.perf_counter() - wall) / calls)
    with statements() as seen:
        call()
    control = sum(1 for sql in seen if sql.lstrip().startswith(CONTROL))
    return Cost(
        cpu_ms=1000 * statistics.median(cpus),
        wall_ms=1000 * statistics.median(walls),
        server_ms=1000 * statistics.median(servers),
        statements=len(seen) - control,
        control=control,
        size=size,
    )


def counted(call: Callable[[], object]) -> int:
    """How many statements a call takes, those that begin and end transactions left out."""
    with statements() as seen:
        call()
    return sum(1 for sql in seen if not sql.lstrip().startswith(CONTROL))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that reaches the database in here."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
