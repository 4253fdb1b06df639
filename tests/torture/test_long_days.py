"""R15 and R16 at length: a site that is asked 200,000 times, and one that is asked for too much."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.api.live import live_site
from tests.ground import Ground
from tests.reliability.overload import ask, rush
from tests.reliability.soak import LIFE, PEOPLE, leaks, soaked
from tests.reliability.test_r16_overload import FINE, HANDS, PATHS, TIMES
from tests.torture.conftest import Tally

pytestmark = pytest.mark.django_db(transaction=True)
MOST_SECONDS, WELL_AGAIN, ROUNDS = 1.0, 10.0, 20


@pytest.mark.torture("R15 requests of a long day", 200_000)
def test_soak(ground: Ground, tmp_path: Path, tally: Tally) -> None:
    """The first tenth warms the site up; from then on it neither grows nor keeps files open."""
    each, rounds = tally.asked // ROUNDS // PEOPLE, []
    with live_site(tmp_path) as (host, port):
        for one in soaked(host, port, PATHS, rounds=ROUNDS, each=each):
            assert one.statuses <= FINE
            rounds.append(one)
            tally.done += PEOPLE * each
    assert leaks(rounds) == set(), rounds


@pytest.mark.torture("R16 seconds of four times too many", 60)
def test_overload(ground: Ground, tmp_path: Path, tally: Tally) -> None:
    with live_site(tmp_path) as (host, port):
        rush(host, port, PATHS, people=1, each=len(PATHS), life=LIFE)
        begun, slowest = time.monotonic(), 0.0
        while time.monotonic() - begun < tally.asked:
            found = rush(host, port, PATHS, people=HANDS * TIMES, each=50, life=LIFE)
            assert set(found.statuses) <= FINE
            slowest = max(slowest, found.slowest_life)
        over = time.monotonic()
        while True:
            asked = time.monotonic()
            if ask(host, port, PATHS[0]) == 200 and time.monotonic() - asked < MOST_SECONDS:
                break
        assert time.monotonic() - over <= WELL_AGAIN
    assert slowest <= MOST_SECONDS
    tally.done = tally.asked
