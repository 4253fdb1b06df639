"""The house as people start it: set up, loaded with the demonstration, served, a worker beside it.

It is loaded once for all browser tests, the same on whatever day they run. Each test that
changes something works in a ward of its own, so the order of the tests does not matter.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests import migrated

PASSWORD = "wardroom-demonstration"
REQUESTS = "70000"
LAST_DAY = "2026-11-18"
NEWCOMER = """
import django
django.setup()
from django.utils.timezone import now
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.directory.actions import add_user
stamp = Stamp(actor=SYSTEM, at=now(), window=Window.SHELL)
add_user(None, email="{email}", name="A Newcomer", password="{password}", stamp=stamp)
"""
LIVE_SECONDS = 60.0


@dataclass(frozen=True)
class House:
    """A running site and the folder of its data."""

    base: str
    home: Path

    @property
    def errors(self) -> list[str]:
        """The errors that the web server and the worker wrote down; a wrong host is none."""
        logs = sorted((self.home / "logs").glob("*.log"))
        lines = [line for p in logs for line in p.read_text(errors="replace").splitlines()]
        return [line for line in lines if " ERROR " in line and "DisallowedHost" not in line]


def email_of(who: str) -> str:
    """The address a person of the demonstration signs in with, such as ``liaison5``."""
    return f"{who}@wardroom.example"


def environment_of(home: Path, base: str = "") -> dict[str, str]:
    """What a command of this house is called with."""
    return {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "wardroom.config.settings",
        "WARDROOM_HOME": str(home),
        "WARDROOM_QUIET_HOURS": "off",
        **({"WARDROOM_SITE": base} if base else {}),
    }


def furnish(home: Path) -> None:
    """Set the house up in this folder and load the demonstration.

    Where several runs share the work, the first one furnishes a folder that all of them copy.
    """
    shared = os.environ.get("WARDROOM_FURNISHED")
    if not shared:
        load(home)
        return
    with (Path(shared) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = Path(shared) / "home"
        if not there.is_dir():
            load(Path(shared) / "loading")
            (Path(shared) / "loading").rename(there)
    shutil.copytree(there, home, dirs_exist_ok=True)


def load(home: Path) -> None:
    """Make a house in this folder, with the demonstration and one newcomer in it."""
    migrated.put(home / "wardroom.sqlite3")
    home.mkdir(exist_ok=True)
    newcomer = NEWCOMER.format(email=email_of("nobody"), password=PASSWORD)
    for argv in (
        command("setup"),
        command("demo", "--requests", REQUESTS, "--end", LAST_DAY),
        [sys.executable, "-c", newcomer],
    ):
        done = subprocess.run(
            argv, env=environment_of(home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def open_house(home: Path) -> Iterator[House]:
    """Furnish a house in this folder, serve it, and end all of it afterwards."""
    base = f"http://127.0.0.1:{free_port()}"
    furnish(home)
    serve = command("serve", "--port", base.rpartition(":")[2], "--with-worker")
    with (home / "serve.out").open("wb") as out:
        child = subprocess.Popen(
            [*serve, "--log-folder", str(home / "logs")],
            env=environment_of(home, base),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(base, child)
        yield House(base, home)
    finally:
        end(child)


def command(*words: str) -> list[str]:
    """A call of the wardroom command in this environment."""
    return [sys.executable, "-m", "wardroom.jobs.cli", *words]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(base: str, child: subprocess.Popen[bytes]) -> None:
    """Wait for the site's own sign of life."""
    until = time.monotonic() + LIVE_SECONDS
    while child.poll() is None and time.monotonic() < until:
        with suppress(OSError), urlopen(f"{base}/healthz", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise AssertionError(f"the site did not answer; exit code {child.poll()}")


def end(child: subprocess.Popen[bytes]) -> None:
    """End the server in order; by force only where it does not listen."""
    child.terminate()
    try:
        child.wait(40)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait(10)
