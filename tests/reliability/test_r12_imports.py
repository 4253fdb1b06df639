"""R12: an import that is killed and run again ends as one that never was; it is quick, and small.

That the same file twice gives nothing new, and that bad rows are told by their line, stands in
tests/service_requests/test_importing.py and test_rejects.py.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.jobs.test_kill import address_of_test_database
from tests.reliability.crew import at_work_beside
from tests.reliability.killing import Say, killed
from tests.service_requests.samples import counts, mirror, row, take, write
from tests.service_requests.test_importing import city
from wardroom.service_requests.gateways import files
from wardroom.service_requests.models import ImportRun, ServiceRequest, StatusChange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
KILLS, A_FILE, BATCH = 50, 10, 10
# The bar of R12 is 300 MB and stands in tests/torture; past this one something holds too much.
ROWS, LEAST_A_SECOND, ALARM_MB = 100_000, 500, 330


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BATCH", BATCH)


def state_of(feed: str) -> str:
    """One hash over every request of a feed as it stands."""
    told = json.dumps(mirror(feed), sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def read(path: Path, feed: str, say: Say) -> None:
    take(path, feed_code=feed, progress=lambda done: say(f"{done}"))


def killed_reading(path: Path, feed: str, chance: random.Random) -> list[int]:
    """Kill -9 somebody who reads this file, at a moment of chance; how far each batch got."""
    work = partial(read, path, feed)
    said = killed(work, words=chance.randrange(0, 12), after=chance.expovariate(100))
    return [int(words) for words in said]


@pytest.mark.usefixtures("small_batches")
def test_50_kills_and_a_last_reading_end_as_one_reading(tmp_path: Path) -> None:
    """Five files, each killed ten times on the way; every reading goes on from what stands."""
    chance, broken = random.Random(12), 0
    for turn in range(KILLS // A_FILE):
        path = write(tmp_path / f"{turn}.csv", city(150))
        feed, whole = f"killed-{turn}", f"whole-{turn}"
        for _ in range(A_FILE):
            said = killed_reading(path, feed, chance)
            there = ServiceRequest.objects.filter(feed__code=feed).count()
            assert there >= max([0, *said]) - 3, "what was said is there"
            broken += there < 150
        with at_work_beside(partial(take, path, feed_code=feed)):
            pass
        with at_work_beside(partial(take, path, feed_code=whole)):
            pass
        assert state_of(feed) == state_of(whole)
        assert not StatusChange.objects.filter(request__feed__code=feed).exists()
    assert broken > KILLS // 5, "most kills came when nothing was left to read"
    assert not ImportRun.objects.filter(state="running").exists()


@pytest.mark.usefixtures("small_batches")
def test_power_of_a_reading_that_goes_on_one_batch_too_far(tmp_path: Path) -> None:
    """Power check: goes on behind a batch that was never read, as if it were in."""
    rows = city(150)
    with at_work_beside(
        partial(take, write(tmp_path / "first.csv", rows[:50]), feed_code="killed")
    ):
        pass
    rest = write(tmp_path / "rest.csv", rows[50 + BATCH :])
    whole = write(tmp_path / "whole.csv", rows)
    for file, feed in ((rest, "killed"), (whole, "whole")):
        with at_work_beside(partial(take, file, feed_code=feed)):
            pass
    assert state_of("killed") != state_of("whole")


def measured(path: Path, *words: str) -> tuple[int, float, float]:
    """Rows read, rows a second and most megabytes of a reader in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.measured_import", str(path), *words],
        # As many heaps on every machine, however many cores it has.
        env={
            **os.environ,
            "DATABASE_URL": address_of_test_database(),
            "MALLOC_ARENA_MAX": "2",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return told["read"], told["read"] / told["seconds"], told["most_mb"]


def many(path: Path, number: int) -> Path:
    """So many ordinary rows of fifty kinds along a thousand streets."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row(0))
        writer.writeheader()
        for n in range(number):
            writer.writerow(
                row(
                    f"26-{n:07}",
                    opened=f"202{n % 6}-{1 + n % 12:02}-{1 + n % 28:02}T12:00:00Z",
                    kind=f"K{n % 50}",
                    kind_name=f"Kind {n % 50}",
                    lon=f"{-77.04 + 0.00007 * (n % 1000):.5f}",
                    address_id=str(5000 + n % 20_000),
                    address=f"{100 + n % 20_000} TEST STREET NE",
                    status=("OPEN", "CLOSED")[n % 2],
                )
            )
    return path


def test_100000_rows_are_read_quickly_and_in_little_memory(tmp_path: Path) -> None:
    path = many(tmp_path / "many.csv", ROWS)
    read_in, a_second, most_mb = measured(path)
    assert read_in == ServiceRequest.objects.count() == ROWS
    assert a_second >= LEAST_A_SECOND
    assert most_mb <= ALARM_MB


def test_power_of_the_measure_where_every_batch_waits_and_all_is_held(tmp_path: Path) -> None:
    """Power check: the same reader, made slow and large on purpose."""
    path = many(tmp_path / "few.csv", 1_000)
    _, a_second, most_mb = measured(path, "slow and large")
    assert a_second < LEAST_A_SECOND
    assert most_mb > ALARM_MB


def test_same_file_twice_gives_nothing_new(tmp_path: Path) -> None:
    path = write(tmp_path / "twice.csv", city(150))
    for wanted in ((153, 150, 0, 0, 3), (153, 0, 0, 150, 3)):
        assert counts(take(path)) == wanted
