"""The site as it is served: a gunicorn of its own on the test's database, at a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.jobs.test_kill import address_of_test_database

SOON = 60.0


@contextmanager
def live_site(folder: Path, *, settings: str = "tests.settings") -> Iterator[tuple[str, int]]:
    """The site, at a host and a port, until the end of the block; it writes its log there."""
    host, port = "127.0.0.1", _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": address_of_test_database(),
    }
    words = [
        "-m",
        "gunicorn",
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--graceful-timeout",
        "3",
        "--log-level",
        "error",
    ]
    with (folder / "site.log").open("ab") as log:
        site = subprocess.Popen(
            [
                sys.executable,
                *words,
                "--bind",
                f"{host}:{port}",
                "wardroom.config.wsgi:application",
            ],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(host, port)
            yield host, port
        finally:
            _end(site)


def _end(site: subprocess.Popen[bytes]) -> None:
    """End it in order, and then whatever of its family is left: it may hold the database open."""
    family = psutil.Process(site.pid).children(recursive=True)
    site.terminate()
    with suppress(subprocess.TimeoutExpired):
        site.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(site.pid, signal.SIGKILL)
    site.wait(10)
    psutil.wait_procs(family, timeout=10)


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def _wait_for(host: str, port: int) -> None:
    until = time.monotonic() + SOON
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
