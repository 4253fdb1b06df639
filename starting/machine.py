"""The machine that Wardroom stands on, where things are, and how a step is called and told."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
ENVIRONMENT_STAMP = VENV / "wardroom-environment.json"
STARTED = time.monotonic()
OLDEST = (3, 11)
ROOM_NEEDED = {"runtime": 2_000_000_000, "dev": 3_000_000_000}


class Stop(Exception):
    """It cannot go on, and this sentence says what is missing."""


def say(line: str) -> None:
    """Print one line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:6.1f} s] {line}", flush=True)


def home() -> Path:
    """The folder of the database, the files and the logs."""
    return Path(os.environ.get("WARDROOM_HOME", str(ROOT / "var"))).resolve()


def digest(paths: list[Path], *more: str) -> str:
    """One short hash over these files and words."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    for word in more:
        total.update(b"\0" + word.encode())
    return total.hexdigest()[:32]


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Refuse a Python that is too old, in a sentence."""
    if tuple(version[:2]) < OLDEST:
        have = ".".join(str(v) for v in version)
        raise Stop(
            f"Wardroom needs Python 3.11 or newer; this is Python {have}. "
            "Install a newer one and call it by name, for example: make run PYTHON=python3.12"
        )


def check_machine(which: str, *, free: int | None = None) -> None:
    """Refuse a folder that cannot be written to, or a disk that is nearly full."""
    if os.name != "posix":
        raise Stop("Wardroom runs on Linux and macOS; on Windows use WSL.")
    for folder in (ROOT, home()):
        place = folder
        while not place.exists():
            place = place.parent
        if not os.access(place, os.W_OK):
            raise Stop(f"No permission to write to {place}. Give it, or set WARDROOM_HOME.")
    if not ENVIRONMENT_STAMP.exists():
        free = shutil.disk_usage(ROOT).free if free is None else free
        need = ROOM_NEEDED[which]
        if free < need:
            raise Stop(
                f"The disk has {free / 1e9:.1f} GB left; "
                f"the first set-up needs about {need / 1e9:.0f} GB."
            )


@contextmanager
def one_at_a_time():  # type: ignore[no-untyped-def]
    """Hold the set-up lock, so that two runs do not build the same folder."""
    import fcntl

    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another run is setting up; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def call(argv: list[str], *, quiet: bool = True, env: dict[str, str] | None = None) -> str:
    """Run a command; raise Stop with its last lines where it fails."""
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join((done.stdout or "").strip().splitlines()[-15:])
        shown = " ".join(argv[:6])
        raise Stop(f"This step failed with exit code {done.returncode}: {shown} ...\n{last}")
    return done.stdout or ""
