"""R1: kill -9 in the middle of real work loses nothing that was said and halves nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.ground import Ground
from tests.reliability.desk import Desk, desk_of
from tests.reliability.killing import killed
from tests.reliability.wholeness import Watch, faults_of_the_whole, lost
from wardroom.access import gate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
KILLS = 200
# What was said before the kill (202 words in all, by the seed), and how long after it comes.
WORDS, MOST_WORDS, SECONDS = (0, 0, 0, 1, 1, 2), 9, 0.02


@pytest.fixture
def desk(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast,
    agencies: object, tmp_path: Path,
) -> Desk:  # fmt: skip
    staffed({"5": liaison5, "7": liaison7})
    return desk_of(ground, liaison5, staff, tmp_path)


def killed_in_work(desk: Desk, turn: int, chance: random.Random) -> list[str]:
    """One turn: what was said by somebody at work who was killed at a moment of chance."""
    words = chance.choice(WORDS) if turn % 20 else MOST_WORDS
    return killed(partial(desk.work, turn=turn), words=words, after=chance.expovariate(1 / SECONDS))


def test_200_kills_lose_nothing_and_halve_nothing(desk: Desk) -> None:
    chance, watch = random.Random(1), Watch()
    said: list[str] = []
    for turn in range(KILLS):
        new = killed_in_work(desk, turn, chance)
        assert not (halves := list(watch.halves())), (turn, halves)
        assert not (gone := list(lost(new))), (turn, gone)
        said += new
    assert len({line.split(" ")[0] for line in said}) == 8, "every kind of work got done"
    assert len(said) > KILLS
    assert faults_of_the_whole() == []


@contextmanager
def without_one_commit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The fault: what an action writes is committed piece by piece."""

    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    with monkeypatch.context() as fault:
        loose = SimpleNamespace(atomic=nothing, get_connection=transaction.get_connection)
        fault.setattr(gate, "transaction", loose)
        fault.setattr(connection.features, "has_select_for_update", False)
        yield


def test_power_check_without_one_commit_halves_are_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, watch = random.Random(1), Watch()
    for turn in range(20):
        with without_one_commit(monkeypatch):
            killed_in_work(desk, turn, chance)
        if list(watch.halves()):
            return
    pytest.fail("twenty kills without one commit, and no half was seen")


def test_power_check_what_is_gone_is_seen(desk: Desk) -> None:
    said = ["complaint 999999", "rows none-1 15", "closed 999999", "situation 999999", "file no"]
    assert list(lost(said)) == said
