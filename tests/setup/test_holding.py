"""Who serves from a home is known by a note: on every port, and never by the number alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from starting import machine, serving
from starting.machine import ROOT
from tests.browser.house import free_port
from wardroom.jobs import holding
from wardroom.jobs.holding import hold_port, holder_of, ports_held

HURRIED = """
import os, signal, subprocess, sys, threading
from starting import serving
serving.end_when_told()
slow = (
    "import signal, sys, time\\n"
    "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1.5), sys.exit(7)))\\n"
    "print('up', flush=True)\\n"
    "time.sleep(60)"
)
child = subprocess.Popen([sys.executable, "-c", slow], stdout=subprocess.PIPE)
child.stdout.readline()
try:
    os.kill(os.getpid(), signal.SIGTERM)
except KeyboardInterrupt:
    pass
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGHUP)).start()
serving._end(child)
print(child.returncode)
"""


def test_second_run_is_told_of_the_first_on_another_port(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WARDROOM_HOME", str(tmp_path))
    first, wanted = free_port(), free_port()
    monkeypatch.setenv("WARDROOM_PORT", str(wanted))
    held = hold_port(tmp_path, first)
    assert held is not None
    with closing(held):
        assert ports_held(tmp_path) == [first]
        with pytest.raises(machine.Stop, match=f"already running on port {first}"):
            serving.choose_port()
    assert ports_held(tmp_path) == []
    assert serving.choose_port() >= wanted


def test_number_of_another_process_is_not_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as then:
        then.setattr(holding, "_began", lambda pid: "1")
        held = hold_port(tmp_path, 8000)
    assert held is not None
    with closing(held):
        holder = holder_of(tmp_path, 8000)
        assert holder is not None
        assert holder.pid == os.getpid()
        assert holder.is_ending


def test_slower_of_two_leaves_the_note_of_the_first(tmp_path: Path) -> None:
    held = hold_port(tmp_path, 8000)
    assert held is not None
    with closing(held):
        assert hold_port(tmp_path, 8000) is None
        assert holder_of(tmp_path, 8000) is not None
        (note,) = (tmp_path / "serving").iterdir()
        assert note.name == f"{socket.gethostname()}-8000"


def test_another_signal_does_not_hurry_the_end() -> None:
    run = subprocess.run(
        [sys.executable, "-c", HURRIED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["7"], run.stderr
