"""R8, R9 and R12 at length; what is asked for is asked for on both databases."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest

from tests.casework.intake import take as taken
from tests.cast import Cast
from tests.ground import Ground
from tests.reliability.crew import all_at_once, at_work_beside
from tests.reliability.crowd import fill_office, slowest_of_100
from tests.reliability.served_crowd import served_crowd
from tests.reliability.test_r08_many_at_once import people, silent_overwrites, steps, work
from tests.reliability.test_r08_numbers_and_races import (
    closed_with_an_open_step,
    open_one,
    opened_by,
    race_on,
)
from tests.reliability.test_r12_imports import killed_reading, small_batches, state_of
from tests.service_requests.samples import take, write
from tests.service_requests.test_importing import city
from tests.torture.conftest import Tally
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter

__all__ = ["people", "small_batches", "steps"]
pytestmark = pytest.mark.django_db(transaction=True)
MATTERS, MOST_SECONDS, KILLS_A_FILE = 100_000, 1.0, 10


@pytest.mark.torture("R8 edits of the same steps", 4000)
def test_edits(people: list[Cast], steps: list[int], tally: Tally) -> None:
    edits = work(people, steps, tally.asked // len(people))
    assert {edit.came for edit in edits} == {"saved", "stale"}
    assert silent_overwrites(edits) == []
    tally.done = len(edits)


@pytest.mark.torture("R8 matters opened at once", 4000)
def test_numbers(ground: Ground, people: list[Cast], tally: Tally) -> None:
    times = tally.asked // len(people)
    hands = [partial(opened_by, ground, who, n, times) for n, who in enumerate(people)]
    made = [each for mine in all_at_once(hands) for each in mine]
    assert dict(Matter.objects.values_list("pk", "title")) == {pk: t for pk, t, _ in made}
    tally.done = len({pk for pk, _, _ in made})


@pytest.mark.torture("R8 closing against a new step", 500)
def test_races(ground: Ground, people: list[Cast], tally: Tally) -> None:
    matters = [open_one(ground, people[0], f"Alley {n}") for n in range(tally.asked)]
    said = race_on(matters, people[0], people[1])
    assert set(said) <= {("done", "wrong_state"), ("asks_under_way", "done")}
    assert closed_with_an_open_step() == 0
    tally.done = len(said)


@pytest.mark.torture("R9 seconds of 8 writers and 8 readers", 60)
def test_crowd(
    ground: Ground, liaison5: Cast, director: Cast, tmp_path: Path, tally: Tally
) -> None:
    numbers = fill_office(taken(liaison5, ground, topic_code="").matter, MATTERS)
    writers, readers = served_crowd(director, numbers, float(tally.asked), tmp_path)
    assert [words for day in (*writers, *readers) for words in day.broken] == []
    written = sum(len(day.seconds) for day in writers)
    assert Entry.objects.filter(kind="NextStepSet").count() == written
    assert slowest_of_100(writers) <= MOST_SECONDS
    tally.done = tally.asked


@pytest.mark.usefixtures("small_batches")
@pytest.mark.torture("R12 kills of an import", 500)
def test_imports(tmp_path: Path, tally: Tally) -> None:
    chance = random.Random(120)
    for turn in range(tally.asked // KILLS_A_FILE):
        path = write(tmp_path / f"{turn}.csv", city(150))
        for _ in range(KILLS_A_FILE):
            killed_reading(path, f"killed-{turn}", chance)
        for feed in (f"killed-{turn}", f"whole-{turn}"):
            with at_work_beside(partial(take, path, feed_code=feed)):
                pass
        assert state_of(f"killed-{turn}") == state_of(f"whole-{turn}")
        tally.done += KILLS_A_FILE
