"""The site as it is served: a gunicorn of its own on the test's database, at a free port."""

from __future__ import annotations

import argparse
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
from wardroom.jobs.commands.serve_command import add_arguments, web_argv

HOST, SOON = "127.0.0.1", 60.0


@contextmanager
def live_site(folder: Path, *, settings: str = "tests.settings") -> Iterator[tuple[str, int]]:
    """The site, at a host and a port, until the end of the block; it writes its log there."""
    port = _free_port()
    call = ["-m", "gunicorn", "--worker-class", "gthread", "--threads", "4"]
    call += ["--graceful-timeout", "3", "--log-level", "error", "--bind", f"{HOST}:{port}"]
    call += ["wardroom.config.wsgi:application"]
    with _answering(call, port, folder, DJANGO_SETTINGS_MODULE=settings):
        yield HOST, port


@contextmanager
def served_site(folder: Path) -> Iterator[tuple[str, int]]:
    """The site as `wardroom serve` starts it, with the settings of an office.

    The database is not looked at first: that of a test may not wait for the disk.
    """
    port, words = _free_port(), argparse.ArgumentParser()
    add_arguments(words)
    call = web_argv(words.parse_args(["--host", HOST, "--port", str(port)]))[1:]
    own = {"DJANGO_SETTINGS_MODULE": "wardroom.config.settings"}
    with _answering(call, port, folder, **own, WARDROOM_SECOND_FACTOR="offered"):
        yield HOST, port


@contextmanager
def _answering(call: list[str], port: int, folder: Path, **said: str) -> Iterator[None]:
    environment = {**os.environ, "DATABASE_URL": address_of_test_database(), **said}
    with (folder / "site.log").open("ab") as log:
        site = subprocess.Popen(
            [sys.executable, *call],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(HOST, port)
            yield
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
        line.bind((HOST, 0))
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
