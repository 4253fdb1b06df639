"""A worker that is killed costs delay, never loss or repetition. Real processes, real kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import pytest
from django.db import connection

from tests.conftest import stamp_for
from tests.jobs.bells import BellHeard, register_bells, ring_bell
from wardroom import reactions
from wardroom.access.actor import SYSTEM
from wardroom.jobs.stamps import worker_stamp
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import register_reactions

pytestmark = pytest.mark.django_db(transaction=True)
SOON, LATER = 30.0, 75.0


class RealWorkers:
    """Starts workers on the test database, and ends them whatever happens."""

    def __init__(self, folder: Path) -> None:
        self.begun = folder / "begun"
        self.log = (folder / "worker.log").open("ab")
        self.started: list[psutil.Popen] = []

    def start(self) -> psutil.Popen:
        environment = {
            **os.environ,
            "DATABASE_URL": address_of_test_database(),
            "BELL_BEGUN": str(self.begun),
        }
        child = psutil.Popen(
            [sys.executable, "-m", "tests.jobs.bell_worker"],
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.started.append(child)
        return self.started[-1]

    def end(self) -> None:
        for process in self.started:
            kill_all(process)
        self.log.close()


def address_of_test_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    given = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(given._replace(path=f"/{name}"))


def kill_all(process: psutil.Popen) -> None:
    with suppress(psutil.NoSuchProcess):
        family = process.children(recursive=True)
        for one in (process, *family):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family, timeout=10)
    process.wait(10)


def wait_for(what: str, true: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{what} did not come within {seconds:.0f} s"
        time.sleep(0.1)


def heard() -> int:
    return Entry.objects.filter(kind=BellHeard.__name__).count()


def done() -> bool:
    return Receipt.objects.filter(state="done").exists()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[RealWorkers]:
    register_bells()
    running = RealWorkers(tmp_path)
    yield running
    running.end()
    register_reactions(reactions.FOLLOWS)


def test_worker_killed_in_a_reaction_loses_and_repeats_nothing(workers: RealWorkers) -> None:
    first = workers.start()
    ring_bell(None, tone="slow", stamp=worker_stamp())
    wait_for("the slow reaction", workers.begun.exists, SOON)
    kill_all(first)
    assert heard() == 0
    assert Receipt.objects.get().state == "due"

    workers.start()
    wait_for("the second try", done, SOON)
    assert heard() == 1
    assert Receipt.objects.get().attempts == 2


def test_pool_process_killed_in_a_reaction_is_replaced(workers: RealWorkers) -> None:
    workers.start()
    ring_bell(None, tone="slow", stamp=worker_stamp())
    wait_for("the slow reaction", workers.begun.exists, SOON)
    wait_for("its number", lambda: workers.begun.read_text() != "", 2)
    os.kill(int(workers.begun.read_text()), signal.SIGKILL)

    wait_for("the second try", done, LATER)
    assert heard() == 1


def test_queue_jammed_by_a_killed_idle_process_is_started_again(workers: RealWorkers) -> None:
    main = workers.start()
    ring_bell(None, tone="high", stamp=worker_stamp())
    wait_for("the first bell", done, SOON)
    time.sleep(0.5)
    pool = main.children()[0].children()[0].children()
    pool[0].kill()
    ring_bell(None, tone="low", stamp=worker_stamp())
    wait_for("the second bell", lambda: heard() == 2, LATER)


def test_work_waits_while_no_worker_runs(workers: RealWorkers) -> None:
    ring_bell(None, tone="high", stamp=stamp_for(SYSTEM))
    ring_bell(None, tone="low", stamp=stamp_for(SYSTEM))
    assert heard() == 0
    process = workers.start()
    wait_for("both", lambda: Receipt.objects.filter(state="done").count() == 2, SOON)
    assert heard() == 2

    process.terminate()
    assert process.wait(SOON) == 0
