"""The database made ready, and the site served with a worker beside it."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import time
from contextlib import suppress

from starting.machine import ROOT, VENV, Stop, call, digest, home, say

LIVE_SECONDS = 90
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
    home().mkdir(parents=True, exist_ok=True)
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


def free_port(first: int) -> int:
    """The wanted port, or the next free one."""
    for port in range(first, min(first + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stop(f"No port from {first} to {first + 99} is free; set WARDROOM_PORT to another.")


def serve(port: int) -> int:
    """Start the web server and the worker, say when they answer, and wait until they end."""
    site = f"http://127.0.0.1:{port}"
    logs = home() / "logs"
    argv = [wardroom(), "serve", "--port", str(port), "--with-worker", "--log-folder", str(logs)]
    environment = {**os.environ, "WARDROOM_SITE": os.environ.get("WARDROOM_SITE", site)}
    child = subprocess.Popen(argv, cwd=ROOT, env=environment, start_new_session=True)
    try:
        if _answers(site, child):
            _welcome(site)
        return child.wait()
    except KeyboardInterrupt:
        print(flush=True)
        say("stopping")
        return 0
    finally:
        _end(child)


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
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            child.wait(40)
    if child.poll() is None:
        child.kill()
