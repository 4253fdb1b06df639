"""What web processes share is there before they are made, and stays shared."""

from __future__ import annotations

import argparse
import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import get_resolver
from pytest_django import Settings

from wardroom.jobs.commands.serve_command import WORKER, add_arguments, web_argv
from wardroom.jobs.web_process import share_what_all_need

MOST_THAT_PROXIES_KEEP, PATIENCE = 120, 60.0


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What is frozen here is looked at again by whatever is tested after."""
    yield
    gc.unfreeze()


def test_the_addresses_are_known_and_nothing_is_looked_at_again() -> None:
    before = gc.get_freeze_count()
    marked: list[list[str]] = [[]]
    share_what_all_need()
    assert gc.get_freeze_count() > before
    assert not any(held is marked for held in gc.get_objects())
    assert get_resolver()._populated  # type: ignore[attr-defined]


def test_power_what_is_not_frozen_is_looked_at() -> None:
    """Power check: the same question finds a thing that was made later."""
    share_what_all_need()
    later: list[list[str]] = [[]]
    assert any(held is later for held in gc.get_objects())


def kept_seconds() -> int:
    """How long the site as it is served keeps a connection on which nothing is asked."""
    words = argparse.ArgumentParser()
    add_arguments(words)
    call = web_argv(words.parse_args([]))
    return int(call[call.index("--keep-alive") + 1])


def test_a_proxy_is_the_first_to_close(settings: Settings) -> None:
    """Else it sends a form down a connection that closes at that moment, and answers 502."""
    settings.BEHIND_PROXY = True
    assert kept_seconds() > MOST_THAT_PROXIES_KEEP


def test_strangers_hold_no_connection_for_long(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    assert kept_seconds() < 5


PLAIN = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


@contextmanager
def served(folder: Path, worker: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A plain site, served as behind a proxy; its port and its first process."""
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    call = [
        *(sys.executable, "-m", "gunicorn", "plain:application", "--pythonpath", str(folder)),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", worker, "--threads", "2"),
        *("--keep-alive", "130", "--graceful-timeout", "60", "--no-control-socket"),
    ]
    child = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    try:
        yield port, child
    finally:
        child.kill()
        child.wait()


def connected(port: int) -> socket.socket:
    """A connection, as soon as the site listens."""
    over = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < over
            time.sleep(0.05)


def is_answered(used: socket.socket) -> bool:
    """Whether the site answers what is asked on this connection."""
    used.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    came = b""
    while not came.endswith(b"ok"):
        more = used.recv(1000)
        if not more:
            return False
        came += more
    return came.startswith(b"HTTP/1.1 200")


def test_who_says_nothing_is_let_go_and_who_asked_is_kept(tmp_path: Path) -> None:
    with (
        served(tmp_path, WORKER) as (port, _),
        connected(port) as silent,
        connected(port) as used,
    ):
        assert is_answered(used)
        assert silent.recv(1) == b""
        assert is_answered(used)


def test_power_a_worker_of_the_library_keeps_who_says_nothing(tmp_path: Path) -> None:
    """Power check: the same silence is kept where the house does not end it."""
    with served(tmp_path, "gthread") as (port, _), connected(port) as silent:
        silent.settimeout(15)
        with pytest.raises(TimeoutError):
            silent.recv(1)
