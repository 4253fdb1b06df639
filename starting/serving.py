"""The database made ready, and the site served with a worker beside it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from types import FrameType

from starting.machine import ROOT, VENV, Stop, call, digest, home, say

LIVE_SECONDS = 90
ENDING_SECONDS = 40
TOLD = (signal.SIGTERM, signal.SIGHUP)
SIGN_INS = (
    ("director", "director@wardroom.example"),
    ("ward liaison", "liaison5@wardroom.example"),
    ("agency partner", "partner.dpw@wardroom.example"),
)
SIGN_IN_PASSWORD = "wardroom-demonstration"


def prepare_database() -> None:
    """Make or bring up to date the database; load the demonstration into one that is new."""
    stamp = home() / "database-stamp.json"
    wanted = {"database": _database_name(), "schema": _schema_digest()}
    with suppress(OSError, ValueError):
        if json.loads(stamp.read_text()) == wanted and _database_file_exists():
            return
    home().mkdir(mode=0o700, parents=True, exist_ok=True)
    say("making the database ready")
    call([wardroom(), "setup"], quiet=False)
    say("loading the demonstration district where the database is empty")
    call([wardroom(), "demo", "--when-empty"], quiet=False)
    stamp.write_text(json.dumps(wanted))
    say("database ready")


def wardroom() -> str:
    """The wardroom command in .venv."""
    return str(VENV / "bin" / "wardroom")


def _schema_digest() -> str:
    package = ROOT / "wardroom"
    kept = [*package.glob("*/migrations/*.py"), *package.glob("library/**/*")]
    return digest([p for p in kept if p.is_file() and p.suffix != ".pyc"])


def _database_name() -> str:
    url = os.environ.get("DATABASE_URL", f"sqlite in {home()}")
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def _database_file_exists() -> bool:
    return "DATABASE_URL" in os.environ or (home() / "wardroom.sqlite3").exists()


def choose_port() -> int:
    """The wanted port, or the next one where another program has it.

    Never one beside a Wardroom of the same home, on whichever port: whoever starts it again is
    told that it runs.
    """
    from wardroom.jobs.holding import ports_held

    first = wanted_port()
    for port in ports_held(home()):
        _ends_in_time(port)
    for port in range(first, min(first + 100, 65536)):
        if is_free(port) or _ends_in_time(port):
            return port
    raise Stop(f"No port from {first} to {first + 99} is free; set WARDROOM_PORT to another.")


def wanted_port() -> int:
    """The port that was asked for."""
    words = os.environ.get("WARDROOM_PORT", "8000")
    if not (words.isascii() and words.isdigit() and 0 < int(words) < 65536):
        raise Stop(f"WARDROOM_PORT must be a number from 1 to 65535, not {words!r}.")
    return int(words)


def is_free(port: int) -> bool:
    """Whether nobody listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _ends_in_time(port: int) -> bool:
    from wardroom.jobs.holding import holder_of

    until = time.monotonic() + ENDING_SECONDS
    told = False
    while True:
        holder = holder_of(home(), port)
        if holder is None:
            return told and is_free(port)
        if not holder.is_ending:
            raise Stop(holder.sentence(port))
        if time.monotonic() > until:
            raise Stop(
                f"An earlier run of this home (process {holder.pid}) holds port {port} and does "
                "not end. Try again in a minute."
            )
        if not told:
            say(f"an earlier run is still ending on port {port}; waiting for it")
            told = True
        time.sleep(0.2)


def serve(port: int) -> int:
    """Start the web server and the worker, say when they answer, and wait until they end.

    They end with this process, however it ends: they read from a pipe that closes with it.
    """
    site = f"http://127.0.0.1:{port}"
    logs = home() / "logs"
    argv = [wardroom(), "serve", "--port", str(port), "--with-worker", "--log-folder", str(logs)]
    environment = {**os.environ, "WARDROOM_SITE": os.environ.get("WARDROOM_SITE", site)}
    child = subprocess.Popen(
        [*argv, "--end-with-input"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        if _answers(site, child):
            _welcome(site)
        return child.wait()
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may be gone
            print(flush=True)
            say("stopping")
        return 0
    finally:
        _end(child)


def end_when_told() -> None:
    """Take SIGTERM, and a terminal that is closed, like Ctrl-C: end in order."""
    for number in TOLD:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup keeps its promise
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _hurry_no_more()
    raise KeyboardInterrupt


def _hurry_no_more() -> None:
    """Whoever ends this may say so once more, make for one; that must not hurry the end."""
    for number in TOLD:
        signal.signal(number, signal.SIG_IGN)


def _answers(site: str, child: subprocess.Popen[bytes]) -> bool:
    from urllib.request import urlopen

    until = time.monotonic() + LIVE_SECONDS
    while child.poll() is None and time.monotonic() < until:
        with suppress(OSError), urlopen(f"{site}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        time.sleep(0.2)
    if child.poll() is None:
        raise Stop(f"The site did not answer within {LIVE_SECONDS} s; see {home() / 'logs'}.")
    return False


def _welcome(site: str) -> None:
    say(f"Wardroom is ready at {site}")
    if (home() / "demonstration").exists():
        print("\n  Demonstration sign-ins (an invented, schematic district):")
        for who, email in SIGN_INS:
            print(f"    {who:<15} {email:<30} {SIGN_IN_PASSWORD}")
    print("\n  Stop with Ctrl-C. Nothing is lost; the next start takes a few seconds.", flush=True)


def _end(child: subprocess.Popen[bytes]) -> None:
    _hurry_no_more()
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            child.wait(ENDING_SECONDS)
    if child.poll() is None:
        child.kill()
