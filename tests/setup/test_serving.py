"""Whatever `make run` started ends with it, and is not started twice. Real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from starting.machine import ROOT
from tests import migrated
from tests.browser.house import command, environment_of, free_port

SOON, IN_ORDER = 60.0, 45.0
RUN = "import run; run.end_when_told(); run.serve(run.choose_port())"

WHOLE = 5  # the supervisor, the site's first and two more, the worker's first


class RealRuns:
    """Runs the last steps of `make run` in a home that is set up, and ends all it started."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.started: list[psutil.Process] = []

    def start(self, *before: str) -> psutil.Popen:
        """Start one and wait until it answers, and the worker beside it is whole."""
        run = self.call(*before, stdin=subprocess.DEVNULL)
        until = time.monotonic() + SOON
        while not answers(self.port) or len(run.children(recursive=True)) < WHOLE:
            assert run.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)
        self.started += [run, *run.children(recursive=True)]
        return run

    def call(self, *before: str, **more: object) -> psutil.Popen:
        with (self.home / "run.out").open("wb") as out:
            return psutil.Popen(
                [*before, sys.executable, "-c", RUN],
                cwd=ROOT,
                env={**environment_of(self.home), "WARDROOM_PORT": str(self.port)},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **more,
            )

    def said(self) -> str:
        return (self.home / "run.out").read_text()

    def complaints(self) -> list[str]:
        """What the parts wrote of processes that did not end in order."""
        logs = [self.home / "run.out", *self.home.rglob("*.log")]
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        return [line for line in lines if "SIGABRT" in line or "terminate called" in line]

    def left(self, seconds: float = IN_ORDER) -> list[psutil.Process]:
        """What still lives after this long."""
        return list(psutil.wait_procs(self.started, timeout=seconds)[1])


def answers(port: int) -> bool:
    with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return bool(answer.status == 200)
    return False


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[RealRuns]:
    if not migrated.put(tmp_path / "wardroom.sqlite3"):
        subprocess.run(command("setup"), env=environment_of(tmp_path), check=True)
    real = RealRuns(tmp_path)
    yield real
    for one in real.started:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(real.started, timeout=10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_everything_ends_with_the_group_of_the_run(runs: RealRuns, number: signal.Signals) -> None:
    run = runs.start()
    assert len(runs.started) > 5
    os.killpg(run.pid, number)
    assert runs.left() == []
    assert not answers(runs.port)
    assert runs.complaints() == []


def test_everything_ends_when_the_server_is_killed(runs: RealRuns) -> None:
    run = runs.start()
    (server,) = run.children()
    server.kill()
    assert runs.left() == []


def test_run_under_nohup_outlives_its_terminal(runs: RealRuns) -> None:
    run = runs.start("nohup")
    os.killpg(run.pid, signal.SIGHUP)
    assert not psutil.wait_procs([run], timeout=2)[0]
    assert answers(runs.port)
    run.terminate()
    assert runs.left() == []


def test_second_run_of_a_home_is_told_how_to_stop_the_first(runs: RealRuns) -> None:
    run = runs.start()
    (server,) = run.children()
    second = runs.call(stdin=subprocess.DEVNULL)
    assert second.wait(SOON) == 1
    assert f"already running on port {runs.port} (process {server.pid})" in runs.said()
    assert f"Stop it with: kill {server.pid}" in runs.said()

    words = ("serve", "--port", str(runs.port))
    third = subprocess.run(
        command(*words), env=environment_of(runs.home), capture_output=True, text=True, check=False
    )
    assert third.returncode == 1
    assert f"Stop it with: kill {server.pid}" in third.stderr

    os.kill(server.pid, signal.SIGTERM)
    assert runs.left() == []


def test_run_waits_for_an_earlier_one_that_is_ending(runs: RealRuns) -> None:
    from wardroom.jobs.holding import hold_port, say_ending

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", runs.port))
        busy.listen()
        held = hold_port(runs.home, runs.port)
        assert held is not None
        with closing(held):
            say_ending(held)
            waiting = runs.call(stdin=subprocess.DEVNULL)
            until = time.monotonic() + SOON
            while "still ending" not in runs.said() and time.monotonic() < until:
                time.sleep(0.1)
            assert "an earlier run is still ending" in runs.said()
            runs.started.append(waiting)
    until = time.monotonic() + SOON
    while not answers(runs.port) and time.monotonic() < until:
        time.sleep(0.1)
    assert answers(runs.port)
    runs.started += waiting.children(recursive=True)
    waiting.terminate()
    assert runs.left() == []
